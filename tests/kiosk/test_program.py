"""The program's wiring."""

import sys
from argparse import Namespace
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from pytestqt.qtbot import QtBot

from kiosk.__main__ import Station, _with_printer, build, cursor_for, main, printer_road, workshop_of
from kiosk.press import KeptPress, Press
from shared.hall import Hall, Screen
from shared.model import Outcome, State
from shared.qt.run import Launch
from shared.settings import Settings
from shared.wire import TakeTicket
from shared.words import Words
from tests.kiosk.conftest import Until
from tests.kiosk.stand_in import SmallHub, StandInLink


def a_launch(link: StandInLink, hall: Hall, data: Path, *, windowed: str | None = "960x540") -> Launch:
    args = Namespace(new_roll=False, windowed=windowed, language="en", printer=None)
    return Launch(args, link, hall, Words("en"), Settings(data / "kiosk.json"), data, "kiosk-1")


def a_station(launch: Launch, qtbot: QtBot) -> Station:
    station = build(launch)
    assert isinstance(station, Station)
    qtbot.addWidget(station)
    return station


def test_the_workshop_turns_a_ticket_into_its_printers_bytes(hall: Hall, hub: SmallHub) -> None:
    second = hall.kiosks[0].printer.model_copy(update={"paper_mm": 58})
    kiosk = hall.kiosks[0].model_copy(update={"second_printer": second})
    (printer, compose, *_), (_, narrow, *_) = workshop_of(hall, kiosk)()
    ticket = hub.issue(TakeTicket(service="k-1"))
    job, copy = compose(ticket, "id"), narrow(ticket, "id", copy=True)
    assert job.startswith(b"\x1b@")
    assert (b"Kartu Keluarga (KK)" in job, b"SALINAN" in job, b"SALINAN" in copy) == (True, False, True)
    assert printer.print(job) is Outcome.PRINTED


def test_the_window_opens_for_visitors_in_the_asked_language(
    link: StandInLink, hall: Hall, tmp_path: Path, qtbot: QtBot, until: Until
) -> None:
    station = a_station(a_launch(link, hall, tmp_path), qtbot)
    until(lambda: link.hub.reports)
    assert link.listening
    assert station.agencies.heading.text() == "What can we do for you today?"
    until(lambda: link.hub.reports[-1].facts["screen"] == f"{station.width()}×{station.height()}")
    assert "paper" not in link.hub.reports[-1].facts  # this road knows nothing of it
    station.close()


def test_what_the_last_run_lost_is_given_back(
    link: StandInLink, hall: Hall, tmp_path: Path, qtbot: QtBot, until: Until
) -> None:
    hub = link.hub
    lost = Press(body=TakeTicket(service="k-1"), at=hub.now)
    hub.decide("/api/tickets", lost.body, lost.key)
    launch = a_launch(link, hall, tmp_path)
    KeptPress(tmp_path, launch.id).keep(lost)
    station = a_station(launch, qtbot)
    until(lambda: hub.tickets[1].state is State.CANCELLED)
    assert [key for path, key in hub.orders if path.endswith("/cancel")] == [lost.cancel_key]
    station.close()


def test_the_printers_thread_ends_with_the_window(link: StandInLink, hall: Hall, tmp_path: Path, qtbot: QtBot) -> None:
    station = a_station(a_launch(link, hall, tmp_path), qtbot)
    assert station._desk._thread.isRunning()
    station.close()
    assert station._desk._thread.isFinished()


def test_twenty_millimetres_come_from_the_site_file(
    link: StandInLink, hall: Hall, tmp_path: Path, qtbot: QtBot
) -> None:
    small = hall.kiosks[0].model_copy(update={"screen": Screen(width_mm=240, height_mm=135)})
    station = a_station(a_launch(link, hall.model_copy(update={"kiosks": [small]}), tmp_path), qtbot)
    station.resize(QSize(960, 540))
    station.show()
    assert station.theme.touch == pytest.approx(80, abs=1)
    station.close()


@pytest.mark.parametrize(
    ("touchscreen", "windowed", "shape"),
    [
        (True, None, Qt.CursorShape.BlankCursor),
        (True, "960x540", Qt.CursorShape.ArrowCursor),
        (False, None, Qt.CursorShape.ArrowCursor),
    ],
)
def test_a_finger_needs_no_arrow(touchscreen: bool, windowed: str | None, shape: Qt.CursorShape) -> None:
    assert cursor_for(touchscreen=touchscreen, windowed=windowed) is shape


def test_another_printer_than_the_site_files_can_be_named(hall: Hall) -> None:
    assert _with_printer(hall.kiosks[0], None) == hall.kiosks[0]
    named = _with_printer(hall.kiosks[0], printer_road("network:127.0.0.1:9100")).printer
    assert (named.road, named.address, named.paper_mm) == ("network", "127.0.0.1:9100", 80)


@pytest.mark.parametrize(
    "told", ["usb", "usb:04b8:0e15", "serial:COM3@9600", "spooler:EPSON TM", "file:/dev/usb/lp0", "memory", "none"]
)
def test_every_road_can_be_named(told: str) -> None:
    road = printer_road(told)
    assert f"{road['road']}:{road['address']}".rstrip(":") == told


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        (
            "bogus",
            "tidak ada jalan ke printer bernama 'bogus'; yang ada: network, usb, serial, spooler, file, memory, none",
        ),
        ("", "tidak ada jalan ke printer bernama ''"),
        ("network:printer", "'printer' bukan alamat untuk network: alamat:port"),
        ("usb:epson", "'epson' bukan alamat untuk usb: vendor:produk"),
        ("file", "'' bukan alamat untuk file: "),
        ("none:1", "'1' bukan alamat untuk none: jalan ini tidak memakai alamat"),
    ],
)
def test_a_printer_that_cannot_be_is_refused_before_anything_is_started(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, told: str, sentence: str
) -> None:
    monkeypatch.setattr(sys, "argv", ["kiosk", "--data", str(tmp_path / "data"), "--printer", told])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert f"--printer: {sentence}" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()
