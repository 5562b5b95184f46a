"""Watches the printer while nobody prints, and tells the hub how the kiosk is."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.print_desk import PrintDesk
from kiosk.printer_status import SILENT, Health
from kiosk.reports import Reports
from kiosk.roll_left import RollLeft


@dataclass(frozen=True)
class Aside:
    """What else the hub is told of this kiosk, beside its printer: codes of trouble, and facts for the health page."""

    troubles: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)


class PrinterWatch(QObject):
    """Asks the printer every `health_s`, and when somebody touches the screen; the hub hears each time.

    `silent_s`: a question that long without an answer means a road that hangs.

    paperless_changed(bool, str)  the printer is known not to print now, and its trouble; or prints again
    beat()                        `health_s` have passed again
    """

    paperless_changed = Signal(bool, str)
    beat = Signal()

    def __init__(self, desk: PrintDesk, reports: Reports, *, health_s: float, silent_s: float) -> None:
        super().__init__(reports)
        self._desk, self._reports, self._silent_s = desk, reports, silent_s
        self._health: Health | None = None
        self.roll: RollLeft | None = None
        """What is left of the roll, where it is counted."""
        self.aside = Aside()
        self._facts: Mapping[str, str] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(round(health_s * 1000))
        self._timer.timeout.connect(self._beat)
        desk.health_came.connect(self._health_came)

    def start(self, facts: Mapping[str, str]) -> None:
        """Begin; `facts` stand on the hub's health page."""
        self._facts = facts
        self._timer.start()
        self.ask()

    def ask(self) -> None:
        """Ask the printer how it is."""
        self._desk.ask_health()

    def _beat(self) -> None:
        if self._desk.unanswered_s > self._silent_s:
            self._health_came(SILENT)
        self.ask()
        self._report()
        self.beat.emit()

    def _health_came(self, health: Health) -> None:
        changed, self._health = health != self._health, health
        if changed:
            self.paperless_changed.emit(health.prints_not, health.state)
            self._report()

    def _report(self) -> None:
        health, roll = self._health, self.roll
        if health is not None and roll is not None and roll.is_low:
            health = replace(health, paper_low=True)
        left = {"tickets_left": str(roll.tickets)} if roll is not None and roll.tickets is not None else {}
        self._reports.health(
            (*(health.news if health else ()), *self.aside.troubles),
            {**self._facts, **left, **(_facts(health) if health else {}), **self.aside.facts},
        )


def _facts(health: Health) -> dict[str, str]:
    """What the hub's health page tells of a printer: its state, and the questions it answers."""
    facts = {"printer": health.state, **health.paper}
    if health.second:
        facts["second_printer"] = health.second
    return facts | ({"printer_answers": ", ".join(health.knows)} if health.knows else {})
