from dataclasses import replace

import pytest

from demo.hearing import Heard, Sentence
from demo.verdict import Evidence, Followed, Summary, judge

GOOD = Summary(tickets_taken=12, tickets_printed=12, calls_made=10, calls_shown=10, calls_spoken=10, agencies=4)
COUNTERS = {"A": "1", "M": "5", "K": "10", "S": "14"}


def evidence() -> Evidence:
    """A day that just counts: three tickets and two or three calls of each of four agencies."""
    numbers = [f"{prefix}-{n:03d}" for n in (1, 2, 3) for prefix in COUNTERS]
    calls = [(number, COUNTERS[number[0]]) for number in numbers[:10]]
    tickets = [Followed(number, number, number) for number in numbers]
    return Evidence(tickets, 12, calls, calls[:], calls[:], set(numbers[10:]))


def test_a_day_that_just_counts_is_good() -> None:
    assert GOOD.good
    summary = judge(evidence())
    assert summary == GOOD
    assert replace(GOOD, tickets_taken=13, tickets_printed=13, calls_made=11, calls_shown=11, calls_spoken=11).good


@pytest.mark.parametrize(
    "edge",
    [
        {"tickets_taken": 11, "tickets_printed": 11},
        {"calls_made": 9, "calls_shown": 9, "calls_spoken": 9},
        {"agencies": 3},
        {"tickets_printed": 11},
        {"tickets_printed": 13},
        {"calls_shown": 9},
        {"calls_spoken": 9},
        {"mismatches": 1},
        {"duplicates": 1},
        {"lost": 1},
    ],
    ids=lambda edge: ", ".join(f"{name} {value}" for name, value in edge.items()),
)
def test_one_short_of_it_is_not_good(edge: dict[str, int]) -> None:
    assert not replace(GOOD, **edge).good  # type: ignore[arg-type]  # whole numbers all


@pytest.mark.parametrize(("witness", "says"), [("paper", "paper 'A-007'"), ("page", "page behind its QR ''")])
def test_paper_or_page_with_another_number_is_a_mismatch(witness: str, says: str) -> None:
    day = evidence()
    day.tickets[0] = replace(day.tickets[0], **{witness: says.split("'")[1]})
    summary = judge(day)
    assert (summary.mismatches, summary.good) == (1, False)
    assert says in summary.what[0]


@pytest.mark.parametrize("wrong", [("A-002", "5"), ("X-999", "1"), ("", "1"), ("A-001", "")])
@pytest.mark.parametrize("witness", ["shown", "heard"])
def test_a_number_or_counter_shown_or_heard_that_no_officer_called_is_a_mismatch(
    witness: str, wrong: tuple[str, str]
) -> None:
    day = evidence()
    getattr(day, witness)[0] = wrong
    summary = judge(day)
    assert (summary.mismatches, summary.calls_shown + summary.calls_spoken, summary.good) == (1, 19, False)
    assert f"{wrong[0]!r} to {wrong[1]!r}" in summary.what[0]


@pytest.mark.parametrize("witness", ["shown", "heard"])
def test_a_call_not_shown_or_not_spoken_fails_the_day(witness: str) -> None:
    day = evidence()
    getattr(day, witness).pop()
    summary = judge(day)
    assert (summary.mismatches, summary.calls_shown + summary.calls_spoken, summary.good) == (0, 19, False)
    assert summary.what == [f"M-003 to 5, call 10, was not {'seen on the TV' if witness == 'shown' else 'heard'}"]


def test_what_was_misheard_is_told_sentence_by_sentence() -> None:
    day = evidence()
    day.heard[1] = ("", "5")
    day.sentences = [call(n, "A-001").in_words() for n in range(10)]
    day.sentences[1] = call(4.96, "M-001", "M-011").in_words()
    summary = judge(day)
    assert summary.what == [
        "the loudspeaker said '' to '5': at 5.0 s, id M-001 to 5, en M-011 to 5",
        "M-001 to 5, call 2, was not heard",
    ]
    assert Heard(1.0, ()).in_words() == "at 1.0 s, a chime and no sentence"


def call(at_s: float, *numbers: str) -> Heard:
    return Heard(at_s, tuple(Sentence(language, number, "5") for language, number in zip(("id", "en"), numbers)))  # noqa: B905  -- one language may do


def test_a_number_given_twice_is_a_duplicate() -> None:
    day = evidence()
    day.tickets[11] = day.tickets[10]
    summary = judge(day)
    assert (summary.duplicates, summary.what, summary.good) == (1, ["K-003 twice"], False)


def test_a_number_called_twice_is_a_duplicate() -> None:
    day = evidence()
    for said in (day.calls, day.shown, day.heard):
        said[9] = said[0]
    day.waiting.add("M-003")
    summary = judge(day)
    assert (summary.duplicates, summary.what, summary.good) == (1, ["A-001 twice"], False)


def test_who_neither_waits_nor_was_called_is_lost() -> None:
    day = evidence()
    day.waiting.clear()
    summary = judge(day)
    assert (summary.lost, summary.what, summary.good) == (2, ["K-003 lost", "S-003 lost"], False)


def test_calls_of_three_agencies_are_not_four() -> None:
    day = evidence()
    day.calls = [(f"{'AMK'[n % 3]}-{n // 3 + 1:03d}", "1") for n in range(10)]
    assert judge(day).agencies == 3
