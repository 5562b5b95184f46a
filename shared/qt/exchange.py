"""One question to the hub, or one order: tried until it is answered or patience ends."""

import random
import time
from collections.abc import Callable

from pydantic import BaseModel, ValidationError
from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkReply, QNetworkRequest

from shared.qt.later import later
from shared.qt.pinned import stranger
from shared.trouble import KINDS, Trouble
from shared.wire import Problem

LONGEST_PAUSE_MS = 3000
"""Every app is back within 5 s of the hub: after 8 s of pauses one was measured to take 6.8 s."""
FIRST_PAUSE_MS = 250
GATEWAY_STATUSES = (502, 503, 504)
NO_CONTENT = 204
OK_STATUSES = (200, 201, NO_CONTENT)


def pause_ms(failures: int) -> int:
    """The wait before the next try after that many failures: doubling from 250 ms to 3 s, with jitter."""
    longest = min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** min(failures, 10))
    return int(longest * random.uniform(0.5, 1.0))  # noqa: S311  -- spreads reconnections, guards no secret


class Reply(QObject):
    """One answer to come. Exactly one of its signals is emitted, once.

    done(answer)     the answer's model, or None for 204
    failed(Trouble)  the hub refused, or stayed away

    `was_refused`: at the last try nobody listened at the hub's address, as its PC said at once: it does not run.
    """

    done = Signal(object)
    failed = Signal(object)

    was_refused = False


class Exchange(QObject):
    """A request that is tried until it is answered or patience ends. Deletes itself then."""

    def __init__(self, send: Callable[[], QNetworkReply], answer: type[BaseModel], parent: QObject) -> None:
        super().__init__(parent)
        self.reply = Reply(self)
        self.deadline = 0.0
        self._send = send
        self._answer = answer
        self._failures = 0
        self._dropped = False
        self._current: QNetworkReply | None = None

    def attempt(self) -> None:
        """Send it, once more if need be."""
        self._current = self._send()
        # A bound slot, not a closure: Qt drops it with this object when an app ends in mid-question.
        self._current.finished.connect(self._finished)

    def drop(self) -> None:
        """End without an answer."""
        self._dropped = True
        if self._current is not None:
            self._current.abort()
        self.deleteLater()

    def _finished(self) -> None:
        reply, self._current = self._current, None
        if reply is None or self._dropped:
            return
        status = reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
        body = bytes(reply.readAll().data()) if reply.isOpen() else b""
        reply.deleteLater()
        self.reply.was_refused = reply.error() == QNetworkReply.NetworkError.ConnectionRefusedError
        if (trouble := stranger(reply)) is not None:
            self._again_or_never(trouble)
        elif status in OK_STATUSES and reply.error() == QNetworkReply.NetworkError.NoError:
            self._answered(status, body)
        elif status is None or reply.error() == QNetworkReply.NetworkError.OperationCanceledError:
            self._again_or_never(Trouble("hub_away"))
        elif status in GATEWAY_STATUSES:
            self._again_or_never(trouble_of(body))
        else:
            self._end(failed=trouble_of(body))

    def _answered(self, status: int, body: bytes) -> None:
        try:
            answer = self._answer.model_validate_json(body) if status != NO_CONTENT else None
        except ValidationError as error:
            self._end(failed=Trouble("bad_request", what=f"{error.error_count()} × {self._answer.__name__}"))
        else:
            self._end(done=answer)

    def _again_or_never(self, trouble: Trouble) -> None:
        wait = pause_ms(self._failures)
        if time.monotonic() + wait / 1000 > self.deadline:
            self._end(failed=trouble)
            return
        self._failures += 1
        later(self, wait, self.attempt)

    def _end(self, *, done: BaseModel | None = None, failed: Trouble | None = None) -> None:
        if failed is not None:
            self.reply.failed.emit(failed)
        else:
            self.reply.done.emit(done)
        self.deleteLater()


def trouble_of(body: bytes) -> Trouble:
    """The trouble a problem+json body tells, its sentence as the hub said it."""
    try:
        problem = Problem.model_validate_json(body)
    except ValidationError:
        return Trouble("hub_away")
    code = problem.code if problem.code in KINDS else "hub_away"
    return Trouble(code, now=problem.now, **problem.values)
