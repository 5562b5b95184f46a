"""'Maaf': a visitor gets no number now; the screen says why, and goes on when the reason has gone."""

from PySide6.QtCore import QObject

from kiosk import steps
from kiosk.place import Place
from kiosk.scene import Stage
from kiosk.visit import Visit, milliseconds, precise_timer
from shared.qt.link import HubLink
from shared.trouble import Trouble


class Excuse(QObject):
    """Says sorry for what passes, as a closed service, and for what stands: the hub is away, or there is no paper."""

    def __init__(self, visit: Visit, link: HubLink, place: Place, parent: QObject) -> None:
        super().__init__(parent)
        self._visit, self._link, self._place = visit, link, place
        self._blocked: Trouble | None = None
        """Why no number is given here while the printer does not print."""
        self._away = precise_timer(self, lambda: self.say(Trouble("hub_away")))
        link.up_changed.connect(self._up_changed)

    @property
    def standing(self) -> Trouble | None:
        """What goes only when its cause has gone: the hub is away, or this kiosk gives no numbers without paper."""
        return self._link.trouble or self._blocked

    def say(self, trouble: Trouble) -> None:
        """Say sorry for `trouble`, or for what stands."""
        visit = self._visit
        if visit.stage not in (Stage.CHOOSING, Stage.TAKING, Stage.SORRY):
            return
        if self.standing is None:
            visit.enter(Stage.SORRY, stays=visit.pace.sorry_s, trouble=trouble)
            return
        visit.enter(Stage.SORRY, trouble=trouble if self._link.trouble else self._blocked)
        if visit.scene.visiting:
            # The screen waits for the hub or for paper, but the visitor's press is kept for this visit only.
            visit.end_unseen()

    def say_what_stands(self) -> None:
        """Say sorry again before the next visitor, where the reason has not gone."""
        if self.standing is not None:
            self.say(self.standing)

    def resume(self) -> None:
        """From sorry back to where the visitor was."""
        visit = self._visit
        if visit.stage is not Stage.SORRY or self._link.trouble is not None:
            return
        if self._blocked is not None:
            self.say(self._blocked)
            return
        visit.enter(Stage.CHOOSING, **steps.resumed(visit.scene))

    def hear_of_paper(self, paperless: bool, code: str) -> None:  # noqa: FBT001  -- a signal's payload has no name
        """The printer is known not to print now, for `code`, or prints again."""
        printer = self._place.settings.printer
        self._visit.show(paperless=paperless)
        was_blocked = self._blocked is not None
        self._blocked = None
        if paperless and printer.on_failure == "block":
            self._blocked = Trouble("no_paper_here", where=printer.instead, cause=code)
            self.say(self._blocked)
        elif was_blocked:
            self.resume()

    def _up_changed(self, up: bool) -> None:  # noqa: FBT001  -- a signal's payload has no name
        if up:
            self._away.stop()
            self.resume()
        else:
            self._away.start(milliseconds(self._visit.pace.away_s))
