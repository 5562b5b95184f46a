"""Which keys stand in which row: as on every keyboard where ten fit side by side, else by the alphabet. Pure."""

from dataclasses import dataclass

LETTERS = ("QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")
ALPHABET = "".join(sorted("".join(LETTERS)))
FIGURES = "1234567890"
ACROSS = 10
"""A key's width goes so often into a usual keyboard's."""
NARROWER = (9, 8, 7, 6)
"""The same where ten touches are wider than the screen."""
WORDS_BESIDE = 4
"""Room for the switch to figures, for a space of two keys and for erasing: then a row of their own is not needed."""


@dataclass(frozen=True)
class Row:
    """Keys side by side: each with its width, in keys; `begins`: how far from the left."""

    keys: tuple[tuple[str, float], ...]
    begins: float = 0


def rows_of(count: int, *, figures: bool, across: int = ACROSS) -> tuple[Row, ...]:
    """The keyboard in `count` rows: five with the figures above; in four or three in the first letters' place.

    With fewer than ten keys `across` there are as many rows as it takes.
    """
    if across < ACROSS:
        return _by_alphabet(across, figures=figures)
    first, second, third = (_keys(row) for row in LETTERS)
    digits = _keys(FIGURES)
    top = Row(digits if figures else first)
    if count == len(LETTERS):
        return (top, Row((*second, ("erase", 1))), Row((("figures", 1), *third, ("space", 2))))
    middle = (Row(second, 0.5), Row((*third, ("erase", 2)), 1))
    if count > len(LETTERS) + 1:
        return (Row(digits), Row(first), *middle, Row((("space", 7), ("clear", 3))))
    return (top, *middle, Row((("figures", 2), ("space", 5), ("clear", 3))))


def rows_of_code(count: int, *, figures: bool, across: int = ACROSS) -> tuple[Row, ...]:
    """As `rows_of`, for a code: in four rows where there is room, the figures above; without words or blanks."""
    if across < ACROSS:
        rows = _by_alphabet(across, figures=figures)
        return tuple(Row(tuple(key for key in row.keys if key[0] not in {"space", "clear"})) for row in rows)
    first, second, third = (_keys(row) for row in LETTERS)
    digits = _keys(FIGURES)
    if count > len(LETTERS):
        return (Row(digits), Row(first), Row(second, 0.5), Row((*third, ("erase", 2)), 1))
    return (Row(digits if figures else first), Row(second, 0.5), Row((("figures", 1.5), *third, ("erase", 1.5))))


def _by_alphabet(across: int, *, figures: bool) -> tuple[Row, ...]:
    letters = FIGURES + ALPHABET[len(FIGURES) :] if figures else ALPHABET
    rows = [_keys(letters[begin : begin + across]) for begin in range(0, len(letters), across)]
    left = across - len(rows[-1])
    if left >= WORDS_BESIDE:
        erase = 1 if left == WORDS_BESIDE else 2
        rows[-1] += (("figures", 1), ("space", left - 1 - erase), ("erase", erase))
    else:
        rows[-1] += (("erase", left),)
        rows.append((("figures", 2), ("space", across - 4), ("clear", 2)))
    return tuple(map(Row, rows))


def _keys(names: str) -> tuple[tuple[str, float], ...]:
    return tuple((name, 1.0) for name in names)
