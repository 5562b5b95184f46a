"""The officer's program: builds the window, seats the officer, runs."""

import sys

from PySide6.QtCore import QObject, QPoint

from counter.choice import Choice
from counter.desk import Verb
from counter.officer import USUAL_PACE, Officer, Pace
from counter.screens.choose_screen import ChooseScreen
from counter.screens.sentences import Sentences
from counter.screens.window import CounterWindow
from shared.hall import Counter
from shared.qt.run import Launch, run
from shared.trouble import Trouble

ID_SETTING = "id"
CORNER_SETTING = "small_window"


class Seat(QObject):
    """Who sits behind the window: one officer at a time, at the counter that was chosen."""

    def __init__(self, launch: Launch, window: CounterWindow, pace: Pace) -> None:
        super().__init__(window)
        self._launch, self._window, self._pace = launch, window, pace
        self.officer: Officer | None = None
        window.counter_chosen.connect(self._choose)
        window.pressed.connect(self._press)
        window.ordered.connect(self._order)
        window.corner_changed.connect(self._keep_corner)

    def take(self, counter: Counter) -> None:
        """Sit down at `counter`."""
        if self.officer is not None:
            self.officer.changed.disconnect(self._window.show_desk)
            self.officer.close()
            self.officer.deleteLater()
        self.officer = Officer(self._launch.link, counter, pace=self._pace, parent=self)
        self.officer.changed.connect(self._window.show_desk)
        self._window.show_desk(self.officer.desk)
        self.officer.start()

    def _choose(self, counter: Counter) -> None:
        self._launch.settings.keep(ID_SETTING, counter.id)
        self.take(counter)

    def _press(self, verb: Verb) -> None:
        if self.officer is not None:
            self.officer.press(verb)

    def _order(self, choice: Choice) -> None:
        if self.officer is not None and choice.verb is not None:
            self.officer.press(choice.verb, choice.body)

    def _keep_corner(self, corner: QPoint) -> None:
        self._launch.settings.keep(CORNER_SETTING, f"{corner.x()},{corner.y()}")


def build(launch: Launch, *, pace: Pace = USUAL_PACE) -> CounterWindow:
    """The window at the counter `--id` names, the one chosen last time, or asking for one."""
    counter = next((counter for counter in launch.hall.counters if counter.id == launch.id), None)
    trouble = Trouble("unknown_counter", counter=launch.id) if launch.id and counter is None else None
    sentences = Sentences(launch.words, launch.hall)
    choose = ChooseScreen(sentences, launch.hall.counters, trouble=trouble)
    window = CounterWindow(sentences, choose, launch.hall, now=launch.link.now)
    if corner := _corner(launch.settings.get(CORNER_SETTING)):
        window.put_small_at(corner)
    seat = Seat(launch, window, pace)
    if counter is not None:
        seat.take(counter)
    launch.link.listen()
    return window


def _corner(kept: str | None) -> QPoint | None:
    """Where the small window stood; None where that was never kept, or not as we keep it."""
    x, comma, y = (kept or "").partition(",")
    return QPoint(int(x), int(y)) if comma and x.lstrip("-").isdigit() and y.lstrip("-").isdigit() else None


def main() -> int:
    """Run the officer's program; returns its exit status."""
    return run("counter", build)


if __name__ == "__main__":
    sys.exit(main())
