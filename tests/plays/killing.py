"""The hub is killed again and again while visitors take and officers call: the play, and what came of it."""

import os
import random
import signal
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from uuid import UUID

from demo.play import wait_until
from demo.programs import Hall, Program
from hub.store import FILE_NAME, Store
from shared.assets import CONFIG
from shared.wire import Event
from tests.plays.crowd import Crowd, crowds
from tests.plays.history import history, how_many_wait, last_event, who_is_where
from tests.plays.notes import Heard, Note

BACK_S = 15.0
"""How long the play waits for all clients; the bound they are held to is the test's."""
SERVICES = ("bpjs-kesehatan-pendaftaran", "disdukcapil-ktp")
COUNTERS = ("loket-1", "loket-2", "loket-10")
KIOSKS = 3
EARS = 5
PAUSE_S = "0.02"
MOST_ANSWERS = 40
"""The hub is killed after a random number of answers up to this, counted from when all were back."""
ASKED_AGAIN = 300
MODULES = ("tests.plays.client", "tests.plays.ears", "tests.plays.qt_client")


@dataclass
class Kill:
    """One kill: when, when the hub said its address again, and after how many seconds each client was back."""

    at: float
    moment: datetime
    returned_at: float = 0.0
    back_s: dict[str, float] = field(default_factory=dict)


@dataclass
class Toll:
    """What came of all of them."""

    kills: list[Kill] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    said: str = ""
    waiting: int = 0
    there: dict[str, int | None] = field(default_factory=dict)
    """Counter → the ticket that the hub says is there at the end."""
    seconds: float = 0.0
    again: list[tuple[Note, int, str]] = field(default_factory=list)
    """Some of the verbs, with status and text of the hub's answer when asked once more."""
    kept: dict[UUID, str] = field(default_factory=dict)
    """Key → the answer in the database."""
    tokens: dict[int, str] = field(default_factory=dict)
    """Ticket id → its token in the database."""

    @property
    def slowest_back_s(self) -> dict[str, float]:
        """Each client's slowest return."""
        return {name: max(kill.back_s[name] for kill in self.kills) for name in self.kills[0].back_s}

    @property
    def verbs(self) -> list[Note]:
        """The answers to verbs."""
        return [note for note in self.notes if note.key is not None]


class Trial:
    """The play under way."""

    def __init__(self, hall: Hall, everybody: list[Crowd], seed: int) -> None:
        self._hall, self._everybody = hall, everybody
        self._clients, self._ears, self._qt = everybody
        self._dice = random.Random(seed)  # noqa: S311  -- says when to kill, guards no secret
        self._sent: dict[str, list[Note]] = defaultdict(list)
        self._answers = 0

    def begin(self) -> None:
        """Everybody starts; done when each has had an answer."""
        for i in range(KIOSKS):
            self._clients.add(f"kiosk-{i}", "kiosk", *SERVICES, "--pause", PAUSE_S)
        for counter in COUNTERS:
            self._clients.add(counter, "counter", counter, "--pause", PAUSE_S)
        self._ears.add("ear", "--count", str(EARS))
        self._qt.add("qt", SERVICES[0])
        for crowd in self._everybody:
            crowd.gather()
        self._clients.say("go")
        self._qt.say("go")
        names = KIOSKS + len(COUNTERS) + EARS + 2
        self._read_until(lambda: len(self._sent) == names, "everybody's first answer")

    def kill(self, hub: Program) -> tuple[Program, Kill]:
        """Kill the hub in the midst of work and start it again; done when all are back."""
        goal = self._answers + self._dice.randint(1, MOST_ANSWERS)
        self._read_until(lambda: self._answers >= goal, "some answers")
        os.kill(hub.process.pid, signal.SIGKILL)
        hub.process.wait(BACK_S)
        kill = Kill(time.monotonic(), datetime.now(UTC))
        hub = self._hall.open_hub(listen=self._hall.address.removeprefix("http://"))
        kill.returned_at = time.monotonic()
        self._read_until(lambda: all(self._first_since(name, kill.at) for name in self._sent), "all to come back")
        for name in self._sent:
            first = self._first_since(name, kill.at)
            if first:
                kill.back_s[name] = max(0.0, first.at - kill.returned_at)
        return hub, kill

    def _read_until(self, condition: Callable[[], bool], what: str) -> None:
        def holds() -> bool:
            for note in (note for crowd in self._everybody for note in crowd.read_on()):
                self._sent[note.client].append(note)
                self._answers += 1
            return condition()

        wait_until(holds, what, patience_s=BACK_S)

    def _first_since(self, name: str, at: float) -> Note | None:
        """The first answer to what was sent after `at`: the dead hub cannot have given it."""
        found = None
        for note in reversed(self._sent[name]):
            if note.sent_at <= at:
                break
            found = note
        return found

    def end(self, toll: Toll) -> None:
        """The clients stop, all who listen hear the rest, and everything is counted."""
        self._clients.dismiss()
        self._qt.say("rest")
        self._read_until(lambda: "qt rests" in self._sent, "Qt's last order")
        last = last_event(self._hall.address)
        for crowd in (self._qt, self._ears):
            crowd.say(f"until {last}")
        self._read_until(lambda: bool(self._qt.heard), "Qt to hear all")
        self._qt.dismiss()
        self._ears.dismiss()
        toll.notes = [note for crowd in self._everybody for note in crowd.notes]
        toll.heard = [*self._qt.heard, *self._ears.heard]
        toll.events = history(self._hall.address)
        toll.waiting = how_many_wait(self._hall.address)
        toll.there = who_is_where(self._hall.address, COUNTERS)
        toll.again = self._ask_again(toll.verbs)

    def _ask_again(self, verbs: list[Note]) -> list[tuple[Note, int, str]]:
        """All that was answered on a repeat, and some more, asked once more under their keys."""
        some = self._dice.sample(verbs, min(len(verbs), ASKED_AGAIN))
        notes = [*(note for note in verbs if note.tries > 1), *some]
        line = HTTPConnection(self._hall.address.removeprefix("http://"), timeout=BACK_S)
        try:
            return [(note, *_posted(line, note)) for note in notes]
        finally:
            line.close()


def _posted(line: HTTPConnection, note: Note) -> tuple[int, str]:
    line.request("POST", note.path, note.body.encode(), {"Idempotency-Key": str(note.key)})
    reply = line.getresponse()
    return reply.status, reply.read().decode()


def kill_hub(folder: Path, times: int, *, seed: int = 1) -> Toll:
    """Play it, with so many kills."""
    began = time.monotonic()
    hall = Hall(folder, CONFIG / "paser.toml")
    toll = Toll()
    try:
        hub = hall.open_hub()
        with crowds(hall, MODULES) as everybody:
            play = Trial(hall, everybody, seed)
            play.begin()
            for _ in range(times):
                hub, kill = play.kill(hub)
                toll.kills.append(kill)
            play.end(toll)
        toll.said = hub.said()
    finally:
        hall.close()
    _read_database(folder / "hub" / FILE_NAME, toll)
    toll.seconds = time.monotonic() - began
    return toll


def _read_database(path: Path, toll: Toll) -> None:
    store = Store(path)
    try:
        for note in toll.verbs:
            if note.key is not None:
                kept = store.read.answer(note.key.bytes)
                toll.kept |= {note.key: kept.body.decode()} if kept else {}
        for ticket_id in {event.ticket.id for event in toll.events if event.ticket}:
            row = store.read.ticket(ticket_id)
            if row:
                toll.tokens[ticket_id] = row.token
    finally:
        store.close()
