"""Tiles in pages, for every hall and screen."""

import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from kiosk.screens.grid import Shape, TileGrid, shape_for, shape_of
from kiosk.screens.tile import Face, Tile
from shared.qt.palette import Variant
from shared.qt.theme import Theme, install_fonts
from tests.kiosk.stand_in import LONGEST_AGENCY, LONGEST_SERVICE

FULL_HD = Theme(QSize(1920, 1080))


def faces(count: int, title: str = "Instansi") -> list[Face]:
    return [
        Face(name=f"agency-{n}", title=f"{title} {n}", mark="A", foot=(("Tanpa menunggu", True),)) for n in range(count)
    ]


def a_grid(qtbot: QtBot, size: QSize, theme: Theme = FULL_HD) -> TileGrid:
    install_fonts()
    grid = TileGrid()
    qtbot.addWidget(grid)
    grid.resize(size)
    grid.dress(theme)
    return grid


def tiles(grid: TileGrid) -> list[Tile]:
    return [tile for tile in grid.findChildren(Tile) if not tile.isHidden()]


def names(grid: TileGrid) -> list[str]:
    return [tile.objectName() for tile in tiles(grid)]


def test_how_long_one_waits_is_written_in_one_size_on_a_page(qtbot: QtBot) -> None:
    grid = a_grid(qtbot, QSize(1808, 680))
    waits = ("Tanpa menunggu", "14 menunggu · sekitar 110–140 mnt", "2 menunggu · sekitar 5 mnt")
    shown = [Face(f"agency-{n}", "Instansi", mark="A", foot=((wait, True),)) for n, wait in enumerate(waits)]
    closed = Face("agency-9", "Instansi", mark="A", foot=(("Kuota habis · lagi Jumat pukul 08.00", True),), rests=True)
    grid.show_faces([*shown, *faces(8), closed])
    *open_, resting = [tile.plan().foot.font.pixelSize() for tile in tiles(grid)]
    assert len(set(open_)) == 1
    assert resting <= open_[0] < FULL_HD.font(24).pixelSize()
    grid.show_faces([*shown[:1], *faces(8)])
    assert {tile.plan().foot.font.pixelSize() for tile in tiles(grid)} == {FULL_HD.font(24).pixelSize()}


def test_full_hd_has_four_by_three() -> None:
    assert shape_of(QSize(1808, 680), FULL_HD) == Shape(4, 3)


def test_upright_has_two_by_six() -> None:
    assert shape_of(QSize(968, 1200), Theme(QSize(1080, 1920))) == Shape(2, 6)


def test_a_panel_of_four_to_three_has_three_by_four() -> None:
    assert shape_of(QSize(952, 480), Theme(QSize(1024, 768), mm=(304, 228), long=1600)) == Shape(3, 4)


def test_large_print_leaves_six_tiles_low_on_an_upright_screen() -> None:
    low = Theme(QSize(1080, 1920), variant=Variant(large=True, low=True))
    assert shape_of(QSize(968, 590), low) == Shape(2, 3)


def test_a_large_screen_has_no_more_tiles_but_larger_ones() -> None:
    assert shape_of(QSize(3616, 1360), Theme(QSize(3840, 2160))) == Shape(4, 3)


def test_a_small_screen_has_fewer_tiles_of_the_size_of_a_finger() -> None:
    small = Theme(QSize(1024, 600), mm=(154, 90))
    assert small.touch == 134
    assert shape_of(QSize(960, 300), small) == Shape(4, 2)
    assert shape_of(QSize(460, 140), small) == Shape(2, 1)
    assert shape_of(QSize(100, 100), small) == Shape(1, 1)


@pytest.mark.parametrize(
    ("few", "shape"),
    [(2, (2, 2)), (4, (2, 2)), (5, (3, 2)), (6, (3, 2)), (9, (3, 3)), (10, (4, 3)), (12, (4, 3)), (13, (4, 3))],
)
def test_few_tiles_are_larger(few: int, shape: tuple[int, int]) -> None:
    assert shape_for(few, Shape(4, 3)) == Shape(*shape)


@pytest.mark.parametrize(("few", "shape"), [(2, (1, 4)), (6, (1, 6)), (7, (2, 4)), (12, (2, 6)), (30, (2, 6))])
def test_few_tiles_upright_stand_below_each_other(few: int, shape: tuple[int, int]) -> None:
    assert shape_for(few, Shape(2, 6)) == Shape(*shape)


@pytest.mark.parametrize("few", range(1, 30))
@pytest.mark.parametrize("most", [Shape(4, 3), Shape(2, 6), Shape(3, 1), Shape(1, 1), Shape(4, 2), Shape(1, 5)])
def test_a_page_is_never_larger_than_the_screen_has_room_for(few: int, most: Shape) -> None:
    shape = shape_for(few, most)
    assert (shape.columns <= most.columns, shape.rows <= most.rows) == (True, True)
    assert shape.tiles >= min(few, most.tiles)


def test_every_agency_of_the_largest_hall_is_on_one_of_the_pages(qtbot: QtBot) -> None:
    grid = a_grid(qtbot, QSize(1808, 680))
    grid.show_faces(faces(47))
    seen = []
    for page in range(grid.pages):
        grid.turn(page)
        seen += names(grid)
    assert grid.pages == 4
    assert seen == [f"agency-{n}" for n in range(47)]


def test_no_tile_overlaps_another_and_all_are_inside(qtbot: QtBot) -> None:
    grid = a_grid(qtbot, QSize(1807, 683))
    grid.show_faces(faces(12))
    boxes = [tile.geometry() for tile in tiles(grid)]
    assert all(grid.rect().contains(box) for box in boxes)
    assert not any(a.intersects(b) for n, a in enumerate(boxes) for b in boxes[:n])


def test_there_is_no_page_before_the_first_nor_after_the_last(qtbot: QtBot) -> None:
    grid = a_grid(qtbot, QSize(1808, 680))
    grid.show_faces(faces(20))
    grid.turn(-1)
    assert grid.page == 0
    grid.turn(7)
    assert grid.page == 1


def test_a_page_that_is_gone_gives_way_to_the_last_there_is(qtbot: QtBot) -> None:
    grid = a_grid(qtbot, QSize(1808, 680))
    grid.show_faces(faces(30))
    grid.turn(2)
    grid.show_faces(faces(13))
    assert (grid.page, names(grid)) == (1, ["agency-12"])


def test_new_figures_do_not_replace_the_tiles_under_a_finger(qtbot: QtBot) -> None:
    grid = a_grid(qtbot, QSize(1808, 680))
    grid.show_faces(faces(5))
    before = tiles(grid)
    grid.show_faces(faces(5, "Kantor"))
    assert tiles(grid) == before
    assert before[0].text() == "Kantor 0"


def test_a_touched_tile_stays_lit_until_it_is_put_out(qtbot: QtBot) -> None:
    grid = a_grid(qtbot, QSize(1808, 680))
    grid.show_faces(faces(3))
    plain = tiles(grid)[1].grab().toImage()
    grid.light("agency-1")
    assert tiles(grid)[1].grab().toImage() != plain
    grid.light("")
    assert tiles(grid)[1].grab().toImage() == plain


@pytest.mark.parametrize("size", [(400, 160), (437, 210), (482, 190), (590, 320)])
@pytest.mark.parametrize("title", ["Disdukcapil", "BPJS Ketenagakerjaan", LONGEST_AGENCY, LONGEST_SERVICE])
@pytest.mark.parametrize("mark", ["K", "K2", ""])
def test_a_long_name_wraps_and_is_never_cut(qtbot: QtBot, size: tuple[int, int], title: str, mark: str) -> None:
    install_fonts()
    foot = (("120", True), (" menunggu · sekitar ", False), ("95 mnt", True))
    tile = Tile(Face(name="t", title=title, more=LONGEST_AGENCY, mark=mark, foot=foot), FULL_HD)
    qtbot.addWidget(tile)
    tile.resize(*size)
    assert tile.plan().fits
    assert not tile.plan().title.room.intersects(tile.plan().foot.room)


def test_a_full_name_without_room_is_left_out_rather_than_cut(qtbot: QtBot) -> None:
    install_fonts()
    tile = Tile(
        Face(name="t", title="DP3AKB", more=LONGEST_AGENCY, mark="K", foot=(("Tanpa menunggu", True),)), FULL_HD
    )
    qtbot.addWidget(tile)
    tile.resize(437, 260)
    assert tile.plan().more is not None
    tile.resize(400, 160)
    assert tile.plan().more is None
