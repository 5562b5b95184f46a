"""The hub PC's own voice: what `antre staff`, `pair` and `bookings` ask of the hub there, with its own key."""

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from uuid import uuid4

from pydantic import TypeAdapter

from hub.certificate import CERTIFICATE_NAME, fingerprint_of
from hub.lock import HOLDER_NAME
from hub.vault import KEY_NAME
from shared.pairing import fingerprint
from shared.refusals import why
from shared.trouble import KINDS, Trouble
from shared.wire import Answer, Asked, Problem

_PATIENCE_S = 20.0
_LOOPBACK = "127.0.0.1"
_REFUSED = 400
_NOTHING = 204

A = TypeVar("A", bound=Answer)


class OwnHub:
    """The hub of this data folder. Raises Trouble: no_hub_here, data_unusable for a folder we may not read."""

    def __init__(self, data: Path, language: str = "id") -> None:
        """`language`: in which what stands in the answers is said."""
        self._data, self._language = data, language
        try:
            self._key = (data / KEY_NAME).read_text(encoding="ascii").strip()
            address = json.loads((data / HOLDER_NAME).read_text(encoding="utf-8"))["address"]
            self._address = urlsplit(str(address))
        except PermissionError as error:
            raise Trouble("data_unusable", path=data, **why(error)) from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise Trouble("no_hub_here", path=data) from error

    def get(self, path: str, kind: type[A]) -> A:
        """What the hub answers. Raises Trouble: as the hub refuses, no_hub_here."""
        return TypeAdapter(kind).validate_json(self._asked("GET", path, b""))

    def post(self, path: str, asked: Asked, kind: type[A]) -> A | None:
        """As `get`; None where there is nothing to say."""
        answer = self._asked("POST", path, asked.model_dump_json().encode())
        return TypeAdapter(kind).validate_json(answer) if answer else None

    def _asked(self, method: str, path: str, body: bytes) -> bytes:
        headers = {"Authorization": f"Bearer {self._key}", "Idempotency-Key": str(uuid4())}
        headers["Accept-Language"] = self._language
        try:
            with self._line() as line:
                line.request(method, path, body or None, headers)
                reply = line.getresponse()
                answer = reply.read()
        except (OSError, HTTPException) as error:
            raise Trouble("no_hub_here", path=self._data) from error
        if reply.status >= _REFUSED:
            raise _refusal(answer)
        return b"" if reply.status == _NOTHING else answer

    @contextmanager
    def _line(self) -> Iterator[HTTPConnection]:
        line = self._connected()
        try:
            yield line
        finally:
            line.close()

    def _connected(self) -> HTTPConnection:
        """By loopback; at the address it told where it does not listen there. Whoever it is has our certificate."""
        try:
            return self._connected_to(_LOOPBACK)
        except OSError:
            return self._connected_to(self._address.hostname or _LOOPBACK)

    def _connected_to(self, host: str) -> HTTPConnection:
        port = self._address.port or 0
        if self._address.scheme != "https":
            plain = HTTPConnection(host, port, timeout=_PATIENCE_S)
            plain.connect()
            return plain
        return self._secured(host, port)

    def _secured(self, host: str, port: int) -> HTTPSConnection:
        certificate = self._data / CERTIFICATE_NAME
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False  # the certificate itself is compared
        context.load_verify_locations(certificate)
        line = HTTPSConnection(host, port, timeout=_PATIENCE_S, context=context)
        line.connect()
        shown = line.sock.getpeercert(binary_form=True) if isinstance(line.sock, ssl.SSLSocket) else None
        if shown is None or fingerprint(shown) != fingerprint_of(certificate):
            line.close()
            raise OSError("another certificate")
        return line


def _refusal(answer: bytes) -> Trouble:
    problem = Problem.model_validate_json(answer)
    return Trouble(problem.code if problem.code in KINDS else "hub_fault", now=problem.now, **problem.values)
