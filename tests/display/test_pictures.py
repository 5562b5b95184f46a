"""Every screen of the TV in every size looks as it is kept in docs/pictures/tv; `KEEP=1` makes them anew."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from demo import tv_sheets
from demo.contact_sheet import read
from demo.likeness import differing, evidence
from demo.tv_scenes import CHAPTERS, TvMorning, tv_scenes
from demo.tv_sheets import ALBUM, FRONT_PLACE, LOOKS, PASER, SHEET, drawn, front
from demo.tv_studio import TvLook

AS_NEW = "If it is meant so: .venv/bin/python -m demo.tv_sheets, and look at what it makes."
HEAVIEST = 1_500_000
"""What all sheets together may weigh, in bytes: they come with every copy of the house."""


@pytest.fixture(scope="module", autouse=True)
def _kept(qapp: QCoreApplication) -> None:
    assert qapp
    if os.environ.get("KEEP") == "1":
        tv_sheets.make()


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.caption)
def test_every_screen_looks_as_it_is_kept(look: TvLook, tmp_path: Path) -> None:
    others = []
    for name, picture in drawn(look):
        before = SHEET.cut(read(ALBUM.place(name)))[LOOKS.index(look)]
        if (box := differing(before, picture)) is not None:
            shown = tmp_path / f"{name}.png"
            evidence(before, picture, box).save(shown)
            others.append(f"{name} ({look.caption}) differs in {box}: {shown}")
    assert not others, "\n".join([*others, AS_NEW])


def test_readme_shows_the_tv_as_it_looks() -> None:
    assert differing(read(FRONT_PLACE), front()) is None, AS_NEW


def test_the_page_shows_every_screen_and_all_sheets_are_light() -> None:
    told = [name for chapter in CHAPTERS.values() for name in chapter]
    assert sorted(told) == sorted(tv_scenes(TvMorning(PASER)))
    assert {path.name for path in ALBUM.folder.iterdir()} == {f"{name}.webp" for name in told}
    assert ALBUM.text() == ALBUM.page.read_text("utf-8"), f"{ALBUM.file} is not as it would be made. {AS_NEW}"
    assert sum(sheet.stat().st_size for sheet in ALBUM.folder.iterdir()) < HEAVIEST


def test_every_size_is_looked_at_and_one_language_and_two() -> None:
    assert {look.size for look in LOOKS} == {(1366, 768), (1920, 1080), (3840, 2160), (1080, 1920)}
    assert {len(look.languages) for look in LOOKS} == {1, 2}
