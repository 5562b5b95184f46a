"""Who asks, found out before anything else is: by the device's key, and the session of who signed in there."""

import hmac
from collections.abc import Callable, Iterable

from hub.access import ACCESS, OFFICE, OFFICE_VERBS, Who, check, place
from hub.claims import Claims
from hub.floor import Clock
from hub.people import NOBODY, Asker, DeviceKey, SessionRow, hashed
from hub.rows import to_ms
from hub.store import Reading
from hub.vault import Vault
from hub.verbs import Verb
from shared.booking_wire import CheckIn
from shared.model import DeviceKind
from shared.trouble import Trouble
from shared.wire import Asked, PrintOutcome, TakeTicket

_BEARER = "Bearer "

RawHeaders = Iterable[tuple[bytes, bytes]]


class Guard:
    """The one who asks who is there. `is_open`: the hub listens on loopback alone, and asks only about the office."""

    def __init__(self, book: Reading, vault: Vault, claims: Callable[[], Claims], *, is_open: bool) -> None:
        self._book, self._vault, self._claims = book, vault, claims
        self.is_open = is_open
        self._asked: dict[tuple[str, str], Asker] = {}
        """Who it was, by key and token, while nothing changed: looking up takes longer than most verbs."""
        self._version = book.access_version

    # ------------------------------------------------------------ verbs

    def admit(self, verb: Verb, headers: RawHeaders, whose: str, clock: Clock) -> Asker:
        """Who gives this order, who may. Raises Trouble: device_unknown, session_ended, not_allowed."""
        if self.is_open and verb.path not in OFFICE_VERBS:
            return NOBODY
        who = ACCESS.get(f"POST {verb.path}")
        if who is None:
            raise Trouble("not_allowed")
        if who.is_everyone:
            return Asker(is_guarded=True)
        now = to_ms(clock())
        asker = self.known(headers, now)
        check(who, asker, whose if verb.path.startswith("/api/counters/") else None)
        if asker.session is not None:
            self._claims().used(asker.session, now)
        return asker

    def as_own(self, verb: Verb, asker: Asker, whose: str, body: Asked) -> Asked:
        """The order of a kiosk, which gives numbers as itself, and sees to those alone. Raises Trouble('not_allowed').

        An officer who checks somebody in is no kiosk. What is ordered about a number that there is not is let
        through: the verb says so.
        """
        if asker.key is None or not ACCESS[f"POST {verb.path}"].is_own:
            return body
        if isinstance(body, CheckIn) and asker.key.kind != DeviceKind.KIOSK:
            return body.model_copy(update={"kiosk": ""})
        if isinstance(body, TakeTicket | CheckIn) and not body.kiosk:
            return body.model_copy(update={"kiosk": asker.key.device})
        kiosk = body.kiosk if isinstance(body, TakeTicket | CheckIn) else self._kiosk_of(whose, body)
        if kiosk not in (None, asker.key.device):
            raise Trouble("not_allowed")
        return body

    def _kiosk_of(self, ticket: str, body: Asked) -> str | None:
        """Which kiosk gave that number; empty: an officer or a paper roll did; None: there is no such number.

        Of a copy, the kiosk that was asked for it.
        """
        copy = self._book.reprint(body.reprint) if isinstance(body, PrintOutcome) and body.reprint else None
        if copy is not None and str(copy.ticket) == ticket:
            return copy.kiosk
        row = self._book.ticket(int(ticket)) if ticket.isascii() and ticket.isdecimal() and len(ticket) < 19 else None  # noqa: PLR2004  -- digits the database can hold
        return None if row is None else row.kiosk

    # ------------------------------------------------------------ all else

    def admit_to(self, method: str, path: str, headers: RawHeaders, now: int) -> Asker:
        """Who asks for what is no verb. Raises as `admit`, and not_found or method_not_allowed."""
        found = place("GET" if method == "HEAD" else method, path)
        if self.is_open and (found is None or found[0] not in OFFICE):
            return NOBODY
        who = ACCESS[found[0]] if found else Who()
        if who.is_everyone:
            return self._known_if(headers, now)
        asker = self.known(headers, now)
        if found is None:
            raise Trouble("not_found")
        check(who, asker, None)
        if who.is_own and asker.key is not None and not _is_of(asker.key, found[1]):
            raise Trouble("not_allowed")
        if method == "POST" and not who.is_own and asker.session is not None:  # a device reports by itself
            self._claims().used(asker.session, now)
        return asker

    def _known_if(self, headers: RawHeaders, now: int) -> Asker:
        try:
            return self.known(headers, now)
        except Trouble:
            return Asker(is_guarded=True)

    # ------------------------------------------------------------ who

    def known(self, headers: RawHeaders, now: int) -> Asker:
        """The device whose key is shown, and who has signed in there. Raises Trouble('device_unknown')."""
        shown = _shown(headers)
        if self._version != self._book.access_version:
            self._version = self._book.access_version
            self._asked.clear()
        asker = self._asked.get(shown)
        if asker is None:
            asker = self._looked_up(*shown)
            if asker.session is not None or not shown[1]:  # as many as there are keys and sessions, no more
                self._asked[shown] = asker
        if asker.session is not None and self._claims().is_idle(asker.session, now):
            return asker._replace(session=None, staff=None)
        return asker

    def _looked_up(self, bearer: str, token: str) -> Asker:
        if not bearer:
            raise Trouble("device_unknown")
        if hmac.compare_digest(bearer.encode(), self._vault.own_key.encode()):
            return Asker(is_guarded=True, is_house=True)
        key = self._book.device_key(hashed(bearer))
        if key is None:
            raise Trouble("device_unknown")
        session = self._session(key, token) if token else None
        staff = self._book.staff(session.staff) if session and session.staff is not None else None
        return Asker(is_guarded=True, key=key, staff=staff, session=session)

    def is_good(self, asker: Asker) -> bool:
        """Whether the key by which somebody was let in is still good."""
        return asker.key is None or any(key.id == asker.key.id for key in self._book.device_keys())

    def _session(self, key: DeviceKey, token: str) -> SessionRow | None:
        row = self._book.session_of(hashed(token))
        return None if row is None or row.key != key.id else row


def still_there(book: Reading, asker: Asker) -> None:
    """The session is what it was when the order was let in; asked again where it is written.

    Raises Trouble('session_ended'): another app may have taken the counter over in between.
    """
    if asker.session is not None and book.session_of(asker.session.token) is None:
        raise Trouble("session_ended")


def _is_of(key: DeviceKey, ids: list[str]) -> bool:
    """Whether a device is named by the kind and id in a path; a counter app is at any counter."""
    kind, device = ids
    return kind == key.kind and (device == key.device or kind == DeviceKind.COUNTER)


def _shown(headers: RawHeaders) -> tuple[str, str]:
    bearer = token = ""
    for name, value in headers:
        if name == b"authorization":
            bearer = value.decode("latin-1")
        elif name == b"antre-session":
            token = value.decode("latin-1")
    return (bearer[len(_BEARER) :] if bearer.startswith(_BEARER) else ""), token
