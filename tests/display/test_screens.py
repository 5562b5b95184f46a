from base64 import b64encode
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import chain

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from display.board import Row, View
from display.calls import Entry
from display.queues import Queue
from display.quiet import Silences
from display.screens.lettering import Figure, Line
from display.screens.plan import COUNTER_CAP, NUMBER_CAP, ROW_CAP, plan_of
from display.screens.wall import Wall
from shared.hall import DisplaySettings, Hall, Zone
from shared.labels import Labels
from shared.qt.theme import install_fonts
from tests.display.day import HALL, MORNING, TV
from tests.display.ink import cap_height, ink_of, lines_of, pixels_of
from tests.real_hub import LIMIT_S

SIZES = [QSize(1920, 1080), QSize(1366, 768), QSize(1080, 1920), QSize(3840, 2160)]
FULL_HD, PORTRAIT = SIZES[0], SIZES[2]
LIMIT_MS = 1000 * LIMIT_S
at_every_size = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size.width()}x{size.height()}")

Build = Callable[..., Wall]


def entry(event: int, number: str = "ZB-1000", counter: str = "44", agency: str = "BPJS Ketenagakerjaan") -> Entry:
    return Entry(event, event, number, counter, agency, MORNING)


def view(*, lit: bool = True, rows: int = 12, number: str = "ZB-1000", away: bool = False) -> View:
    recent = tuple(Row(entry(90 - index), coming=index == 0) for index in range(rows))
    return View(called=entry(99, number), lit=lit, speaking=lit, rows=recent, queues=QUEUES, away=away)


QUEUES = tuple(Queue("BPJS Ketenagakerjaan", f"{letter}B", 123, minutes=140, most_minutes=240) for letter in "ABCDEFG")


@pytest.fixture
def build(qtbot: QtBot) -> Build:
    install_fonts()

    def build(
        shown: View | None = None,
        size: QSize = FULL_HD,
        *,
        hall: Hall = HALL,
        settings: DisplaySettings = TV,
        now: Callable[[], datetime] = lambda: MORNING,
    ) -> Wall:
        wall = Wall(hall, settings, now=now)
        qtbot.addWidget(wall)
        wall.resize(size)
        wall.show()
        wall.show_view(shown or View())
        return wall

    return build


def place(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


def named(wall: Wall, name: str) -> str:
    """The text of the visible widget of that name."""
    widget = next(widget for widget in wall.findChildren(QWidget, name) if widget.isVisible())
    assert isinstance(widget, (Line, Figure))
    return widget.text()


# ------------------------------------------------------------------ heights of capitals, measured in the picture


def called_ink(wall: Wall) -> NDArray[np.bool_]:
    """The called number as it stands on one line; two trip it."""
    (line,) = lines_of(ink_of(wall.panel.number, QColor("#0B1B2B")))
    return line


@pytest.mark.parametrize("size", [size for size in SIZES if size != PORTRAIT])
@pytest.mark.parametrize("number", ["ZB-1000", "Z-012", "ZW-4444"])
def test_the_called_number_s_capitals_are_15_percent_of_the_height(build: Build, size: QSize, number: str) -> None:
    wall = build(view(number=number), size)
    assert cap_height(called_ink(wall)) >= NUMBER_CAP * size.height()


@pytest.mark.parametrize("number", ["ZB-1000", "Z-012", "ZW-444"])
def test_on_a_portrait_screen_the_called_number_is_as_high_as_on_the_same_screen_lying(
    build: Build, number: str
) -> None:
    wall = build(view(number=number), PORTRAIT)
    assert cap_height(called_ink(wall)) >= NUMBER_CAP * PORTRAIT.width()


@pytest.mark.parametrize("number", ["ZB-0000", "K-000", "WW-0000"])
def test_on_a_portrait_screen_the_called_number_is_as_wide_as_its_room(build: Build, number: str) -> None:
    wall = build(view(number=number), PORTRAIT)
    columns = np.flatnonzero(called_ink(wall).any(axis=0))
    assert columns[-1] - columns[0] + 1 >= wall.panel.number.width() - 3


@at_every_size
@pytest.mark.parametrize("number", ["ZB-1000", "WW-9999", "K-012"])
def test_a_called_number_is_never_broken(build: Build, size: QSize, number: str) -> None:
    assert called_ink(build(view(number=number), size)).any()


@at_every_size
@pytest.mark.parametrize("counter", ["4", "44", "141"])
def test_the_called_counter_s_digits_are_7_percent_of_the_height(build: Build, size: QSize, counter: str) -> None:
    wall = build(View(called=entry(99, counter=counter), lit=True), size)
    (line,) = lines_of(ink_of(wall.panel.counter, QColor("#FFC857")))
    assert cap_height(line) >= COUNTER_CAP * size.height()


@at_every_size
@pytest.mark.parametrize("counter", ["44", "141"])
def test_the_rows_capitals_are_5_percent_of_the_height(build: Build, size: QSize, counter: str) -> None:
    rows = tuple(Row(entry(90 - index, counter=counter), coming=False) for index in range(12))
    wall = build(View(called=entry(99), rows=rows), size)
    for card in wall.rows.cards[: plan_of(size, ribbon=True).row_count]:
        (number,) = lines_of(ink_of(card.number, QColor("#F7F4EC")))
        (digits,) = lines_of(ink_of(card.counter, QColor("#FFC857")))
        assert cap_height(number) >= ROW_CAP * size.height()
        assert cap_height(digits) >= ROW_CAP * size.height()


@at_every_size
def test_a_number_is_as_large_whatever_its_digits(build: Build, size: QSize) -> None:
    wall = build(view(number="K-111"), size)
    narrow = wall.panel.number.cap()
    wall.show_view(view(number="K-888"))
    assert wall.panel.number.cap() == narrow


# ------------------------------------------------------------------ nothing is cut, nothing overlaps


@at_every_size
@pytest.mark.parametrize("number", ["ZB-1000", "MW-9999", "K-012"])
def test_no_ink_touches_the_edge_of_the_called_number_s_place_but_on_its_left(
    build: Build, size: QSize, number: str
) -> None:
    wall = build(view(number=number), size)
    ink = ink_of(wall.panel.number, QColor("#0B1B2B"))
    assert not ink[0].any()
    assert not ink[-1].any()
    assert ink.any()


@at_every_size
@pytest.mark.parametrize(
    "shown", [view(), view(lit=False), View(), view(away=True)], ids=["lit", "dark", "quiet", "away"]
)
def test_parts_stand_inside_their_parents_and_beside_each_other(build: Build, size: QSize, shown: View) -> None:
    wall = build(shown, size)
    for parent in (wall, wall.header, wall.panel, *wall.rows.cards, wall.waiting):
        parts = [part for part in parent.children() if isinstance(part, QWidget) and part.isVisible()]
        for index, part in enumerate(parts):
            assert parent.rect().contains(part.geometry()), part.objectName()
            for other in parts[index + 1 :]:
                assert not part.geometry().intersects(other.geometry()), (part.objectName(), other.objectName())


@at_every_size
def test_the_plan_covers_the_screen_without_overlap(size: QSize) -> None:
    plan = plan_of(size, ribbon=True)
    places = [plan.header, plan.panel, plan.rows, plan.strip, plan.ribbon]
    screen = QRect(QPoint(0, 0), size)
    assert all(screen.contains(one) for one in places)
    assert not any(one.intersects(other) for index, one in enumerate(places) for other in places[:index])


@at_every_size
def test_there_are_at_least_three_rows(size: QSize) -> None:
    assert plan_of(size, ribbon=True).row_count >= 3


@pytest.mark.parametrize("word", ["loket", "gerai"])
def test_a_long_agency_leaves_the_counter_s_word_whole(build: Build, word: str) -> None:
    hall = HALL.model_copy(update={"counter_word": word})
    wall = build(view(), QSize(1366, 768), hall=hall)
    assert wall.panel._go.text() == f"Silakan ke {word} 44"
    assert wall.panel._go.natural_width() <= wall.panel._go.width()


# ------------------------------------------------------------------ colour


def test_the_panel_is_amber_only_while_the_call_is_announced(build: Build) -> None:
    wall = build(view())
    corner = QPoint(wall.panel.width() // 2, 6)
    assert wall.panel.grab().toImage().pixelColor(corner) == QColor("#FFC857")
    wall.show_view(view(lit=False))
    assert wall.panel.grab().toImage().pixelColor(corner) == QColor("#13293F")


@pytest.mark.parametrize("shown", [view(), view(lit=False, away=True), View()], ids=["lit", "away", "quiet"])
def test_nothing_on_the_tv_is_red(build: Build, shown: View) -> None:
    pixels = pixels_of(build(shown))
    red, green, blue = pixels[..., 0], pixels[..., 1], pixels[..., 2]
    assert not ((red > 120) & (green < red * 0.5) & (blue < red * 0.5)).any()


def test_the_level_sign_moves_only_while_the_voice_speaks(build: Build) -> None:
    wall = build(view())
    assert wall.panel.level.moving
    wall.show_view(View(called=entry(99), lit=True, speaking=False))
    assert (wall.panel.level.moving, wall.panel.level.isVisible()) == (False, True)


def test_the_level_sign_s_bars_draw_together_in_a_pause(build: Build) -> None:
    wall = build(view())
    wall.panel.level.hear(1.0)
    loud = sum(wall.panel.level._levels())
    wall.panel.level.hear(0.0)
    assert sum(wall.panel.level._levels()) < loud / 2


# ------------------------------------------------------------------ words


def test_the_called_number_and_its_counter_are_read_by_name(build: Build) -> None:
    wall = build(view(number="K-012"))
    assert (named(wall, "called-number"), named(wall, "called-counter")) == ("K-012", "44")
    assert (named(wall, "row-0-number"), named(wall, "row-0-counter")) == ("ZB-1000", "44")


def test_before_the_first_call_people_are_asked_to_wait(build: Build) -> None:
    wall = build(View())
    assert named(wall, "quiet") == "Mohon menunggu nomor Anda dipanggil"
    assert not wall.panel.number.isVisible()


def test_english_stands_underneath_where_the_tv_speaks_it(build: Build) -> None:
    wall = build(view())
    assert (wall.panel._go.text(), wall.panel._go_under.text()) == ("Silakan ke loket 44", "Please go to counter 44")


def test_a_tv_of_one_language_shows_that_one_only(build: Build) -> None:
    wall = build(view(), settings=TV.model_copy(update={"languages": ["en"]}))
    assert (wall.panel._go.text(), wall.panel._go_under.text()) == ("Please go to counter 44", "")


def test_the_header_names_hall_and_zone(build: Build) -> None:
    wall = build(View(), settings=TV.model_copy(update={"zones": ["lantai-1"]}))
    assert named(wall, "title") == "MPP Kabupaten Paser · Lantai 1"


@pytest.mark.parametrize(("count", "named"), [(3, " · Zona 1 · Zona 2 · Zona 3"), (4, "")])
def test_a_screen_of_many_zones_names_the_hall_alone(count: int, named: str) -> None:
    zones = [Zone(id=f"zona-{n}", name=f"Zona {n}") for n in range(1, count + 1)]
    hall = HALL.model_copy(update={"zones": zones})
    labels = Labels(hall, TV.model_copy(update={"zones": [zone.id for zone in zones]}))
    assert labels.title == f"MPP Kabupaten Paser{named}"


def test_a_zone_that_is_quiet_is_named_where_the_screen_is_of_others_too(build: Build) -> None:
    wall, now = build(), MORNING
    ends = (("Lantai 1", now + timedelta(minutes=30)),)
    wall.show_view(View(silences=Silences(ends, zones=2)))
    assert wall.header.notice.text() == "Tanpa suara sampai 10.12 · Lantai 1"
    wall.show_view(View(silences=Silences(ends, zones=1)))
    assert wall.header.notice.text() == "Tanpa suara sampai 10.12"


def test_the_notice_stands_while_the_hub_is_away_and_the_number_stays(build: Build) -> None:
    wall = build(view(away=True))
    assert (wall.header.notice.isVisible(), wall.header.notice.text()) == (True, "Menyambung kembali…")
    assert named(wall, "called-number") == "ZB-1000"
    wall.show_view(view(away=False))
    assert not wall.header.notice.isVisible()


# ------------------------------------------------------------------ clock, logo


def test_the_clock_follows_the_hub_s_time(build: Build) -> None:
    at = [MORNING]
    wall = build(View(), now=lambda: at[0])
    assert (named(wall, "clock"), named(wall, "date")) == ("09.42", "Kamis, 12 Februari 2026")
    at[0] += timedelta(days=1, minutes=1)
    wall.header.tick()
    assert (named(wall, "clock"), named(wall, "date")) == ("09.43", "Jumat, 13 Februari 2026")


def test_a_hall_s_logo_stands_in_the_header(build: Build) -> None:
    logo = QImage(40, 20, QImage.Format.Format_RGB32)
    logo.fill(QColor("#00FF00"))
    wall = build(View(), hall=HALL.model_copy(update={"logo": _data_url(logo)}))
    mark = wall.header._mark
    assert mark.width() == pytest.approx(2 * mark.height(), abs=1)
    assert wall.grab().toImage().pixelColor(place(mark).center()) == QColor("#00FF00")


def _data_url(image: QImage) -> str:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs know the format as bytes only
    return "data:image/png;base64," + b64encode(data.data()).decode()


# ------------------------------------------------------------------ rows that slide


def test_a_new_row_slides_in_and_comes_to_rest_in_its_place(build: Build, qtbot: QtBot) -> None:
    wall = build(view(rows=2))
    rest = [card.pos() for card in wall.rows.cards[:3]]
    with qtbot.waitSignal(wall.rows.slide.finished, timeout=LIMIT_MS):
        wall.show_view(View(called=entry(99), rows=(Row(entry(95), coming=False), *view(rows=2).rows)))
        assert wall.rows.cards[0].y() < rest[0].y()
        assert wall.rows.cards[1].y() < rest[1].y()
        assert wall.rows.cards[0].geometry().bottom() > 0, "it is in sight in the first picture, not a picture later"
    assert [card.pos() for card in wall.rows.cards[:3]] == rest


def test_a_row_whose_announcement_comes_does_not_slide(build: Build) -> None:
    wall = build(view(rows=2))
    quiet = tuple(Row(row.entry, coming=False) for row in view(rows=2).rows)
    wall.show_view(View(called=entry(99), rows=quiet))
    assert wall.rows.slide.state() == wall.rows.slide.State.Stopped


# ------------------------------------------------------------------ who waits


def test_the_waiting_strip_turns_its_pages_in_a_circle(build: Build) -> None:
    wall = build(view())
    strip = wall.waiting
    seen: list[list[str]] = []
    for _ in range(strip.pages + 1):
        seen.append([cell.queue.prefix for cell in strip.cells if cell.queue])
        strip.turn()
    assert list(chain(*seen[:-1])) == [queue.prefix for queue in QUEUES]
    assert seen[-1] == seen[0]


@at_every_size
def test_the_strip_s_pages_are_told_below_its_heading_and_touch_no_agency(build: Build, size: QSize) -> None:
    wall = build(view(), size)
    strip = wall.waiting
    assert strip.pages > 1
    assert strip.rect().contains(strip.track)
    assert not any(part.geometry().intersects(strip.track) for part in (*strip.cells, strip._nobody))


def test_one_page_does_not_turn(build: Build) -> None:
    wall = build(View(queues=QUEUES[:2]))
    assert not wall.waiting._turn.isActive()


def test_the_strip_says_so_when_nobody_waits(build: Build) -> None:
    wall = build(View())
    assert wall.waiting._nobody.text() == "Belum ada yang menunggu · Nobody is waiting"
    assert wall.waiting._nobody.isVisible()


def test_a_page_that_is_gone_is_left(build: Build) -> None:
    wall = build(view())
    wall.waiting.turn()
    wall.show_view(View(queues=QUEUES[:1]))
    assert (wall.waiting.page, named(wall, "waiting-0-count")) == (0, "123")


# ------------------------------------------------------------------ running text


LONG = ["Ambil tiket paling lambat pukul 14.30.", "Lansia dan ibu hamil: tekan Antrean Prioritas di mesin tiket."] * 3


def test_a_short_text_stands_still(build: Build) -> None:
    wall = build(View())
    assert wall.ribbon is not None
    assert not wall.ribbon.moving


def test_a_long_text_runs_without_a_gap(build: Build) -> None:
    wall = build(View(), hall=HALL.model_copy(update={"texts": LONG}))
    ribbon = wall.ribbon
    assert ribbon is not None
    assert ribbon.moving
    before = pixels_of(ribbon)
    ribbon._shift()
    after = pixels_of(ribbon)
    assert np.array_equal(before[:, ribbon._step :], after[:, : -ribbon._step])
    ribbon._offset = ribbon._length() - 10
    assert (pixels_of(ribbon)[:, 100:].max(axis=(0, 1)) > 200).all()


def test_a_hall_without_texts_has_no_ribbon_and_more_room(build: Build) -> None:
    wall = build(view(), hall=HALL.model_copy(update={"texts": []}))
    assert wall.ribbon is None
    assert wall.panel.height() > build(view()).panel.height()


class TestAnotherHall:
    def test_words_logo_and_running_text_change_and_the_call_stays(self, build: Build) -> None:
        wall = build(view())
        changed = HALL.model_copy(
            update={"short_name": "MPP Baru", "texts": ["Kalimat baru."], "counter_word": "gerai"}
        )
        wall.take_up(changed, TV)
        assert named(wall, "title").startswith("MPP Baru")
        assert wall.ribbon is not None
        assert wall.ribbon.text() == "Kalimat baru."
        assert named(wall, "called-number") == "ZB-1000"

    def test_without_texts_the_ribbon_goes_and_the_rest_has_its_room(self, build: Build) -> None:
        wall = build(view())
        tall = place(wall.rows).height()
        wall.take_up(HALL.model_copy(update={"texts": []}), TV)
        assert wall.ribbon is None
        assert place(wall.rows).height() > tall
