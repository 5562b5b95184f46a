"""Where a visitor goes, as paper, screens and pages say it."""

from collections.abc import Sequence

from shared.hall import Agency, Hall
from shared.words import Words, msg


def where_to_wait(agency: Agency, hall: Hall, words: Words) -> str:
    """`Tunggu di Lantai 1, loket 10–13`: the agency's zone and counters, in the hall's word for a counter."""
    zone = hall.zone(agency.zone).name
    numbers = [counter.number for counter in hall.counters_of(agency.id)]
    if not numbers:
        return words.say(msg("Tunggu di {zone}"), zone=zone)
    n, there = len(numbers), {"zone": zone, "numbers": runs(numbers)}
    if hall.counter_word == "gerai":
        return words.count("Tunggu di {zone}, gerai {numbers}", "Tunggu di {zone}, gerai {numbers}", n, **there)
    return words.count("Tunggu di {zone}, loket {numbers}", "Tunggu di {zone}, loket {numbers}", n, **there)


def runs(numbers: Sequence[str]) -> str:
    """Numbers of counters as people write them: `10–13`, `1, 3, 5–7`; names that are no figures come after."""
    figures = sorted({int(number) for number in numbers if _is_figure(number)})
    starts = [figure for figure in figures if figure - 1 not in figures]
    ends = [figure for figure in figures if figure + 1 not in figures]
    spans = [str(a) if a == b else f"{a}–{b}" for a, b in zip(starts, ends, strict=True)]
    return ", ".join([*spans, *(number for number in numbers if not _is_figure(number))])


def _is_figure(number: str) -> bool:
    return number.isdecimal() and str(int(number)) == number  # '07' is a name: it would lose its nought
