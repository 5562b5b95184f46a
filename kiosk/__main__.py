"""`antre kiosk`: the visitor's screen."""

import re
import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import datetime
from typing import get_args

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QInputDevice
from PySide6.QtWidgets import QWidget

from kiosk.attraction import Attraction
from kiosk.inspecting import Tools
from kiosk.kiosk import Kiosk
from kiosk.narrator import Narrator
from kiosk.outlets import Outlet
from kiosk.place import Place
from kiosk.print_desk import PrintDesk, Workshop
from kiosk.screens.technician_door import TechnicianDoor
from kiosk.screens.window import KioskWindow
from shared import __version__
from shared.arguments import asked_words
from shared.hall import Hall, KioskSettings
from shared.hall import Printer as WirePrinter
from shared.qt.hall_watch import HallWatch
from shared.qt.later import later
from shared.qt.pictures import Pictures
from shared.qt.run import Launch, real_size, run
from shared.wire import Ticket
from shared.words import Words, msg
from shared.written_path import written_path

PrinterRoad = dict[str, str]
"""A road and its address."""
ROADS: tuple[str, ...] = get_args(WirePrinter.model_fields["road"].annotation)
NO_ADDRESS = msg("jalan ini tidak memakai alamat")

BEGIN_MS = 50
"""The hub is followed and the printer asked once the first frame is on the screen."""


SWITCH_S = 0.0005
"""How soon the screen lets the printer's thread have its turn. With Python's 5 ms a ticket's dozen questions and
answers took up to 220 ms while the next screen was drawn; with this, 17 ms."""


class Station(KioskWindow):
    """The window together with what works behind it; when it closes, the printer's thread ends."""

    def __init__(
        self, kiosk: Kiosk, desk: PrintDesk, place: Place, launch: Launch, *, mm: tuple[float, float] | None
    ) -> None:
        narrator = Narrator(launch.data / "voice")
        super().__init__(kiosk, launch.link, mm=mm, narrator=narrator)
        self._desk = desk
        tools = Tools(
            launch.link,
            desk,
            narrator,
            launch.settings,
            launch.data,
            other_hub=launch.other_hub,
            own_hub=launch.own_hub,
        )
        self.technician = TechnicianDoor(self, kiosk, place, tools, mm=mm)
        kiosk.setParent(self)
        desk.setParent(self)
        narrator.setParent(self)  # without one, what is connected to it keeps the window for ever
        self.setCursor(cursor_for(touchscreen=_has_touchscreen(), windowed=launch.args.windowed))
        self._launch = launch
        self._pictures = self._attract(kiosk)
        later(self, BEGIN_MS, lambda: kiosk.begin(self._facts()))
        self._coming: Hall | None = None
        HallWatch(launch.link, launch.hall, self).changed.connect(self._hall_changed)
        kiosk.scene_changed.connect(lambda _scene: self._take_up())
        self.technician.technician.closed.connect(self._take_up)

    def _attract(self, kiosk: Kiosk) -> Pictures | None:
        """Let the hall's pictures pass, where it has any for this kiosk."""
        folder, after_s = kiosk.settings.pictures, kiosk.settings.pictures_after_s
        if not folder or not after_s:
            return None
        pictures = Pictures(written_path(folder), self)
        attraction = Attraction(kiosk, after_s=after_s, parent=self)
        self.technician.technician.changed.connect(lambda leaf: attraction.hold(held=leaf is not None))
        self.attract(attraction, pictures)
        return pictures

    def _facts(self) -> dict[str, str]:
        """Short facts for the hub's health page."""
        return {"version": __version__, "screen": f"{self.width()}×{self.height()}", **self._launch.facts}

    def _hall_changed(self, hall: Hall) -> None:
        self._coming = hall
        self._take_up()

    def _take_up(self) -> None:
        """Begin anew in the hall as it is now, once nobody stands here."""
        if self._coming is not None and self._kiosk.is_at_rest:
            later(self, 0, self._begin_anew)

    def _begin_anew(self) -> None:
        """Unless somebody has touched the screen meanwhile: then after them."""
        hall, launch = self._coming, self._launch
        if hall is None or launch.reopen is None or not self._kiosk.is_at_rest:
            return
        self._coming = None
        if any(kiosk.id == launch.id for kiosk in hall.kiosks):
            self._desk.close()  # no two programs at one printer
            launch.reopen(hall)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the job in hand come out, then go."""
        super().closeEvent(event)
        if self._pictures is not None:
            self._pictures.close()
        self._desk.close()


def workshop_of(hall: Hall, settings: KioskSettings) -> Workshop:
    """The printers of a kiosk, and how a ticket becomes their bytes."""

    def workshop() -> list[Outlet]:
        # Here, in the printer's thread: python-escpos and its pictures take longer to load than all the screens.
        from kiosk.dialect import job_bytes, logo_to_store, warm_up  # noqa: PLC0415  -- loaded in the printer's thread
        from kiosk.paper import (  # noqa: PLC0415  -- loaded in the printer's thread
            logo_picture,
            ticket_stories,
            ticket_story,
        )
        from kiosk.paper_length import length_mm  # noqa: PLC0415  -- loaded in the printer's thread
        from kiosk.printer import Printer  # noqa: PLC0415  -- loaded in the printer's thread
        from kiosk.trial_paper import trial_story  # noqa: PLC0415  -- loaded in the printer's thread

        logo = logo_picture(hall)

        def outlet(printer: WirePrinter) -> Outlet:
            def compose(ticket: Ticket, language: str, *, copy: bool = False) -> bytes:
                words = Words(language)
                stories = (
                    [ticket_story(ticket, hall, words, copy=True)] if copy else ticket_stories(ticket, hall, words)
                )
                return job_bytes(stories, printer, logo)

            def trial(at: datetime) -> bytes:
                story = trial_story(hall, settings.name or settings.id, Words(hall.languages[0]), at)
                return job_bytes([story], printer, logo)

            warm_up(printer, logo)
            measure = length_mm if printer.roll_m else None
            return Outlet(
                Printer(printer, logo=logo_to_store(printer, logo)),
                compose,
                measure,
                None if printer.road == "none" else trial,
            )

        return [outlet(one) for one in (settings.printer, settings.second_printer) if one is not None]

    return workshop


def build(launch: Launch) -> QWidget:
    """The window of the kiosk that this PC is."""
    settings = _with_printer(next(kiosk for kiosk in launch.hall.kiosks if kiosk.id == launch.id), launch.args.printer)
    desk = PrintDesk(workshop_of(launch.hall, settings))
    place = Place(launch.hall, settings, launch.args.language)
    kiosk = Kiosk(launch.link, desk, place, settings=launch.settings)
    if launch.args.new_roll:
        kiosk.roll.new_roll()
        launch.args.new_roll = False  # said once: a hall that changes builds the window anew
    return Station(kiosk, desk, place, launch, mm=real_size(settings.screen, windowed=bool(launch.args.windowed)))


def cursor_for(*, touchscreen: bool, windowed: str | None) -> Qt.CursorShape:
    """No arrow where fingers touch the whole screen."""
    return Qt.CursorShape.BlankCursor if touchscreen and not windowed else Qt.CursorShape.ArrowCursor


def _with_printer(settings: KioskSettings, printer: PrinterRoad | None) -> KioskSettings:
    """The kiosk with the printer of the command line, if one stands there."""
    if printer is None:
        return settings
    other = WirePrinter.model_validate(settings.printer.model_dump() | printer)
    return settings.model_copy(update={"printer": other})


def printer_road(text: str) -> PrinterRoad:
    """`road:address` of the command line. Raises ArgumentTypeError with what may stand there instead."""
    # Here: few starts name a printer, and the site's rules take time to load.
    from shared.site.between import ADDRESSES  # noqa: PLC0415  -- loaded where a printer is named

    road, _, address = text.partition(":")
    if road not in ROADS:
        say = msg("tidak ada jalan ke printer bernama '{road}'; yang ada: {roads}")
        raise ArgumentTypeError(asked_words().say(say, road=road, roads=", ".join(ROADS)))
    pattern, rule = ADDRESSES.get(road, ("", ""))
    if not re.fullmatch(pattern, address):
        words = asked_words()
        say = msg("'{address}' bukan alamat untuk {road}: {rule}")
        raise ArgumentTypeError(words.say(say, address=address, road=road, rule=words.say(rule or NO_ADDRESS)))
    return {"road": road, "address": address}


def _arguments(parser: ArgumentParser) -> None:
    example = msg("cetak di situ, misalnya network:192.168.1.60:9100")
    parser.add_argument("--new-roll", action="store_true", help=msg("gulungan kertas baru sudah dipasang di printer"))
    parser.add_argument("--printer", metavar="ROAD:ADDRESS", type=printer_road, help=example)


def _has_touchscreen() -> bool:
    return any(device.type() is QInputDevice.DeviceType.TouchScreen for device in QInputDevice.devices())


def main() -> int:
    """Run the kiosk until it is closed."""
    sys.setswitchinterval(SWITCH_S)
    return run("kiosk", build, arguments=_arguments, devices=lambda hall: hall.kiosks)


if __name__ == "__main__":
    sys.exit(main())
