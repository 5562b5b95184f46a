from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.sse import Message, SseParser

FEED = (
    b'id: 7\nevent: called\ndata: {"a": 1}\n\n'
    b": a comment\n\n"
    b"event: clock\r\ndata: one\r\ndata: two\r\n\r\n"
    b"id:8\ndata:x\n\n"
)
MESSAGES = [Message("called", '{"a": 1}', "7"), Message("clock", "one\ntwo"), Message("message", "x", "8")]


def test_whole_feed_gives_its_messages_in_order() -> None:
    assert SseParser().feed(FEED) == MESSAGES


@given(st.lists(st.integers(0, len(FEED)), max_size=8))
def test_pieces_of_any_size_give_the_same_messages(cuts: list[int]) -> None:
    parser = SseParser()
    edges = [0, *sorted(cuts), len(FEED)]
    pieces = [FEED[start:end] for start, end in pairwise(edges)]
    assert [message for piece in pieces for message in parser.feed(piece)] == MESSAGES


@pytest.mark.parametrize("unfinished", [b"id: 9\n", b"data: x\n", b"data: x"])
def test_an_unfinished_message_waits(unfinished: bytes) -> None:
    assert SseParser().feed(unfinished) == []
