"""One key, one answer."""

import pytest

from hub.once import Ask, Reply, answer_once, key_of, refusal
from hub.store import Book
from shared.trouble import Trouble

KEY = bytes(range(16))
ASK = Ask(KEY, "/api/tickets", b'{"service":"ktp"}')


def said(*replies: Reply | Trouble) -> "Script":
    return Script(list(replies))


class Script:
    """Answers in turn; asked once too often it fails."""

    def __init__(self, replies: list[Reply | Trouble]) -> None:
        self._replies = replies

    def __call__(self, _: Book) -> Reply:
        reply = self._replies.pop(0)
        if isinstance(reply, Trouble):
            raise reply
        return reply


def test_a_repeated_key_gets_the_same_bytes_and_does_nothing(book: Book) -> None:
    act = said(Reply(201, b'{"id":1}'))
    assert answer_once(book, ASK, 1, act) == answer_once(book, ASK, 2, act) == Reply(201, b'{"id":1}')


def test_nobody_waits_is_an_answer_too(book: Book) -> None:
    act = said(Reply(204, b""))
    assert [answer_once(book, ASK, n, act) for n in (1, 2)] == [Reply(204, b"")] * 2


def test_a_refusal_by_the_rules_is_kept_in_its_first_language(book: Book) -> None:
    act = said(Trouble("unknown_service", service="x"))
    first = answer_once(book, ASK._replace(language="en"), 1, act)
    assert first.status == 404
    assert b"This hall has no service" in first.body
    assert answer_once(book, ASK, 2, act) == first


@pytest.mark.parametrize("other", [ASK._replace(body=b"{}"), ASK._replace(path="/api/tickets/1/cancel")])
def test_the_same_key_for_something_else_is_refused(book: Book, other: Ask) -> None:
    act = said(Reply(201, b"{}"))
    answer_once(book, ASK, 1, act)
    with pytest.raises(Trouble) as refused:
        answer_once(book, other, 2, act)
    assert refused.value.code == "key_reused"


def test_a_fault_of_the_hub_is_not_kept(book: Book) -> None:
    act = said(Trouble("clock_behind", clock="", last=""), Reply(201, b"{}"))
    with pytest.raises(Trouble):
        answer_once(book, ASK, 1, act)
    assert answer_once(book, ASK, 2, act) == Reply(201, b"{}")


@pytest.mark.parametrize(
    "header",
    [
        "00010203-0405-0607-0809-0a0b0c0d0e0f",
        '"00010203-0405-0607-0809-0A0B0C0D0E0F"',
        "000102030405060708090a0b0c0d0e0f",
    ],
)
def test_a_key_is_a_uuid_in_quotes_or_not(header: str) -> None:
    assert key_of(header) == KEY


@pytest.mark.parametrize("header", ["", "1", "hello", "00010203-0405-0607-0809-0a0b0c0d0e", "zz" * 16])
def test_what_is_no_uuid_is_no_key(header: str) -> None:
    with pytest.raises(Trouble) as refused:
        key_of(header)
    assert refused.value.code == "key_missing"


def test_a_refusal_says_what_is_wrong_what_to_do_and_what_is_true() -> None:
    reply = refusal(Trouble("not_waiting", now={"id": 1}), "en")
    assert reply.status == 409
    assert b'"type":"urn:antre:not_waiting"' in reply.body
    assert b'"now":{"id":1}' in reply.body
