"""`antre kiosk`: the visitor's screen."""

import sys
from argparse import ArgumentParser

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QInputDevice
from PySide6.QtWidgets import QWidget

from kiosk.kiosk import Kiosk
from kiosk.paper import logo_picture, ticket_story
from kiosk.place import Place
from kiosk.print_desk import Compose, PrintDesk
from kiosk.printer import Printer, ticket_bytes
from kiosk.screens.window import KioskWindow
from shared import __version__
from shared.qt.run import Launch, real_size, run
from shared.wire import Hall, KioskSettings, Ticket
from shared.wire import Printer as WirePrinter
from shared.words import Words


class Station(KioskWindow):
    """The window together with what works behind it; when it closes, the printer's thread ends."""

    def __init__(self, kiosk: Kiosk, desk: PrintDesk, launch: Launch, *, mm: tuple[float, float] | None) -> None:
        super().__init__(kiosk, launch.link, mm=mm)
        self._desk = desk
        kiosk.setParent(self)
        desk.setParent(self)
        touchscreens = [d for d in QInputDevice.devices() if d.type() is QInputDevice.DeviceType.TouchScreen]
        if touchscreens and not launch.args.windowed:
            self.setCursor(Qt.CursorShape.BlankCursor)  # a finger needs no arrow

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the job in hand come out, then go."""
        super().closeEvent(event)
        self._desk.close()


def compose_for(hall: Hall, settings: KioskSettings) -> Compose:
    """How a ticket becomes the bytes of this kiosk's printer."""
    logo = logo_picture(hall)

    def compose(ticket: Ticket, language: str) -> bytes:
        return ticket_bytes(ticket_story(ticket, hall, Words(language)), settings.printer, logo)

    return compose


def build(launch: Launch) -> QWidget:
    """The window of the kiosk that this PC is."""
    settings = _with_printer(next(kiosk for kiosk in launch.hall.kiosks if kiosk.id == launch.id), launch.args.printer)
    desk = PrintDesk(Printer(settings.printer), compose_for(launch.hall, settings))
    kiosk = Kiosk(launch.link, desk, Place(launch.hall, settings, launch.args.language))
    window = Station(kiosk, desk, launch, mm=real_size(settings.screen, windowed=bool(launch.args.windowed)))
    kiosk.begin(_facts())
    return window


def _with_printer(settings: KioskSettings, printer: str | None) -> KioskSettings:
    """The kiosk with the printer of the command line, if one stands there."""
    if not printer:
        return settings
    road, _, address = printer.partition(":")
    other = WirePrinter.model_validate({**settings.printer.model_dump(), "road": road, "address": address})
    return settings.model_copy(update={"printer": other})


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--printer", metavar="ROAD:ADDRESS", help="print there, e.g. network:192.168.1.60:9100")


def _facts() -> dict[str, str]:
    """Short facts for the hub's health page."""
    size = QGuiApplication.primaryScreen().size()
    return {"version": __version__, "screen": f"{size.width()}×{size.height()}"}


def main() -> int:
    """Run the kiosk until it is closed."""
    return run("kiosk", build, arguments=_arguments, devices=lambda hall: hall.kiosks)


if __name__ == "__main__":
    sys.exit(main())
