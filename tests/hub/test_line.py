"""What is written in one turn leaves in one piece, in order, and before the line is closed."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

from uvicorn.protocols.http.flow_control import FlowControl

from hub.line import GatheringTransport, Line


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
    """The hub ends while an answer is on its way: nobody waits for a client that does not read."""

    def a_line(self) -> tuple[Line, Noted]:
        under, line = Noted(), Line.__new__(Line)
        line.transport = under
        line.flow = FlowControl(under)
        line.cycle = cast("Any", SimpleNamespace(response_complete=False, more_body=False, keep_alive=True))
        return line, under

    def test_an_answer_on_its_way_is_finished(self) -> None:
        line, under = self.a_line()
        line.shutdown()
        assert (under.done, line.cycle.keep_alive) == ([], False)

    def test_one_that_does_not_read_is_cut_off(self) -> None:
        line, under = self.a_line()
        line.pause_writing()
        assert under.done == []
        line.shutdown()
        assert under.done == ["aborted"]

    def test_one_that_stops_reading_meanwhile_is_cut_off(self) -> None:
        line, under = self.a_line()
        line.shutdown()
        line.pause_writing()
        assert under.done == ["aborted"]
