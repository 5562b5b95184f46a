"""Every screen of the kiosk in every mode looks as it is kept in docs/pictures/kiosk; `KEEP=1` makes them anew."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter
from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtWidgets import QLabel

from demo import kiosk_sheets
from demo.contact_sheet import Box, read
from demo.kiosk_scenes import CHAPTERS, Morning, scenes
from demo.kiosk_sheets import (
    ALBUM,
    COLUMNS,
    LOOKS,
    PANELS,
    TECHNICIANS,
    UPRIGHT,
    drawn,
    looks,
    sheet,
)
from demo.kiosk_studio import Look, Panel, Studio, studio
from demo.likeness import differing, evidence
from demo.photograph import photograph, reduced
from kiosk.modes import Mode, Modes
from shared.qt.theme import Theme

AS_NEW = "If it is meant so: .venv/bin/python -m demo.kiosk_sheets, and look at what it makes."
USUAL = LOOKS[0]
HEAVIEST = 4_500_000
"""What all sheets together may weigh, in bytes: they come with every copy of the house."""


@pytest.fixture(scope="module")
def morning(qapp: QCoreApplication) -> Morning:
    assert qapp
    if os.environ.get("KEEP") == "1":
        kiosk_sheets.make()
    return Morning()


def kept(*wanted: Look) -> dict[tuple[str, Look], Image.Image]:
    """Every screen's picture in these looks, as it is kept."""
    told = [name for chapter in CHAPTERS.values() for name in chapter]
    return {(name, look): picture for name in told for look, picture in _cut(name) if look in wanted}


def _cut(name: str) -> Iterator[tuple[Look, Image.Image]]:
    return zip(looks(name), sheet(name).cut(read(ALBUM.place(name))), strict=True)


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: "×".join(map(str, panel.size)))
def test_every_screen_looks_as_it_is_kept(morning: Morning, panel: Panel, tmp_path: Path) -> None:
    others, known = [], kept(*(look for look in LOOKS if look.panel == panel))
    for name, look, picture in drawn(morning, panel):
        before = known[name, look]
        if (box := differing(before, picture)) is not None:
            shown = tmp_path / f"{name} {look.caption} {look.language}.png"
            evidence(before, picture, box).save(shown)
            others.append(f"{name} ({look.caption}, {look.language}) differs in {box}: {shown}")
    assert not others, "\n".join([*others, AS_NEW])


def test_the_page_shows_every_screen(morning: Morning) -> None:
    told = [name for chapter in CHAPTERS.values() for name in chapter]
    assert sorted(told) == sorted([*scenes(morning), *TECHNICIANS])
    assert {path.name for path in ALBUM.folder.iterdir()} == {f"{name}.webp" for name in told}
    assert ALBUM.text() == ALBUM.page.read_text("utf-8"), f"{ALBUM.file} is not as it would be made. {AS_NEW}"


def test_every_mode_panel_and_language_is_looked_at() -> None:
    assert {mode for look in LOOKS for mode in Mode if look.modes.has(mode)} == set(Mode) - {Mode.DARK}  # its own scene
    assert {(look.panel, look.language) for look in LOOKS} == {
        (panel, word) for panel in PANELS for word in ("id", "en")
    }
    assert any(look.modes == Modes() for look in LOOKS if look.panel == UPRIGHT)
    assert len(LOOKS) == sum(map(len, COLUMNS)) == len(set(LOOKS))


def test_all_sheets_together_are_light() -> None:
    assert sum(sheet.stat().st_size for sheet in ALBUM.folder.iterdir()) < HEAVIEST


# ---------------------------------------------------------------- what is found, and what is let pass


class Camera:
    """Before the first screen, in the size and the modes that nearly all see."""

    def __init__(self, room: Studio, morning: Morning) -> None:
        self.kept = dict(_cut("agencies"))[USUAL]
        room.pose("agencies", scenes(morning)["agencies"], USUAL)
        self.window = room.window

    def label(self, name: str) -> QLabel:
        label = self.window.findChild(QLabel, name)
        assert label is not None
        return label

    def finds(self) -> Box | None:
        """Where the screen is not as it is kept."""
        return differing(self.kept, photograph(self.window, USUAL.small))

    def whole(self) -> Image.Image:
        return photograph(self.window, USUAL.panel.size)


@pytest.fixture
def camera(morning: Morning) -> Iterator[Camera]:
    with studio(morning, USUAL.panel) as room:
        yield Camera(room, morning)


def test_a_label_that_moved_by_eight_pixels_is_found_where_it_is(camera: Camera) -> None:
    moved = camera.label("heading-agencies")
    place, found = moved.geometry(), []
    for by in (QPoint(8, 0), QPoint(0, 8), QPoint(-8, 0)):
        moved.move(place.topLeft() + by)
        found.append(camera.finds())
    assert None not in found
    corner = moved.mapTo(camera.window, QPoint()) * USUAL.scale
    assert all(box[1] >= corner.y() - 24 and box[3] < camera.window.height() * USUAL.scale / 3 for box in found if box)


def test_another_word_is_found(camera: Camera) -> None:
    line = next(one for one in camera.window.agencies.findChildren(QLabel) if one.text().startswith("Sentuh"))
    line.setText(line.text().replace("instansi", "petugas"))
    assert camera.finds() is not None


def test_another_colour_of_a_mark_is_found(camera: Camera, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = Theme.mark
    monkeypatch.setattr(Theme, "mark", lambda theme, prefix: mark(theme, "K" if prefix == "A" else prefix))
    camera.window.update()
    assert camera.finds() is not None


def test_a_button_that_is_gone_is_found(camera: Camera) -> None:
    camera.window.agencies.foot.search.hide()
    assert camera.finds() is not None


def test_letters_that_are_smoothed_otherwise_pass(camera: Camera) -> None:
    def apart(picture: Image.Image) -> Box | None:
        return differing(camera.kept, reduced(picture, USUAL.small))

    whole = camera.whole()
    flat = ImageChops.difference(whole.filter(ImageFilter.MaxFilter(3)), whole.filter(ImageFilter.MinFilter(3)))
    smoothing = flat.convert("L").point([255 * (level > 0) for level in range(256)])
    darker = whole.point([round(255 * (level / 255) ** 1.2) for level in range(256)] * 3)
    assert {
        "one pixel to the right": apart(ImageChops.offset(whole, 1, 0)),
        "one pixel down": apart(ImageChops.offset(whole, 0, 1)),
        "softer": apart(whole.filter(ImageFilter.GaussianBlur(0.7))),
        "bolder": apart(whole.filter(ImageFilter.UnsharpMask(1, 60, 0))),
        "another gamma": apart(Image.composite(darker, whole, smoothing)),
    } == dict.fromkeys(("one pixel to the right", "one pixel down", "softer", "bolder", "another gamma"))


def test_letters_that_are_hinted_pass(morning: Morning) -> None:
    room = Studio(morning, USUAL.panel)  # with letters as this system sets them
    try:
        assert Camera(room, morning).finds() is None
    finally:
        room.close()
