"""The demo on a screen: kiosk, TV, two counters and the printed paper, tiled; closing the paper's window ends it."""

import signal
import sys
from pathlib import Path

from PySide6.QtCore import QRect, QTimer
from PySide6.QtWidgets import QApplication

from demo.busy import Busy
from demo.fake_printer import FakePrinter
from demo.hall_facts import HallFacts
from demo.paper_window import PaperWindow
from demo.play import Actor
from demo.programs import Hall
from shared.qt.run import place
from shared.qt.theme import install_fonts

LOOK_MS = 200


def tiles(screen: QRect) -> dict[str, QRect]:
    """Where each window stands: kiosk and TV above, both counters and the paper below."""
    left, top, wide, tall = screen.x(), screen.y(), screen.width(), screen.height()
    half, upper = wide // 2, round(tall * 0.5)
    desk, lower = round(wide * 0.37), tall - upper
    return {
        "kiosk": QRect(left, top, half, upper),
        "tv": QRect(left + half, top, wide - half, upper),
        "counter-1": QRect(left, top + upper, desk, lower),
        "counter-2": QRect(left + desk, top + upper, desk, lower),
        "paper": QRect(left + 2 * desk, top + upper, wide - 2 * desk, lower),
    }


def geometry(place_: QRect) -> str:
    """A rectangle as programs take it: `WxH+X+Y`."""
    return f"{place_.width()}x{place_.height()}+{place_.x()}+{place_.y()}"


class Stage:
    """The hall's programs on one screen."""

    def __init__(self, folder: Path, site: Path, screen: QRect) -> None:
        self._tiles = tiles(screen)
        self.printer = FakePrinter()
        self.hall = Hall(folder, site)
        self.actors: dict[str, Actor] = {}
        self.facts: HallFacts
        self.paper = PaperWindow()

    def open(self) -> None:
        """Start everything. Raises PlayFailed when the hub does not come up."""
        self.hall.open_hub()
        self.facts = HallFacts.of(self.hall.address)
        printer = f"network:{self.printer.address}"
        self._open("kiosk", "kiosk", "--id", self.facts.kiosk, "--printer", printer)
        self._open("tv", "display", "--id", self.facts.display)
        for n, counter in enumerate(self.counters(), start=1):
            self._open(f"counter-{n}", "counter", "--id", counter)
        place(self.paper, geometry(self._tiles["paper"]))

    def counters(self) -> list[str]:
        """One counter each of the two first agencies, or two of the only one."""
        firsts = [agency.counters[0] for agency in self.facts.agencies[:2]]
        return (firsts + self.facts.agencies[0].counters[1:])[:2]

    def _open(self, name: str, room: str, *arguments: str) -> None:
        self.actors[name] = self.hall.open_app(name, room, *arguments, "--windowed", geometry(self._tiles[name]))

    def look(self) -> None:
        """Show paper that has come since the last look."""
        self.paper.lay(self.printer.tickets(since=self.paper.laid))

    def close(self) -> None:
        """End everything."""
        for actor in self.actors.values():
            actor.close()
        self.hall.close()
        self.printer.close()


def perform(folder: Path, site: Path, *, busy: float | None) -> int:
    """Run the demo until its paper window is closed or Ctrl-C; with `busy`, so many visitors a minute come."""
    app = QApplication(["antre-demo"])
    install_fonts()
    screen = app.primaryScreen().availableGeometry()
    stage = Stage(folder, site, screen)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: app.quit())
    crowd: Busy | None = None
    try:
        stage.open()
        timer = QTimer()
        timer.timeout.connect(stage.look)
        timer.start(LOOK_MS)
        if busy:
            desks = {stage.actors[f"counter-{n}"]: counter for n, counter in enumerate(stage.counters(), start=1)}
            crowd = Busy(stage.actors["kiosk"], desks, stage.facts, per_minute=busy)
            crowd.start()
        sys.stderr.write(f"The demo runs; its hub: {stage.hall.address}. Close the paper's window to end it.\n")
        return app.exec()
    finally:
        if crowd is not None:
            crowd.stop()
        stage.close()
