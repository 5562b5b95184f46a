"""A kiosk or a counter as a small process that speaks the LAN contract: `python -m tests.plays.client --help`."""

import itertools
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from http.client import HTTPConnection, HTTPException
from uuid import UUID, uuid4

from shared.wire import Asked, Call, Nothing, OnTicket, TakeTicket
from tests.plays.leash import Leash
from tests.plays.notes import Note, write

ATTEMPT_S = 3.0
RETRY_S = 0.05
IDLE_S = 0.02
"""How long a counter looks away while nobody waits."""


NOBODY = 204
WAYS = (("serve", "finish"), (), ("undo-next",), ("recall", "no-show"), ("serve",), ("recall", "undo-next"))
"""What officers do with one visitor after the other: all the buttons; where none ends the visit, the next call does.

An undone 'next' comes where it had ended the visit of one who was called, and of one who was served.
"""


class LetGo(Exception):  # noqa: N818  -- no error: the play is over
    """The play let go before the hub answered."""


class Asker:
    """One client's line to the hub; notes every answer."""

    def __init__(self, name: str, address: str, leash: Leash) -> None:
        self._name, self._leash = name, leash
        self._line = HTTPConnection(address.removeprefix("http://"), timeout=ATTEMPT_S)

    def order(self, path: str, body: Asked) -> Note:
        """Order once: repeated under one key until answered. Raises LetGo; RuntimeError when refused."""
        key, text, tries = uuid4(), body.model_dump_json(), 1
        asked_at = sent_at = time.monotonic()
        while (answered := self._tried(path, text, key)) is None:
            if self._leash.pulled(RETRY_S):
                raise LetGo
            tries += 1
            sent_at = time.monotonic()
        note = Note(
            client=self._name,
            path=path,
            status=answered[0],
            body=text,
            key=key,
            answer=answered[1],
            tries=tries,
            asked_at=asked_at,
            sent_at=sent_at,
            at=time.monotonic(),
        )
        write(note)
        if note.status not in (200, 201, 204):
            raise RuntimeError(note.answer)
        return note

    def _tried(self, path: str, text: str, key: UUID) -> tuple[int, str] | None:
        """Status and text of the answer, or None when it did not come whole."""
        try:
            self._line.request("POST", path, text.encode(), {"Idempotency-Key": str(key)})
            reply = self._line.getresponse()
            return reply.status, reply.read().decode()
        except (OSError, HTTPException):
            self._line.close()
            return None


def take_tickets(asker: Asker, leash: Leash, asked: Namespace) -> None:
    """A kiosk: ticket after ticket, until there are enough or the play lets go."""
    turns: Iterable[int] = range(asked.count) if asked.count else itertools.count()
    for turn in turns:
        service = asked.of[turn % len(asked.of)]
        asker.order("/api/tickets", TakeTicket(service=service, kiosk=asked.name))
        if asked.pause and leash.pulled(asked.pause):
            return


def call_tickets(asker: Asker, leash: Leash, asked: Namespace) -> None:
    """An officer: calls whoever is next and does with each visitor what is next in `WAYS`, until enough were called."""
    desk = f"/api/counters/{asked.of[0]}"
    ways = itertools.cycle(WAYS)
    calls = 0
    while not asked.count or calls < asked.count:
        called = asker.order(f"{desk}/next", Nothing())
        if called.status != NOBODY:
            calls += 1
            ticket = OnTicket(ticket=Call.model_validate_json(called.answer).ticket.id)
            for verb in next(ways):
                asker.order(f"{desk}/{verb}", ticket)
        if leash.pulled(IDLE_S if called.status == NOBODY else asked.pause):
            return


def arguments() -> Namespace:
    """What a play tells a client."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("work", choices=["kiosk", "counter"])
    parser.add_argument("of", nargs="+", help="the services whose tickets to take in turn, or the counter")
    parser.add_argument("--hub", required=True)
    parser.add_argument("--leash", type=int, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--count", type=int, default=0, help="how many to take or call; 0: until let go")
    parser.add_argument("--pause", type=float, default=0.0, help="seconds between visitors")
    return parser.parse_args()


def main() -> None:
    """Be ready, begin with the others, work."""
    asked = arguments()
    leash = Leash(asked.leash)
    if leash.word() != "go":
        return
    work = take_tickets if asked.work == "kiosk" else call_tickets
    try:
        work(Asker(asked.name, asked.hub, leash), leash, asked)
    except LetGo:
        return


if __name__ == "__main__":
    main()
