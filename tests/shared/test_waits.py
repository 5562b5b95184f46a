"""How long one waits, in words."""

import pytest

from shared.waits import at_most, minutes, span
from shared.words import Words

ID, EN = Words("id"), Words("en")


@pytest.mark.parametrize(("likely", "most", "said"), [(25, 40, "25–40"), (25, None, "25"), (5, 5, "5"), (0, 5, "0–5")])
def test_from_the_likely_to_the_most(likely: int, most: int | None, said: str) -> None:
    assert span(likely, most) == said
    assert (minutes(likely, most, ID), minutes(likely, most, EN)) == (f"{said} mnt", f"{said} min")


@pytest.mark.parametrize(
    ("likely", "most", "said"),
    [(15, 30, "Paling lama 30 menit (9 dari 10 orang)"), (15, 15, ""), (15, None, ""), (None, None, "")],
)
def test_the_longest_is_said_where_it_says_more(likely: int | None, most: int | None, said: str) -> None:
    assert at_most(likely, most, ID) == said
