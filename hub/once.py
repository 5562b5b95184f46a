"""One key, one answer: what makes a repeated request harmless (IETF draft 'The Idempotency-Key HTTP Header Field')."""

from collections.abc import Callable
from hashlib import blake2b
from http import HTTPStatus
from typing import NamedTuple

from pydantic_core import from_json, to_json

from hub.people import NOBODY, Asker
from hub.store import Book, KeptAnswer
from shared.trouble import Trouble
from shared.wire import Problem
from shared.words import Words

KEEP_HOURS = 25
"""How long an answer is kept: the 24 hours promised, and one more for clocks that differ."""

_LONGEST_VALUE = 80
"""Characters of what is said back of a request: a refusal is kept for a day, and the request may be long."""

_KEY_BYTES = 16
_FAULT = HTTPStatus.INTERNAL_SERVER_ERROR.value


class Reply(NamedTuple):
    """An answer as it goes over the wire."""

    status: int
    body: bytes

    def with_secret(self, field: str, secret: str) -> "Reply":
        """This answer with the secret that the order made, which is kept nowhere; a refusal as it is."""
        if self.status >= HTTPStatus.BAD_REQUEST:
            return self
        return Reply(self.status, to_json(from_json(self.body) | {field: secret}))


class Ask(NamedTuple):
    """A verb asked of the hub, once or again: its key, where and what it asks, and the language of a refusal.

    `salt` keys the fingerprint, which is kept: a body may hold a PIN. `asker`: who asks.
    """

    key: bytes
    path: str
    body: bytes
    language: str = "id"
    salt: bytes = b""
    asker: Asker = NOBODY

    @property
    def order(self) -> bytes:
        """What a secret made by this very order is derived from."""
        return self.key + self.fingerprint

    @property
    def fingerprint(self) -> bytes:
        """What tells this verb and body from any other under the same key."""
        return blake2b(b"%s\n%s" % (self.path.encode(), self.body), digest_size=16, key=self.salt).digest()


def key_of(header: str) -> bytes:
    """The key in an Idempotency-Key header: a UUID, in quotes or not. Raises Trouble('key_missing')."""
    try:
        key = bytes.fromhex(header.strip('" ').replace("-", ""))
    except ValueError:
        key = b""
    if len(key) != _KEY_BYTES:
        raise Trouble("key_missing")
    return key


def answer_once(book: Book, ask: Ask, at: int, act: Callable[[Book], Reply]) -> Reply:
    """The answer kept for this key, else what `act` answers or how the rules refuse it, kept from now on.

    Kept in the transaction of the change itself, so that neither is there without the other. What is no
    decision (a disk that is full, a clock set back) is not kept. Raises Trouble: key_reused, or as `act`
    where the fault is the hub's.
    """
    fingerprint, book.asker = ask.fingerprint, ask.asker
    if kept := book.answer(ask.key):
        if kept.fingerprint != fingerprint:
            raise Trouble("key_reused")
        return Reply(kept.status, kept.body)
    try:
        reply = act(book)
    except Trouble as trouble:
        if trouble.kind.status >= _FAULT:
            raise
        book.rewind()
        reply = refusal(trouble, ask.language)
    book.keep_answer(ask.key, KeptAnswer(fingerprint, *reply), at)
    return reply


def refusal(trouble: Trouble, language: str) -> Reply:
    """A trouble as problem+json (RFC 9457), its sentence in the asked language."""
    words = Words(language)
    values = {name: str(value)[:_LONGEST_VALUE] for name, value in trouble.values.items()}
    trouble = Trouble(trouble.code, now=trouble.now, **values)
    sentence, step = trouble.sentence(words), trouble.step(words)
    problem = Problem(
        type=f"urn:antre:{trouble.code}",
        title=sentence,
        status=trouble.kind.status,
        detail=f"{sentence} {step}",
        code=trouble.code,
        step=step,
        values=values,
        now=trouble.now,
    )
    return Reply(trouble.kind.status.value, problem.model_dump_json().encode())
