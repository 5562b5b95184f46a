import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from shared.words import Words
from start import packages, verbs
from start.environment import Environment
from start.progress import SetupError

ISSUED = {
    "bookings",
    "voice",
    "demo",
    "test",
    "setup",
    "hub",
    "kiosk",
    "counter",
    "display",
    "check",
    "ticket",
    "staff",
    "technician-pin",
    "pair",
    "bench",
    "prove",
}


class HandedOver(Exception):  # noqa: N818  -- it stands in for the end of this process
    """What `exec` was asked to become."""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working copy in which nothing is set up yet."""
    monkeypatch.setattr(verbs, "ROOT", tmp_path)
    for lock in verbs.EVERYTHING:
        (tmp_path / lock).touch()
    return tmp_path


@pytest.fixture
def ready(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working copy set up already, on a machine that has all packages; programs are noted, not started."""

    def note(path: str, command: list[str]) -> None:
        raise HandedOver(path, command[1:])

    monkeypatch.chdir(checkout)
    monkeypatch.setattr(os, "execv", note)
    monkeypatch.setattr(packages, "missing", lambda _wants: [])
    monkeypatch.setattr(Environment, "is_ready", lambda _self, _locks: True)
    return checkout


def handed_over(*arguments: str) -> list[str]:
    with pytest.raises(HandedOver) as what:
        verbs.run(arguments)
    command: list[str] = what.value.args[1]
    return command


def test_all_verbs_are_there() -> None:
    assert set(verbs.VERBS) == ISSUED


@pytest.mark.parametrize("verb", sorted(ISSUED))
def test_each_verb_has_help_before_set_up(checkout: Path, capsys: pytest.CaptureFixture[str], verb: str) -> None:
    assert verbs.run([verb, "--help"]) == 0
    assert capsys.readouterr().out.startswith(f"python3 run.py {verb}")
    assert not (checkout / ".venv").exists()


def test_the_help_tells_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert verbs.run(["--help"]) == 0
    told = capsys.readouterr().out
    assert all(f"\n  {verb} " in told for verb in ISSUED)


def test_nothing_asked_is_answered_with_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert verbs.run([]) == 2
    assert capsys.readouterr().out == f"{verbs.usage(Words('id'))}\n"


def test_a_mistyped_verb_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert verbs.run(["kisok"]) == 2
    assert "Tidak ada perintah 'kisok'. Maksudnya 'kiosk'?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("verb", "module"),
    [("hub", "hub"), ("kiosk", "kiosk"), ("counter", "counter"), ("display", "display"), ("demo", "demo"),
     ("check", "shared.site"), ("bench", "benchmarks")],
)  # fmt: skip
def test_a_program_gets_the_other_arguments(ready: Path, verb: str, module: str) -> None:
    assert handed_over(verb, "--site", "a b.toml") == ["-P", "-m", module, "--site", "a b.toml"]
    assert Path.cwd() == ready


@pytest.mark.parametrize(
    ("verb", "arguments", "module"),
    [
        ("kiosk", ["--watched", "--id", "k"], "shared.watchdog"),
        ("display", ["--id", "t", "--watched"], "shared.watchdog"),
        ("kiosk", ["--id", "k"], "kiosk"),
        ("kiosk", ["--watched", "--help"], "kiosk"),
        ("counter", ["--watched"], "counter"),
    ],
)
def test_what_nobody_sits_at_runs_behind_its_watchdog(verb: str, arguments: list[str], module: str) -> None:
    before = [verb] if module == "shared.watchdog" else []
    assert verbs.behind(verb, arguments) == (module, [*before, *arguments])


@pytest.mark.usefixtures("ready")
def test_a_program_set_up_tells_its_own_help() -> None:
    assert handed_over("hub", "--help") == ["-P", "-m", "hub", "--help"]


@pytest.mark.usefixtures("ready")
def test_tests_with_arguments_are_those_of_pytest() -> None:
    assert handed_over("test", "tests/hub", "-q") == ["-P", "-m", "pytest", "tests/hub", "-q"]


@pytest.mark.parametrize(
    ("asked", "pytests"),
    [
        ([], ["tests/proofs"]),
        (["--collect-only"], ["tests/proofs", "--collect-only"]),
        (["kill"], ["tests/proofs/test_kill.py"]),
        (["kill", "-x"], ["tests/proofs/test_kill.py", "-x"]),
        (["fifty", "-x"], ["tests/proofs", "-k", "fifty", "-x"]),
    ],
)
def test_a_proof_is_named_by_its_file_or_a_word(checkout: Path, asked: list[str], pytests: list[str]) -> None:
    (checkout / "tests/proofs").mkdir(parents=True)
    (checkout / "tests/proofs/test_kill.py").touch()
    assert verbs.which_proofs(asked) == pytests


def test_the_help_of_prove_names_the_proofs(checkout: Path) -> None:
    (checkout / "tests/proofs").mkdir(parents=True)
    for name in ("kill", "bare_machine"):
        (checkout / f"tests/proofs/test_{name}.py").touch()
    assert "NAME salah satu dari: bare_machine, kill" in verbs.verb_help("prove", Words("id"))


@pytest.mark.usefixtures("ready")
def test_setup_names_what_it_does_not_know(capsys: pytest.CaptureFixture[str]) -> None:
    assert verbs.run(["setup", "--test"]) == 2
    assert "setup tidak mengenal --test" in capsys.readouterr().err


@pytest.mark.usefixtures("ready")
def test_setup_speaks_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert verbs.run(["setup"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize(("ci", "goes_on"), [("true", False), ("", True)])
def test_without_a_test_program_tests_run_except_on_ci(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ci: str, *, goes_on: bool
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(packages, "missing", lambda _wants: list(packages.TESTS[:1]))
    monkeypatch.setattr(packages, "install", refuse)
    if goes_on:
        assert handed_over("test", "-q")[2] == "pytest"
    else:
        assert verbs.run(["test", "-q"]) == 1
    assert "run this command" in capsys.readouterr().err


@pytest.mark.usefixtures("ready")
def test_without_qts_libraries_nothing_starts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(packages, "missing", lambda _wants: [packages.QT[0], packages.TESTS[0]])
    monkeypatch.setattr(packages, "install", refuse)
    assert verbs.run(["test"]) == 1
    assert "run this command" in capsys.readouterr().err


def refuse(_wants: Sequence[packages.Want]) -> None:
    raise SetupError("run this command")


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize(
    ("environment", "arguments", "screen"),
    [({"DISPLAY": ":0"}, [], True), ({"WAYLAND_DISPLAY": "wayland-0"}, [], True), ({}, [], False),
     ({"DISPLAY": ":0"}, ["--headless"], False), ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, [], False)],
)  # fmt: skip
def test_packages_for_a_screen_are_wanted_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], arguments: list[str], *, screen: bool
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    brought: list[packages.Want] = []
    monkeypatch.setattr(packages, "missing", list)
    monkeypatch.setattr(packages, "install", brought.extend)
    handed_over("demo", *arguments)
    assert (packages.SCREEN[0] in brought) is screen


def test_the_hub_wants_no_system_packages() -> None:
    assert verbs.VERBS["hub"].wants == ()


def test_an_interrupted_set_up_says_so(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(_wants: Sequence[packages.Want]) -> list[packages.Want]:
        raise KeyboardInterrupt

    monkeypatch.setattr(packages, "missing", interrupt)
    assert verbs.run(["hub"]) == 130
    assert "goes on with the next try" in capsys.readouterr().err
    assert not (checkout / ".venv").exists()


def test_an_installed_program_runs_its_module_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(verbs, "ROOT", tmp_path)
    monkeypatch.setattr(sys, "argv", [])
    monkeypatch.setattr("runpy.run_module", lambda module, **_: print(module, sys.argv))
    assert verbs.run(["check", "--help"]) == 0
    assert capsys.readouterr().out == "shared.site ['antre check', '--help']\n"


@pytest.mark.parametrize("verb", ["test", "setup", "bench", "prove"])
def test_an_installed_program_leaves_the_sources_verbs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    monkeypatch.setattr(verbs, "ROOT", tmp_path)
    assert verbs.run([verb]) == 2
    assert "salinan kerja" in capsys.readouterr().err


def test_the_help_is_told_in_english_where_it_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert verbs.run(["--help", "--language", "en"]) == 0
    assert "\n  hub             run the hub, which owns the hall's database\n" in capsys.readouterr().out


@pytest.mark.usefixtures("ready")
def test_a_python_that_reads_no_catalogue_becomes_the_one_that_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "Words", without_babel)
    assert handed_over("--help", "--language=en") == ["-P", "-m", "start.installed", "--help", "--language=en"]


@pytest.mark.usefixtures("ready")
def test_a_program_is_started_without_a_catalogue_being_read_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verbs, "Words", without_babel)
    assert handed_over("kiosk", "--language", "en") == ["-P", "-m", "kiosk", "--language", "en"]


def test_before_set_up_help_is_told_in_indonesian(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(verbs, "Words", without_babel)
    assert verbs.run(["--help", "--language", "en"]) == 0
    assert "jalankan hub, pemilik basis data gedung" in capsys.readouterr().out
    assert not (checkout / ".venv").exists()


def without_babel(language: str) -> Words:
    if language != "id":
        raise ModuleNotFoundError(name="babel")
    return Words(language)
