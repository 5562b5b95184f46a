"""The lobby TV's program: wires hub, board, voice and screen, and runs."""

import logging
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QObject

from display.board import Board
from display.calls import Entry
from display.claiming import Claiming, Saying
from display.desks import Desks
from display.follow import Follow
from display.holding import Holding
from display.media_report import MediaReport
from display.report import Report
from display.screens.wall import Wall
from display.telling import Telling
from display.voice import Utterance, Voice
from shared import __version__, wire
from shared.calling import calling_of
from shared.hall import DisplaySettings, Hall
from shared.qt.hall_watch import HallWatch
from shared.qt.pictures import Found
from shared.qt.run import Launch, run
from shared.settings import Settings
from shared.words import msg

log = logging.getLogger(__name__)

ANNOUNCED = "announced"
"""The setting that keeps, with the display's id, the last event announced before a restart of this program."""


class Memory:
    """The last announced event, kept on this PC: a TV that starts again repeats nothing and leaves nothing out."""

    def __init__(self, settings: Settings, display: str) -> None:
        self._settings = settings
        self._name = f"{ANNOUNCED}_{display}"
        kept = settings.get(self._name) or ""
        self.last = int(kept) if kept.isdigit() else 0

    def keep(self, event: int) -> None:
        """Remember `event`. A disk that refuses costs one repetition after a restart, not the call."""
        self.last = event
        try:
            self._settings.set(self._name, str(event))
        except OSError as error:
            log.info("the last announced event could not be kept: %s", error)


class Tv(QObject):
    """One lobby TV: what it is made of, each wired to the next."""

    def __init__(self, launch: Launch, settings: DisplaySettings) -> None:
        super().__init__()
        self._launch, self._settings = launch, settings
        now = _hall_time(launch)
        self.memory = Memory(launch.settings, settings.id)
        self.wall = Wall(launch.hall, settings, now=now)
        self.setParent(self.wall)
        self.holding = Holding(launch.hall, settings)
        self.claiming = Claiming(launch.link, settings.id, self.holding, saying=self._saying, parent=self)
        self.telling = Telling(launch.link, settings.id, launch.settings, parent=self)
        self.board = Board(
            launch.hall,
            settings,
            now=now,
            heard=self.memory.last,
            told=frozenset(self.telling.untold),
            says=self.claiming.may_say,
            parent=self,
        )
        self.desks = Desks(launch.hall, settings)
        self.media = MediaReport()
        self.wall.looked.connect(self._hear_media)
        self.follow = Follow(launch.link, settings.zones, parent=self)
        self.voice = self._voice(now) if settings.voice else None
        self.report = Report(launch.link, settings.id, troubles=self._troubles, facts=self._facts, parent=self)
        HallWatch(launch.link, launch.hall, self).changed.connect(self.take_up)
        self.board.changed.connect(self.wall.show_view)
        self.board.announced.connect(self.memory.keep)
        launch.link.event_came.connect(self.board.take)
        launch.link.event_came.connect(self.claiming.look)  # only then: who takes over knows by then what was told
        launch.link.event_came.connect(self._desks_take)
        self.follow.answered.connect(self.board.merge)
        self.follow.answered.connect(self._desks_merge)
        self.follow.away.connect(self.board.set_away)
        self.board.voiced.connect(self.telling.tell)
        self.claiming.gained.connect(self.board.gain)
        self.claiming.lost.connect(self.board.lose)
        self.follow.answered.connect(self.claiming.look)
        self.claiming.ask()
        if (application := QCoreApplication.instance()) is not None:
            application.aboutToQuit.connect(self.wall.close_media)

    def take_up(self, hall: Hall) -> None:
        """The hall has changed: show and say it so from now on. One whose TV is not named any more keeps its own."""
        named = (display for display in hall.displays if display.id == self._settings.id)
        self._launch = replace(self._launch, hall=hall)
        self._settings = settings = _settings_of(next(named, self._settings), self._launch)
        if settings.voice and self.voice is None:
            self.voice = self._voice(_hall_time(self._launch))
        if self.voice is not None:
            self.voice.take_up(settings, calling_of(hall))
        self.holding.take_up(hall, settings)
        self.desks.take_up(hall, settings)
        self.media.forget()
        self.wall.take_up(hall, settings)
        self.wall.show_desks(self.desks.now())
        self.board.take_up(hall, settings)
        self.follow.take_up(settings.zones)
        self.claiming.look()
        self.claiming.ask()
        log.info("the hall's configuration %d is taken up", hall.configuration)

    def _hear_media(self, found: Found) -> None:
        if self.media.hear(found):
            self.report.tell_if_new()

    def _desks_take(self, event: wire.Event) -> None:
        self.wall.show_desks(self.desks.take(event))

    def _desks_merge(self, answer: wire.Board) -> None:
        self.wall.show_desks(self.desks.merge(answer))

    def _voice(self, now: Callable[[], datetime]) -> Voice:
        launch, board = self._launch, self.board
        voice = Voice(
            self._settings,
            calling=calling_of(launch.hall),
            cache=launch.data / "voice",
            now=now,
            may_repeat=board.may_repeat,
            parent=self,
        )
        board.speak.connect(lambda entry: voice.say(_utterance(entry)))
        voice.started.connect(board.started)
        board.take_back.connect(voice.take_back)
        voice.finished.connect(board.finished)
        voice.unheard.connect(board.unheard)
        voice.unspoken.connect(board.unspoken)
        voice.level.connect(self.wall.hear)
        voice.troubled.connect(lambda _code: self.report.tell_if_new())
        voice.sounds.connect(self.claiming.ask_at_once)
        if (application := QCoreApplication.instance()) is not None:
            application.aboutToQuit.connect(voice.stop)
        return voice

    def _saying(self) -> Saying:
        if self.voice is None:
            return Saying()
        call = self.voice.saying
        return Saying(self.voice.sound, call, self.board.zone_of(call) if call is not None else "")

    def _troubles(self) -> list[str]:
        return [*(self.voice.troubles if self.voice is not None else []), *self.media.troubles]

    def _facts(self) -> dict[str, str]:
        size, record = self.wall.size(), self.board.record
        facts = {
            "version": __version__,
            "screen": f"{size.width()}×{size.height()}",
            "shown": str(record.shown),
            "spoken": str(record.spoken),
            "last_shown": str(record.last_shown),
            "last_spoken": str(record.last_spoken),
            "zones": ", ".join(self._settings.zones) or "-",
            "voice": ", ".join(self.claiming.zones) or "-",
        }
        facts |= self.media.facts
        return facts | dict(self._launch.facts) | (self.voice.facts if self.voice is not None else {})


def _utterance(entry: Entry) -> Utterance:
    return Utterance(entry.event, entry.number, entry.counter, entry.called_at, entry.whose)


def _hall_time(launch: Launch) -> Callable[[], datetime]:
    """The hub's time in the hall's zone, whatever this PC's own clock and zone say."""
    zone = ZoneInfo(launch.hall.timezone)
    return lambda: launch.link.now().astimezone(zone)


def build(launch: Launch) -> Wall:
    """The window of the display `launch.id` names, already following the hub."""
    settings = next(display for display in launch.hall.displays if display.id == launch.id)
    tv = Tv(launch, _settings_of(settings, launch))
    tv.follow.begin()
    return tv.wall


def _settings_of(settings: DisplaySettings, launch: Launch) -> DisplaySettings:
    """The TV with the clips of the command line, if they stand there, and the hall's voices where it names no own."""
    hall = launch.hall.voice
    clips, piper = launch.args.clips or settings.clips or hall.clips, settings.piper or hall.piper
    return settings.model_copy(update={"clips": clips, "piper": piper})


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--clips", metavar="DIR", help=msg("folder rekaman suara di PC ini"))


def main() -> int:
    """Run the lobby TV's program; returns its exit status."""
    return run("display", build, arguments=_arguments, devices=lambda hall: hall.displays, dark=True)


if __name__ == "__main__":
    sys.exit(main())
