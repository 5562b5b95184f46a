"""A printer that may fail at any byte of a ticket, in this process and on a clock that waits cost nothing of."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from functools import lru_cache

from demo.mechanism import Mechanism
from kiosk.printer import Patience, Printer
from kiosk.roads import Line, NothingSent
from shared.hall import Printer as Settings
from shared.receipt.commands import split

FAULTS = ("paper_out", "cover_open", "error", "silent", "pulled", "power_cycle", "jammed_line", "lost")
"""At byte n of a ticket: three that a printer tells of; it says nothing any more; the cable is pulled; the power goes
and comes; it takes nothing more; or it takes all, and what came after byte n never arrived."""
PATIENCE = Patience()


@dataclass
class VirtualClock:
    """Seconds that pass when somebody waits."""

    now: float = 0.0

    def __call__(self) -> float:
        """The time, which each look at it moves on a little."""
        self.now += 0.001
        return self.now


@dataclass
class Cable:
    """The road to one printer. `fault` strikes at byte `at` of the next ticket."""

    knows: Collection[str]
    clock: VirtualClock
    fault: str = ""
    at: int = 0
    is_out: bool = False
    is_dead: bool = False
    inside: Mechanism = field(init=False)
    """The printer's mechanism: `jobs` are the papers that came out whole."""

    def __post_init__(self) -> None:
        """Put the printer at its end."""
        self.inside = Mechanism(self.knows)

    @contextmanager
    def line(self) -> Iterator[Line]:
        """A line for one errand."""
        if self.is_out:
            raise NothingSent("printer_offline")
        self.is_dead = False
        yield _Wire(self)

    def mend(self) -> None:
        """Plug it in, close it, give it paper: what it held comes out."""
        self.fault, self.is_out = "", False
        self.inside.well()


class _Wire:
    def __init__(self, cable: Cable) -> None:
        self._cable, self._rest, self._answers = cable, b"", b""

    def send(self, data: bytes) -> None:
        cable = self._cable
        if len(data) < _LONGEST_QUESTION or not cable.fault:
            self._arrive(data)
            return
        self._arrive(data[: cable.at])
        fault, cable.fault = cable.fault, ""
        took_all = cable.at >= len(data)  # then only the next word fails
        with suppress(OSError) if took_all else nullcontext():
            _STRIKES[fault](cable)
        if fault not in _LOSING:
            self._arrive(data[cable.at :])

    def receive(self, within_s: float) -> bytes:
        if self._cable.is_dead:
            raise ConnectionResetError
        answers, self._answers = self._answers, b""
        if not answers:
            self._cable.clock.now += within_s
        return answers

    def _arrive(self, data: bytes) -> None:
        if self._cable.is_dead:
            raise ConnectionResetError
        commands, self._rest = _split(self._rest + data)
        for command in commands:
            self._cable.inside.obey(command, self._answer)

    def _answer(self, answer: bytes) -> None:
        self._answers += answer


_split = lru_cache(maxsize=4096)(split)
"""The same beginnings of the same ticket, again and again."""
_LONGEST_QUESTION = 64
_LOSING = ("lost", "pulled", "power_cycle")


def _tells(name: str) -> Callable[[Cable], None]:
    return lambda cable: cable.inside.fault(name)


def _pull(cable: Cable) -> None:
    cable.is_dead = cable.is_out = True
    raise ConnectionResetError


def _power_cycle(cable: Cable) -> None:
    cable.inside.power_cycle()
    cable.is_dead = True
    raise ConnectionResetError


def _jam(_: Cable) -> None:
    raise TimeoutError


def _lose(cable: Cable) -> None:
    cable.inside.power_cycle()
    cable.is_dead = True


_STRIKES: dict[str, Callable[[Cable], None]] = {
    **{name: _tells(name) for name in FAULTS[:4]},
    "pulled": _pull,
    "power_cycle": _power_cycle,
    "jammed_line": _jam,
    "lost": _lose,
}


def printer_on(cable: Cable) -> Printer:
    """The kiosk's own printer, at the end of this cable."""
    return Printer(Settings(road="network", address="printer:9100"), patience=PATIENCE, road=cable, clock=cable.clock)
