"""What the kiosk shows, as values: each change of the screen is one new `Scene`. No Qt."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.finding import Found
from kiosk.modes import AS_USUAL, Modes
from kiosk.several import Several
from shared.hall import Agency, Service
from shared.model import CANCEL_SECONDS, Outcome
from shared.trouble import Trouble
from shared.wire import Ticket


class Stage(StrEnum):
    """Where a visitor stands: choosing → taking → printing → done, or sorry."""

    CHOOSING = "choosing"
    TAKING = "taking"
    """A service was touched; the hub has not answered yet."""
    PRINTING = "printing"
    """The number is the visitor's; the paper is on its way."""
    DONE = "done"
    SORRY = "sorry"


@dataclass(frozen=True)
class Pace:
    """How long the kiosk waits for people and for things, in seconds.

    `photo_s`: the last screen when there is no paper, long enough to take out a phone. `away_s`: how long a
    broken connection is borne before the screen speaks of it. `paper_s`: when a printer that says nothing
    is taken for silent; longer than its road's time-outs together. `refresh_s`, `steady_s`: the tiles' figures,
    at most and at least so often. `again_s`: how soon a return without an answer is asked for again.
    """

    idle_s: float = 30
    still_there_s: float = 20
    done_s: float = CANCEL_SECONDS
    wrong_choice_s: float = CANCEL_SECONDS
    photo_s: float = 60
    sorry_s: float = 12
    away_s: float = 2
    paper_s: float = 12
    health_s: float = 5
    refresh_s: float = 1
    steady_s: float = 60
    again_s: float = 2


@dataclass(frozen=True)
class Stay:
    """How long this screen stays: `seconds` from `begun` (time.monotonic)."""

    begun: float
    seconds: float

    def left(self, now: float) -> float:
        """What is left of it at `now`, from 1 (just begun) to 0 (over)."""
        return max(0.0, min(1.0, 1 - (now - self.begun) / self.seconds)) if self.seconds > 0 else 0.0


@dataclass(frozen=True)
class Scene:
    """All that the screens need to know of one moment.

    `visiting`: somebody has touched the screen and not left it yet. `agency`: whose services are shown, or
    were. `query`: what was typed into the search so far, None where nobody searches; `found`: what it may mean,
    likeliest first, or before anything is typed what is used most at this hour. `paperless`: the printer is
    known not to print now. `given_back`: the number that was just returned by 'Salah pilih?'; `still_valid`:
    the one of this visit that after all could not be. `unsure`: it was to be returned, and nobody knows yet
    whether it was. `paper`: what became of the ticket's paper; None on the last screen of a kiosk without a
    printer; `paper_code`: the trouble behind it. `trouble`: why it is SORRY, or why a ticket could not be given
    back. `several`: what was chosen so far for one number, None where one service is wanted; `code`: what was typed
    so far of an appointment's, None where none is. `modes`: how this visitor wants the screen; `choosing_modes`: the
    sheet 'Tampilan & suara' lies over it.
    """

    language: str
    stage: Stage = Stage.CHOOSING
    visiting: bool = False
    priority: bool = False
    agency: Agency | None = None
    service: Service | None = None
    query: str | None = None
    found: tuple[Found, ...] = ()
    several: Several | None = None
    code: str | None = None
    ticket: Ticket | None = None
    paper: Outcome | None = None
    paper_code: str = ""
    paperless: bool = False
    can_give_back: bool = False
    giving_back: bool = False
    given_back: str = ""
    still_valid: str = ""
    unsure: bool = False
    still_there: bool = False
    modes: Modes = AS_USUAL
    choosing_modes: bool = False
    trouble: Trouble | None = None
    stay: Stay | None = None

    @property
    def to_photograph(self) -> bool:
        """Whether the number is all the visitor has: there may be no paper in the hand."""
        return self.stage is Stage.DONE and self.paper is not Outcome.PRINTED
