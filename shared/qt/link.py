"""The hub, seen from Qt: questions, verbs repeated safely, and the event feed. No second event loop."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TypeVar
from uuid import UUID, uuid4

from pydantic import BaseModel, ValidationError
from PySide6.QtCore import QByteArray, QObject, QTimer, QUrl, Signal
from PySide6.QtNetwork import QNetworkReply, QNetworkRequest

from shared.qt.exchange import (
    FIRST_PAUSE_MS,
    LONGEST_PAUSE_MS,
    OK_STATUSES,
    Exchange,
    Reply,
    pause_ms,
    trouble_of,
)
from shared.qt.pinned import NOT_PAIRED, Credentials, PinnedNet, sign, stranger
from shared.sse import Message, SseParser
from shared.trouble import Trouble
from shared.wire import Asked, Event, HubTime

__all__ = ["FIRST_PAUSE_MS", "LONGEST_PAUSE_MS", "HubLink", "Reply", "pause_ms"]

log = logging.getLogger(__name__)

T = TypeVar("T", bound=BaseModel)

ATTEMPT_MS = 3000
"""One attempt's longest silence; the hub answers in milliseconds, so a silent second is a lost packet."""
FEED_SILENCE_MS = 12_000
"""The hub says its time every 5 s: two missed and the connection is dead."""
FEED_BUFFER = 65_536
BARRED = frozenset({"device_unknown", "session_ended"})
"""Refusals after which no question helps until somebody pairs the device, or signs in."""


class HubLink(QObject):
    """The hub at one address.

    event_came(Event)  each event of the feed, in order, once
    up_changed(bool)   the feed is connected, or the hub is away
    caught_up()        the feed was just (re)connected: fetch your view anew
    configured(int)    the id of the configuration in force, told again and again
    file_moved()       what stands against the hall's file is not what it was
    barred(Trouble)    the hub does not know this device (any more), or the officer's session is over

    Over https it speaks only to the hub that `credentials` pin.
    """

    event_came = Signal(object)
    up_changed = Signal(bool)
    caught_up = Signal()
    configured = Signal(int)
    file_moved = Signal()
    barred = Signal(object)

    def __init__(
        self,
        address: str,
        *,
        language: str = "id",
        credentials: Credentials = NOT_PAIRED,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.address = address.rstrip("/")
        self.language = language
        self.credentials = credentials
        self.up = False
        self.trouble: Trouble | None = None
        self.why: Trouble | None = None
        """Why the feed is not connected, as the last try found; None while it is, and before the first."""
        self._refusals: int | None = None
        self._net = PinnedNet(credentials.pin, self)
        self._offset = timedelta(0)
        self._zone: tzinfo | None = None
        self._last_event: int | None = None
        self._failures = 0
        self._feed: QNetworkReply | None = None
        self._parser = SseParser()
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self._connect)

    @property
    def is_secured(self) -> bool:
        """Whether this hub asks who somebody is: beyond its own PC it speaks TLS alone."""
        return self.address.startswith("https://")

    @property
    def heard(self) -> int:
        """The last event heard of the feed, or after which it is listened to; 0 before."""
        return self._last_event or 0

    def open_session(self, token: str) -> None:
        """From now on the orders are those of the officer who got `token` by signing in; '' for nobody's."""
        self.credentials = replace(self.credentials, session=token)

    def expect_away(self) -> None:
        """Whoever asked just now got no answer: so it is until the feed is connected."""
        self.trouble = self.why = Trouble("hub_away")

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
        exchange = Exchange(send, answer, self)
        exchange.reply.failed.connect(self._tell_if_barred)
        exchange.deadline = time.monotonic() + patience_s
        exchange.attempt()
        return exchange.reply

    def _request(self, path: str) -> QNetworkRequest:
        request = QNetworkRequest(QUrl(self.address + path))
        request.setRawHeader(b"Accept-Language", self.language.encode())
        request.setTransferTimeout(ATTEMPT_MS)
        sign(request, self.credentials)
        return request

    def _tell_if_barred(self, trouble: Trouble) -> None:
        if trouble.code in BARRED:
            self.barred.emit(trouble)

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
        for exchange in self.findChildren(Exchange):
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
            told = HubTime.model_validate_json(message.data)
            self._set_time(told.now)
            self.configured.emit(told.configuration)
            self._hear_of_file(told.refusals)
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
        if event.configuration is not None:
            self.configured.emit(event.configuration)

    def _hear_of_file(self, refusals: int) -> None:
        before, self._refusals = self._refusals, refusals
        if before not in (None, refusals):
            self.file_moved.emit()

    def _ended(self) -> None:
        feed, self._feed = self._feed, None
        if feed is None:
            return
        feed.deleteLater()
        trouble = self.why = self._why_ended(feed)
        self._set_down(trouble)
        self._tell_if_barred(trouble)
        self._again.start(pause_ms(self._failures))
        self._failures += 1

    def _why_ended(self, feed: QNetworkReply) -> Trouble:
        if (trouble := stranger(feed)) is not None:
            return trouble
        status = feed.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
        refused = status is not None and status not in OK_STATUSES and feed.isOpen()
        return trouble_of(bytes(feed.readAll().data())) if refused else Trouble("hub_away")

    def _set_up(self) -> None:
        if self.up:
            return
        self.up, self.trouble, self.why, self._failures = True, None, None, 0
        self.up_changed.emit(True)  # noqa: FBT003  -- a signal's payload has no name
        self.caught_up.emit()

    def _set_down(self, trouble: Trouble | None = None) -> None:
        if self.up or self.trouble is None:
            self.up, self.trouble = False, trouble or Trouble("hub_away")
            self.up_changed.emit(False)  # noqa: FBT003  -- a signal's payload has no name
