"""The line to a client: an answer goes out in one piece, and so does what else is written in one turn of the loop.

uvicorn writes the head and the body of an answer apart, and each is a system call that wakes the client. In one
piece a burst of calls costs the hub a twentieth to a tenth less processor, and the client half as many wakings.
"""

import asyncio
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

if TYPE_CHECKING:
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol as Protocol
else:
    Protocol = AutoHTTPProtocol


WHOLE_WITHIN_S = 20.0
"""A request is whole so long after its line was opened, or after its first byte: on a bad LAN it takes a second."""

GOODBYE_S = 0.5
"""So long a client of a hub that ends may take to say goodbye, as TLS asks for it: one that sleeps never would."""

ANSWERED_WITHIN_S = 0.9
"""So long an answer may still go out then to a client that reads slowly: uvicorn itself waits for 1.1 s in all."""

MOST_LINES = 4000
"""Open lines in all: feeds and pages have bounds of their own, far below; the rest are requests of a moment."""


class GatheringTransport(asyncio.Transport):
    """A transport over another that keeps what is written, at most to the turn's end, as far as uvicorn uses one."""

    __slots__ = ("_line", "_loop", "_pieces")

    def __init__(self, line: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._line, self._loop = line, loop
        self._pieces: list[bytes | bytearray | memoryview] = []

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Keep it for the end of this turn."""
        if not self._pieces:
            self._loop.call_soon(self.send)
        self._pieces.append(data)

    def send(self) -> None:
        """Let go what is kept."""
        pieces, self._pieces = self._pieces, []
        if pieces and not self._line.is_closing():  # the client may have hung up since
            self._line.write(b"".join(pieces))

    def close(self) -> None:
        """Send what is kept, then close."""
        self.send()
        self._line.close()

    def abort(self) -> None:
        """Close and send nothing more."""
        self._pieces.clear()
        self._line.abort()

    def is_closing(self) -> bool:
        """As the line below."""
        return self._line.is_closing()

    def pause_reading(self) -> None:
        """As the line below."""
        self._line.pause_reading()

    def resume_reading(self) -> None:
        """As the line below."""
        self._line.resume_reading()

    def get_protocol(self) -> asyncio.BaseProtocol:
        """As the line below."""
        return self._line.get_protocol()

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        """As the line below."""
        self._line.set_protocol(protocol)

    def get_extra_info(self, name: str, default: Any = None) -> Any:  # noqa: ANN401  -- asyncio's own signature
        """As the line below."""
        return self._line.get_extra_info(name, default)


class Line(Protocol):
    """uvicorn's own HTTP protocol, whose answers leave in one piece, and which nobody holds open for nothing."""

    _is_ending = False
    _is_half = False
    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client has come."""
        super().connection_made(GatheringTransport(transport, asyncio.get_running_loop()))
        if len(self.connections) > MOST_LINES:
            self.transport.abort()
        else:
            self._wait_for_the_rest()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone."""
        self._wait_no_more()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Something of a request has come, mostly all of it."""
        super().data_received(data)
        if not self._is_half:
            self._wait_no_more()
        elif self._patience is None:
            self._wait_for_the_rest()

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        self._is_half = True
        super().on_message_begin()

    def on_message_complete(self) -> None:
        """Its last."""
        self._is_half = False
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """The answer is whole: it need not wait for a turn of the loop, in which others may write first."""
        if isinstance(self.transport, GatheringTransport):
            self.transport.send()
        super().on_response_complete()

    def _wait_for_the_rest(self) -> None:
        loop = asyncio.get_running_loop()
        self._patience = loop.call_later(WHOLE_WITHIN_S, self.transport.abort)

    def _wait_no_more(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def shutdown(self) -> None:
        """The hub ends: what is whole is answered; nobody waits for half an order, nor for a feed that is not read."""
        self._is_ending = True
        cycle: Any = self.cycle  # None before the first request, whatever its annotation says
        is_idle = not cycle or cycle.response_complete
        if not is_idle and (cycle.more_body or (self.flow.write_paused and self._is_feed_open())):
            self.transport.abort()
        super().shutdown()
        self.loop.call_later(ANSWERED_WITHIN_S if self._is_answered_lately() else GOODBYE_S, self._hang_up)

    def _hang_up(self) -> None:
        """The client has had its time: it has not read its answer, or the one before, or not closed its end."""
        if self.transport.is_closing() or self.flow.write_paused:
            self.transport.abort()

    def pause_writing(self) -> None:
        """The client does not read as fast as it is answered."""
        super().pause_writing()
        if self._is_ending and self._is_feed_open():
            self.transport.abort()

    def _is_feed_open(self) -> bool:
        """Whether an answer has begun that is not whole: all but a feed's are written head, body and end at once."""
        cycle: Any = self.cycle
        return bool(cycle and cycle.response_started and not cycle.response_complete)

    def _is_answered_lately(self) -> bool:
        """Whether an answer, not a feed, is on its way or was written within uvicorn's five seconds of keep-alive.

        How much of that has left nobody tells: under TLS all of it has gone to the line below, which is not ours.
        """
        cycle: Any = self.cycle
        return bool(cycle) and not getattr(cycle, "chunked_encoding", False)
