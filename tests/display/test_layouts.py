"""The layouts of a TV: heights of capitals, nothing cut, pages of counters, the sign of one counter."""

from collections.abc import Callable
from dataclasses import replace
from itertools import chain, combinations
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from display.board import Row, View
from display.desks import Desk
from display.notices import Notice
from display.screens.notice import _whole, page_of
from display.screens.plan import COUNTER_CAP, NUMBER_CAP, ROW_CAP, grid_of, plan_of
from display.screens.wall import Wall
from shared.hall import DisplaySettings, Layout
from shared.qt.pictures import Found
from shared.qt.theme import install_fonts
from tests.display.day import HALL, MORNING, TV
from tests.display.ink import cap_height, ink_of, lines_of
from tests.display.test_screens import LIMIT_MS, PORTRAIT, SIZES, at_every_size, entry, view

AMBER, INK, DARK = QColor("#FFC857"), QColor("#F7F4EC"), QColor("#0B1B2B")
LAYOUTS: tuple[Layout, ...] = ("board", "calls", "counters", "sign", "media")
ON_CALLS: tuple[Layout, ...] = ("calls", "media")
in_every_layout = pytest.mark.parametrize("layout", LAYOUTS)

DESKS = tuple(
    Desk(f"loket-{n}", str(n), ("BPJS Ketenagakerjaan", "Kantor Pertanahan"), f"ZB-{1000 + n}", n, MORNING)
    for n in range(1, 45)
)
RESTING = replace(DESKS[0], serving="", closed=True), replace(DESKS[1], serving="", paused=True, why="Salat")

Build = Callable[..., Wall]


def of(layout: Layout, **update: object) -> DisplaySettings:
    own = {"sign": {"counter": "loket-1"}, "media": {"media": "nowhere"}}.get(layout, {})
    return TV.model_copy(update={"layout": layout, **own, **update})


@pytest.fixture
def build(qtbot: QtBot) -> Build:
    install_fonts()

    def build(
        layout: Layout, size: QSize, shown: View | None = None, desks: tuple[Desk, ...] = DESKS, **update: object
    ) -> Wall:
        wall = Wall(HALL, of(layout, **update), now=lambda: MORNING)
        qtbot.addWidget(wall, before_close_func=lambda _wall: wall.close_media())
        wall.resize(size)
        wall.show()
        wall.show_view(shown or view())
        if layout == "sign" and desks:
            wall.show_desks([replace(desks[0], serving="", call=0)])
        wall.show_desks(desks)
        return wall

    return build


def least_number(size: QSize) -> float:
    """Upright, the number is as high as on the same panel lying."""
    return NUMBER_CAP * min(size.width(), size.height()) if size == PORTRAIT else NUMBER_CAP * size.height()


# ------------------------------------------------------------------ heights of capitals, measured in the picture


@at_every_size
@in_every_layout
def test_number_and_counter_have_their_least_height(build: Build, layout: Layout, size: QSize) -> None:
    wall = build(layout, size)
    part = wall.sign or wall.panel
    (number,) = lines_of(ink_of(part.number, DARK))
    (counter,) = lines_of(ink_of(part.counter, AMBER))
    assert cap_height(number) >= least_number(size)
    assert cap_height(counter) >= COUNTER_CAP * size.height()


@at_every_size
def test_a_wall_of_counters_keeps_the_least_height_of_a_row(build: Build, size: QSize) -> None:
    wall = build("counters", size, View(called=entry(99)))
    assert wall.counters is not None
    for cell in wall.counters.cells[:2]:
        (number,) = lines_of(ink_of(cell.number, INK))
        assert cap_height(number) >= ROW_CAP * size.height()
        assert cell.counter.cap() >= ROW_CAP * size.height()


@at_every_size
@pytest.mark.parametrize("layout", ON_CALLS)
def test_recent_calls_keep_the_least_height_of_a_row(build: Build, layout: Layout, size: QSize) -> None:
    wall = build(layout, size, view(lit=False))
    shown = [card for card in wall.rows.cards if card.isVisible()]
    assert len(shown) >= {"calls": 3, "media": 2}[layout]
    for card in shown:
        (number,) = lines_of(ink_of(card.number, INK))
        (counter,) = lines_of(ink_of(card.counter, AMBER))
        assert cap_height(number) >= ROW_CAP * size.height()
        assert cap_height(counter) >= ROW_CAP * size.height()


@pytest.mark.parametrize("size", [size for size in SIZES if size != PORTRAIT])
def test_where_a_call_stands_alone_its_counter_is_as_high_as_a_called_number_must_be(build: Build, size: QSize) -> None:
    wall = build("calls", size)
    (counter,) = lines_of(ink_of(wall.panel.counter, AMBER))
    assert cap_height(counter) >= NUMBER_CAP * size.height()
    assert wall.panel.number.cap() > wall.panel.counter.cap()


# ------------------------------------------------------------------ nothing is cut, nothing overlaps


@pytest.mark.parametrize("layout", ["counters", "media"])
@pytest.mark.parametrize("number", ["J-095", "N-026", "ZB-1000"])
def test_upright_a_called_number_is_no_higher_than_its_room_however_narrow(
    build: Build, layout: Layout, number: str
) -> None:
    wall = build(layout, PORTRAIT, view(number=number))
    ink = ink_of(wall.panel.number, DARK)
    assert ink.any()
    assert not ink[0].any()
    assert not ink[-1].any()


@at_every_size
def test_a_counter_that_lights_is_read_as_well_as_before(build: Build, size: QSize) -> None:
    wall = build("counters", size, View())
    assert wall.counters is not None
    cell = wall.counters.cells[0]
    wall.show_view(View(called=entry(99, "ZB-1001", "1"), lit=True))
    assert cell.lit
    edge = min(size.width(), size.height()) // 100
    (digit,) = lines_of(ink_of(cell.counter, AMBER)[edge:-edge, edge:-edge])
    assert cap_height(digit) >= ROW_CAP * size.height()


@at_every_size
def test_beside_pictures_the_call_and_the_recent_ones_begin_at_one_edge(build: Build, size: QSize) -> None:
    wall = build("media", size)
    edges = {part.mapTo(wall, QPoint(0, 0)).x() for part in (wall.panel.number, wall.rows.cards[0].number)}
    assert len(edges) == 1


@at_every_size
@in_every_layout
def test_the_places_of_a_layout_are_on_the_screen_and_beside_each_other(layout: Layout, size: QSize) -> None:
    plan = plan_of(size, ribbon=True, layout=layout)
    places = [plan.header, plan.panel, plan.rows, plan.strip, plan.ribbon, plan.grid, plan.media, plan.sign]
    there = [place for place in places if not place.isEmpty()]
    assert all(QRect(0, 0, size.width(), size.height()).contains(place) for place in there)
    assert not any(one.intersects(other) for one, other in combinations(there, 2))


@at_every_size
@in_every_layout
@pytest.mark.parametrize("shown", [view(), View()], ids=["lit", "quiet"])
def test_parts_stand_inside_their_parents_and_beside_each_other(
    build: Build, layout: Layout, size: QSize, shown: View
) -> None:
    wall = build(layout, size, shown, (*RESTING, *DESKS[2:]))
    cells = wall.counters.cells if wall.counters else []
    for parent in filter(None, (wall, wall.panel, wall.sign, wall.counters, wall.media, *cells, *wall.rows.cards)):
        parts = [part for part in parent.children() if isinstance(part, QWidget) and part.isVisible()]
        for part in parts:
            assert parent.rect().contains(part.geometry()), (parent.objectName(), part.objectName())
        for one, other in combinations(parts, 2):
            assert not one.geometry().intersects(other.geometry()), (one.objectName(), other.objectName())


# ------------------------------------------------------------------ a wall of counters


@pytest.mark.parametrize(
    ("size", "count", "pages"),
    [
        (QSize(1920, 1080), 2, 1),
        (QSize(1920, 1080), 20, 1),
        (QSize(1920, 1080), 44, 2),
        (QSize(1366, 768), 44, 2),
        (QSize(3840, 2160), 44, 2),
        (QSize(1080, 1920), 44, 7),
        (QSize(1080, 1920), 7, 1),
    ],
)
def test_a_wall_has_as_many_pages_as_its_least_capitals_need(size: QSize, count: int, pages: int) -> None:
    plan = plan_of(size, ribbon=True, layout="counters", widest=4.84)
    grid = grid_of(plan, count, counter=1.73)
    assert grid.pages == pages
    assert grid.per_page * grid.pages >= count
    assert grid.cap >= ROW_CAP * size.height()


def test_few_counters_are_written_larger_than_many() -> None:
    plan = plan_of(QSize(1920, 1080), ribbon=True, layout="counters", widest=4.84)
    caps = [grid_of(plan, count, counter=1.73).cap for count in (2, 6, 12, 44)]
    assert caps == sorted(caps, reverse=True)
    assert caps[0] > 2 * caps[-1]


def shown_counters(wall: Wall) -> list[str]:
    assert wall.counters is not None
    return [cell.desk.number for cell in wall.counters.cells if cell.desk is not None]


def test_the_pages_of_a_wall_turn_in_a_circle_through_every_counter(build: Build) -> None:
    wall = build("counters", SIZES[0], View())
    assert wall.counters is not None
    seen = []
    for _ in range(wall.counters.pages + 1):
        seen.append(shown_counters(wall))
        wall.counters.turn()
    assert list(chain(*seen[:-1])) == [desk.number for desk in DESKS]
    assert seen[-1] == seen[0]


def test_a_call_that_lights_opens_its_page_and_only_its_counter_is_lit(build: Build) -> None:
    wall = build("counters", SIZES[0], View())
    wall.show_view(View(called=entry(99, "ZB-1044", "44"), lit=True))
    assert wall.counters is not None
    assert [cell.desk.number for cell in wall.counters.cells if cell.desk and cell.lit] == ["44"]
    wall.counters.turn()
    wall.show_view(View(called=entry(99, "ZB-1044", "44"), lit=True, rows=(Row(entry(98), coming=True),)))
    assert "44" not in shown_counters(wall)


def test_a_counter_that_rests_says_so_in_words(build: Build) -> None:
    wall = build("counters", SIZES[0], View(), (*RESTING, replace(DESKS[2], serving="")))
    assert wall.counters is not None
    assert [cell.state.text() for cell in wall.counters.cells[:3]] == ["Tutup", "Istirahat", "–"]


# ------------------------------------------------------------------ the sign of one counter


@pytest.mark.parametrize(
    ("desk", "texts"),
    [
        (RESTING[0], ("Tutup", "Closed", "")),
        (RESTING[1], ("Istirahat", "On a break", "Salat")),
        (
            replace(DESKS[0], serving=""),
            ("Mohon menunggu nomor Anda dipanggil", "Please wait until your number is called", ""),
        ),
    ],
    ids=["closed", "paused", "nobody there"],
)
def test_a_sign_says_what_its_counter_does(build: Build, desk: Desk, texts: tuple[str, str, str]) -> None:
    wall = build("sign", SIZES[0], desks=(desk,))
    sign = wall.sign
    assert sign is not None
    assert (sign.state.text(), sign._state_under.text(), sign._why.text()) == texts
    assert (sign.state.isVisible(), sign.number.isVisible(), sign.lit) == (True, False, False)


def test_a_sign_lights_by_its_own_call_until_the_visitor_has_come(build: Build) -> None:
    wall = build("sign", SIZES[0], View())
    assert wall.sign is not None
    assert (wall.sign.number.text(), wall.sign.lit) == ("ZB-1001", True)
    wall.show_desks([replace(DESKS[0], came=True)])
    assert (wall.sign.number.text(), wall.sign.lit) == ("ZB-1001", False)
    wall.show_desks([replace(DESKS[0], call=50)])
    assert wall.sign.lit


def test_a_sign_that_begins_shows_an_earlier_call_quietly(build: Build) -> None:
    wall = build("sign", SIZES[0], desks=())
    wall.show_desks(DESKS[:1])
    assert wall.sign is not None
    assert (wall.sign.number.text(), wall.sign.lit) == ("ZB-1001", False)


def test_another_layout_shows_what_is_known_already(build: Build) -> None:
    wall = build("board", SIZES[0])
    wall.take_up(HALL, of("counters"))
    assert wall.counters is not None
    assert shown_counters(wall)[:2] == ["1", "2"]
    assert (wall.counters.isVisible(), wall.waiting.isVisible()) == (True, False)


# ------------------------------------------------------------------ pictures and notices


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Image.new("RGB", (320, 180), "#FF0000").save(tmp_path / "b.png")
    return tmp_path


def test_the_folder_is_gone_through_by_name_with_notices_and_without_what_is_broken(
    build: Build, folder: Path, qtbot: QtBot
) -> None:
    (folder / "a.txt").write_text("Layanan SIM pindah ke lantai 2\nMulai hari ini.", "utf-8")
    (folder / "broken.jpg").write_bytes(b"no picture")
    (folder / "2026-02-12 rapat.md").write_text("# Rapat\n- Loket 3 buka pukul 10.", "utf-8")
    (folder / "2026-02-13 besok.md").write_text("# Besok", "utf-8")
    found: list[Found] = []
    wall = build("media", QSize(1366, 768), View(), media=str(folder))
    wall.looked.connect(found.append)
    media, seen = wall.media, []
    assert media is not None
    for name in ("2026-02-12 rapat.md", "a.txt", "b.png", "2026-02-12 rapat.md"):
        qtbot.waitUntil(lambda name=name: media.shown == name, timeout=LIMIT_MS)  # type: ignore[misc]  # bound now
        seen.append(media.shown)
        media._ask()
    assert (found[-1].broken, found[-1].missing) == (("broken.jpg",), False)


def test_a_picture_stands_still_and_dimmed_while_a_number_is_announced(
    build: Build, folder: Path, qtbot: QtBot
) -> None:
    wall = build("media", QSize(1366, 768), View(), media=str(folder))
    media = wall.media
    assert media is not None
    qtbot.waitUntil(lambda: media.shown == "b.png", timeout=LIMIT_MS)
    middle = media.rect().center()
    bright = media.grab().toImage().pixelColor(middle)
    wall.show_view(view())
    dimmed = media.grab().toImage().pixelColor(middle)
    assert (bright.red() > 240, dimmed.red() < 90, media._turn.isActive()) == (True, True, False)
    wall.show_view(view(lit=False))
    assert (media.grab().toImage().pixelColor(middle), media._turn.isActive()) == (bright, True)


def test_without_pictures_the_hall_is_named(build: Build, tmp_path: Path, qtbot: QtBot) -> None:
    wall = build("media", QSize(1366, 768), View(), media=str(tmp_path / "not there"))
    with qtbot.waitSignal(wall.looked, timeout=LIMIT_MS) as looked:
        pass
    assert looked.args == [Found(missing=True)]
    assert wall.media is not None
    assert wall.media._welcome.isVisible()


def test_a_notice_keeps_a_number_on_the_line_of_the_word_before_it() -> None:
    whole = _whole(Notice("SIM pindah ke Lantai 2", ("Mulai 16 Februari, pukul 08.00.",)))
    assert (whole.title, *whole.lines) == ("SIM pindah ke Lantai\u00a02", "Mulai\u00a016 Februari, pukul\u00a008.00.")


@pytest.mark.parametrize("room", [QSize(885, 864), QSize(984, 571), QSize(629, 614)])
def test_a_notice_fills_its_page_in_the_largest_type_that_fits(tmp_path: Path, room: QSize) -> None:
    install_fonts()
    short, long, longer = (tmp_path / name for name in ("short.txt", "long.txt", "longer.txt"))
    short.write_text("Libur\nSenin tutup.", "utf-8")
    long.write_text("\n".join(["Layanan paspor di lantai 2"] + ["Bawa KTP, KK, dan akta kelahiran."] * 4), "utf-8")
    longer.write_text("\n".join(["Terlalu panjang untuk dibaca sambil lewat" * 2] * 12), "utf-8")
    assert all(page is not None and page.size() == room for page in (page_of(short, room), page_of(long, room)))
    assert page_of(longer, room) is None
