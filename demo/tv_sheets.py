"""The lobby TV in every layout: `python -m demo.tv_sheets` makes docs/pictures/tv, its page and README's picture anew.

And those of the same board in a browser (`board_sheets.py`), where there is a Chromium.

One sheet a screen, with all looks side by side. A sheet that looks as the kept one does is left as it is.
`tests/display/test_pictures.py` draws the same and compares.
"""

import sys
from collections.abc import Iterator

from PIL import Image

from demo import board_sheets
from demo.album import Album, run
from demo.contact_sheet import CAPTION, GAP, Cell, Sheet, read
from demo.likeness import differing
from demo.tv_scenes import CHAPTERS, tv_scenes
from demo.tv_studio import TvLook, tv_studio

ALBUM = Album("tv", "layar-tv.md", CHAPTERS)

LYING = 480, 270
STANDING = round((2 * LYING[1] + GAP + CAPTION) * 9 / 16), 2 * LYING[1] + GAP + CAPTION
PASER, LARGE = "paser.toml", "large.toml"
BOTH, ENGLISH = ("id", "en"), ("en",)
COLUMNS = (
    (TvLook(PASER, (1920, 1080), BOTH, LYING), TvLook(LARGE, (1366, 768), ENGLISH, LYING)),
    (TvLook(LARGE, (3840, 2160), BOTH, LYING), TvLook(PASER, (1366, 768), ("id",), LYING)),
    (TvLook(LARGE, (1080, 1920), BOTH, STANDING),),
    (TvLook(PASER, (1080, 1920), ENGLISH, STANDING),),
)
"""How every screen is seen: every size at least once, both halls lying and standing, one language and two.

The large hall has the longest names and the widest numbers.
"""
LOOKS = [look for column in COLUMNS for look in column]
FRONT, FRONT_SCREEN = TvLook(PASER, (1920, 1080), BOTH, (1280, 720)), "board"
FRONT_PLACE = ALBUM.folder.with_suffix(".png")
"""The TV in README."""
SHEET = Sheet([[Cell(look.caption, look.small) for look in column] for column in COLUMNS])


def drawn(look: TvLook) -> Iterator[tuple[str, Image.Image]]:
    """Every screen seen so: its name, its picture."""
    with tv_studio(look) as room:
        for name, scene in tv_scenes(room.morning).items():
            yield name, room.picture(scene)


def front() -> Image.Image:
    """The TV as README shows it."""
    with tv_studio(FRONT) as room:
        return room.picture(tv_scenes(room.morning)[FRONT_SCREEN])


def make() -> list[str]:
    """Draw everything, keep what is new and the page; returns the names of the sheets that changed."""
    pictures = {(name, look): picture for look in LOOKS for name, picture in drawn(look)}
    names = sorted({name for name, _look in pictures})
    sheets = {name: SHEET.draw(pictures[name, look] for look in LOOKS) for name in names}
    return ALBUM.keep(sheets) + keep_front()


def keep_front() -> list[str]:
    """Keep README's picture where it is new: its name, or none."""
    made = front()
    if FRONT_PLACE.exists() and differing(read(FRONT_PLACE), made) is None:
        return []
    made.quantize().save(FRONT_PLACE, optimize=True)
    return [FRONT_PLACE.stem]


def make_all() -> list[str]:
    """The TV's, and the browser's."""
    chromium = board_sheets.found()
    others = board_sheets.make(chromium) if chromium else ["(no Chromium: the browser's board is left as it is)"]
    return make() + others


if __name__ == "__main__":
    sys.exit(run(make_all))
