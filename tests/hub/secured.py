"""A hub that other PCs could reach, as its own process, with devices and staff; asked through 127.0.0.1 alone."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from hub.certificate import CERTIFICATE_NAME
from hub.vault import KEY_NAME
from shared.pairing import code_key, device_proof, fingerprint, hub_proof, new_nonce
from tests.hub.running import FRESH, PATIENCE_SECONDS, SITE, RunningHub, started

LIGHT = "tests.hub.light_hub"
ANYWHERE = "0.0.0.0:0"  # the hub is secured because of it; nobody asks it by another address than loopback

Headers = dict[str, str]


class SecuredHub(RunningHub):
    """A hub with TLS. What is asked without more goes with the hub PC's own key."""

    def __post_init__(self) -> None:
        self.address, self.pages = (_here(address) for address in (self.address, self._line()))
        self.client = httpx.Client(
            base_url=self.address,
            timeout=PATIENCE_SECONDS,
            limits=FRESH,
            trust_env=False,
            verify=pinned(self.data),
            headers={"Authorization": f"Bearer {self.own_key}"},
        )

    def _line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    @property
    def own_key(self) -> str:
        return (self.data / KEY_NAME).read_text(encoding="ascii")

    @property
    def fingerprint(self) -> bytes:
        return fingerprint(ssl.PEM_cert_to_DER_cert((self.data / CERTIFICATE_NAME).read_text(encoding="ascii")))

    def code(self, kind: str, device: str) -> str:
        reply = self.post("/api/pairings", {"kind": kind, "id": device})
        assert reply.status_code == 201, reply.text
        return str(reply.json()["code"])

    def ask_for_key(
        self, kind: str, device: str, code: str, *, seen: bytes = b"", key: object = None
    ) -> httpx.Response:
        """As the device does; `seen`: the fingerprint of the certificate it was shown."""
        nonce = new_nonce()
        proof = device_proof(code_key(code, seen or self.fingerprint), kind, device, nonce)
        body = {"kind": kind, "id": device, "nonce": nonce, "proof": proof}
        reply = self.bare.post("/api/pair", json=body, headers={"Idempotency-Key": str(key or uuid4())})
        if reply.status_code == 200:
            right = hub_proof(code_key(code, self.fingerprint), kind, device, nonce, reply.json()["key"])
            assert reply.json()["proof"] == right
        return reply

    def pair(self, kind: str, device: str) -> Headers:
        """The headers of a device that was paired."""
        reply = self.ask_for_key(kind, device, self.code(kind, device))
        assert reply.status_code == 200, reply.text
        return {"Authorization": f"Bearer {reply.json()['key']}"}

    def add_staff(self, name: str, role: str = "officer", pin: str = "1234") -> int:
        reply = self.post("/api/staff", {"name": name, "role": role, "pin": pin})
        assert reply.status_code == 201, reply.text
        return int(reply.json()["id"])

    def ask(self, headers: Headers, path: str, body: object = None, *, key: object = None) -> httpx.Response:
        """POST with these headers and none of the hub's own."""
        more = {"Idempotency-Key": str(key or uuid4())}
        return self.bare.post(path, json={} if body is None else body, headers=headers | more)

    def enter(self, device: Headers, counter: str, staff: int, *, pin: str = "1234", **more: object) -> httpx.Response:
        body = {"app": str(uuid4()), "host": "PC", "staff": staff, "pin": pin} | more
        return self.ask(device, f"/api/counters/{counter}/sign-in", body)

    def sign_in(self, device: Headers, counter: str, staff: int, **more: Any) -> Headers:  # noqa: ANN401  -- whatever a body has
        """The headers of an app at which somebody has signed in."""
        reply = self.enter(device, counter, staff, **more)
        assert reply.status_code == 200, reply.text
        return device | {"Antre-Session": reply.json()["token"]}

    @property
    def bare(self) -> httpx.Client:
        """A client that shows no key."""
        if not hasattr(self, "_bare"):
            self._bare = httpx.Client(
                base_url=self.address, timeout=PATIENCE_SECONDS, limits=FRESH, trust_env=False, verify=pinned(self.data)
            )
        return self._bare


def pinned(data: Path) -> ssl.SSLContext:
    """Trusts the hub's certificate and no other, whatever its name."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.load_verify_locations(data / CERTIFICATE_NAME)
    return context


def _here(address: str) -> str:
    scheme, _, rest = address.partition("://")
    return f"{scheme}://127.0.0.1:{rest.rpartition(':')[2]}"


@contextmanager
def start_secured(
    data: Path, *more: str, site: Path = SITE, listen: str = ANYWHERE, program: str = "hub"
) -> Iterator[SecuredHub]:
    """A secured hub, up and answering."""
    with started(data, *more, site=site, listen=listen, program=program) as (process, address):
        assert address.startswith("https://"), address
        hub = SecuredHub(process, address, data)
        try:
            yield hub
        finally:
            hub.client.close()
            hub.bare.close()
