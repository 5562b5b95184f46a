"""The loudspeaker, as the voice sees it: plays, or takes the same time where nothing can be heard."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

from PySide6.QtCore import QObject, QTimer, Signal

from shared.qt.voice.child import Child
from shared.voice.pieces import written
from shared.voice.sound import LEVEL_MS, Part
from shared.voice.worker import worker_command

log = logging.getLogger(__name__)

START_MS = 4000
"""How long the playing program may take to say which device there is. It takes 0.4 s."""

COLD_MS = 20_000
"""How long it may take where nobody waits for it yet: a PC that was just switched on reads Qt's sound from its disk."""

ANSWER_MS = 2000
"""How long it may take from an order to the first sound."""

OVERTIME_MS = 2000
"""How much longer than the sound, or than its breaking off, it may take to say that it is done."""

FALLS_AT_ONCE = 1
"""So many falls in a row, each soon after the device was told, cost no pause: a sound server was restarted."""

_LIVED_S = 3.0
_PAUSE_MS = 10_000


@dataclass
class _Job:
    """Something to play.

    `begun`: since when it sounds (monotonic seconds), None before; `silent`: nobody hears it, or not to its end;
    `hushed`: it is being broken off; `again`: offered twice.
    """

    order: int
    parts: Sequence[Part]
    seconds: float
    sent: bool = False
    begun: float | None = None
    silent: bool = False
    hushed: bool = False
    again: bool = False
    levels: list[float] = field(default_factory=list)

    @property
    def left_ms(self) -> int:
        """What is still to come, by the clock."""
        return max(0, round((self.seconds - (time.monotonic() - (self.begun or 0))) * 1000))


class Loudspeaker(QObject):
    """Plays one thing at a time, by the playing program (shared/qt/voice/speaker.py).

    Without a device, and when the program is lost on the way, it takes as long as the sound would have, so that the
    board stays lit the right time; `device` says which is the case.

    started()            the first sound leaves now, or would
    level(float)         how loud it is now, 0–1, every 50 ms; only what can be heard
    finished(bool)       its time is over; whether all of it was really played
    device_changed(str)  the name of the device that plays; empty: there is none
    """

    started = Signal()
    level = Signal(float)
    finished = Signal(bool)
    device_changed = Signal(str)

    def __init__(self, *, command: Sequence[str] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.device: str | None = None
        """None while the playing program has not yet said it."""
        self._orders = count(1)
        self._job: _Job | None = None
        self._volume = 1.0
        self._child = Child(command or worker_command("speaker"), self)
        self._child.said.connect(self._said)
        self._child.ended.connect(self._lost)
        self._since = 0.0
        """When the program was started, or, once it has told one, its device."""
        self._falls = 0
        self._patient = False
        self._watch = QTimer(self, singleShot=True)
        self._watch.timeout.connect(self._overdue)
        self._meter = QTimer(self, interval=LEVEL_MS)
        self._meter.timeout.connect(self._show_level)
        self._again = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._again.timeout.connect(self._start)
        self._cold = QTimer(self, singleShot=True)
        self._cold.timeout.connect(self._give_up_starting)
        self._start()

    @property
    def pid(self) -> int:
        """The playing program's process id; 0 while there is none."""
        return self._child.pid

    @property
    def is_starting(self) -> bool:
        """Whether the playing program has yet to say which device there is; `device_changed` follows."""
        return self.device is None and self._job is None and bool(self._child.pid)

    def play(self, parts: Sequence[Part], seconds: float) -> None:
        """Play WAV files and silences in order; `seconds` is how long they last. One call at a time."""
        self._job = _Job(next(self._orders), parts, seconds)
        self._offer(self._job)

    def set_volume(self, volume: float) -> None:
        """How loud everything is from now on, 0–1 as the ear has it."""
        if volume == self._volume:
            return
        self._volume = volume
        if self._child.pid:
            self._child.send({"volume": volume})

    def hush(self) -> None:
        """Break off what is played, by a short fade; `finished` follows, `started` no more."""
        job = self._job
        if job is None or job.hushed:
            return
        job.hushed = True
        if job.silent or not job.sent:
            self._finish()
        else:
            self._child.send({"hush": job.order})
            self._watch.start(OVERTIME_MS)

    def stop(self) -> None:
        """End the playing program; nothing more is told."""
        self._job = None
        for timer in (self._watch, self._meter, self._again, self._cold):
            timer.stop()
        self._child.stop()

    # ---------------------------------------------------------------- the job

    def _offer(self, job: _Job) -> None:
        if self.device:
            job.sent = True
            self._child.send({"play": job.order, "parts": [written(part) for part in job.parts]})
            self._watch.start(ANSWER_MS)
        elif self.device is None and self._child.pid:
            self._watch.start(START_MS)  # `_device` offers it again
        else:
            self._go_silent(job)

    def _go_silent(self, job: _Job) -> None:
        """Nothing can be heard from here on: let the clock end it."""
        job.silent = True
        if job.hushed:
            self._finish()
            return
        if job.begun is None:
            self._begin(job)
        self._watch.start(job.left_ms)

    def _sound(self, job: _Job, levels: list[float]) -> None:
        if job.hushed:
            return  # it will be over before anyone has heard it
        job.levels = levels
        self._begin(job)
        self._meter.start()
        self._watch.start(job.left_ms + OVERTIME_MS)

    def _begin(self, job: _Job) -> None:
        job.begun = time.monotonic()
        self.started.emit()

    def _finish(self, *, played: bool = False) -> None:
        self._job = None
        self._watch.stop()
        self._meter.stop()
        self.level.emit(0.0)
        self.finished.emit(played)

    def _overdue(self) -> None:
        """The clock has run out: of a silence, as it should; else the playing program hangs."""
        job = self._job
        if job is None:
            return
        if not job.silent:
            log.info("the playing program does not answer")
            self._child.kill()  # `_lost` starts another
        if job.begun is None:
            self._go_silent(job)
        else:
            self._finish()

    def _show_level(self) -> None:
        job = self._job
        if job is not None and job.begun is not None and not job.silent:
            place = int((time.monotonic() - job.begun) * 1000 / LEVEL_MS)
            self.level.emit(job.levels[place] if place < len(job.levels) else 0.0)

    # ------------------------------------------------------------ the program

    def _start(self) -> None:
        # A device known to be missing is waited for without loading Qt's sound again and again.
        self._patient = self.device == ""
        self._since = time.monotonic()
        self._cold.start(COLD_MS)
        self._child.start(*(["--patient"] if self._patient else []))

    def _give_up_starting(self) -> None:
        if self.is_starting:
            log.info("the playing program says no device")
            self._child.kill()  # `_lost` follows

    def _said(self, answer: dict[str, object]) -> None:
        match answer:
            case {"device": str(name)}:
                self._device(name)
            case {"playing": order, "levels": list(levels)} if job := self._audible(order):
                self._sound(job, levels)
            case {"done": order} if job := self._audible(order):
                self._finish(played=not job.hushed)
            case {"failed": order, "why": why} if job := self._audible(order):
                log.info("not played: %s", why)
                self._go_silent(job)

    def _audible(self, order: object) -> _Job | None:
        """The job an answer is about, unless it was given up."""
        job = self._job
        return job if job is not None and job.order == order and not job.silent else None

    def _device(self, name: str) -> None:
        changed, self.device = name != self.device, name
        if name:
            self._since = time.monotonic()
        if changed:
            log.info("sound device: %s", name or "none")
            if self._volume < 1:
                self._child.send({"volume": self._volume})  # to a playing program that has just been started
            self.device_changed.emit(name)
        if self._job is not None and self._job.begun is None and not self._job.sent:
            self._offer(self._job)

    def _lost(self) -> None:
        """The playing program ended: start another, and see what becomes of the job."""
        lasted = time.monotonic() - self._since > _LIVED_S
        self._falls = 0 if lasted else self._falls + 1
        said_nothing = self.device is None
        fails = said_nothing or self._patient or self._falls > FALLS_AT_ONCE
        if said_nothing or (fails and not lasted):
            self._device("")
        elif self.device:
            self.device = None  # what there is now, the next one says
        if lasted or not fails:
            self._start()
        else:
            self._again.start()
        if self._job is not None and not self._job.silent:
            self._rescue(self._job)

    def _rescue(self, job: _Job) -> None:
        """What has not begun to sound is tried once more; what has is not said twice."""
        if job.begun is None and not job.again and not job.hushed and self.device is None:
            job.again, job.sent = True, False
            self._watch.start(START_MS)
        else:
            self._meter.stop()
            self._go_silent(job)
