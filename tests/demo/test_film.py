"""The film of README: three calls at once, each shown and said in its turn, as the TV would show them today."""

from itertools import groupby

import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication

from demo.film import FILM, SCREEN, SIZE
from demo.film_script import AT_ONCE, SITE, Called
from demo.film_strip import read
from demo.likeness import differing
from demo.tv_scenes import NOW, TvScene
from demo.tv_studio import TvLook, TvStudio, tv_studio
from display.board import View
from display.calls import Entry

NUMBER, CALL, SIGN = (40, 110, 570, 300), (40, 110, 570, 424), (500, 60, 580, 105)
"""Where the large number stands; that with its counter; the sign of who speaks."""
HEAVIEST, LONGEST_MS = 1_500_000, 12_000
LEAST_FRAMES, LEAST_MOVES, LEAST_S = 120, 20, 2.5
AS_NEW = "If it is meant so: .venv/bin/python -m demo.film, and look at what it makes."


@pytest.fixture(scope="module")
def film() -> list[tuple[int, Image.Image]]:
    return list(read(FILM))


def test_it_is_light_short_and_smooth(film: list[tuple[int, Image.Image]]) -> None:
    assert FILM.stat().st_size < HEAVIEST
    assert {frame.size for _ms, frame in film} == {SIZE}
    assert len(film) >= LEAST_FRAMES
    assert 8000 < sum(ms for ms, _frame in film) < LONGEST_MS


def test_each_of_three_calls_at_once_is_shown_and_said_in_its_turn(
    film: list[tuple[int, Image.Image]], qapp: QCoreApplication
) -> None:
    assert qapp
    showings = [list(shown) for _number, shown in groupby(film, key=lambda told: told[1].crop(NUMBER).tobytes())]
    assert len(showings) == len(AT_ONCE) + 2, "the call before, the three, and the last of them at rest"
    with tv_studio(TvLook(SITE, SCREEN, ("id", "en"), SIZE)) as studio:
        for one, shown in zip(AT_ONCE, showings[1:-1], strict=True):
            frames = [frame for _ms, frame in shown]
            assert differing(frames[0].crop(CALL), _lit(studio, one).crop(CALL)) is None, f"{one}: {AS_NEW}"
            assert len({frame.crop(SIGN).tobytes() for frame in frames}) > LEAST_MOVES, f"{one} was not said"
            assert sum(ms for ms, _frame in shown) > 1000 * LEAST_S


def _lit(studio: TvStudio, one: Called) -> Image.Image:
    agency = studio.morning.hall.agency(one.agency).short_name
    call = Entry(1, 1, one.number, one.counter, agency, NOW)
    return studio.picture(TvScene("board", View(called=call, lit=True)))
