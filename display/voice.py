"""The voice of a lobby TV: calls are said one at a time, in order, in each language of the hall."""

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from display.loudness import percent_at
from display.ranking import Ranking, Sentence
from shared.calling import Calling
from shared.hall import DisplaySettings
from shared.qt.voice.loudspeaker import Loudspeaker
from shared.qt.voice.renderer import Renderer
from shared.speech import Plan, Speech, plan
from shared.voice.clips import parts_seconds
from shared.voice.sound import Part, Unreadable

log = logging.getLogger(__name__)

QUEUE = 100
"""Calls that may wait to be said: twenty minutes of speech. Beyond it the oldest is shown only."""

CHIME_MS = 150
"""Silence after the chime."""

SENTENCE_MS = 500
"""Silence between two languages, and before the repetition."""

END_MS = 300
"""Silence after a call, so that the next one begins as something new."""


@dataclass(frozen=True)
class Utterance:
    """A call to be said: the event that made it, the number ('A-012'), the counter's ('12'), the agency's id."""

    event: int
    number: str
    counter: str
    called_at: datetime
    agency: str = ""


@dataclass
class _Coming:
    """An utterance with its sentences, one for each language. `heard`: all of them were really played."""

    utterance: Utterance
    speeches: list[Speech]
    sentences: list[Sentence] = field(default_factory=list)
    times_said: int = 0
    heard: bool = False
    taken_back: bool = False


class Voice(QObject):
    """Says one call at a time: chime, then each language; then once more, unless others wait by then.

    `display.ranking` has the voices. Without a sound device everything takes the time it would have taken, so that the
    board stays lit.

    started(event)         the chime of this call sounds now (or would)
    level(float)           how loud it is now, 0–1, every 50 ms, for a moving sign
    finished(event)        all of it has been said and could be heard
    unheard(event)         its time is over, but nobody heard it, or not to its end: the sound device was missing
    unspoken(event, why)   it is not said: 'late', 'crowded' (over `QUEUE` wait), 'no_voice' (nothing to say it with)
    troubled(code)         the gravest of `troubles` now; empty: all is well
    sounds()               the sound device has come, gone or changed
    """

    started = Signal(int)
    level = Signal(float)
    finished = Signal(int)
    unheard = Signal(int)
    unspoken = Signal(int, str)
    troubled = Signal(str)
    sounds = Signal()

    def __init__(  # noqa: PLR0913  -- the hall's part, the folder, the clock; the last two are for tests
        self,
        settings: DisplaySettings,
        *,
        calling: Calling,
        cache: Path,
        now: Callable[[], datetime],
        may_repeat: Callable[[int], bool] = lambda _event: True,
        parent: QObject | None = None,
        renderer: Renderer | None = None,
        loudspeaker: Loudspeaker | None = None,
    ) -> None:
        """`cache`: a folder for rendered sentences; `now`: the hub's time.

        `may_repeat`: asked when a call (by its event) has been said, whether it may be once more.
        """
        super().__init__(parent)
        self._settings = settings
        self._calling = calling
        self._now, self._may_repeat = now, may_repeat
        self._queue: deque[_Coming] = deque()
        self._current: _Coming | None = None
        self._told = ""
        self._said_by: dict[str, str] = {}
        self._ranking = Ranking(settings, cache, renderer=renderer, parent=self)
        self._ranking.changed.connect(self._ranking_changed)
        self._ranking.ails.connect(self._tell)
        self._loudspeaker = loudspeaker or Loudspeaker()
        self._loudspeaker.setParent(self)
        self._loudspeaker.started.connect(self._begun)
        self._loudspeaker.level.connect(self.level)
        self._loudspeaker.finished.connect(self._said)
        self._loudspeaker.device_changed.connect(self._device_changed)
        if (app := QCoreApplication.instance()) is not None:
            app.aboutToQuit.connect(self.stop)

    def take_up(self, settings: DisplaySettings, calling: Calling) -> None:
        """How calls are said from now on; those it has already are said as they were asked."""
        self._settings, self._calling = settings, calling
        self._ranking.take_up(settings)

    @property
    def pending(self) -> int:
        """Calls that wait to be said, without the one being said."""
        return len(self._queue)

    @property
    def saying(self) -> int | None:
        """The call that is being said, by its event."""
        return None if self._current is None else self._current.utterance.event

    @property
    def sound(self) -> bool | None:
        """Whether it can be heard; None while that is not known yet."""
        return None if self._loudspeaker.device is None else bool(self._loudspeaker.device)

    @property
    def troubles(self) -> list[str]:
        """Codes of shared.trouble, the gravest first."""
        wrong = {"no_voice": False, "no_sound": self._loudspeaker.device == ""} | self._ranking.troubles
        return [code for code, holds in wrong.items() if holds]

    @property
    def facts(self) -> dict[str, str]:
        """Short facts for the health page: the sound device, whose voice said the last call, and what is missing."""
        voices = ", ".join(f"{language}: {voice}" for language, voice in self._said_by.items())
        said = {"said_by": voices} if voices else {}
        return {"sound": self._loudspeaker.device or "-"} | said | self._ranking.facts

    def say(self, utterance: Utterance) -> None:
        """Say this after all that was asked before."""
        if len(self._queue) >= QUEUE:
            self.unspoken.emit(self._queue.popleft().utterance.event, "crowded")
        coming = _Coming(utterance, self._speeches(utterance))
        self._ranking.forget(coming.speeches)  # of a call of that number that was given up before
        self._queue.append(coming)
        self._go_on()

    def take_back(self, event: int) -> None:
        """The call of `event` was undone: do not say it; what is being said of it is broken off. Nothing is told."""
        if self._current is not None and self._current.utterance.event == event:
            log.info("broken off: %s", self._current.utterance.number)
            self._current.taken_back = True
            self._loudspeaker.hush()
            return
        self._queue = deque(coming for coming in self._queue if coming.utterance.event != event)
        self._go_on()

    def stop(self) -> None:
        """Fall silent and end the child programs, before the program ends."""
        self._queue.clear()
        self._current = None
        self._ranking.stop()
        self._loudspeaker.stop()

    # -------------------------------------------------------------- the queue

    def _speeches(self, utterance: Utterance) -> list[Speech]:
        number, counter, agency = utterance.number, utterance.counter, utterance.agency
        return [
            self._calling.speech(number, counter, agency=agency, language=language)
            for language in self._ranking.languages
        ]

    def _go_on(self) -> None:
        """Begin the next call if nothing is being said and its sentences are there; have the one after it prepared.

        While the sound device is being looked for, which takes seconds on a PC that was just switched on, calls wait.
        """
        while not self._loudspeaker.is_starting and self._current is None and self._queue:
            coming = self._queue[0]
            age = self._now() - coming.utterance.called_at
            why = self._plan(age, behind=len(self._queue) - 1).why or self._unsayable(coming)
            sentences = None if why else self._sentences(coming)
            if why:
                self._drop(coming, why)
            elif sentences is None:
                return  # `_ranking_changed` goes on
            else:
                self._begin(coming, sentences)
        if self._queue and not self._unsayable(self._queue[0]):
            self._sentences(self._queue[0])
        if not self._queue:
            self._ranking.forget_all()

    def _plan(self, age: timedelta, *, behind: int) -> Plan:
        return plan(age, behind, repeat=self._settings.repeat, late_after_s=self._settings.late_after_s)

    def _drop(self, coming: _Coming, why: str) -> None:
        self._queue.popleft()
        self._ranking.forget(coming.speeches)
        log.info("not spoken: %s (%s)", coming.utterance.number, why)
        self.unspoken.emit(coming.utterance.event, why)

    def _begin(self, coming: _Coming, sentences: list[Sentence]) -> None:
        coming.sentences = sentences
        parts = [self._ranking.chime(), CHIME_MS, *_in_a_row(sentences)]
        try:
            seconds = parts_seconds(parts)
        except Unreadable as why:  # it went between the finding and now
            log.info("%s", why)
            self._drop(coming, "no_voice")
            return
        self._current = self._queue.popleft()
        self._said_by = {speech.language: said.voice for speech, said in zip(coming.speeches, sentences, strict=True)}
        self._loudspeaker.set_volume(percent_at(self._settings, self._now().time()) / 100)
        self._loudspeaker.play(parts, seconds)

    def _repeat(self, coming: _Coming) -> bool:
        """Say it once more; False where it cannot be: recordings are exchanged while the TV runs."""
        parts = [END_MS, *_in_a_row(coming.sentences)]
        try:
            seconds = parts_seconds(parts)
        except Unreadable as why:
            log.info("not repeated: %s", why)
            return False
        self._loudspeaker.play(parts, seconds)
        return True

    def _begun(self) -> None:
        if self._current is not None and not self._current.times_said:
            self.started.emit(self._current.utterance.event)

    def _said(self, played: bool) -> None:  # noqa: FBT001  -- a slot: takes what the signal brings
        coming = self._current
        if coming is None:
            return
        coming.times_said += 1
        coming.heard = coming.heard or played
        if self._is_to_be_repeated(coming) and self._repeat(coming):
            return
        self._current = None
        if not coming.taken_back:
            (self.finished if coming.heard else self.unheard).emit(coming.utterance.event)
        self._go_on()

    def _is_to_be_repeated(self, coming: _Coming) -> bool:
        times = self._plan(timedelta(), behind=len(self._queue)).times
        is_wanted = coming.times_said < times and not coming.taken_back
        return is_wanted and self._may_repeat(coming.utterance.event)

    # ----------------------------------------------------------- the sentences

    def _sentences(self, coming: _Coming) -> list[Sentence] | None:
        """The sentences of a call as they are said; None while one is still being rendered."""
        found = [self._ranking.sentence(speech) for speech in coming.speeches]
        sentences = [sentence for sentence in found if sentence is not None]
        return sentences if len(sentences) == len(found) else None

    def _unsayable(self, coming: _Coming) -> str:
        return "no_voice" if self._ranking.has_lost(coming.speeches) else ""

    def _ranking_changed(self) -> None:
        self._tell()
        self._go_on()

    def _device_changed(self) -> None:
        self._tell()
        self.sounds.emit()
        self._go_on()

    def _tell(self) -> None:
        gravest = next(iter(self.troubles), "")
        if gravest != self._told:
            self._told = gravest
            self.troubled.emit(gravest)


def _in_a_row(sentences: list[Sentence]) -> list[Part]:
    """The sentences one after the other, and the silence after the last."""
    parts = [part for sentence in sentences for part in (*sentence.parts, SENTENCE_MS)]
    return [*parts[:-1], END_MS]
