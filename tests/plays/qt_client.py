"""A real app's link to the hub without its windows: follows the feed and takes tickets, as `shared.qt.link` does it."""

import sys
import time
from argparse import ArgumentParser
from uuid import UUID, uuid4

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, QTimer

from shared.qt.link import HubLink
from shared.trouble import Trouble
from shared.wire import Event, TakeTicket, Ticket
from tests.plays.leash import Leash
from tests.plays.notes import Heard, Note, write

PAUSE_MS = 50


class QtClient(QObject):
    """A kiosk without a screen that also listens like a TV."""

    def __init__(self, link: HubLink, leash: Leash, *, name: str, service: str) -> None:
        super().__init__()
        self._link, self._leash, self._name = link, leash, name
        self._visit = TakeTicket(service=service, kiosk=name)
        self._ids: list[int] = []
        self._until = sys.maxsize
        self._asked_at = 0.0
        self._is_asking = self._is_resting = False
        link.event_came.connect(self._hear)
        link.up_changed.connect(self._note_line)
        self._words = QSocketNotifier(leash.socket.fileno(), QSocketNotifier.Type.Read, self)
        self._words.activated.connect(self._obey)

    def _obey(self) -> None:
        do, _, last = self._leash.word().partition(" ")
        if do == "go":
            self._take()
        elif do == "rest":
            self._is_resting = True
            self._rest()
        elif do == "until":
            self._until = int(last)
            self._end_if_all_heard()
        else:
            QCoreApplication.quit()

    def _rest(self) -> None:
        """Say that no order is under way, once that is so."""
        if not self._is_asking:
            write(Note(client=f"{self._name} rests", path=""))

    def _take(self) -> None:
        if self._is_resting:
            return
        self._asked_at = time.monotonic()
        self._is_asking = True
        self._order(uuid4())

    def _order(self, key: UUID) -> None:
        reply = self._link.post("/api/tickets", self._visit, Ticket, key=key)
        reply.done.connect(lambda ticket: self._taken(key, ticket))
        reply.failed.connect(lambda trouble: self._not_taken(key, trouble))

    def _taken(self, key: UUID, ticket: Ticket) -> None:
        write(
            Note(
                client=f"{self._name} verbs",
                path="/api/tickets",
                status=201,
                body=self._visit.model_dump_json(),
                key=key,
                answer=ticket.model_dump_json(),
                asked_at=self._asked_at,
                sent_at=self._asked_at,
                at=time.monotonic(),
            )
        )
        self._is_asking = False
        if self._is_resting:
            self._rest()
        QTimer.singleShot(PAUSE_MS, self, self._take)

    def _not_taken(self, key: UUID, trouble: Trouble) -> None:
        if trouble.code != "hub_away":
            raise trouble
        self._order(key)

    def _hear(self, event: Event) -> None:
        self._ids.append(event.id)
        self._end_if_all_heard()

    def _note_line(self, up: bool) -> None:
        if up:
            now = time.monotonic()
            write(Note(client=f"{self._name} feed", path="/api/events", sent_at=now, at=now))

    def _end_if_all_heard(self) -> None:
        if self._ids and self._ids[-1] >= self._until:
            write(Heard(client=self._name, ids=self._ids, digest=""))
            self._until = sys.maxsize


def main() -> int:
    """Be ready, begin with the others, work until let go."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("service")
    parser.add_argument("--hub", required=True)
    parser.add_argument("--leash", type=int, required=True)
    parser.add_argument("--name", required=True)
    asked = parser.parse_args()
    app = QCoreApplication([])
    link = HubLink(asked.hub)
    client = QtClient(link, Leash(asked.leash), name=asked.name, service=asked.service)
    link.listen(0)
    status = app.exec()
    link.close()
    client.deleteLater()
    return status


if __name__ == "__main__":
    sys.exit(main())
