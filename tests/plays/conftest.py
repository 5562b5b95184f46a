"""The plays that are heard: the demo's day and the lobby's plays, at once: both mostly wait for speech."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier, BrokenBarrierError
from typing import NamedTuple

import pytest

from demo import day as the_day
from demo.day import Day
from demo.hearing import NullSink, Recording, calls_in
from demo.tones import RATE, read_notes
from demo.verdict import Summary
from shared.assets import CONFIG
from tests.needs import program
from tests.plays.lobby import Lobby, Seen, open_lobby

OPEN_S = 90.0
Play = Callable[[Lobby, Seen], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who only looks at what was played comes last: until then the voice's own tests have something to do."""
    items.sort(key=lambda item: bool({"played", "seen"}.intersection(getattr(item, "fixturenames", ()))))


class Abreast(NamedTuple):
    """Both, as they will have been played."""

    day: "Future[tuple[Day, Summary]]"
    lobby: "Future[dict[str, Seen]]"


@pytest.fixture(scope="session")
def abreast(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Abreast]:
    """Nothing is said before all programs of both halls are there: their start would make it stutter."""
    from tests.plays.test_lobby import PLAYS  # noqa: PLC0415  -- pytest reads this file first

    for needed in ("tesseract", "pulseaudio", "parec"):
        program(needed)
    both_open = Barrier(2, timeout=OPEN_S)
    with ThreadPoolExecutor(2) as hands:
        day = hands.submit(play_day, tmp_path_factory.mktemp("day"), both_open)
        lobby = hands.submit(play_lobby, tmp_path_factory.mktemp("lobby"), both_open, PLAYS)
        yield Abreast(day, lobby)


def play_day(folder: Path, all_open: Barrier) -> tuple[Day, Summary]:
    """The day of `antre demo --headless`, as short as one may be."""
    days: list[Day] = []

    class Watched(Day):
        def open(self) -> None:
            days.append(self)
            super().open()
            wait_for(all_open)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(the_day, "Day", Watched)
        patch.setattr(the_day, "TICKETS", 12)
        patch.setattr(the_day, "CALLS", 10)
        try:
            summary = the_day.play(folder / "run", CONFIG / "paser.toml", folder / "shots")
        finally:
            all_open.abort()
    return days[0], summary


def wait_for(others: Barrier) -> None:
    """Until the others are as far, or can never be."""
    with suppress(BrokenBarrierError):
        others.wait()


def play_lobby(folder: Path, all_open: Barrier, plays: Sequence[Play]) -> dict[str, Seen]:
    """One play after the other, in one hall; what was said in each is told apart by when it began."""
    seen = {play.__name__: Seen() for play in plays}
    try:
        with NullSink(folder / "sound") as sink, open_lobby(folder, sink) as lobby:
            wait_for(all_open)
            with sink.record() as recording:
                for play, told in zip(plays, seen.values(), strict=True):
                    told.began_s = recorded_s(recording)
                    try:
                        play(lobby, told)
                    except Exception as failure:  # noqa: BLE001  -- told by the test of this play
                        told.failure = failure
            hear(recording, list(seen.values()))
    finally:
        all_open.abort()
    return seen


def recorded_s(recording: Recording) -> float:
    """How long it is now."""
    return recording.path.stat().st_size / 2 / RATE


def hear(recording: Recording, plays: list[Seen]) -> None:
    """Give each play the calls that were heard since it began."""
    for call in calls_in(read_notes(recording.samples())):
        began = [play for play in plays if play.began_s <= call.at_s]
        began[-1].said.append((call.number, call.counter))


@pytest.fixture(scope="session")
def played(abreast: Abreast) -> tuple[Day, Summary]:
    """The day, when it is over."""
    return abreast.day.result()


@pytest.fixture(scope="session")
def seen(abreast: Abreast) -> dict[str, Seen]:
    """What became of each play of the lobby, by its name."""
    return abreast.lobby.result()
