"""How this visitor wants the screen: its language, and the modes of 'Tampilan & suara', until the visit ends."""

from collections.abc import Callable, Sequence

from kiosk.modes import Mode
from kiosk.scene import Stage
from kiosk.visit import Visit


class ModeSwitch:
    """Changes how everything is shown, on any screen, and gives time to look at it."""

    def __init__(self, visit: Visit, languages: Sequence[str], touched: Callable[[], None]) -> None:
        """`touched()`: what every touch does first."""
        self._visit, self._languages, self._touched = visit, languages, touched

    def speak(self, language: str) -> None:
        """Show everything in `language` until this visit ends."""
        if language in self._languages:
            self._touched()
            self._visit.show(language=language)

    def open(self, *, opened: bool) -> None:
        """Open the sheet 'Tampilan & suara', or close it."""
        self._alive()
        self._visit.show(choosing_modes=opened)

    def switch(self, mode: Mode) -> None:
        """Turn `mode` on or off for this visit."""
        visit = self._visit
        self._alive()
        modes = visit.scene.modes.switched(mode)
        listens = modes.spoken and not visit.scene.modes.spoken
        visit.show(modes=modes, choosing_modes=visit.scene.choosing_modes and not listens)
        stay = visit.scene.stay
        if stay is not None:
            visit.show(stay=visit.stay_for(max(stay.seconds, visit.pace.done_s * visit.patience)))

    def mute(self) -> None:
        """There is no voice after all: show the screen as to everybody."""
        self._visit.show(modes=self._visit.scene.modes.mute())

    def _alive(self) -> None:
        """Somebody is there and busy, whatever the screen shows: it stays as long as from its beginning."""
        visit = self._visit
        self._touched()
        stay = visit.scene.stay
        if stay is not None:
            visit.show(stay=visit.stay_for(stay.seconds))
        elif visit.stage is Stage.SORRY:
            visit.show(visiting=True)
            visit.end_unseen()
