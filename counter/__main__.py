"""The officer's program: builds the window, seats the officer, runs."""

import sys

from PySide6.QtCore import QPoint

from counter.installation import installation
from counter.officer import USUAL_PACE, Pace
from counter.screens.choose_screen import ChooseScreen
from counter.screens.sentences import Sentences
from counter.screens.window import CounterWindow
from counter.seat import CORNER_SETTING, Seat
from shared.qt.hall_watch import HallWatch
from shared.qt.run import Launch, run
from shared.trouble import Trouble


def build(launch: Launch, *, pace: Pace = USUAL_PACE) -> CounterWindow:
    """The window at the counter `--id` names, the one chosen last time, or asking for one."""
    counter = next((counter for counter in launch.hall.counters if counter.id == launch.id), None)
    trouble = Trouble("unknown_counter", counter=launch.id) if launch.id and counter is None else None
    sentences = Sentences(launch.words, launch.hall)
    choose = ChooseScreen(sentences, launch.hall.counters, trouble=trouble)
    window = CounterWindow(sentences, choose, launch.hall, now=launch.link.now)
    if corner := _corner(launch.settings.get(CORNER_SETTING)):
        window.put_small_at(corner)
    here = installation(launch.settings, launch.data)
    window.destroyed.connect(here.leave)
    seat = Seat(launch, window, sentences, here=here, pace=pace)
    if counter is not None:
        seat.take(counter)
    HallWatch(launch.link, launch.hall, seat).changed.connect(seat.take_up)
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
