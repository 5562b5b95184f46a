"""A conversation with a printer: how it is, and whether a job is really on paper. Blocking; no Qt."""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace

from kiosk.printer_status import ASKED, REPORT, SILENT, Health, Inbox, answers_in, ask, ask_for_proof, health_of
from kiosk.roads import PATIENCE_S, Line, NothingSent, Unsure
from kiosk.stored_logo import ASK as STORED_KEYS
from kiosk.stored_logo import StoredLogo
from shared.model import Outcome
from shared.trouble import Trouble

_WAKE = b"\x1b@"
_PROBE = "ada?"
_CUT_OFF = _WAKE + b"\x1bd\x06\x1dV\x01"
"""Feed to the knife and cut, as at the end of a ticket."""


@dataclass(frozen=True)
class Patience:
    """How long, in seconds, before silence counts as silence.

    `road`: connecting, and each piece of a job. `answer`: a status. `probe`: whether it can prove at all.
    `proof`: a job's printing, with a look at the printer's health every `look`. `settle`: how long a printer
    that cannot prove is watched after a job.
    """

    road: float = PATIENCE_S
    answer: float = PATIENCE_S
    probe: float = 1.0
    proof: float = 10.0
    look: float = 0.5
    settle: float = 2.0


@dataclass
class Known:
    """What was found out about a printer since it was last met: many clones know only some of the questions.

    `asked`: the DLE EOT it answers. `reports`: whether it tells of itself when GS a asks it to. `proves`: GS ( H.
    `keeps_logo`: whether the logo is in its memory; `writes_left`: so often may it be written there while this
    program runs, for that memory wears. None: not found out yet.
    """

    asked: list[int] = field(default_factory=lambda: list(ASKED))
    answers: bool | None = None
    reports: bool | None = None
    proves: bool | None = None
    keeps_logo: bool | None = None
    writes_left: int = 2
    hangs: bool = False
    """A job broke off: what there is of it hangs out of the printer, uncut."""

    def forget(self) -> None:
        """It went away: another one may come back."""
        self.fell_silent()
        self.reports = self.keeps_logo = None

    def fell_silent(self) -> None:
        """It says nothing: what it answered is asked anew. GS a is not, for a clone takes it for text."""
        self.asked, self.answers, self.proves = list(ASKED), None, None

    @property
    def told(self) -> tuple[str, ...]:
        """The questions it answers, by their names."""
        asked = (f"DLE EOT {' '.join(map(str, self.asked))}",) if self.answers and self.asked else ()
        others = {"GS a": self.reports, "GS ( H": self.proves, "GS ( L": self.keeps_logo}
        return (*asked, *(name for name, knows in others.items() if knows))


class Talk:
    """One errand with a printer over an open line. `clock`: seconds, as time.monotonic."""

    def __init__(
        self,
        line: Line,
        known: Known,
        patience: Patience,
        *,
        clock: Callable[[], float] = time.monotonic,
        logo: StoredLogo | None = None,
    ) -> None:
        self._logo = logo
        self._line, self._known, self._patience = line, known, patience
        self._clock = clock
        self._inbox = Inbox()

    # -------------------------------------------------------- health

    def health(self) -> Health:
        """How it is, by its own answers; SILENT when there are none. Raises OSError when the line breaks."""
        answers = self._answers()
        if len(answers) < len(ASKED):
            reported = self._reported()
            if reported and not answers:
                self._known.asked = []
            answers = reported | answers
        if not answers:
            self._known.fell_silent()
        self._known.answers = bool(answers)
        return replace(health_of(answers), knows=self._known.told)

    def _answers(self) -> dict[int, int]:
        """What it answers to DLE EOT. A question that another one's answer passed over is not asked again."""
        answers: dict[int, int] = {}
        for asked in list(self._known.asked):
            answer = self._status(asked)
            if answer is not None:
                answers[asked] = answer
            elif answers:
                self._known.asked.remove(asked)
            else:
                break
        return answers

    def _reported(self) -> dict[int, int]:
        """What it tells by itself, where DLE EOT leaves something open."""
        if self._known.reports is False:
            return {}
        before, is_new = self._inbox.reports, self._known.reports is None
        with suppress(TimeoutError):
            # As in `learn`: what a clone took for text is forgotten before it is printed.
            self._line.send(REPORT + _WAKE if is_new else REPORT)
            patience = self._patience.probe if is_new else self._patience.answer
            for _ in self._listening(patience, patience):
                if self._inbox.reports > before:
                    break
        if is_new:
            self._known.reports = self._inbox.reports > before
        return answers_in(self._inbox.report) if self._inbox.report else {}

    def _status(self, asked: int) -> int | None:
        self._inbox.take(self._line.receive(0))
        self._inbox.statuses.clear()
        with suppress(TimeoutError):
            self._line.send(ask(asked))
            for _ in self._listening(self._patience.answer, self._patience.answer):
                if self._inbox.statuses:
                    return self._inbox.statuses[0]
        return None

    def _listening(self, seconds: float, look: float) -> Iterator[None]:
        """Sort what comes in, until `seconds` have passed, giving a turn whenever something came and every `look`."""
        end = self._clock() + seconds
        while (left := end - self._clock()) > 0:
            self._inbox.take(self._line.receive(min(look, left)))
            yield

    def learn(self) -> None:
        """Find out, once, whether it can prove that it printed. Only for a printer that is well."""
        if self._known.proves is None:
            # A clone that does not know the question takes it for text; waking it up forgets unprinted text.
            self._line.send(ask_for_proof(_PROBE) + _WAKE)
            self._known.proves = self._proven(_PROBE, self._patience.probe)

    def learn_logo(self) -> None:
        """Find out, once, whether it keeps the logo in its memory, and put it there where that is empty of it.

        Only for a printer that proves: one that knows GS ( H passes over a GS ( L that it does not know.
        """
        if self._logo is None or not self._known.proves or self._known.keeps_logo is not None:
            return
        keys = self._keys(self._patience.probe)
        if keys is not None and self._logo.key not in keys and self._known.writes_left:
            self._known.writes_left -= 1
            self._line.send(self._logo.write)
            keys = self._keys(self._patience.proof)  # it writes before it answers
        self._known.keeps_logo = keys is not None and self._logo.key in keys

    def _keys(self, seconds: float) -> list[str] | None:
        self._inbox.keys.clear()
        self._line.send(STORED_KEYS)
        for _ in self._listening(seconds, seconds):
            if self._inbox.keys:
                return self._inbox.keys[0]
        return None

    def _proven(self, job: str, seconds: float) -> bool:
        return any(job in self._inbox.proofs for _ in self._listening(seconds, seconds))

    # -------------------------------------------------------- printing

    def print(self, data: bytes, job: str) -> Outcome:
        """Print `data`; `job`: four characters that name it.

        Raises Trouble when it certainly did not come out whole, NothingSent when not a byte of it was sent, Unsure when
        the printer told of a trouble before it could prove it.
        """
        try:
            answering = self._known.answers is not False and self._ready()
        except OSError as error:
            raise NothingSent("printer_offline") from error
        try:
            self._send_whole(self._fitted(data) if answering else data)
        except TimeoutError:
            return Outcome.UNKNOWN
        except OSError as error:
            raise Trouble("printer_offline") from error
        return self._outcome(job) if answering else Outcome.UNKNOWN

    def _send_whole(self, data: bytes) -> None:
        """Send the job; what is left of a broken one is cut off before it, so that nobody gets it with theirs."""
        whole = _CUT_OFF + data if self._known.hangs else data
        self._known.hangs = True
        self._line.send(whole)
        self._known.hangs = False

    def _fitted(self, data: bytes) -> bytes:
        """The job as this printer takes it: with its own logo, and told to tell of itself, for waking up ends that."""
        if self._logo is not None and self._known.keeps_logo:
            data = self._logo.in_memory(data)
        is_told = self._known.reports and data.startswith(_WAKE)
        return _WAKE + REPORT + data[len(_WAKE) :] if is_told else data

    def _ready(self) -> bool:
        """Whether it answers; raises Trouble when it answers that it cannot print."""
        health = self.health()
        if health.prints_not:
            raise NothingSent(health.troubles[0])
        if health.certain:
            self.learn()
        return health.certain

    def _outcome(self, job: str) -> Outcome:
        proves = bool(self._known.proves)
        try:
            if proves:
                self._line.send(ask_for_proof(job))  # not with the job: a line that breaks here broke after it
            for _ in self._listening(self._patience.proof if proves else self._patience.settle, self._patience.look):
                health = SILENT if job in self._inbox.proofs else self.health()
                if job in self._inbox.proofs:
                    return Outcome.PRINTED
                if health.prints_not:
                    raise Unsure(health.troubles[0])
                if not health.certain:
                    return Outcome.UNKNOWN
        except OSError:
            return Outcome.UNKNOWN  # the whole job was on its way
        # One that cannot prove took it all and stayed well for longer than a ticket takes: that must do.
        return Outcome.UNKNOWN if proves else Outcome.PRINTED
