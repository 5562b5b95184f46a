"""The help of every command, and what is wrong with a command line, in the language that is asked for."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path

import pytest

import demo.__main__ as a_demo
from display import voice_command
from hub import bookings_command, pair_command, program, staff_command, technician_command
from kiosk import ticket_command
from shared.arguments import Arguments, language_asked
from shared.qt.run import parser_of
from shared.words import Words

PARSERS: dict[str, Callable[[], ArgumentParser]] = {
    "hub": program.parser_of,
    "staff": staff_command.parser_of,
    "pair": pair_command.parser_of,
    "bookings": bookings_command.parser_of,
    "technician-pin": technician_command.parser_of,
    "ticket": ticket_command.parser_of,
    "voice": voice_command.parser_of,
    "kiosk": lambda: parser_of("kiosk"),
    "demo": a_demo._parser,
}


PYTHONS_OR_BOTH = ("show ", "==SUPPRESS==", "id, en", "pengunjung dan petugas")
"""What argparse says; what is the same in both languages; and what is said before it is filled."""


@pytest.fixture(scope="module")
def english() -> Words:
    return Words("en")


@pytest.mark.parametrize("command", PARSERS)
def test_every_text_of_a_help_has_its_english(command: str, english: Words) -> None:
    parser = PARSERS[command]()
    texts = [parser.description, *(action.help for action in parser._actions)]
    ours = [text for text in texts if text and " " in text and not text.startswith(PYTHONS_OR_BOTH)]
    assert [text for text in ours if english.say(text) == text] == []


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        (["list", "--language", "en"], "en"),
        (["--language=en", "--help"], "en"),
        (["--help"], "id"),
        (["--language"], "id"),
    ],
)
def test_the_language_stands_on_the_command_line(arguments: list[str], language: str) -> None:
    assert language_asked(arguments) == language


def a_command() -> Arguments:
    parser = Arguments(
        prog="antre coba", description="PIN teknisi untuk semua mesin tiket: bertanya kepada hub di PC ini."
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "--width", type=int, choices=(58, 80), help="lebar kertas dalam mm; tanpa ini menurut mesin tiketnya"
    )
    return parser


@pytest.mark.parametrize(
    ("language", "heads"),
    [
        ("id", ("pemakaian: antre coba", "ditulis berurutan:", "pilihan:", "tampilkan bantuan ini", "lebar kertas")),
        ("en", ("usage: antre coba", "positional arguments:", "options:", "show this help message", "paper in mm")),
    ],
)
def test_a_help_is_told_in_the_language_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str, heads: tuple[str, ...]
) -> None:
    monkeypatch.setattr(sys, "argv", ["antre", "--help", "--language", language])
    with pytest.raises(SystemExit, match="0"):
        a_command().parse_args(["--help"])
    told = capsys.readouterr().out
    assert [head for head in heads if head not in told] == []


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        ([], "belum ditulis: FILE"),
        (["x", "--wide"], "tidak dikenal: --wide"),
        (["x", "--width"], "--width harus diikuti isinya"),
        (["x", "--width", "a"], "--width tidak dapat berisi 'a'"),
        (["x", "--width", "60"], "--width tidak dapat berisi 60; pilihannya 58, 80"),
    ],
)
def test_what_is_wrong_with_a_command_line_is_said_in_indonesian(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], fault: str
) -> None:
    monkeypatch.setattr(sys, "argv", ["antre"])
    with pytest.raises(SystemExit, match="2"):
        a_command().parse_args(arguments)
    told = capsys.readouterr().err
    assert told.startswith("pemakaian: antre coba")
    assert told.endswith(f"antre coba: {fault}\n")
