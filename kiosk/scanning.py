"""Keys → what a scanner has read: a USB scanner is a keyboard that types faster than any finger. Pure."""

from dataclasses import dataclass

from shared.booking_wire import SHORTEST_CODE

GAP_S = 0.06
"""The longest from one key of a scanner's to the next. They take 2–40 ms; who types fast takes 80 and more."""
SURE = 8
"""So many in a row are a scanner's also without the Enter that it was not set up to send."""
ENDS = "\r\n\t"
"""What scanners send after a code: Enter, as they come, or Tab."""


@dataclass(frozen=True)
class Stroke:
    """A key: the character it types, `at` which time (s, of any clock); `key`, `pad`: Qt's code, of the number pad."""

    text: str
    at: float
    key: int = 0
    pad: bool = False


@dataclass(frozen=True)
class Heard:
    """What is known after a key: a code was `scanned`; or these were `struck` by somebody, in their order."""

    scanned: str = ""
    struck: tuple[Stroke, ...] = ()


NOTHING = Heard()


class Scanning:
    """Tells a scanner's burst from fingers. A key is held back until it is known whose it was."""

    def __init__(self) -> None:
        self._run: list[Stroke] = []
        """Keys each within the gap of the one before."""
        self._given = 0
        """How many of the run were taken for somebody's already: a busy screen hears the rest late, not at once."""

    @property
    def holds(self) -> bool:
        """Whether keys are held back: then `settle` is due once nothing came for the gap."""
        return len(self._run) > self._given

    def hear(self, stroke: Stroke) -> Heard:
        """A key was struck."""
        before = NOTHING
        if self._run and stroke.at - self._run[-1].at > GAP_S:
            before = self.settle()
            self._forget()
        if before.scanned:
            self._run = [] if stroke.text in ENDS else [stroke]
            return before
        if stroke.text not in ENDS:
            self._run.append(stroke)
            return before
        run, held = self._run, self._run[self._given :]
        self._forget()
        if len(run) >= SHORTEST_CODE:
            return Heard(scanned=_text(run))
        return Heard(struck=(*before.struck, *held, stroke))

    def settle(self) -> Heard:
        """Nothing came for the gap: what is held was somebody's, unless there is too much of it."""
        held = tuple(self._run[self._given :])
        if len(self._run) >= SURE and held:
            scanned = _text(self._run)
            self._forget()
            return Heard(scanned=scanned)
        self._given = len(self._run)
        return Heard(struck=held)

    def _forget(self) -> None:
        self._run, self._given = [], 0


def _text(run: list[Stroke]) -> str:
    return "".join(stroke.text for stroke in run)
