"""How much of a printer's roll is left, counted by what was printed: many printers have no sensor for its end.

Begun anew when the printer was out of paper, or its own sensor said low, and is no longer so; or by `new_roll`.
"""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict
from PySide6.QtCore import QObject

from kiosk.kept import Kept
from kiosk.outlets import Paper
from kiosk.print_desk import PrintDesk
from kiosk.printer_status import Health
from shared.settings import Settings

LOW_TICKETS = 40
"""So many tickets before its end a roll is told of: twenty minutes of the opening rush."""
USUAL_MM = 130.0
"""A ticket's length before any was printed on this roll."""


class Used(BaseModel):
    """What was taken off a roll: millimetres of paper, and how many tickets."""

    model_config = ConfigDict(frozen=True)

    mm: float = 0.0
    tickets: int = 0


class KeptRoll(Kept[Used]):
    """The roll in the printer, on this PC's disk: a kiosk that is started anew goes on counting."""

    def __init__(self, settings: Settings, kiosk: str) -> None:
        super().__init__(settings, f"roll_{kiosk}", Used)


class RollLeft(QObject):
    """The roll of the first printer, `roll_m` metres when new; 0: nobody said how long, and nothing is counted."""

    def __init__(self, desk: PrintDesk, roll_m: int, kept: KeptRoll | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._roll_mm, self._kept = roll_m * 1000, kept
        self._used = (kept.read() if kept else None) or Used()
        self._near_its_end = False
        if roll_m:
            desk.health_came.connect(self._health_came)
            desk.paper_came.connect(self._paper_came)
            desk.copy_came.connect(lambda _order, paper: self._paper_came(paper))
            desk.trial_came.connect(self._trial_came)

    def new_roll(self) -> None:
        """A new roll was put in."""
        self._take(Used())

    @property
    def tickets(self) -> int | None:
        """For how many more tickets it is enough; None where nothing is counted."""
        if not self._roll_mm:
            return None
        each = self._used.mm / self._used.tickets if self._used.tickets else USUAL_MM
        return max(0, int((self._roll_mm - self._used.mm) / each))

    @property
    def metres(self) -> float | None:
        """How much of it is left; None where nothing is counted."""
        return max(0.0, (self._roll_mm - self._used.mm) / 1000) if self._roll_mm else None

    @property
    def is_low(self) -> bool:
        """Whether the staff should have another one ready."""
        return self.tickets is not None and self.tickets < LOW_TICKETS

    def _trial_came(self, papers: Sequence[Paper]) -> None:
        for paper in papers:
            if not paper.by:  # only the first printer's roll is counted
                self._take(Used(mm=self._used.mm + paper.mm, tickets=self._used.tickets))

    def _paper_came(self, paper: Paper) -> None:
        lengths = [one.mm for one in paper.all if one.mm]
        if lengths:
            self._take(Used(mm=self._used.mm + sum(lengths), tickets=self._used.tickets + len(lengths)))

    def _health_came(self, health: Health) -> None:
        by_second = "second_prints" in health.aside  # then the first one's troubles stand aside, and 'low' is not its
        told = health.aside if by_second else health.troubles
        is_near = "paper_out" in told or (health.paper_low is True and not by_second)
        if self._near_its_end and not is_near and health.certain and "printer_offline" not in told:
            self.new_roll()
            self._near_its_end = False
        self._near_its_end |= is_near

    def _take(self, used: Used) -> None:
        self._used = used
        if self._kept is not None:
            self._kept.keep(used)
