"""Requests no app of ours sends: each is answered as the contract says, and what is refused changes nothing."""

import gzip
import json
import socket
from collections.abc import Iterator
from typing import NamedTuple
from uuid import uuid4

import pytest

from shared.trouble import KINDS
from shared.wire import Problem
from tests.hub.running import PATIENCE_SECONDS, RunningHub, start_hub

DEEP = "[" * 30_000
A_LOT = "x" * 70_000
TICKETS = "POST /api/tickets"
NEXT = "POST /api/counters/loket-1/next"
CLOSE = "POST /api/counters/loket-1/close"


class Heard(NamedTuple):
    """An answer: its status, its headers in small letters, its body."""

    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    with start_hub(tmp_path_factory.mktemp("odd")) as hub:
        hub.take()
        yield hub


def send(hub: RunningHub, request: bytes) -> bytes:
    """All that comes back for these bytes until the hub hangs up, or the answer's head for one without an end."""
    host, port = hub.address.removeprefix("http://").split(":")
    heard = b""
    with socket.create_connection((host, int(port)), timeout=PATIENCE_SECONDS) as line:
        line.sendall(request)
        while piece := line.recv(65_536):
            heard += piece
            if b"text/event-stream" in heard and b"\r\n\r\n" in heard:
                break
    return heard


def ask(hub: RunningHub, what: str, *headers: str, body: bytes = b"") -> Heard:
    lines = [f"{what} HTTP/1.1", "Host: hub", "Connection: close", f"Content-Length: {len(body)}", *headers]
    return read(send(hub, "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body))


def key() -> str:
    return f"Idempotency-Key: {uuid4()}"


def read(answer: bytes) -> Heard:
    head, _, body = answer.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    return Heard(int(status.split(" ")[1]), headers, body)


def is_refused(heard: Heard, code: str) -> None:
    """It says so as the contract does."""
    assert heard.headers["content-type"] == "application/problem+json"
    problem = Problem.model_validate_json(heard.body)
    assert (problem.code, problem.status) == (code, heard.status)
    assert heard.status == KINDS[code].status


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("POST /api/counters/%00/next", "unknown_counter"),
        ("POST /api/counters/%ff%fe/next", "unknown_counter"),
        ("POST /api/counters/%F0%9F%92%A9/next", "unknown_counter"),
        ("POST /api/counters/%2e%2e/next", "unknown_counter"),
        ("POST /api/counters//next", "unknown_counter"),
        (f"POST /api/counters/{'x' * 5000}/next", "unknown_counter"),
        ("POST /api/counters/Loket-1/next", "unknown_counter"),
        ("POST /api/counters/loket-1;a=b/next", "unknown_counter"),
        ("POST /api/counters/loket-1/next/", "not_found"),
        ("POST /api/counters/loket-1/NEXT", "not_found"),
        ("POST /api/counters/loket-1%3Fx/next", "unknown_counter"),
        ("POST /api/agencies/'%20OR%201=1--/reopen", "unknown_agency"),
        ("POST /api/tickets/-1/cancel", "unknown_ticket"),
        ("POST /api/tickets/0/cancel", "unknown_ticket"),
        ("POST /api/tickets/1.0/cancel", "unknown_ticket"),
        ("POST /api/tickets/1e3/cancel", "unknown_ticket"),
        ("POST /api/tickets/%D9%A1/cancel", "unknown_ticket"),  # the digit one, in Arabic
        ("POST /api/tickets/%C2%B9/cancel", "unknown_ticket"),  # the digit one, raised
        (f"POST /api/tickets/{'9' * 4000}/cancel", "unknown_ticket"),
        ("POST /api/devices/toaster/kios-1", "unknown_device"),
        ("POST /api", "not_found"),
        ("GET /api/", "not_found"),
        ("GET /api/hall/", "not_found"),
        ("GET /api/board?zone=%00", "unknown_zone"),
        ("GET /api/board?zone=%ff", "unknown_zone"),
        ("GET /api/counters/%00", "unknown_counter"),
        ("GET /api/events?after=-1", "bad_request"),
        ("GET /api/events?after=1e3", "bad_request"),
        ("GET /api/events?after=%D9%A1", "bad_request"),
        (f"GET /api/events?after={'9' * 500}", "bad_request"),
        ("GET /docs", "not_found"),
        ("GET /../../etc/passwd", "not_found"),
        ("GET /t/x/events", "unknown_ticket"),
    ],
)
def test_a_place_that_is_not_there_is_told(hub: RunningHub, what: str, code: str) -> None:
    before = hub.last_event()
    is_refused(ask(hub, what, key(), body=b"{}" if what.startswith("POST") else b""), code)
    assert hub.last_event() == before


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"null", []),
        (b"[]", []),
        (b'"x"', []),
        (b"7", []),
        (b"{", []),
        (b"\x00", []),
        (b"\xff\xfe{\x00}\x00", []),
        (b'\xef\xbb\xbf{"service": "umum-surat"}', []),
        (DEEP.encode(), []),
        (b'{"service": ' + DEEP.encode() + b"}", []),
        (b'{"service": "\\ud800"}', []),
        (b'{"service": "\xff"}', []),
        (b'{"service": null}', []),
        (b'{"service": ["umum-surat"]}', []),
        (b'{"service": "umum-surat", "priority": 2}', []),
        (b'{"service": "umum-surat", "priority": NaN}', []),
        (b'{"service": "umum-surat", "language": "x"}', []),
        (b'{"service": "umum-surat", "__proto__": {}}', []),
        (json.dumps({"service": "umum-surat", "kiosk": A_LOT}).encode(), []),
        (b" " * 100_000 + b"{}", []),
        (gzip.compress(b'{"service": "umum-surat"}', mtime=0), ["Content-Encoding: gzip"]),
        (b"service=umum-surat", ["Content-Type: application/x-www-form-urlencoded"]),
    ],
)
def test_a_body_that_does_not_fit_is_told(hub: RunningHub, body: bytes, headers: list[str]) -> None:
    before = hub.last_event()
    is_refused(ask(hub, TICKETS, key(), *headers, body=body), "bad_request")
    assert hub.last_event() == before


@pytest.mark.parametrize(
    "keys",
    [
        [],
        ["Idempotency-Key:"],
        ["Idempotency-Key: again"],
        ["Idempotency-Key: " + "0" * 31],
        ["Idempotency-Key: " + "0" * 33],
        ["Idempotency-Key: " + "é" * 32],
        ["Idempotency-Key: " + "0" * 60_000],
        ["X-Idempotency-Key: 6e1f7d0c-0f5e-4d53-9a55-3a1c3a0b9b01"],
    ],
)
@pytest.mark.parametrize("what", [TICKETS, NEXT, CLOSE, "POST /api/devices/kiosk/kios-1"])
def test_an_order_without_a_key_of_its_own_is_not_carried_out(hub: RunningHub, what: str, keys: list[str]) -> None:
    before = hub.last_event()
    is_refused(ask(hub, what, *keys, body=b'{"service": "umum-surat"}'), "key_missing")
    assert hub.last_event() == before


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("/api/tickets", "POST"),
        ("/api/tickets/1/cancel", "POST"),
        ("/api/counters/loket-1/next", "POST"),
        ("/api/agencies/umum/close", "POST"),
        ("/api/devices/kiosk/kios-1", "POST"),
    ],
)
def test_another_method_is_refused_with_the_one_that_is_known(
    hub: RunningHub, method: str, path: str, known: str
) -> None:
    before = hub.last_event()
    heard = ask(hub, f"{method} {path}", key())
    assert (heard.status, heard.headers["allow"]) == (405, known)
    assert hub.last_event() == before


@pytest.mark.parametrize("path", ["/api/hall", "/api/board", "/api/offers", "/api/health", "/api/counters/loket-1"])
def test_what_is_read_is_not_written(hub: RunningHub, path: str) -> None:
    heard = ask(hub, f"DELETE {path}", key())
    assert heard.status == 405
    assert "GET" in heard.headers["allow"]


@pytest.mark.parametrize(
    "header",
    [
        "Accept-Language: ",
        "Accept-Language: *",
        "Accept-Language: en;q=nan, id;q=inf",
        "Accept-Language: en;q=, ;;;,=",
        "Accept-Language: ééé",
        "Accept-Language: " + "en," * 10_000,
        "Accept: text/html;q=0",
        "Content-Type: application/xml; charset=utf-7",
        "Cookie: " + "a=b; " * 100,
        "X-Forwarded-For: ', (), {}",
        "X-HTTP-Method-Override: DELETE",
        "Range: bytes=0-1",
        "If-Match: *",
    ],
)
def test_a_strange_header_changes_nothing_of_an_answer(hub: RunningHub, header: str) -> None:
    heard = ask(hub, "GET /api/board", header)
    assert (heard.status, heard.headers["content-type"]) == (200, "application/json")
    is_refused(ask(hub, "POST /api/counters/9/next", key(), header), "unknown_counter")


@pytest.mark.parametrize("known", ["-1", "1e3", "٣", "x", "9" * 300])
def test_a_feed_that_cannot_know_where_to_begin_is_refused(hub: RunningHub, known: str) -> None:
    text = known.encode().decode("latin-1")
    is_refused(ask(hub, "GET /api/events", f"Last-Event-ID: {text}"), "bad_request")


def test_a_feed_from_an_event_not_yet_there_begins_now(hub: RunningHub) -> None:
    heard = ask(hub, "GET /api/events", f"Last-Event-ID: {'9' * 18}")
    assert (heard.status, heard.headers["content-type"]) == (200, "text/event-stream; charset=utf-8")


@pytest.mark.parametrize(
    "request_",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /api/tickets HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"POST /api/tickets HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        b"POST /api/tickets HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET /\x00 HTTP/1.1\r\n\r\n",
    ],
)
@pytest.mark.parametrize("again", [1, 2])
def test_what_is_no_http_does_not_keep_others_from_being_answered(hub: RunningHub, request_: bytes, again: int) -> None:
    before = hub.last_event()
    heard = send(hub, request_ * again)
    assert b" 500 " not in heard.split(b"\r\n")[0]
    assert hub.last_event() == before


def test_an_order_in_chunks_is_one_order(hub: RunningHub) -> None:
    lines = [f"{TICKETS} HTTP/1.1", "Host: hub", "Connection: close", "Transfer-Encoding: chunked", key()]
    pieces = [b'{"service":', b' "umum-surat"}', b""]
    body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
    heard = read(send(hub, "\r\n".join(lines).encode() + b"\r\n\r\n" + body))
    assert heard.status == 201
