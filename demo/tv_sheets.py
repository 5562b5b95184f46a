"""Every screen of the lobby TV in every layout: `python -m demo.tv_sheets` makes docs/pictures/tv and its page anew.

One sheet a screen, with all looks side by side. A sheet that looks as the kept one does is left as it is.
`tests/display/test_pictures.py` draws the same and compares.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from PySide6.QtWidgets import QApplication

from demo.contact_sheet import CAPTION, GAP, Cell, Sheet, read, write
from demo.likeness import differing
from demo.tv_scenes import CHAPTERS, tv_scenes
from demo.tv_studio import TvLook, tv_studio
from shared.assets import CONFIG

DOCS = CONFIG.parent / "docs"
SHEETS, PAGE = DOCS / "pictures" / "tv", DOCS / "layar-tv.md"
BEGIN, END = "<!-- screens -->\n", "<!-- /screens -->"

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
SHEET = Sheet([[Cell(look.caption, look.small) for look in column] for column in COLUMNS])


def drawn(look: TvLook) -> Iterator[tuple[str, Image.Image]]:
    """Every screen seen so: its name, its picture."""
    with tv_studio(look) as room:
        for name, scene in tv_scenes(room.morning).items():
            yield name, room.picture(scene)


def make() -> list[str]:
    """Draw everything, keep what is new and the page; returns the names of the sheets that changed."""
    pictures = {(name, look): picture for look in LOOKS for name, picture in drawn(look)}
    names = sorted({name for name, _look in pictures})
    sheets = {name: SHEET.draw(pictures[name, look] for look in LOOKS) for name in names}
    changed = [name for name in names if not _is_kept(name, sheets[name])]
    for name in changed:
        write(sheets[name], place(name))
    for old in set(SHEETS.glob("*.webp")) - {place(name) for name in names}:
        old.unlink()
    PAGE.write_text(page(), "utf-8")
    return changed


def place(name: str) -> Path:
    """Where the sheet of that screen is kept."""
    return SHEETS / f"{name}.webp"


def _is_kept(name: str, sheet: Image.Image) -> bool:
    try:
        kept = read(place(name))
    except FileNotFoundError:
        return False
    return kept.size == sheet.size and differing(kept, sheet) is None


def page() -> str:
    """docs/layar-tv.md with each chapter's screens and their line."""
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    shown = (line for chapter, told in CHAPTERS.items() for line in _chapter(chapter, told))
    return f"{before}{BEGIN}{''.join(shown)}{END}{rest.partition(END)[2]}"


def _chapter(heading: str, told: dict[str, str]) -> Iterator[str]:
    yield f"\n## {heading}\n\n"
    for name, line in told.items():
        title, _, sentence = line.partition(". ")
        yield f"### {title}\n\n{sentence}\n\n![{title}](pictures/tv/{name}.webp)\n\n"


def main() -> int:
    """Make them anew; returns the exit status."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _app = QApplication.instance() or QApplication([])
    print("\n".join(make()))  # noqa: T201  -- a command of the developer's terminal
    return 0


if __name__ == "__main__":
    sys.exit(main())
