"""The hub, seen from Qt: questions, verbs repeated safely, and the event feed. No second event loop."""

import logging
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TypeVar
from uuid import UUID, uuid4

from pydantic import BaseModel, ValidationError
from PySide6.QtCore import QByteArray, QObject, QTimer, QUrl, Signal
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkReply, QNetworkRequest

from shared.sse import Message, SseParser
from shared.trouble import KINDS, Trouble
from shared.wire import Asked, Event, HubTime, Problem

log = logging.getLogger(__name__)

T = TypeVar("T", bound=BaseModel)

ATTEMPT_MS = 3000
"""One attempt's longest silence; the hub answers in milliseconds, so a silent second is a lost packet."""
FEED_SILENCE_MS = 12_000
"""The hub says its time every 5 s: two missed and the connection is dead."""
FEED_BUFFER = 65_536
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
    """

    done = Signal(object)
    failed = Signal(object)


class _Exchange(QObject):
    """A request that is tried until it is answered or patience ends. Deletes itself then."""

    def __init__(self, link: "HubLink", send: Callable[[], QNetworkReply], answer: type[BaseModel]) -> None:
        super().__init__(link)
        self.reply = Reply(self)
        self.deadline = 0.0
        self._link = link
        self._send = send
        self._answer = answer
        self._failures = 0
        self._dropped = False
        self._current: QNetworkReply | None = None

    def attempt(self) -> None:
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
        if status in OK_STATUSES and reply.error() == QNetworkReply.NetworkError.NoError:
            self._answered(status, body)
        elif status is None or reply.error() == QNetworkReply.NetworkError.OperationCanceledError:
            self._again_or_never(Trouble("hub_away"))
        else:
            self._refused(status, body)

    def _answered(self, status: int, body: bytes) -> None:
        try:
            answer = self._answer.model_validate_json(body) if status != NO_CONTENT else None
        except ValidationError as error:
            self._end(failed=Trouble("bad_request", what=f"{error.error_count()} × {self._answer.__name__}"))
        else:
            self._end(done=answer)

    def _refused(self, status: int, body: bytes) -> None:
        trouble = _trouble_of(body)
        if status in GATEWAY_STATUSES:
            self._again_or_never(trouble)
        else:
            self._end(failed=trouble)

    def _again_or_never(self, trouble: Trouble) -> None:
        wait = pause_ms(self._failures)
        if time.monotonic() + wait / 1000 > self.deadline:
            self._end(failed=trouble)
            return
        self._failures += 1
        QTimer.singleShot(wait, self, self.attempt)

    def _end(self, *, done: BaseModel | None = None, failed: Trouble | None = None) -> None:
        if failed is not None:
            self.reply.failed.emit(failed)
        else:
            self.reply.done.emit(done)
        self.deleteLater()


class HubLink(QObject):
    """The hub at one address.

    event_came(Event)  each event of the feed, in order, once
    up_changed(bool)   the feed is connected, or the hub is away
    caught_up()        the feed was just (re)connected: fetch your view anew
    """

    event_came = Signal(object)
    up_changed = Signal(bool)
    caught_up = Signal()

    def __init__(self, address: str, *, language: str = "id", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.address = address.rstrip("/")
        self.language = language
        self.up = False
        self.trouble: Trouble | None = None
        self._net = QNetworkAccessManager(self)
        self._offset = timedelta(0)
        self._zone: tzinfo | None = None
        self._last_event: int | None = None
        self._failures = 0
        self._feed: QNetworkReply | None = None
        self._parser = SseParser()
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self._connect)

    # -------------------------------------------------------- questions and verbs

    def get(self, path: str, answer: type[T]) -> Reply:
        """Ask once; a refusal or silence is `failed`."""
        return self._start(lambda: self._net.get(self._request(path)), answer, patience_s=0)

    def post(
        self, path: str, body: Asked, answer: type[T], *, key: UUID | None = None, patience_s: float = 5.0
    ) -> Reply:
        """Order once: repeated with the same Idempotency-Key while no answer comes, for `patience_s` seconds.

        After `failed(hub_away)` the order may have been carried out: repeat it with the same `key`.
        """
        request = self._request(path)
        request.setHeader(QNetworkRequest.KnownHeaders.ContentTypeHeader, "application/json")
        request.setRawHeader(b"Idempotency-Key", QByteArray(str(key or uuid4()).encode()))
        data = QByteArray(body.model_dump_json().encode())
        return self._start(lambda: self._net.post(request, data), answer, patience_s=patience_s)

    def _start(self, send: Callable[[], QNetworkReply], answer: type[BaseModel], *, patience_s: float) -> Reply:
        exchange = _Exchange(self, send, answer)
        exchange.deadline = time.monotonic() + patience_s
        exchange.attempt()
        return exchange.reply

    def _request(self, path: str) -> QNetworkRequest:
        request = QNetworkRequest(QUrl(self.address + path))
        request.setRawHeader(b"Accept-Language", self.language.encode())
        request.setTransferTimeout(ATTEMPT_MS)
        return request

    # -------------------------------------------------------- the hub's time

    def now(self) -> datetime:
        """The hub's time in the hall's zone: this machine's clock with the difference last measured."""
        return datetime.now(UTC).astimezone(self._zone) + self._offset

    def _set_time(self, now: datetime) -> None:
        self._zone = now.tzinfo
        self._offset = now - datetime.now(UTC)

    # -------------------------------------------------------- the feed

    def listen(self, after: int | None = None) -> None:
        """Follow the events from the one after `after` (None: from now on), for ever, over every interruption."""
        self._last_event = after
        self._connect()

    def close(self) -> None:
        """End everything under way; no signal comes afterwards. Qt must not lose a link with answers on the way."""
        self.stop()
        for exchange in self.findChildren(_Exchange):
            exchange.drop()

    def stop(self) -> None:
        """Stop following; no event comes afterwards."""
        self._again.stop()
        feed, self._feed = self._feed, None
        if feed is not None:
            feed.abort()
            feed.deleteLater()

    def _connect(self) -> None:
        self._parser = SseParser()
        request = self._request("/api/events")
        request.setRawHeader(b"Accept", b"text/event-stream")
        request.setRawHeader(b"Accept-Encoding", b"identity")
        if self._last_event is not None:
            request.setRawHeader(b"Last-Event-ID", str(self._last_event).encode())
        request.setTransferTimeout(FEED_SILENCE_MS)
        feed = self._net.get(request)
        feed.setReadBufferSize(FEED_BUFFER)
        self._feed = feed
        feed.readyRead.connect(self._read)
        feed.finished.connect(self._ended)

    def _read(self) -> None:
        feed = self._feed
        if feed is None:
            return
        status = feed.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
        if status not in OK_STATUSES:
            return
        messages = self._parser.feed(bytes(feed.readAll().data()))
        self._set_up()
        for message in messages:
            self._message(message)

    def _message(self, message: Message) -> None:
        if message.event == "clock":
            self._set_time(HubTime.model_validate_json(message.data).now)
            return
        try:
            event = Event.model_validate_json(message.data)
        except ValidationError:
            # A newer hub tells what this app does not know: the events behind it must still come.
            log.info("an event this version does not know: %s %s", message.id, message.event)
            self._last_event = int(message.id) if message.id and message.id.isdecimal() else self._last_event
            return
        self._last_event = event.id
        self.event_came.emit(event)

    def _ended(self) -> None:
        feed, self._feed = self._feed, None
        if feed is None:
            return
        feed.deleteLater()
        self._set_down()
        self._again.start(pause_ms(self._failures))
        self._failures += 1

    def _set_up(self) -> None:
        if self.up:
            return
        self.up, self.trouble, self._failures = True, None, 0
        self.up_changed.emit(True)  # noqa: FBT003  -- a signal's payload has no name
        self.caught_up.emit()

    def _set_down(self) -> None:
        if self.up or self.trouble is None:
            self.up, self.trouble = False, Trouble("hub_away")
            self.up_changed.emit(False)  # noqa: FBT003  -- a signal's payload has no name


def _trouble_of(body: bytes) -> Trouble:
    """The trouble a problem+json body tells, its sentence as the hub said it."""
    try:
        problem = Problem.model_validate_json(body)
    except ValidationError:
        return Trouble("hub_away")
    code = problem.code if problem.code in KINDS else "hub_away"
    return Trouble(code, now=problem.now, **problem.values)
