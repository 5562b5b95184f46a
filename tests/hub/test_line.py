"""What is written in one turn leaves in one piece, in order, and before the line is closed."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import closing, suppress
from types import SimpleNamespace
from typing import Any, cast

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.server import ServerState

from hub.line import ANSWERED_WITHIN_S, GOODBYE_S, GatheringTransport, Line


class Noted(asyncio.Transport):
    """A line that notes what is done to it."""

    def __init__(self) -> None:
        super().__init__({"peername": ("127.0.0.1", 9)})
        self.done: list[bytes | str] = []
        self.hung_up = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.done.append(bytes(data))

    def close(self) -> None:
        self.done.append("closed")

    def abort(self) -> None:
        self.done.append("aborted")

    def is_closing(self) -> bool:
        return self.hung_up


async def a_turn() -> None:
    await asyncio.sleep(0)


def test_head_and_body_leave_in_one_piece_at_the_turns_end() -> None:
    async def main() -> list[bytes | str]:
        line = Noted()
        transport = GatheringTransport(line, asyncio.get_running_loop())
        transport.write(b"head ")
        transport.write(b"body")
        assert line.done == []
        await a_turn()
        transport.write(b"next")
        await a_turn()
        return line.done

    assert asyncio.run(main()) == [b"head body", b"next"]


def test_closing_sends_first_what_is_kept_and_nothing_twice() -> None:
    async def main() -> list[bytes | str]:
        line = Noted()
        transport = GatheringTransport(line, asyncio.get_running_loop())
        transport.write(b"last words")
        transport.close()
        await a_turn()
        return line.done

    assert asyncio.run(main()) == [b"last words", "closed"]


def test_aborting_sends_nothing_more() -> None:
    async def main() -> list[bytes | str]:
        line = Noted()
        transport = GatheringTransport(line, asyncio.get_running_loop())
        transport.write(b"in vain")
        transport.abort()
        await a_turn()
        return line.done

    assert asyncio.run(main()) == ["aborted"]


def test_a_client_that_hangs_up_within_the_turn_gets_nothing() -> None:
    async def main() -> list[bytes | str]:
        line = Noted()
        transport = GatheringTransport(line, asyncio.get_running_loop())
        transport.write(b"in vain")
        line.hung_up = True
        assert transport.is_closing()
        await a_turn()
        return line.done

    assert asyncio.run(main()) == []


def test_the_line_below_tells_who_is_there() -> None:
    async def main() -> tuple[str, int]:
        peer: tuple[str, int] = GatheringTransport(Noted(), asyncio.get_running_loop()).get_extra_info("peername")
        return peer

    assert asyncio.run(main()) == ("127.0.0.1", 9)


class TestEnding:
    """The hub ends while an answer is on its way: it has its moment; nobody waits for a feed that is not read."""

    def a_line(self, **cycle: bool) -> tuple[Line, Noted, list[float]]:
        """A line on which a feed is open, what is done to it, and after how many seconds it will be hung up."""
        under, line, bounds = Noted(), Line.__new__(Line), list[float]()
        line.transport = under
        line.loop = cast("Any", SimpleNamespace(call_later=lambda seconds, _what: bounds.append(seconds)))
        line.flow = FlowControl(under)
        feed = {"response_started": True, "response_complete": False, "more_body": False, "keep_alive": True}
        feed["chunked_encoding"] = True
        line.cycle = cast("Any", SimpleNamespace(**feed | cycle))
        return line, under, bounds

    def test_an_answer_on_its_way_is_finished(self) -> None:
        line, under, bounds = self.a_line(response_started=False, chunked_encoding=False)
        line.shutdown()
        assert (under.done, line.cycle.keep_alive, bounds) == ([], False, [ANSWERED_WITHIN_S])

    def test_who_had_an_answer_just_now_may_still_be_reading_it(self) -> None:
        line, under, bounds = self.a_line(response_complete=True, chunked_encoding=False)
        line.shutdown()
        assert (under.done, bounds) == (["closed"], [ANSWERED_WITHIN_S])

    def test_who_listened_is_hung_up_on_sooner(self) -> None:
        line, under, bounds = self.a_line(response_complete=True)
        line.shutdown()
        assert (under.done, bounds) == (["closed"], [GOODBYE_S])

    def test_a_feed_that_is_not_read_is_cut_off(self) -> None:
        line, under, _ = self.a_line()
        line.pause_writing()
        assert under.done == []
        line.shutdown()
        assert under.done == ["aborted"]

    def test_one_that_is_read_no_more_is_cut_off_too(self) -> None:
        line, under, _ = self.a_line()
        line.shutdown()
        line.pause_writing()
        assert under.done == ["aborted"]

    def test_one_that_asks_on_and_reads_nothing_has_no_longer_time(self) -> None:
        line, under, _ = self.a_line(response_started=False, chunked_encoding=False)
        line.pause_writing()
        line.shutdown()
        assert under.done == []
        line._hang_up()
        assert under.done == ["aborted"]

    @pytest.mark.parametrize("is_asked_before", [True, False])
    @pytest.mark.parametrize("reads", [True, False])
    def test_a_big_answer_to_a_slow_client(
        self, monkeypatch: pytest.MonkeyPatch, *, is_asked_before: bool, reads: bool
    ) -> None:
        monkeypatch.setattr("hub.line.GOODBYE_S", 0.01)
        monkeypatch.setattr("hub.line.ANSWERED_WITHIN_S", 5.0 if reads else 0.1)
        assert asyncio.run(ended(is_asked_before=is_asked_before, reads=reads)) is reads


BIG = b"n" * 4_000_000


async def ended(*, is_asked_before: bool, reads: bool) -> bool:
    """Whether a client had its whole answer that was made before or after the hub was told to end."""
    may_answer, lines = asyncio.Event(), list[Line]()

    async def big_answer(_: Scope, __: Receive, send: Send) -> None:
        await may_answer.wait()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4000000")]})
        await send({"type": "http.response.body", "body": BIG})

    def a_line() -> Line:
        lines.append(Line(config, state, {}))
        return lines[0]

    config, state = uvicorn.Config(big_answer, log_config=None), ServerState()
    config.load()
    server = await asyncio.get_running_loop().create_server(a_line, "127.0.0.1", 0)
    async with server, asyncio.timeout(10):
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname(), limit=1000)
        writer.write(GET.replace(b"Connection: close\r\n", b""))
        while not state.tasks:
            await a_turn()
        for step in (may_answer.set, lines[0].shutdown)[:: 1 if is_asked_before else -1]:
            step()
            while state.tasks and may_answer.is_set():
                await a_turn()
        await asyncio.sleep(0.05)  # the client is slower than any goodbye
        while not reads and state.connections:
            await a_turn()
        with suppress(ConnectionResetError), closing(writer):
            return (await reader.read()).endswith(BIG)
    return False


async def slow_answer(_: Scope, receive: Receive, send: Send) -> None:
    """An answer that takes three times the patience that a request has."""
    while (said := await receive()).get("more_body"):
        pass
    if said["type"] == "http.disconnect":
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _piece in range(30):
        await asyncio.sleep(PATIENCE_S / 10)
        await send({"type": "http.response.body", "body": b"x", "more_body": True})
    await send({"type": "http.response.body", "body": b"end"})


PATIENCE_S = 0.2
GET = b"GET / HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n"


class TestPatience:
    """Nobody holds a line open for nothing."""

    @pytest.fixture(autouse=True)
    def _soon(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("hub.line.WHOLE_WITHIN_S", PATIENCE_S)

    @pytest.mark.parametrize("half", [b"", b"GET / HT", b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n{"])
    def test_half_a_request_is_hung_up_on(self, half: bytes) -> None:
        async def said(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
            writer.write(half)
            with suppress(ConnectionResetError):
                return await reader.read()
            return b""

        assert b"200" not in asyncio.run(self.asked(said))

    def test_the_second_request_of_a_line_has_to_be_whole_too(self) -> None:
        async def said(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
            writer.write(GET.replace(b"Connection: close\r\n", b""))
            answer = await reader.readuntil(b"end")
            writer.write(b"GET / HT")
            with suppress(ConnectionResetError):
                return answer + await reader.read()
            return answer

        assert asyncio.run(self.asked(said)).count(b"200 OK") == 1

    def test_a_long_answer_is_given_to_its_end(self) -> None:
        async def said(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
            writer.write(GET)
            return await reader.read()

        assert b"end" in asyncio.run(self.asked(said))

    def test_more_lines_than_there_is_room_for_are_hung_up_on(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("hub.line.MOST_LINES", 0)

        async def said(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
            with suppress(ConnectionError):
                writer.write(GET)
                return await reader.read()
            return b""

        assert asyncio.run(self.asked(said)) == b""

    async def asked(self, say: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[bytes]]) -> bytes:
        config = uvicorn.Config(slow_answer, log_config=None, timeout_keep_alive=20)
        config.load()
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: Line(config, ServerState(), {}), "127.0.0.1", 0)
        async with server, asyncio.timeout(10):
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            answer = await say(reader, writer)
            writer.close()
        return answer
