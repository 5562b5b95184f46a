"""The page `/board` looks in every size as it is kept in docs/pictures/browser; `KEEP=1` makes it anew."""

import os
from pathlib import Path

from demo import board_sheets
from demo.board_sheets import ALBUM, CHAPTERS, LOOKS, SCENES, SHEET, drawn
from demo.board_studio import board_browser
from demo.browser import NAMES
from demo.contact_sheet import read
from demo.likeness import differing, evidence
from tests.needs import program

AS_NEW = "If it is meant so: .venv/bin/python -m demo.tv_sheets, and look at what it makes."
HEAVIEST = 500_000


def test_every_screen_looks_as_it_is_kept(tmp_path: Path) -> None:
    chromium = program(*NAMES)
    if os.environ.get("KEEP") == "1":
        board_sheets.make(chromium)
    others = []
    with board_browser(chromium) as (page, folder):
        for turn, look in enumerate(LOOKS):
            for name, picture in drawn(page, folder, look):
                before = SHEET.cut(read(ALBUM.place(name)))[turn]
                if (box := differing(before, picture)) is not None:
                    shown = tmp_path / f"{name}-{turn}.png"
                    evidence(before, picture, box).save(shown)
                    others.append(f"{name} ({look.caption}) differs in {box}: {shown}")
    assert not others, "\n".join([*others, AS_NEW])


def test_the_page_shows_every_screen_and_all_sheets_are_light() -> None:
    assert [name for chapter in CHAPTERS.values() for name in chapter] == list(SCENES)
    assert ALBUM.text() == ALBUM.page.read_text("utf-8"), f"{ALBUM.file} is not as it would be made. {AS_NEW}"
    assert sum(sheet.stat().st_size for sheet in ALBUM.folder.iterdir()) < HEAVIEST


def test_every_size_is_looked_at() -> None:
    assert {look.size for look in LOOKS} == {(1366, 768), (1920, 1080), (3840, 2160), (1080, 1920)}
