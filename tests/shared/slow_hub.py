"""A hub made for the link's tests: a real HTTP server on a real socket that can lose, delay and refuse."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Script:
    """What the server does next; each list is used up from the front, then the default holds."""

    posts: list[Any] = field(default_factory=list)
    """'lose' (acted upon, no answer), or (status, body)."""
    feeds: list[list[bytes]] = field(default_factory=list)
    """Each connection's messages; the connection ends after them unless the last is b'hold'."""
    keys: list[str] = field(default_factory=list)
    resumed_after: list[str | None] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    authorized: list[str | None] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    script: Script

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.script.keys.append(self.headers["Idempotency-Key"])
        self.script.languages.append(self.headers["Accept-Language"])
        act = self.script.posts.pop(0) if self.script.posts else (200, {"now": "2026-02-12T09:42:00+08:00"})
        if act == "lose":
            self.close_connection = True
            return
        self._answer(*act)

    def do_GET(self) -> None:
        self.script.authorized.append(self.headers["Authorization"])
        if self.path == "/api/events":
            self._feed()
        else:
            self._answer(200, {"now": "2026-02-12T09:42:00+08:00"})

    def _answer(self, status: int, body: object) -> None:
        data = b"" if status == 204 else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _feed(self) -> None:
        self.script.resumed_after.append(self.headers["Last-Event-ID"])
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        pieces = self.script.feeds.pop(0) if self.script.feeds else [b"hold"]
        try:
            self._say(pieces)
        except ConnectionError:  # a slow first try was given up, and is made again: it has heard nothing
            self.script.feeds.insert(0, pieces)

    def _say(self, pieces: list[bytes]) -> None:
        for piece in pieces:
            self.wfile.write(b": here\n\n" if piece == b"hold" else piece)
            self.wfile.flush()
            if piece == b"hold":
                self.script.released.wait(30)

    def log_message(self, *_args: object) -> None:
        pass


@contextmanager
def slow_hub() -> Iterator[tuple[str, Script]]:
    """A server on a free port; gives its address and its script."""
    script = Script()
    handler = type("Handler", (_Handler,), {"script": script})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", script
    finally:
        script.released.set()
        server.shutdown()
        thread.join()
        server.server_close()
