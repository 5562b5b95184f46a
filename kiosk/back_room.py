"""What works behind a kiosk's screen: it hears the hub and the printer, and goes on asking where no answer came."""

from PySide6.QtCore import QObject

from kiosk.doors import Doors
from kiosk.figures import Figures
from kiosk.place import Place
from kiosk.press import KeptPress
from kiosk.print_desk import PrintDesk
from kiosk.printer_watch import PrinterWatch
from kiosk.reports import Reports
from kiosk.reprinting import Reprinting
from kiosk.returning import KeptReturns, Returning
from kiosk.roll_left import KeptRoll, RollLeft
from kiosk.scene import Pace
from kiosk.taking import Taking
from shared.qt.link import HubLink
from shared.settings import Settings


class BackRoom(QObject):
    """All of them, one of each, working together.

    `taking` and `returning` a number; `figures` on the tiles and the `doors` that are open; `reports` to the hub and
    what it wants printed again; the `watch` over the printer and its `roll`.
    """

    def __init__(  # noqa: PLR0913  -- the kiosk's link, desk, place and pace, and what it keeps
        self, link: HubLink, desk: PrintDesk, place: Place, *, pace: Pace, settings: Settings | None, parent: QObject
    ) -> None:
        """`settings`: where what the hub has not decided yet outlives a restart."""
        super().__init__(parent)
        kiosk, roll_m = place.settings.id, place.settings.printer.roll_m
        press, returns = (KeptPress(settings.folder, kiosk), KeptReturns(settings, kiosk)) if settings else (None, None)
        self.taking = Taking(link, self, kept=press)
        self.returning = Returning(link, self, again_s=pace.again_s, kept=returns)
        self.reports = Reports(link, kiosk, self)
        self.reprinting = Reprinting(link, desk, self.reports, kiosk)
        self.figures = Figures(link, place.agencies, refresh_s=pace.refresh_s, steady_s=pace.steady_s, parent=self)
        self.doors = Doors(link, place.hall, refresh_s=pace.refresh_s, parent=self)
        self.watch = PrinterWatch(desk, self.reports, health_s=pace.health_s, silent_s=pace.paper_s)
        self.roll = RollLeft(desk, roll_m, KeptRoll(settings, kiosk) if settings else None, self)
        self.watch.roll = self.roll
        self.doors.changed.connect(self.figures.hear)
        self.watch.beat.connect(self.taking.settle)
        self.watch.beat.connect(self.reports.catch_up)
        self.watch.beat.connect(self.reprinting.look_again)
