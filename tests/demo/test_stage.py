"""The demo on a screen: where its windows stand, what the paper shows, how busy it is, and that all of it ends."""

import itertools
import json
import signal
import socket
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QRect
from PySide6.QtGui import QCloseEvent, QImage
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from benchmarks.processes import tree
from demo.busy import HURRY, Busy
from demo.fake_printer import FakePrinter
from demo.hall_facts import AgencyFacts, HallFacts
from demo.paper_window import KEPT, PaperWindow
from demo.play import Actor, PlayFailed, turn_to, wait_until
from demo.programs import Program
from demo.stage import Stage, geometry, tiles
from shared.assets import CONFIG
from shared.qt.theme import install_fonts
from shared.wire import CounterView
from tests.display.day import HALL
from tests.keeping import KEPT as KEPT_BYTES
from tests.plays.history import get

WINDOWS = ["kiosk", "tv", "counter-1", "counter-2", "paper"]
SCREENS = [QRect(0, 0, 1920, 1080), QRect(0, 0, 1366, 768), QRect(0, 0, 1080, 1920), QRect(1920, 27, 1366, 741)]
at_every_screen = pytest.mark.parametrize("screen", SCREENS, ids=geometry)


# -------------------------------------------------------- where the windows stand


@at_every_screen
def test_five_windows_share_the_screen_and_none_covers_another(screen: QRect) -> None:
    places = tiles(screen)
    assert list(places) == WINDOWS
    assert all(screen.contains(place) for place in places.values())
    assert not any(one.intersects(other) for one, other in itertools.combinations(places.values(), 2))
    area = sum(place.width() * place.height() for place in places.values())
    assert area == screen.width() * screen.height()


@pytest.mark.parametrize("screen", SCREENS[1:3], ids=geometry)
def test_the_real_programs_keep_to_their_places(screen: QRect, tmp_path: Path, qtbot: QtBot) -> None:
    """A window with a larger least size would cover its neighbours."""
    install_fonts()
    stage = Stage(tmp_path / "hall", CONFIG / "paser.toml", screen)
    qtbot.addWidget(stage.paper)
    try:
        stage.open()
        assert stage.paper.geometry() == tiles(screen)["paper"]
        keep_to_their_places(stage.actors, screen, tmp_path)
    finally:
        stage.close()


READY = {"kiosk": "language-id", "tv": "clock", "counter-1": "lamp", "counter-2": "lamp"}
"""What can be pressed or read in each program once it is there."""


def keep_to_their_places(actors: dict[str, Actor], screen: QRect, folder: Path) -> None:
    for name, sign in READY.items():
        actors[name].wait_there(sign)
        with Image.open(actors[name].grab(folder / f"{name}.png")) as picture:
            assert (name, picture.size) == (name, tiles(screen)[name].size().toTuple())
        actors[name].close()


# -------------------------------------------------------- the paper


@pytest.fixture
def printer() -> Iterator[FakePrinter]:
    with FakePrinter() as printer:
        yield printer


@pytest.fixture
def paper(qtbot: QtBot) -> PaperWindow:
    install_fonts()
    paper = PaperWindow()
    qtbot.addWidget(paper)
    paper.resize(500, 900)
    paper.show()
    return paper


def lying(paper: PaperWindow) -> list[QImage]:
    """The tickets on the pile, the newest first."""
    return [label.pixmap().toImage() for label in paper.findChildren(QLabel, "paper")]


def ink(picture: Image.Image) -> float:
    histogram = picture.convert("L").histogram()
    return sum(histogram[:128]) / sum(histogram)


def as_pil(image: QImage) -> Image.Image:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return Image.frombytes("L", (grey.bytesPerLine(), grey.height()), bytes(grey.constBits())).crop(
        (0, 0, grey.width(), grey.height())
    )


def test_the_paper_shows_each_ticket_as_its_bytes_arrive(printer: FakePrinter, paper: PaperWindow) -> None:
    job = (KEPT_BYTES / "ticket-80mm.bin").read_bytes()
    with socket.create_connection(("127.0.0.1", printer.port)) as link:
        link.sendall(job[:-2])
        paper.lay(printer.tickets(since=paper.laid))
        assert lying(paper) == []
        link.sendall(job[-2:])
        printer.wait_for_jobs(1)
        paper.lay(printer.tickets(since=paper.laid))
        (shown,) = lying(paper)
        printed = printer.tickets()[0]
        assert shown.height() == pytest.approx(shown.width() * printed.height / printed.width, abs=1)
        assert ink(as_pil(shown)) == pytest.approx(ink(printed), rel=0.1)
        paper.lay(printer.tickets(since=paper.laid))
        assert len(lying(paper)) == 1


def test_the_pile_keeps_the_newest(paper: PaperWindow, qtbot: QtBot) -> None:
    for n in range(KEPT + 3):
        paper.lay([Image.new("1", (200, 100 + n), 1)])
    qtbot.waitUntil(lambda: len(lying(paper)) == KEPT)
    assert {image.height() for image in lying(paper)} == {100 + n for n in range(3, KEPT + 3)}
    assert paper.laid == KEPT + 3


def test_closing_the_paper_ends_the_demo(paper: PaperWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[bool] = []
    monkeypatch.setattr(QApplication, "quit", lambda: ended.append(True))
    paper.closeEvent(QCloseEvent())
    assert ended == [True]


# -------------------------------------------------------- visitors and officers by themselves


class Pressed(Actor):
    """Hands that note what they press."""

    def __init__(self, name: str, *, on: list[str]) -> None:
        super().__init__(name, Path())
        self._on = on
        self.presses: list[str] = []
        self.enough = threading.Event()

    def press(self, name: str, *, patience_s: float = 0.0) -> None:
        assert patience_s < 10
        self.presses.append(name)
        if len(self.presses) >= 12:
            self.enough.set()

    def enabled(self) -> list[str]:
        return self._on


def facts() -> HallFacts:
    served, unserved = AgencyFacts("bpjs", ["bpjs-layanan"], ["loket-1"]), AgencyFacts("dukcapil", ["x"], ["loket-12"])
    return HallFacts(HALL, [served, unserved])


def test_visitors_touch_only_agencies_that_somebody_serves_and_officers_press_what_is_on() -> None:
    kiosk = Pressed("kiosk", on=["heading-agencies", "agency-bpjs"])
    idle, serving = Pressed("counter-1", on=["next"]), Pressed("counter-2", on=["next", "serve"])
    busy = Busy(kiosk, {idle: "loket-1", serving: "loket-1"}, facts(), per_minute=6000)
    busy.start()
    assert all(actor.enough.wait(10) for actor in (kiosk, idle, serving))
    busy.stop()
    assert set(kiosk.presses) == {"agency-bpjs", "done"}
    assert set(idle.presses) == {"next"}
    assert set(serving.presses) == {"serve"}
    pressed = len(kiosk.presses)
    assert not busy._threads[0].is_alive()
    assert len(kiosk.presses) == pressed


class Pages(Actor):
    """A kiosk of three pages, left on one of them."""

    def __init__(self, page: int) -> None:
        super().__init__("kiosk", Path())
        self.page = page

    def enabled(self) -> list[str]:
        ways = [name for name, page in (("page-back", 0), ("page-next", 2)) if self.page != page]
        return ["heading-agencies", f"agency-{self.page}", *ways]

    def press(self, name: str, *, patience_s: float = 0.0) -> None:
        assert patience_s
        assert name in self.enabled()
        self.page += 1 if name == "page-next" else -1


@pytest.mark.parametrize("left_on", [0, 1, 2])
def test_an_agency_is_found_from_whichever_page_the_last_visitor_left(left_on: int) -> None:
    for agency in range(3):
        kiosk = Pages(left_on)
        turn_to(kiosk, f"agency-{agency}")
        assert kiosk.page == agency
    with pytest.raises(PlayFailed, match="no page has agency-3"):
        turn_to(Pages(left_on), "agency-3")


@pytest.mark.parametrize("per_minute", [6.0, 60.0, 600.0])
def test_the_pace_is_the_chosen_one(per_minute: float) -> None:
    waited: dict[str, list[float]] = {}

    class Clock(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            mine = waited.setdefault(threading.current_thread().name, [])
            mine.append(timeout or 0.0)
            return len(mine) > 200

    kiosk, desk = Pressed("kiosk", on=["heading-agencies", "agency-bpjs"]), Pressed("counter-1", on=["next"])
    busy = Busy(kiosk, {desk: "loket-1"}, facts(), per_minute=per_minute)
    busy._end = Clock()
    for thread, name in zip(busy._threads, ("visitors", "officer"), strict=True):
        thread.name = name
    busy.start()
    for thread in busy._threads:
        thread.join(10)
    mean = {name: sum(times) / len(times) for name, times in waited.items()}
    assert mean["visitors"] == pytest.approx(60 / per_minute, rel=0.1)
    assert mean["officer"] == pytest.approx(60 / per_minute * 2 / HURRY, rel=0.1)  # a visit takes two presses


# -------------------------------------------------------- the whole demo


def screen_of(folder: Path, width: int, height: int) -> str:
    """Qt's offscreen platform with a screen of that size."""
    screen = {"name": "one", "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96, "logicalBaseDpi": 96}
    file = folder / "screens.json"
    file.write_text(json.dumps({"screens": [screen | {"dpr": 1}]}))
    return f"offscreen:configfile={file}"


def commands(pids: list[int]) -> list[str]:
    lines = (Path(f"/proc/{pid}/cmdline") for pid in pids)
    return [line.read_bytes().replace(b"\0", b" ").decode() for line in lines if line.exists()]


@pytest.fixture
def short_path() -> Iterator[Path]:
    """A folder near the root: the name of a socket ends at 107 characters, and pytest's own folders lie deep."""
    with tempfile.TemporaryDirectory(prefix="antre-test-") as folder:
        yield Path(folder)


def test_the_busy_demo_opens_five_windows_in_place_works_and_ends_with_all_its_programs(
    short_path: Path,
) -> None:
    env = {"DISPLAY": ":none", "QT_QPA_PLATFORM": screen_of(short_path, 1920, 1080), "TMPDIR": str(short_path)}
    demo = Program("demo", ["demo", "--busy", "120"], short_path, env=env)
    try:
        wait_until(lambda: "The demo runs" in demo.said() or demo.process.poll() is not None, "the demo", patience_s=60)
        assert demo.process.poll() is None, demo.said()
        folder = next(short_path.glob("antre-demo-*"))
        log = folder / "hub" / "logs" / "hub.log"
        address = demo.said().partition("its hub: ")[2].split()[0].rstrip(".")
        facts = HallFacts.of(address)
        wait_until(lambda: _called(address, facts) >= 2, "officers to call visitors", patience_s=60)
        keep_to_their_places({name: Actor(name, folder / f"{name}.drive") for name in READY}, SCREENS[0], short_path)
        pids = tree(demo.process.pid)
        running = commands(pids)
        for room, times in (("hub", 1), ("kiosk", 1), ("display", 1), ("counter", 2)):
            assert sum(f"-m {room} " in line for line in running) == times
        assert log.exists()
        demo.process.send_signal(signal.SIGTERM)
        assert demo.process.wait(20) == 0
        wait_until(lambda: commands(pids) == [], "all its programs to end")
        assert "Traceback" not in demo.said()
        assert list(short_path.glob("antre-demo-*")) == []
    finally:
        demo.end()


def _called(address: str, facts: HallFacts) -> int:
    paths = (f"/api/counters/{agency.counters[0]}" for agency in facts.agencies[:2])
    return sum(len(CounterView.model_validate_json(get(address, path)).history) for path in paths)
