"""One number everywhere: the day of the demo with its witnesses, and a planted wrong number that they must see.

It is played beside the lobby's plays (conftest.py); whether a witness can read at all stands in test_witness.py.
"""

import operator
from array import array
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from demo import day as the_day
from demo.day import Day
from demo.tones import RATE, read_notes
from demo.verdict import Evidence, Followed, Summary, judge
from demo.witness import called_on, number_on_page, paper_says
from shared.receipt.commands import Command, commands
from shared.speech import CHIME
from shared.voice.sound import at_rate, read_wav
from tests.plays.lit_tv import tv_with

pytestmark = [pytest.mark.timeout(400), pytest.mark.alone]

BEGINNING_S = 25
"""The first call is said by then, and the next begun."""


def test_paper_qr_page_tv_and_voice_say_one_number(played: tuple[Day, Summary]) -> None:
    _, summary = played
    assert summary.what == []
    assert (summary.mismatches, summary.duplicates, summary.lost) == (0, 0, 0)


def test_all_was_printed_shown_and_spoken(played: tuple[Day, Summary]) -> None:
    _, summary = played
    assert (summary.tickets_taken, summary.tickets_printed) == (12, 12)
    assert summary.calls_made == summary.calls_shown == summary.calls_spoken == 10
    assert summary.agencies == 4
    assert summary.good


def test_no_program_said_anything_unexpected(played: tuple[Day, Summary]) -> None:
    day, _ = played
    logs = [*day.hall.folder.rglob("*.log"), *day.hall.folder.glob("*.out")]
    lines = [line for log in logs for line in log.read_text(encoding="utf-8", errors="replace").splitlines()]
    stray = [line for line in lines if " WARNING " in line or " ERROR " in line or " CRITICAL " in line]
    # The hub of a play listens where no phone can reach it and is open at any hour: it is right to say so.
    meant = ("terjangkau ponsel", "always open, for a try-out")
    assert [line for line in stray if not any(said in line for said in meant)] == []


def judged(day: Day, plant: Callable[[Evidence], None]) -> Summary:
    """The day once more, with what one witness says of something planted."""
    evidence = deepcopy(day.evidence)
    plant(evidence)
    summary = judge(evidence)
    assert not summary.good
    return summary


def test_what_was_kept_says_what_the_witnesses_said(played: tuple[Day, Summary]) -> None:
    day, _ = played
    assert judge(day.evidence).good
    followed, job = day.evidence.tickets[0], day.printer.jobs[0]
    number, url = paper_says(job)
    assert (number, number_on_page(day.pages[url])) == (followed.paper, followed.page)


def spliced(job: bytes, other: bytes, is_planted: Callable[[Command], bool]) -> bytes:
    """The bytes of `job` with some commands as they stand in `other`."""
    planted = iter([command.raw for command in commands(other) if is_planted(command)])
    return b"".join(next(planted) if is_planted(command) else command.raw for command in commands(job))


def is_code(command: Command) -> bool:
    return command.name == "GS ( k"


def is_number(command: Command) -> bool:
    """The number is the widest raster of a ticket."""
    return command.name == "GS v 0" and command.body[1] + 256 * command.body[2] > 20


@pytest.mark.parametrize(("is_planted", "witness"), [(is_number, "paper"), (is_code, "page")])
def test_another_number_or_qr_in_the_printer_s_bytes_is_seen(
    played: tuple[Day, Summary], is_planted: Callable[[Command], bool], witness: str
) -> None:
    day, _ = played
    ours, other = day.evidence.tickets[:2]
    job, others = day.printer.jobs[:2]
    planted = spliced(job, others, is_planted)
    assert planted != job
    number, url = paper_says(planted)
    read = Followed(ours.number, number, number_on_page(day.pages[url]))
    assert read == replace(ours, **{witness: other.number})
    summary = judged(day, lambda evidence: operator.setitem(evidence.tickets, 0, read))
    assert summary.mismatches == 1
    assert ours.number in summary.what[0]
    assert repr(other.number) in summary.what[0]


def test_another_number_on_the_page_is_seen(played: tuple[Day, Summary]) -> None:
    day, _ = played
    ours = day.evidence.tickets[0]
    page = day.pages[paper_says(day.printer.jobs[0])[1]]
    assert ours.number in page
    read = replace(ours, page=number_on_page(page.replace(ours.number, "A-077")))
    assert read.page == "A-077"
    summary = judged(day, lambda evidence: operator.setitem(evidence.tickets, 0, read))
    assert summary.what == [f"kiosk {ours.number}, paper '{ours.number}', page behind its QR 'A-077'"]


@pytest.mark.parametrize("wrong", [("A-077", "1"), ("A-001", "7")])
def test_another_number_or_counter_on_a_real_tv_is_seen(
    played: tuple[Day, Summary], qapp: QApplication, wrong: tuple[str, str]
) -> None:
    assert qapp
    day, _ = played
    assert day.evidence.shown[0] == ("A-001", "1")
    summary = judged(day, lambda evidence: operator.setitem(evidence.shown, 0, called_on(tv_with(*wrong))))
    assert summary.what == [f"the TV showed '{wrong[0]}' to '{wrong[1]}'", "A-001 to 1, call 1, was not seen on the TV"]
    assert summary.calls_shown == summary.calls_made - 1


@pytest.fixture(scope="module")
def first_call(played: tuple[Day, Summary]) -> "array[int]":
    """The recording of the day's first call, said once."""
    begun = played[0].recording.samples()[: RATE * BEGINNING_S]
    notes = read_notes(begun)
    first = next(note.at_s for note in notes if note.clip == CHIME)
    over = [note.at_s for note in notes if note.at_s > first and note.clip in (CHIME, "id/nomor-antrean")][1]
    return begun[round((first - 0.5) * RATE) : round((over - 0.1) * RATE)]


def said_otherwise(day: Day, call: "array[int]", words: dict[str, str]) -> "array[int]":
    """The recording of a call with the first of each of these clips replaced by another."""
    samples, notes = call[:], read_notes(call)
    for clip, other in words.items():
        begins = next(note.at_s for note in notes if note.clip == clip)
        piece = at_rate(read_wav(day.hall.folder / "clips" / f"{other}.wav"), RATE).samples
        place = round((begins - 0.02) * RATE)
        samples[place : place + len(piece)] = piece
    return samples


@pytest.mark.parametrize(
    ("words", "understood"),
    [
        ({"id/nol": "id/tujuh", "en/zero": "en/seven"}, ("A-701", "1")),
        ({"id/nol": "id/tujuh"}, ("", "1")),
    ],
    ids=["both languages", "one language"],
)
def test_another_number_on_the_loudspeaker_is_heard(
    played: tuple[Day, Summary], first_call: "array[int]", words: dict[str, str], understood: tuple[str, str]
) -> None:
    day, _ = played
    assert the_day.heard(said_otherwise(day, first_call, words)) == [understood]
    summary = judged(day, lambda evidence: operator.setitem(evidence.heard, 0, understood))
    assert summary.what[0].startswith(f"the loudspeaker said {understood[0]!r} to {understood[1]!r}: at ")
    assert summary.what[1:] == ["A-001 to 1, call 1, was not heard"]
    assert summary.calls_spoken == summary.calls_made - 1


def test_every_screen_has_its_picture(played: tuple[Day, Summary]) -> None:
    day, summary = played
    assert len(set(summary.pictures)) == len(summary.pictures)
    kinds = Counter(name.partition("-")[0] for name in summary.pictures)
    assert kinds == {"kiosk": 4, "ticket": 12, "counter": 3, "tv": 12}
    sizes = {"kiosk": (1920, 1080), "tv": (1920, 1080), "counter": (1366, 768)}
    for name in summary.pictures:
        with Image.open(day.shots / name) as picture:
            assert picture.size == sizes.get(name.partition("-")[0], picture.size)
            assert len(picture.convert("L").getcolors() or "many") > 1
