"""The technician's rules: the gesture, the PIN's lock, the cleaning, what the pages say."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from kiosk.dialect import ticket_bytes
from kiosk.inspection import Facts, Page, hub_words, leaf_of, pin_leaf
from kiosk.log_tail import last_lines, read_lines
from kiosk.outlets import Paper
from kiosk.printer_status import SILENT, UNKNOWN, Health
from kiosk.scene import Stage
from kiosk.technician import Cleaning, Corner, Gesture, Lock, corner_at, opens_over
from kiosk.trial_paper import trial_story
from shared.hall import Printer
from shared.model import Outcome
from shared.words import Words
from tests.kiosk.stand_in import MORNING, a_hall

LEFT, RIGHT = Corner.LEFT, Corner.RIGHT
Touches = list[tuple[Corner | None, float, Corner | None, float]]


@pytest.mark.parametrize(
    ("touches", "opens"),
    [
        ([(LEFT, 0, LEFT, 1), (RIGHT, 1.5, RIGHT, 2.5)], True),
        ([(LEFT, 0, LEFT, 5), (RIGHT, 7, RIGHT, 9)], True),
        ([(None, 0, None, 2), (LEFT, 3, LEFT, 4), (RIGHT, 5, RIGHT, 6)], True),
        ([(LEFT, 0, LEFT, 0.9), (RIGHT, 1.5, RIGHT, 2.5)], False),  # touched, not held
        ([(LEFT, 0, LEFT, 1), (RIGHT, 1.5, RIGHT, 2.4)], False),
        ([(LEFT, 0, LEFT, 1), (RIGHT, 3.1, RIGHT, 4.1)], False),  # too late
        ([(LEFT, 0, LEFT, 1), (None, 1.2, None, 1.3), (RIGHT, 1.5, RIGHT, 2.5)], False),  # something between
        ([(RIGHT, 0, RIGHT, 1), (LEFT, 1.5, LEFT, 2.5)], False),
        ([(LEFT, 0, LEFT, 1), (LEFT, 1.5, LEFT, 2.5)], False),
        ([(LEFT, 0, None, 1), (RIGHT, 1.5, RIGHT, 2.5)], False),  # a finger that was drawn away
        ([(LEFT, 0, LEFT, 1), (RIGHT, 1.5, LEFT, 2.5)], False),
        ([(RIGHT, n / 3, RIGHT, n / 3 + 0.2) for n in range(12)], False),  # who moves on by the quarter up right
    ],
)
def test_the_gesture_is_two_corners_held_one_after_the_other(touches: Touches, *, opens: bool) -> None:
    gesture, made = Gesture(), False
    for corner, down, end, up in touches:
        gesture.down(corner, down)
        made |= gesture.up(end, up)
    assert made is opens


def test_it_opens_once() -> None:
    gesture = Gesture()
    for corner, at in ((LEFT, 0), (RIGHT, 2)):
        gesture.down(corner, at)
        gesture.up(corner, at + 1.0)
    gesture.down(RIGHT, 3.5)
    assert not gesture.up(RIGHT, 5)


@pytest.mark.parametrize(
    ("x", "y", "corner"),
    [
        (0, 0, LEFT),
        (99, 99, LEFT),
        (101, 50, None),
        (50, 101, None),
        (980, 5, RIGHT),
        (1000, 100, RIGHT),
        (500, 5, None),
    ],
)
def test_a_corner_is_a_square_above(x: float, y: float, corner: Corner | None) -> None:
    assert corner_at(x, y, width=1000, side=100) is corner


@pytest.mark.parametrize("stage", Stage)
def test_the_page_never_opens_over_a_number(stage: Stage) -> None:
    assert opens_over(stage) is (stage in (Stage.CHOOSING, Stage.SORRY))


@pytest.mark.parametrize(("which", "seconds"), [(1, 30), (2, 60), (3, 120), (4, 300), (5, 600), (6, 600), (99, 600)])
def test_each_fifth_wrong_pin_locks_a_little_longer_up_to_ten_minutes(which: int, seconds: int) -> None:
    lock = Lock(locks=which - 1)
    for left in (4, 3, 2, 1):
        lock = lock.after_wrong(1000)
        assert (lock.tries, lock.locks) == (left, which - 1)
    lock = lock.after_wrong(1000)
    assert (lock.tries, lock.left_s(1000), lock.left_s(1000 + seconds)) == (5, seconds, 0)


def test_who_guesses_day_and_night_needs_centuries_for_eight_figures() -> None:
    lock, now, tries = Lock(), 0.0, 0
    while now < 24 * 3600:
        lock, tries = lock.after_wrong(now), tries + 1
        now += lock.left_s(now)
    assert tries < 750
    assert 10**8 / tries / 365 > 300


def test_a_clock_that_is_set_back_locks_no_longer_than_the_lock() -> None:
    lock = Lock(wrong=4).after_wrong(10_000)
    assert lock.left_s(0) == 30


@pytest.mark.parametrize(("at", "left"), [(0, 30), (0.2, 30), (1, 29), (29.9, 1), (30, 0), (60, 0)])
def test_the_screen_is_cleaned_for_thirty_seconds(at: float, left: int) -> None:
    assert Cleaning(100).left(100 + at) == left


# ---------------------------------------------------------------- what the pages say

PRINTER = Printer(road="network", address="192.168.1.60:9100", roll_m=80)


@pytest.mark.parametrize(
    ("facts", "is_inside", "said"),
    [
        (Facts(hub_up=True, hub_why=""), True, ""),
        (Facts(), True, ""),
        (Facts(hub="x", hub_why="hub_away"), True, "Hub di x tidak menjawab: periksa PC hub"),
        (Facts(hub="x", hub_why="hub_away", may_move=True), True, "gantilah di Kios dan hub"),
        (Facts(hub="x", hub_why="hub_away", may_move=True), False, "kabel jaringannya."),
        (
            Facts(hub_why="hub_away", own_hub="~/hub.out"),
            True,
            "Hub di PC ini tidak berjalan: sentuh Mulai ulang program",
        ),
        (Facts(hub_why="hub_away", own_hub="~/hub.out"), False, "nyalakan ulang PC ini"),
        (
            Facts(hub="x", hub_why="other_certificate"),
            True,
            "bila hub diganti, sentuh Mulai ulang program, lalu ketik kode",
        ),
        (Facts(hub="x", hub_why="other_certificate", own_hub="y"), False, "bila hub diganti, nyalakan ulang PC ini"),
    ],
)
def test_a_technician_reads_what_is_wrong_with_the_hub_and_what_to_do(facts: Facts, is_inside: bool, said: str) -> None:
    told = hub_words(facts, Words("id"), is_inside=is_inside)
    assert said in told if said else not told


FACTS = Facts(kiosk="Kios Lobi", printers=(PRINTER,), healths=(Health(),))


def told(facts: Facts, label: str, page: Page = Page.PRINTERS, language: str = "id") -> list[tuple[str, str]]:
    return [(row.value, row.tone) for row in leaf_of(page, facts, Words(language)).rows if row.label == label]


@pytest.mark.parametrize(
    ("health", "said"),
    [
        (Health(), ("Siap mencetak.", "well")),
        (Health(paper_low=True), ("Kertas hampir habis.", "well")),
        (Health(("paper_out",)), ("Kertas habis.", "late")),
        (Health(("cover_open", "paper_out")), ("Tutup printer terbuka.", "late")),
        (SILENT, ("Printer tidak menjawab; belum pasti tercetak.", "late")),
        (UNKNOWN, ("Keadaannya tidak dapat ditanyakan lewat sambungan ini.", "")),
    ],
)
def test_a_printers_state_is_told_in_words(health: Health, said: tuple[str, str]) -> None:
    assert told(replace(FACTS, healths=(health,)), "Keadaan") == [said]


@pytest.mark.parametrize(
    ("outcome", "code", "said"),
    [
        (Outcome.PRINTED, "", ("Keluar utuh; printer memastikannya.", "well")),
        (Outcome.UNKNOWN, "printer_silent", ("Terkirim; printer tidak memastikan. Lihat kertasnya.", "")),
        (Outcome.FAILED, "paper_out", ("Tidak keluar utuh. Kertas habis.", "late")),
        (Outcome.PAPERLESS, "cover_open", ("Tidak dikirim. Tutup printer terbuka.", "late")),
    ],
)
def test_so_is_what_became_of_a_test_paper(outcome: Outcome, code: str, said: tuple[str, str]) -> None:
    assert told(replace(FACTS, trials=(Paper(0, outcome, code),)), "Cetak uji") == [said]


def test_what_is_known_of_the_roll_and_of_the_last_paper_is_told() -> None:
    facts = replace(FACTS, metres=36.2, tickets=278, printed_at={0: MORNING})
    assert told(facts, "Sisa rol") == [("sekitar 36 m, cukup untuk 278 tiket", "")]
    assert told(facts, "Terakhir mencetak") == [("pukul 09.42", "")]
    assert told(FACTS, "Sisa rol") == []
    assert told(facts, "Last printed", language="en") == [("at 09:42", "")]


@pytest.mark.parametrize(
    ("facts", "page", "name", "may"),
    [
        (FACTS, Page.PRINTERS, "try", True),
        (replace(FACTS, trying=True), Page.PRINTERS, "try", False),
        (replace(FACTS, printers=()), Page.PRINTERS, "try", None),
        (replace(FACTS, metres=3.0, tickets=20), Page.PRINTERS, "new-roll", True),
        (FACTS, Page.PRINTERS, "new-roll", None),
        (FACTS, Page.SOUND, "louder", False),
        (replace(FACTS, volume=10), Page.SOUND, "softer", False),
        (replace(FACTS, voice=False), Page.SOUND, "sample", False),
    ],
)
def test_only_what_can_be_done_is_offered(facts: Facts, page: Page, name: str, *, may: bool | None) -> None:
    found = {one.name: one.is_possible for one in leaf_of(page, facts, Words("id")).choices}
    assert found.get(name) is may


def test_who_came_by_accident_is_told_how_to_leave_and_what_was_typed_is_not_shown() -> None:
    leaf = pin_leaf(Words("id"), typed=3, told="")
    assert leaf.choices[0].name == "back"
    assert "Kembali" in leaf.sentence
    assert leaf.typed == 3


def test_the_test_paper_says_so_and_bears_no_number() -> None:
    story = trial_story(a_hall(), "Kios Lobi", Words("id"), datetime(2026, 2, 12, 9, 42))  # noqa: DTZ001  -- only written
    job = ticket_bytes(story, Printer(road="memory"))
    assert b"Kertas percobaan, bukan tiket antrean" in job
    assert b"Kios Lobi" in job
    assert b"09.42 WITA" in job


# ---------------------------------------------------------------- the log

LOG = """2026-02-12 09:41:02,120 INFO root: kiosk 0.1.0, log kiosk.log
2026-02-12 09:41:03,001 CRITICAL shared.qt.run: a fault in the program
Traceback (most recent call last):
  File "kiosk.py", line 3, in go
ValueError: no such thing
2026-02-12 09:42:00,000 WARNING kiosk.kept: roll is kept in memory only
"""


def test_the_newest_line_is_the_first_and_a_trace_is_its_last_line() -> None:
    seen = [(line.time, line.is_trouble, line.text) for line in read_lines(LOG)]
    assert seen == [
        ("09:42:00", True, "roll is kept in memory only"),
        ("09:41:03", True, "a fault in the program · ValueError: no such thing"),
        ("09:41:02", False, "kiosk 0.1.0, log kiosk.log"),
    ]


def test_of_a_long_log_only_its_end_is_read(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.log"
    path.write_text(LOG * 2000, encoding="utf-8")
    assert len(last_lines(path)) == 200
    assert last_lines(path)[0].text == "roll is kept in memory only"
    assert last_lines(tmp_path / "none.log") == ()
