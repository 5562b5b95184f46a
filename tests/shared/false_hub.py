"""Whoever answers over TLS at a hub's address: with the hub's certificate, or with one of its own making."""

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from shared.pairing import code_key, device_proof, hub_proof

CODE = "K7QF93MD"
KEY = "key-of-this-device"


@dataclass(frozen=True)
class Identity:
    """A certificate with its key, in one file."""

    path: Path
    pin: str

    @property
    def fingerprint(self) -> bytes:
        return bytes.fromhex(self.pin)


def an_identity(folder: Path, name: str, *, days: int = 365) -> Identity:
    """A self-signed certificate; with `days` below 0 one that is over."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Antre")])
    now = datetime.now(UTC)
    built = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    built = built.serial_number(x509.random_serial_number())
    built = built.not_valid_before(now - timedelta(days=400)).not_valid_after(now + timedelta(days=days))
    certificate = built.sign(key, hashes.SHA256())
    pem, der = serialization.Encoding.PEM, serialization.Encoding.DER
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / f"{name}.pem"
    path.write_bytes(secret + certificate.public_bytes(pem))
    return Identity(path, sha256(certificate.public_bytes(der)).hexdigest())


@dataclass
class Heard:
    """What it was told, and what it answers."""

    requests: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    """Path, headers, body of each request."""
    answers: dict[str, tuple[int, Any]] = field(default_factory=dict)
    """By path: status and body; else the time."""
    code: str = ""
    """The code it pairs with; whoever does not know one makes proofs of something else."""
    fingerprint: bytes = b""
    device: str = "lobi"
    guarded: bool = False
    """Whether it answers only who has its key."""
    names: str = ""
    """A device it names without a proof."""
    location: str = ""
    """Where it sends whoever asks."""

    def paths(self) -> list[str]:
        return [path for path, _, _ in self.requests]

    def header(self, name: str) -> list[str | None]:
        return [headers.get(name) for _, headers, _ in self.requests]

    def pair(self, body: str) -> tuple[int, Any]:
        asked = json.loads(body)
        key = code_key(self.code, self.fingerprint)
        if device_proof(key, asked["kind"], asked["id"], asked["nonce"]) != asked["proof"]:
            return 401, problem("pairing_refused")
        return 200, self.welcome(asked, key)

    def welcome(self, asked: dict[str, str], key: bytes) -> dict[str, str]:
        proof = hub_proof(key, asked["kind"], self.device, asked["nonce"], KEY)
        return {"id": self.names or self.device, "key": KEY, "proof": proof}


def problem(code: str, status: int = 401) -> dict[str, Any]:
    return {"type": f"urn:antre:{code}", "title": "", "status": status, "detail": "", "code": code, "step": ""}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    heard: Heard

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def do_GET(self) -> None:
        self._answer("")

    def _answer(self, body: str) -> None:
        self.heard.requests.append((self.path, dict(self.headers), body))
        status, told = self.heard.answers.get(self.path, (200, {"now": "2026-02-12T09:42:00+08:00"}))
        if self.path == "/api/pair" and self.path not in self.heard.answers:
            status, told = self.heard.pair(body)
        elif self.heard.guarded and self.headers["Authorization"] != f"Bearer {KEY}":
            status, told = 401, problem("device_unknown")
        data = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        if self.heard.location:
            self.send_header("Location", self.heard.location)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_args: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True
    tls: ssl.SSLContext

    def __init__(self, *given: Any) -> None:  # noqa: ANN401  -- socketserver's own signature
        self.open: list[ssl.SSLSocket] = []
        super().__init__(*given)

    def finish_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401  -- socketserver's own
        # In this connection's thread, so that one who waits in mid-handshake holds up nobody.
        try:
            request = self.tls.wrap_socket(request, server_side=True)
        except OSError:
            return
        self.open.append(request)
        try:
            super().finish_request(request, client_address)
        except OSError:
            return
        finally:
            request.close()

    def hang_up(self) -> None:
        for request in self.open:
            with suppress(OSError):
                request.shutdown(socket.SHUT_RDWR)


@contextmanager
def tls_server(identity: Identity, *, port: int = 0, code: str = CODE) -> Iterator[tuple[str, Heard]]:
    """Answers over TLS with the certificate of `identity`; gives its address and what it hears."""
    heard = Heard(code=code, fingerprint=identity.fingerprint)
    handler = type("Handler", (_Handler,), {"heard": heard})
    server = _Server(("127.0.0.1", port), handler)
    server.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.tls.load_cert_chain(identity.path)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_port}", heard
    finally:
        server.shutdown()
        thread.join()
        server.hang_up()
        server.server_close()
