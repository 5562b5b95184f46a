"""Every screen of the kiosk in every mode: `python -m demo.kiosk_sheets` makes docs/pictures/kiosk and its page anew.

One sheet a screen, with all looks side by side. A sheet that looks as the kept one does is left as it is.
`tests/kiosk/test_pictures.py` draws the same and compares.
"""

import sys
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from PIL import Image

from demo.album import Album, run
from demo.contact_sheet import Cell, Sheet
from demo.kiosk_leaves import leaves
from demo.kiosk_scenes import CHAPTERS, HOME, UNATTENDED, VOICELESS, Morning, scenes
from demo.kiosk_studio import Look, Panel, studio
from kiosk.modes import AS_USUAL, Modes
from shared.words import Words

ALBUM = Album("kiosk", "layar-kios.md", CHAPTERS)

FULL_HD, UPRIGHT = Panel((1920, 1080), (476, 268)), Panel((1080, 1920), (268, 476))
COARSE, SMALL = Panel((1366, 768), (345, 194)), Panel((1024, 768), (304, 228))
PANELS = (FULL_HD, COARSE, SMALL, UPRIGHT)
"""21.5 inches lying and standing, 15.6 inches of a laptop, 15 inches of an old panel."""
LYING, STANDING = 252, 401
"""How high a picture stands on its sheet, in pixels: three of the one fill a column as two of the other do."""
TOGETHER = Modes(large=True, contrast=True, low=True)
COLUMNS = (
    (
        Look("Biasa", FULL_HD, scale=LYING / 1080),
        Look("Kontras tinggi", FULL_HD, "en", Modes(contrast=True), LYING / 1080),
        Look("Biasa", SMALL, scale=LYING / 768),
    ),
    (
        Look("Huruf besar", COARSE, modes=Modes(large=True), scale=LYING / 768),
        Look("Suara", COARSE, "en", Modes(spoken=True), LYING / 768),
        Look("Ketiganya", SMALL, "en", TOGETHER, LYING / 768),
    ),
    (
        Look("Biasa", UPRIGHT, "en", scale=STANDING / 1920),
        Look("Tombol lebih rendah", UPRIGHT, modes=Modes(low=True), scale=STANDING / 1920),
    ),
)
"""How every screen is seen: eight of the forty ways there are.

Every mode at least once, every panel in both languages. As usual on three of the four, for so nearly all see it.
What makes letters larger stands where there is least room for them: large print on the coarse one, all three modes
together on the small one, which so also has the lowered buttons lying down; lowered alone on the tall one it is made
for. High contrast changes only colours: one size serves. The spoken mode's words are each screen's own. That nothing is
cut, covered or too small in the other ways is measured in tests/kiosk/test_sizes.py.
"""
LOOKS = [look for column in COLUMNS for look in column]
TECHNICIANS = tuple(leaves(Words("id")))


@cache
def columns(name: str) -> tuple[tuple[Look, ...], ...]:
    """The looks in which that screen can be seen: pictures pass for nobody, technicians turn few modes on."""
    found = (tuple(look for look in column if _is_seen(name, look)) for column in COLUMNS)
    return tuple(column for column in found if column)


def _is_seen(name: str, look: Look) -> bool:
    if name == "dark":
        return look is LOOKS[0]
    if name in UNATTENDED:
        return look.modes == AS_USUAL
    if name in TECHNICIANS:
        return not (look.modes.spoken or look.modes == Modes(low=True))
    return not (look.modes.spoken and name in VOICELESS)


def looks(name: str) -> list[Look]:
    """The same, one after the other."""
    return [look for column in columns(name) for look in column]


@cache
def sheet(name: str) -> Sheet:
    """Where on its sheet they stand."""
    return Sheet([[Cell(_caption(look), look.small) for look in column] for column in columns(name)])


def _caption(look: Look) -> str:
    wide, high = look.panel.size
    return f"{look.caption} · {wide}×{high} · {look.language}"


def drawn(morning: Morning, panel: Panel) -> Iterator[tuple[str, Look, Image.Image]]:
    """Every screen in every look on that panel: its name, the look, its picture."""
    everything = scenes(morning) | dict.fromkeys(TECHNICIANS, HOME)
    with studio(morning, panel) as room:
        for look in LOOKS:
            if look.panel == panel:
                for name in (name for name in everything if look in looks(name)):
                    yield name, look, room.picture(name, everything[name], look)


def make() -> list[str]:
    """Draw everything, keep what is new and the page; returns the names of the sheets that changed."""
    morning = Morning()
    pictures = {(name, look): picture for panel in PANELS for name, look, picture in drawn(morning, panel)}
    names = [name for name, _ in groupby(sorted(name for name, _look in pictures))]
    sheets = {name: sheet(name).draw(pictures[name, look] for look in looks(name)) for name in names}
    return ALBUM.keep(sheets)


if __name__ == "__main__":
    sys.exit(run(make))
