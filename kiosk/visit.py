"""One visit before the kiosk: what the screen shows, how long it stays, and when nobody is there any more."""

import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from kiosk.scene import Pace, Scene, Stage, Stay

LISTENING = 3
"""How many times longer a screen stays for who listens to it."""


class Visit(QObject):
    """The scene, changed here alone, and the clocks of whoever stands before it.

    changed(Scene)   what is to be seen now
    entered()        another screen begins: what was timed for the one before is over
    over()           this screen's time has run out
    """

    changed = Signal(object)
    entered = Signal()
    over = Signal()

    def __init__(self, language: str, pace: Pace, parent: QObject) -> None:
        """`language`: in which it begins."""
        super().__init__(parent)
        self.pace = pace
        self.scene = Scene(language=language)
        self.idle = precise_timer(self, self.ask_still_there)
        """Until somebody who has begun to choose is asked whether they are still there."""
        self.leaving = precise_timer(self, self.over.emit)
        """Until the screen goes by itself."""

    @property
    def stage(self) -> Stage:
        """Where the visitor stands."""
        return self.scene.stage

    def show(self, **changes: object) -> None:
        """Show the same screen with these changes."""
        scene = replace(self.scene, **changes)  # type: ignore[arg-type]  # the fields' names and types are Scene's
        if scene != self.scene:
            self.scene = scene
            self.changed.emit(scene)

    def enter(self, stage: Stage, *, stays: float | None = None, **changes: object) -> None:
        """Go to `stage`, for `stays` seconds."""
        self.idle.stop()
        self.leaving.stop()
        self.entered.emit()
        begun_anew = ("still_there", "can_give_back", "giving_back", "unsure", "choosing_modes")
        fresh = dict.fromkeys(begun_anew, False) | {"trouble": None}
        stay = None if stays is None else self.stay(stays)
        self.show(**(fresh | {"stage": stage, "stay": stay} | changes))
        if stage is Stage.CHOOSING and self.scene.visiting:
            self._wait()

    def go_on(self) -> None:
        """Somebody is there, and chooses."""
        self.leaving.stop()
        self._wait()
        self.show(visiting=True, still_there=False, stay=None)

    def ask_still_there(self) -> None:
        """Nobody has touched it for long."""
        self.show(still_there=True, stay=self.stay(self.pace.still_there_s))

    def _wait(self) -> None:
        self.idle.start(milliseconds(self.pace.idle_s * self.patience))

    # -------------------------------------------------------- how long a screen stays

    @property
    def patience(self) -> float:
        """How many times as long the kiosk waits: listening to a screen takes longer than reading it."""
        return LISTENING if self.scene.modes.spoken else 1

    def stay(self, seconds: float) -> Stay:
        """Let this screen go by itself in `seconds`, or when who listens to it has had time to."""
        return self.stay_for(seconds * self.patience)

    def stay_for(self, seconds: float) -> Stay:
        """Let it go by itself in just so long."""
        self.leaving.start(milliseconds(seconds))
        return Stay(time.monotonic(), seconds)

    def end_unseen(self) -> None:
        """The screen stays, but the visit ends as a silent one does."""
        self.leaving.start(milliseconds(self.pace.idle_s + self.pace.still_there_s))


def precise_timer(parent: QObject, action: Callable[[], None]) -> QTimer:
    """One that rings once. Qt's coarse timers may ring 5 % early, and people are promised their seconds."""
    timer = QTimer(parent, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(action)
    return timer


def milliseconds(seconds: float) -> int:
    """As a timer counts."""
    return round(seconds * 1000)
