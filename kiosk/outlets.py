"""Where a kiosk's tickets come out: its printer, and a second one that takes over where it has one. Blocking; no Qt.

A ticket has one number whatever happens. Once a byte of it was sent anywhere, paper may lie there or still come out:
each further paper of it says SALINAN.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import NamedTuple, Protocol

from kiosk.printer_status import UNKNOWN, Health
from kiosk.roads import NothingSent, Unsure
from shared.model import Outcome
from shared.trouble import Trouble
from shared.wire import Ticket


class PrinterLike(Protocol):
    """What is asked of a printer; each call may block for the road's time-outs."""

    def health(self) -> Health:
        """How the printer is now."""

    def print(self, job: bytes) -> Outcome:
        """Print `job`. Raises Trouble when it certainly did not come out; NothingSent, Unsure: see kiosk.roads."""


class Compose(Protocol):
    """A ticket in the language of its paper → one printer's bytes; `copy`: it says SALINAN."""

    def __call__(self, ticket: Ticket, language: str, /, *, copy: bool = False) -> bytes:
        """The bytes, from waking the printer to the cut."""


class Outlet(NamedTuple):
    """A printer, and what writes for it: the second one may have another paper or dialect.

    `measure`: how many mm of paper a job takes, where the roll is counted.
    """

    printer: PrinterLike
    compose: Compose
    measure: Callable[[bytes], float] | None = None
    trial: Callable[[datetime], bytes] | None = None
    """The bytes of a technician's test paper at that time."""


@dataclass(frozen=True)
class Paper:
    """What became of a ticket's paper.

    `code`: the trouble's, '' when there is none; of one that was PRINTED: why the second printer printed it.
    `is_copy`: it says SALINAN. `earlier`: what became of the first printer's, where another was tried after it.
    """

    ticket: int
    outcome: Outcome
    code: str = ""
    is_copy: bool = False
    earlier: "Paper | None" = None
    mm: float = field(default=0.0, compare=False)
    """How much of a counted roll it took."""
    by: int = field(default=0, compare=False)
    """Which of the kiosk's printers it was, from 0."""

    @property
    def all(self) -> tuple["Paper", ...]:
        """Every one that was begun, in order."""
        return (*(self.earlier.all if self.earlier else ()), self)


class Outlets:
    """The printers of one kiosk, in the order in which they are tried."""

    def __init__(self, outlets: Sequence[Outlet]) -> None:
        self._outlets = tuple(outlets)
        self._healths = [UNKNOWN for _ in self._outlets]

    def ask(self) -> Health:
        """How the printers are now, asked of each."""
        self._healths = [outlet.printer.health() for outlet in self._outlets]
        return self.health

    @property
    def healths(self) -> tuple[Health, ...]:
        """How each was when last asked."""
        return tuple(self._healths)

    @property
    def health(self) -> Health:
        """How they were when last asked, as one: it prints while any of them does."""
        first, *others = self._healths
        return _together(first, others[0]) if others else first

    def print(self, ticket: Ticket, language: str, *, is_copy: bool = False) -> Paper:
        """Have `ticket` printed by the first printer that can."""
        last: Paper | None = None
        why_not = ""
        for index in range(len(self._outlets)):
            paper = self._try(index, ticket, language, is_copy=is_copy or last is not None)
            why_not = why_not or paper.code
            if paper.outcome is not Outcome.PAPERLESS:
                last = replace(paper, code=paper.code or why_not, earlier=last)
            if not self._goes_on(index, paper):
                break
        if last is not None:
            return last
        return Paper(ticket.id, Outcome.FAILED if is_copy else Outcome.PAPERLESS, why_not, is_copy)

    def _goes_on(self, index: int, paper: Paper) -> bool:
        """Whether the next printer takes over: also after a printer that fell silent within the job.

        One that never answers leaves every ticket unknown, and most come out: a copy of each would be waste.
        """
        fell_silent = paper.outcome is Outcome.UNKNOWN and self._healths[index].certain
        return fell_silent or paper.outcome in (Outcome.FAILED, Outcome.PAPERLESS)

    def try_each(self, at: datetime) -> tuple[Paper, ...]:
        """A test paper from every printer, whatever the others did; of no ticket (0)."""
        return tuple(
            self._send(index, Paper(0, Outcome.UNKNOWN, by=index), partial(outlet.trial, at))
            for index, outlet in enumerate(self._outlets)
            if outlet.trial is not None
        )

    def _try(self, index: int, ticket: Ticket, language: str, *, is_copy: bool) -> Paper:
        compose = self._outlets[index].compose
        begun = Paper(ticket.id, Outcome.UNKNOWN, is_copy=is_copy, by=index)
        return self._send(index, begun, lambda: compose(ticket, language, copy=is_copy))

    def _send(self, index: int, begun: Paper, compose: Callable[[], bytes]) -> Paper:
        """What became of the paper that `compose` makes; `begun`: what is known of it before."""
        outlet = self._outlets[index]
        printer, measure = outlet.printer, outlet.measure
        health = self._healths[index] = printer.health()
        if health.prints_not:
            # A job sent now might come out hours later, with the next roll.
            return replace(begun, outcome=Outcome.PAPERLESS, code=health.troubles[0])
        job = compose()
        try:
            outcome, code = printer.print(job), ""
        except NothingSent as trouble:
            return replace(begun, outcome=Outcome.PAPERLESS, code=trouble.code)
        except Trouble as trouble:
            outcome, code = Outcome.UNKNOWN if isinstance(trouble, Unsure) else Outcome.FAILED, trouble.code
        # On a road where no printer can answer, silence is no trouble.
        if outcome is Outcome.UNKNOWN and (health.certain or health.troubles):
            code = code or "printer_silent"
        return replace(begun, outcome=outcome, code=code, mm=measure(job) if measure else 0.0)


def _together(first: Health, second: Health) -> Health:
    """Two printers as one: the first, with what the staff should know of the second; or the second in its place."""
    if first.prints_not and not second.prints_not:
        return replace(second, aside=("second_prints", *first.troubles), second=second.state, knows=first.knows)
    aside = ("second_fails", *(code for code in second.troubles if code not in first.troubles))
    return replace(first, aside=aside if second.troubles else (), second=second.state)
