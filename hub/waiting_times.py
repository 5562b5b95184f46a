"""How long one waits in this hall: its counters as they are now, and what was learnt of it. No HTTP, no SQL."""

from collections.abc import Set as AbstractSet
from zoneinfo import ZoneInfo

from hub.callers import Callers, Counters, hands_of, working
from hub.estimates import Estimates, Hands, Slot, Wait
from hub.kept import Closed
from hub.rows import QUARTER_MS, to_moment
from hub.store import Reading
from shared.hall import Agency, Service

_COUNTED_MS = 1000


class WaitingTimes:
    """What people are told of their wait. `estimates`: what was learnt last; set anew each night."""

    def __init__(self, zone: ZoneInfo, callers: Callers) -> None:
        self._zone, self._callers = zone, callers
        self.estimates = Estimates()
        self._lately: dict[Counters, tuple[int, Hands]] = {}
        self._occupied: tuple[int, set[str]] = (0, set())
        self._slot = (-1, Slot(0, 0))

    def wait(self, agency: Agency, service: Service | None, ahead: int, hands: Hands, now: int) -> Wait:
        """How long someone waits at `now` (ms) with so many ahead; `service` None: for whichever of the agency's."""
        return self.estimates.wait(agency, service, self._slot_of(now), ahead, hands)

    def usual(self, service: str, now: int) -> int:
        """How much `service` is asked for at this hour; 0 where nothing is learnt yet."""
        return self.estimates.usual(service, self._slot_of(now).hour)

    def hands(self, book: Reading, day: str, counters: Counters, now: int) -> Hands:
        """Which of these counters call now."""
        return self._hands(book, day, counters, now, book.occupied())

    def hands_lately(self, book: Reading, day: str, counters: Counters, now: int) -> Hands:
        """As `hands`, counted after each call and once a second: every ticket taken asks."""
        counted_at, hands = self._lately.get(counters, (0, None))
        if hands is None or not counted_at <= now < counted_at + _COUNTED_MS:
            counted_at, occupied = self._occupied
            if not counted_at <= now < counted_at + _COUNTED_MS:
                occupied = book.occupied()
                self._occupied = now, occupied
            hands = self._hands(book, day, counters, now, occupied)
            self._lately[counters] = now, hands
        return hands

    def _hands(self, book: Reading, day: str, counters: Counters, now: int, occupied: set[str]) -> Hands:
        lately = self._callers.lately(book, day, counters, now)
        return hands_of(working(book.closed(day), counters), lately, occupied)

    def all_hands(self, book: Reading, day: str, now: int) -> "AllHands":
        """The counters of the whole hall, looked up once: for what tells of many agencies."""
        return AllHands(self._callers.lately(book, day, self._callers.everyone, now), book.occupied(), book.closed(day))

    def forget(self) -> None:
        """Some counter has called, took a call back, or rests: count anew."""
        self._lately.clear()
        self._occupied = 0, set()

    def _slot_of(self, now: int) -> Slot:
        quarter, slot = self._slot
        if now // QUARTER_MS != quarter:
            moment = to_moment(now, self._zone)
            slot = Slot(moment.weekday(), moment.hour)
            self._slot = now // QUARTER_MS, slot
        return slot


class AllHands:
    """Which counters of the hall call, and at which somebody is."""

    def __init__(self, lately: AbstractSet[str], occupied: AbstractSet[str], closed: Closed) -> None:
        self._lately, self._occupied, self._closed = lately, occupied, closed

    def of(self, counters: Counters) -> Hands:
        """Those of them that call now."""
        return hands_of(working(self._closed, counters), self._lately, self._occupied)
