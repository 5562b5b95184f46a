"""Where the store looks for what is asked by a random value. No SQL here, and no truth: only where to look."""

from array import array
from collections.abc import Iterator

TOKEN_DAYS = 2
"""The page behind a QR knows its ticket on so many days on which tickets were taken."""

_SLOT_BITS = 16
_SLOTS = 1 << _SLOT_BITS
_FULL = _SLOTS // 2
"""Half full, a chain of taken slots stays short."""
_HASH_BITS = 64


class Run:
    """The ids of at most 32,768 random values, close to each other: 16 bytes each, where a dictionary takes 150.

    A slot holds the upper 48 bits of the value's hash and the id's distance from the first one; 0: it is free.
    """

    def __init__(self, first: int) -> None:
        self.last = first
        self._first = first - _FULL  # ids given again after a rollback may lie before
        self._slots = array("Q", bytes(8 * _SLOTS))
        self._taken = 0

    @property
    def size(self) -> int:
        """What the slots take of memory, in bytes."""
        return len(self._slots) * self._slots.itemsize

    def holds(self, identity: int) -> bool:
        """Whether there is room, and the id is close enough."""
        return self._taken < _FULL and 0 < identity - self._first < _SLOTS

    def add(self, value: bytes | str, identity: int) -> None:
        """Remember it; asked for only where `holds`."""
        at, tag = _place(value)
        while self._slots[at]:
            at = (at + 1) % _SLOTS
        self._slots[at] = tag << _SLOT_BITS | identity - self._first
        self._taken += 1
        self.last = max(self.last, identity)

    def find(self, value: bytes | str) -> Iterator[int]:
        """The ids it may have."""
        at, tag = _place(value)
        while slot := self._slots[at]:
            if slot >> _SLOT_BITS == tag:
                yield self._first + slot % _SLOTS
            at = (at + 1) % _SLOTS


def _place(value: bytes | str) -> tuple[int, int]:
    code = hash(value) % (1 << _HASH_BITS)  # keyed anew in each process: nobody can aim at one slot
    return code % _SLOTS, code >> _SLOT_BITS


class Runs:
    """The ids of random values that came in the order of their ids, or nearly."""

    def __init__(self) -> None:
        self._runs: list[Run] = []

    def add(self, value: bytes | str, identity: int) -> None:
        """Remember it."""
        if not self._runs or not self._runs[-1].holds(identity):
            self._runs.append(Run(identity))
        self._runs[-1].add(value, identity)

    def find(self, value: bytes | str) -> list[int]:
        """The ids it may have, newest first."""
        return [identity for run in reversed(self._runs) for identity in run.find(value)]

    @property
    def size(self) -> int:
        """What all of it takes of memory, in bytes."""
        return sum(run.size for run in self._runs)

    def forget(self, until: int) -> None:
        """What has an id up to that one need not be found any more."""
        self._runs = [run for run in self._runs if run.last > until]


class Hints:
    """Where to look: the id of each answer by its key, of each newer ticket by its token. Held in memory.

    Both are random, and an index of random values writes another page with each row: they were more than half
    of what a commit wrote. A hint may point to what was rolled back; it proves nothing, the row does.
    """

    def __init__(self) -> None:
        self.answers = Runs()
        self.access = 0
        """Counts the commits that changed staff, sessions or devices' keys: who asks is looked up anew after each."""
        self._tickets: dict[str, Runs] = {}
        """By day, for the two days on which tickets were last taken: after a clock that ran ahead no later ones."""

    def add_ticket(self, day: str, token: str, ticket_id: int) -> None:
        """Remember a ticket; the day before yesterday's are forgotten."""
        if day not in self._tickets:
            self._tickets[day] = Runs()
            for old in list(self._tickets)[:-TOKEN_DAYS]:
                del self._tickets[old]
        self._tickets[day].add(token, ticket_id)

    def recall_ticket(self, day: str, token: str, ticket_id: int) -> None:
        """As `add_ticket`, at the hub's start: no day is forgotten yet."""
        self._tickets.setdefault(day, Runs()).add(token, ticket_id)

    def tickets(self, token: str) -> list[int]:
        """The tickets that may have this token."""
        return [ticket for ids in self._tickets.values() for ticket in ids.find(token)]
