"""The page `/board` in every size, drawn by a real Chromium: made with the TV's by `python -m demo.tv_sheets`.

`tests/hub/test_board_pictures.py` draws the same and compares.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from demo.album import Album
from demo.board_studio import BoardLook, BoardScene, BoardStudio, board_browser
from demo.browser import NAMES, Browser
from demo.contact_sheet import CAPTION, GAP, Cell, Sheet

CHAPTERS = {
    "Papan di peramban (`/board`)": {
        "called": "Tiga loket memanggil bersamaan. Yang pertama menyala; dua lainnya di baris, dengan tanda ▸.",
        "calm": "Sesudahnya. Nomor terakhir tetap besar; di bawah, siapa yang menunggu, tutup, atau bernomor kertas.",
        "before": "Sebelum panggilan pertama. Layar meminta menunggu.",
        "quiet": "Tanpa suara. Selama salat atau upacara, sampai jam yang tertulis.",
        "away": "Hub tidak tersambung. Nomor tetap seperti adanya, dan layar mengatakannya.",
        "touch": "Minta disentuh. Selama semenit sesudah dibuka, bila peramban belum boleh bersuara.",
    }
}
"""The chapters of docs/layar-peramban.md; in each the screens with what is said of them there."""

SCENES = {
    "called": BoardScene(new=3),
    "calm": BoardScene(closed=True),
    "before": BoardScene(called=0),
    "quiet": BoardScene(quiet=True),
    "away": BoardScene(away=True),
    "touch": BoardScene(asks=True),
}

ALBUM = Album("browser", "layar-peramban.md", CHAPTERS)

LYING = 480, 270
STANDING = round((2 * LYING[1] + GAP + CAPTION) * 9 / 16), 2 * LYING[1] + GAP + CAPTION
PASER, LARGE = "paser.toml", "large.toml"
COLUMNS = (
    (BoardLook(PASER, (1920, 1080), LYING), BoardLook(LARGE, (1366, 768), LYING)),
    (BoardLook(LARGE, (3840, 2160), LYING), BoardLook(PASER, (1366, 768), LYING)),
    (BoardLook(PASER, (1080, 1920), STANDING),),
)
"""Every size at least once, with the longest names. A page has both languages always."""
LOOKS = [look for column in COLUMNS for look in column]
SHEET = Sheet([[Cell(look.caption, look.small) for look in column] for column in COLUMNS])


def drawn(page: Browser, folder: Path, look: BoardLook) -> Iterator[tuple[str, Image.Image]]:
    """Every screen seen so: its name, its picture."""
    studio = BoardStudio(page, look, folder)
    for name, scene in SCENES.items():
        yield name, studio.picture(scene)


def make(chromium: str) -> list[str]:
    """Draw everything, keep what is new and the page; returns the names of the sheets that changed."""
    with board_browser(chromium) as (page, folder):
        pictures = {(name, look): picture for look in LOOKS for name, picture in drawn(page, folder, look)}
    return ALBUM.keep({name: SHEET.draw(pictures[name, look] for look in LOOKS) for name in SCENES})


def found() -> str | None:
    """The Chromium of this machine."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)
