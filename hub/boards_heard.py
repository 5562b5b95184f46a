"""Which browsers say the same zone's calls at the same moment, for the health page. Pure; the clock is passed in.

A browser never holds a zone's voice, since nobody knows whose it is: where no TV speaks, each with its sound on does.
While it says a call it asks each second whether a TV does, and names itself: two that ask in turn are heard at once.
"""

from collections.abc import Callable
from typing import NamedTuple

PAUSE_S = 3.0
"""A page that asked longer ago has said its call: it asks each second, and one question may be lost."""

TOLD_S = 600.0
"""So long it is told after it was heard last: calls may be minutes apart."""

_MOST = 8
"""Pages of a zone that are told apart at a time: nobody is asked who they are, and any may name itself anew."""

_LONGEST = 40


class _Saying(NamedTuple):
    """Since when a page says a call, and when it asked last."""

    since: float
    asked: float


class BoardsHeard:
    """What the pages of a hall said of themselves. `clock`: seconds of a clock that only goes forward."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._saying: dict[str, dict[str, _Saying]] = {}
        self._together_at: float | None = None

    def asked(self, zone: str, page: str) -> None:
        """A page that would say, or says, a call of this zone of the hall asked; it is told that no TV does."""
        now = self._clock()
        saying = {name: one for name, one in self._saying.get(zone, {}).items() if now - one.asked <= PAUSE_S}
        if 0 < len(page) <= _LONGEST and (page in saying or len(saying) < _MOST):
            since = saying[page].since if page in saying else now
            saying[page] = _Saying(since, now)
            # Another that asked before this began may have been left for it: a page that was loaded anew.
            if any(name != page and one.asked > since for name, one in saying.items()):
                self._together_at = now
        self._saying[zone] = saying

    def troubles(self) -> list[str]:
        """Codes of shared.trouble."""
        is_told = self._together_at is not None and self._clock() - self._together_at <= TOLD_S
        return ["boards_speak"] if is_told else []
