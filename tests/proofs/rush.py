"""A hall of two zones with two speaking TVs each, in which much is called and much breaks; and all that was heard.

Every TV has a sound device of its own, which is recorded from beginning to end and read back into calls.
"""

import json
import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from itertools import cycle, pairwise
from pathlib import Path
from threading import Event, Thread
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import uuid4

from demo.hearing import NullSink, Recording, calls_in
from demo.play import START_S, Actor, PlayFailed, wait_until
from demo.programs import Hall
from demo.tones import RATE, Note, read_notes, write_bank
from shared.assets import CONFIG
from shared.hall import Hall as WireHall
from shared.speech import CHIME
from shared.wire import Call, Health, Overview, Voices

ZONES = ("lantai-1", "lantai-2")
TVS = {"tv-1a": "lantai-1", "tv-1b": "lantai-1", "tv-2a": "lantai-2", "tv-2b": "lantai-2"}
"""In the order of the file: the first of each zone is its voice while it is well."""

SOON_S = 10.0
CLIP_S = 0.12
LOOK_S = 0.5
SETTLED_S = 240.0


class Said(NamedTuple):
    """One call as it was heard. `is_whole`: both sentences were there and said the same. Times: this PC's clock."""

    tv: str
    begin_s: float
    end_s: float
    number: str
    counter: str
    is_whole: bool


class Made(NamedTuple):
    """A call that was made; `at_s`: when its order was answered."""

    event: int
    zone: str
    number: str
    counter: str
    at_s: float


@dataclass
class Rush:
    """What came of it: calls made, heard and seen, what the hub lists as unspoken, and what was broken when."""

    made: list[Made] = field(default_factory=list)
    said: dict[str, list[Said]] = field(default_factory=dict)
    seen: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    """By TV: number and counter of all that stood on it."""
    told: Voices | None = None
    killed: list[tuple[str, float]] = field(default_factory=list)
    storm: tuple[float, float] = (0.0, 0.0)
    faults: dict[str, float] = field(default_factory=dict)
    """After how many seconds each was known or mended."""

    def of(self, zone: str) -> list[Made]:
        """The calls of a zone, in the hub's order: two threads note them, each as its answer comes."""
        return sorted(one for one in self.made if one.zone == zone)

    def heard_in(self, zone: str) -> list[Said]:
        """What was heard there, of whichever TV, in order."""
        return sorted((one for tv, said in self.said.items() if TVS[tv] == zone for one in said), key=_begin)

    def busy(self, zone: str) -> float:
        """The share of the storm in which the zone's voice spoke; the silence that ends each call is part of it."""
        begin, end = self.storm
        spans = [(max(begin, one.begin_s), min(end, one.end_s + 0.3)) for one in self.heard_in(zone)]
        return sum(max(0.0, last - first) for first, last in spans) / (end - begin)


def _begin(said: Said) -> float:
    return said.begin_s


class Lobby:
    """The hall while it is open."""

    def __init__(self, folder: Path, stack: ExitStack, *, late_after_s: int) -> None:
        self.rush = Rush()
        self.bank = folder / "bank"
        write_bank(self.bank)
        self.hall = Hall(folder / "hall", _site(folder, late_after_s), env={"QT_QPA_PLATFORM": "offscreen"})
        stack.callback(self.hall.close)
        self.hub = self.hall.open_hub()
        self.wire = WireHall.model_validate(self.get("/api/hall"))
        self.sinks = {tv: stack.enter_context(NullSink(folder / f"{tv}-sound")) for tv in TVS}
        self.recordings = {tv: stack.enter_context(sink.record()) for tv, sink in self.sinks.items()}
        self.began = {tv: time.monotonic() - _seconds(one) for tv, one in self.recordings.items()}
        for tv in TVS:
            self.open_tv(tv)
        for tv in TVS:
            actor = Actor(tv, self.hall.folder / f"{tv}.drive")
            actor.wait_there("clock", patience_s=START_S)
            actor.close()
        self.ended = Event()
        self.eyes = [Thread(target=self._watch, args=(tv,), daemon=True) for tv in TVS]
        stack.callback(self._close_eyes)
        for eye in self.eyes:
            eye.start()

    # ------------------------------------------------------------ the hub

    def get(self, path: str) -> Any:  # noqa: ANN401  -- JSON
        """What the hub answers."""
        with urlopen(self.hall.address + path, timeout=SOON_S) as reply:  # noqa: S310  -- our own hub
            return json.load(reply)

    def order(self, path: str, body: object) -> dict[str, Any]:
        """Order once, under one key, until the hub is there to answer."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid4())}
        request = Request(self.hall.address + path, json.dumps(body).encode(), headers)  # noqa: S310  -- our own hub
        end = time.monotonic() + START_S  # it may be starting again, beside much else
        while True:
            try:
                with urlopen(request, timeout=SOON_S) as reply:  # noqa: S310  -- as above
                    return dict(json.load(reply))
            except HTTPError:
                raise
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)

    def call(self, counter: str, service: str) -> None:
        """Somebody takes a number and is called at once."""
        self.order("/api/tickets", {"service": service})
        self._note(self.order(f"/api/counters/{counter}/next", {}))

    def recall(self, made: Made) -> None:
        """Call the same visitor once more."""
        counter = next(one.id for one in self.wire.counters if one.number == made.counter)
        view = self.get(f"/api/counters/{counter}")
        self._note(self.order(f"/api/counters/{counter}/recall", {"ticket": view["current"]["id"]}))

    def _note(self, answer: dict[str, Any]) -> None:
        call = Call.model_validate(answer)
        counter = self.wire.counter(call.counter)
        made = Made(call.event, counter.zone, call.ticket.number, counter.number, time.monotonic())
        self.rush.made.append(made)

    def kill_hub(self) -> None:
        """As a power cut would; it is started again at once."""
        os.kill(self.hub.process.pid, signal.SIGKILL)
        self.hub.process.wait(SOON_S)
        self.rush.killed.append(("hub", time.monotonic()))
        self.hub = self.hall.open_hub(listen=self.hall.address.removeprefix("http://"))

    # ------------------------------------------------------------ the TVs

    def open_tv(self, tv: str) -> None:
        """Switch it on."""
        shown = ("--id", tv, "--clips", str(self.bank), "--windowed", "1280x720+0+0")
        self.hall.open_app(tv, "display", *shown, env=self.sinks[tv].environment)

    def kill_tv(self, tv: str) -> None:
        """Pull its plug."""
        program = next(one for one in reversed(self.hall.programs) if one.name == tv)
        os.kill(program.process.pid, signal.SIGKILL)
        self.rush.killed.append((tv, time.monotonic()))
        program.process.wait(SOON_S)

    def holder(self, zone: str) -> str | None:
        """Which TV says that zone's calls."""
        health = Health.model_validate(self.get("/api/health"))
        return next(one.display for one in health.voices if one.zone == zone)

    def wait_for_voice(self, zone: str, tv: str) -> None:
        """Until it is the voice of the zone."""
        wait_until(lambda: self.holder(zone) == tv, f"{tv} to be the voice of {zone}", patience_s=START_S)

    def freeze(self, tv: str, how: signal.Signals = signal.SIGSTOP) -> None:
        """Have it stand still, as one that hangs; or go on."""
        program = next(one for one in reversed(self.hall.programs) if one.name == tv)
        os.kill(program.process.pid, how)

    def time(self, what: str, is_so: Callable[[], bool]) -> None:
        """Note after how many seconds from now it is so."""
        began = time.monotonic()
        wait_until(is_so, what, patience_s=START_S)
        self.rush.faults[what] = time.monotonic() - began

    def ails(self, tv: str, how: str) -> bool:
        """Whether the supervisor is told that it is `dark`, or has this trouble."""
        devices = Overview.model_validate(self.get("/api/overview")).devices
        return any(one.id == tv and (how in one.troubles or (how == "dark" and not one.alive)) for one in devices)

    def _watch(self, tv: str) -> None:
        seen = self.rush.seen.setdefault(tv, set())
        eye = Actor(tv, self.hall.folder / f"{tv}.drive")
        while not self.ended.wait(LOOK_S):
            try:
                seen.update(_on_screen(eye.texts()))
            except (PlayFailed, OSError):  # it is off just now
                eye.close()
                eye = Actor(tv, self.hall.folder / f"{tv}.drive")
        eye.close()

    def _close_eyes(self) -> None:
        self.ended.set()
        for eye in self.eyes:
            eye.join(START_S)

    # ------------------------------------------------------------ a while of it

    def calls_for(self, seconds: float, *, every_s: float, breaks: dict[float, Callable[[], None]]) -> None:
        """Both zones call at that pace, each counter in its turn; `breaks`: what is done when, by a share of the time.

        What breaks does so beside the calls.
        """
        began, threads = time.monotonic(), []
        desks = {zone: cycle(_desks(self.wire, zone)) for zone in ZONES}
        plan = sorted(breaks.items())
        turns = 0
        while (now := time.monotonic()) < began + seconds:
            while plan and now >= began + plan[0][0] * seconds:
                threads.append(Thread(target=plan.pop(0)[1]))
                threads[-1].start()
            if now >= began + turns * every_s:
                turns += 1
                for zone in ZONES:
                    self.call(*next(desks[zone]))
            time.sleep(0.02)
        for thread in threads:
            thread.join(START_S)

    def settle(self) -> None:
        """Until the hub knows of every call what became of it."""

        def all_told() -> bool:
            told = Voices.model_validate(self.get("/api/voices"))
            self.rush.told = told
            return told.spoken + len(told.unspoken) >= len(self.rush.made)

        with suppress(PlayFailed):  # the tests say what is missing
            wait_until(all_told, "all calls to be told of", patience_s=SETTLED_S)

    def listen(self) -> None:
        """Read what was recorded."""
        for tv, recording in self.recordings.items():
            self.rush.said[tv] = list(_said(tv, self.began[tv], read_notes(recording.samples())))


def _site(folder: Path, late_after_s: int) -> Path:
    text = (CONFIG / "paser.toml").read_text("utf-8")
    text = re.sub(r"(?ms)^\[\[display\]\]\n.*?(?=^\[|\Z)", "", text)
    for tv, zone in TVS.items():
        text += f'\n[[display]]\nid = "{tv}"\nname = "{tv}"\nzones = ["{zone}"]\nrepeat = 1\n'
        text += f"late_after_s = {late_after_s}\n"
    site = folder / "paser.toml"
    site.write_text(text, "utf-8")
    return site


def _desks(hall: WireHall, zone: str) -> list[tuple[str, str]]:
    """Counters of the zone, each with a service that it calls."""
    services = {agency.id: agency.services[0].id for agency in hall.agencies}
    return [(one.id, services[one.agencies[0]]) for one in hall.counters if one.zone == zone]


def _on_screen(texts: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, text in texts.items():
        if name.endswith("-number") and text:
            yield text, texts.get(f"{name.removesuffix('number')}counter", "")


def _seconds(recording: Recording) -> float:
    return recording.path.stat().st_size / 2 / RATE


def _said(tv: str, began: float, notes: list[Note]) -> Iterator[Said]:
    places = [place for place, note in enumerate(notes) if note.clip == CHIME]
    for place, end in pairwise([*places, len(notes)]):
        mine = notes[place:end]
        (heard,) = calls_in(mine)
        is_whole = heard.languages == ("id", "en") and bool(heard.number and heard.counter)
        ends = began + mine[-1].at_s + CLIP_S
        yield Said(tv, began + heard.at_s, ends, heard.number, heard.counter, is_whole)
