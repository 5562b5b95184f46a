"""What stands inside a thermal printer: paper, knife, sensors, and a buffer that outlasts an empty roll. No network."""

import time
from collections.abc import Callable, Collection

from shared.receipt.commands import Command, split

FAULTS = ("paper_out", "cover_open", "paper_low", "error", "silent", "refuse", "drop", "slow")
KNOWS = ("status", "report", "proof")
"""What a good printer answers: DLE EOT, GS a and GS ( H. Cheap clones know fewer."""
_HOLDING = ("paper_out", "cover_open", "error")
"""Faults at which a printer stops, and keeps for later what it is sent."""
_MOVING = ("LF", "ESC d", "ESC J", "GS v 0", "GS ( L", "GS ( k")
"""What moves paper: all before it is printed, and waking the printer up no longer forgets it."""
_FIXED = 0x12
"""The bits that are on in every answer to DLE EOT."""

_KEYS, _KEEP, _SHOW = 64, 67, 69
"""Functions of GS ( L: which graphics are kept, keep one, print one."""

Reply = Callable[[bytes], None]


class Mechanism:
    """Prints commands into `jobs`: bytes up to and with a cut. `printed` is called with each job.

    `questions`: how often it was asked for its status. `times`: of each job, when its first command came and its
    cut (time.monotonic). `stored`: graphics it keeps, by key; `writes`: how often one was written.
    """

    def __init__(self, knows: Collection[str] = KNOWS, printed: Callable[[bytes], None] = lambda _: None) -> None:
        self.jobs: list[bytes] = []
        self.questions = 0
        self.times: list[tuple[float, float]] = []
        self._begun = 0.0
        self.stored: dict[bytes, tuple[bytes, bytes]] = {}
        self.writes = 0
        self._knows, self._printed = knows, printed
        self._faults: dict[str, int] = {}
        self._held: list[tuple[Command, Reply]] = []
        self._job: list[Command] = []
        self._reports_to: Reply | None = None
        self._reported = b""

    def fault(self, name: str, *, after: int = 0) -> None:
        """Have a fault from now on, or once `after` more bytes of print were taken. Raises ValueError."""
        if name not in FAULTS:
            raise ValueError(f"{name!r} is none of {', '.join(FAULTS)}")
        self._faults[name] = after
        self._report()

    def has(self, *names: str) -> bool:
        """Whether one of these faults is there now."""
        return any(self._faults.get(name, 1) <= 0 for name in names)

    def well(self) -> None:
        """No fault any more: what was held is printed."""
        self._faults.clear()
        held, self._held = self._held, []
        for command, reply in held:
            self._do(command, reply)
        self._report()

    def power_cycle(self) -> None:
        """Off and on again: what was not printed yet is lost."""
        self._held.clear()
        self._job.clear()
        self._reports_to = None

    def obey(self, command: Command, reply: Reply) -> None:
        """Take one command: questions of health at once, all else in its turn."""
        if command.name == "DLE EOT":
            self.questions += 1
            if "status" in self._knows and not self.has("silent"):
                reply(bytes((self._status(command.body[0]),)))
            return
        for name in self._faults:
            self._faults[name] -= len(command.raw)
        if self.has(*_HOLDING):
            self._held.append((command, reply))
        else:
            self._do(command, reply)
        self._report()

    def _status(self, asked: int) -> int:
        out, cover, error = self.has("paper_out"), self.has("cover_open"), self.has("error")
        bits = {
            1: 0x08 * self.has(*_HOLDING),
            2: 0x04 * cover | 0x20 * out | 0x40 * error,
            3: 0x08 * error,
            4: 0x0C * self.has("paper_low") | 0x60 * out,
        }
        return _FIXED | bits[asked]

    def _report(self) -> None:
        """Tell of itself what has changed, where it was asked to (ASB)."""
        if self._reports_to is None or self.has("silent"):
            return
        out, low, bad = self.has("paper_out"), self.has("paper_low"), self.has("error")
        head = 0x10 | 0x08 * self.has(*_HOLDING) | 0x20 * self.has("cover_open")
        report = bytes((head, 0x08 * bad, 0x0C * out | 0x03 * low, 0x0F))
        if report != self._reported:
            self._reported = report
            self._reports_to(report)

    def _do(self, command: Command, reply: Reply) -> None:
        if command.name == "GS ( H":
            self._prove(command, reply)
            return
        if command.name == "GS ( L" and command.body[3] in (_KEYS, _KEEP, _SHOW):
            self._graphics(command, reply)
            return
        if command.name == "GS a" and "report" in self._knows:
            self._reports_to, self._reported = (reply if command.body[0] else None), b""
            return
        if command.name == "ESC @":
            self._reports_to = None
        if command.name == "ESC @" and not any(done.name in _MOVING for done in self._job):
            self._job.clear()
        if not self._job:
            self._begun = time.monotonic()
        self._job.append(command)
        if command.name == "GS V":
            job = b"".join(done.raw for done in self._job)
            self._job.clear()
            self.jobs.append(job)
            self.times.append((self._begun, time.monotonic()))
            self._printed(job)

    def _graphics(self, command: Command, reply: Reply) -> None:
        """Graphics in the memory that outlasts a power cycle; who does not know them passes over them."""
        if "graphics" not in self._knows:
            return
        function, key, rest = command.body[3], command.body[4:6], command.body[4:]
        if function == _KEYS:
            if not self.has("silent"):
                reply(b"\x37\x72\x40" + b"".join(sorted(self.stored)) + b"\x00")
        elif function == _KEEP:
            self.stored[rest[1:3]] = (rest[4:8], rest[9:])  # a kc1 kc2 b xL xH yL yH c d1…dk
            self.writes += 1
        elif key in self.stored:
            self._job += _drawn(*self.stored[key])

    def _prove(self, command: Command, reply: Reply) -> None:
        if "proof" not in self._knows:
            # A clone that has never heard of it takes the rest of it for text.
            self._job.append(Command("text", command.body[4:], command.body[4:]))
        elif not self.has("silent"):
            reply(b"\x37\x22" + command.body[4:8] + b"\x00")


def _drawn(size: bytes, dots: bytes) -> list[Command]:
    """What brings the same graphics along with a job, so that whoever reads the paper sees them."""
    raw = b"\x1dv0\x00" + ((int.from_bytes(size[:2], "little") + 7) // 8).to_bytes(2, "little") + size[2:] + dots
    return split(raw)[0]
