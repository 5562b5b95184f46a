"""An app's start at a hub that asks who somebody is: pair once, go on by itself, and again when the hub forgot."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from shared.hall import Hall
from shared.qt import starter as starter_module
from shared.qt.launch import Launch
from shared.qt.pairing_page import PairingPage
from shared.qt.run import parser_of
from shared.qt.starter import Starter
from shared.settings import Settings
from shared.trouble import Trouble
from tests.counter.stand_in import a_hall
from tests.shared.false_hub import CODE, KEY, Heard, Identity, an_identity, problem, tls_server

LIMIT_MS = 10_000
HALL = json.loads(a_hall().model_dump_json())


class App:
    """An app started on this PC, as often as wanted; `windows`: what it built."""

    def __init__(self, name: str, data: Path, qtbot: QtBot) -> None:
        self.name, self.data, self._qtbot = name, data, qtbot
        self.built: list[Launch] = []
        self.starter: Starter | None = None

    def start(self, *given: str) -> None:
        self.end()
        self.built.clear()
        args = parser_of(self.name).parse_args(["--data", str(self.data), "--windowed", "640x480+0+0", *given])
        self.starter = Starter(self.name, self._build, args, devices=None, dark=False)
        self.starter.begin()

    def _build(self, launch: Launch) -> QWidget:
        self.built.append(launch)
        return QWidget()

    @property
    def page(self) -> PairingPage:
        assert self.starter
        assert isinstance(self.starter._window, PairingPage)
        return self.starter._window

    def until(self, holds: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(holds()), timeout=LIMIT_MS)

    def until_asked(self) -> PairingPage:
        self.until(lambda: self.starter and isinstance(self.starter._window, PairingPage))
        return self.page

    def until_open(self) -> Launch:
        self.until(lambda: self.built)
        return self.built[-1]

    def says(self, name: str) -> str:
        label = self.page.findChild(QLabel, f"pairing-{name}")
        assert label
        return label.text()

    def type(self, code: str) -> None:
        QTest.keyClicks(self.page, code)
        QTest.keyClick(self.page, Qt.Key.Key_Return)

    def end(self) -> None:
        if self.starter:
            if self.starter._window:
                self.starter._window.close()
                self.starter._window.deleteLater()
            self.starter.end()
            self.starter.deleteLater()
            self.starter = None
            # Here and now: the rubbish collector may come by in the false hub's thread, where no Qt object may end.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No long pauses between two tries."""
    monkeypatch.setattr(starter_module, "pause_ms", lambda _failures: 20)


@pytest.fixture(params=["kiosk", "counter", "display"])
def app(request: pytest.FixtureRequest, tmp_path: Path, qtbot: QtBot) -> Iterator[App]:
    app = App(request.param, tmp_path / "data", qtbot)
    yield app
    app.end()


@pytest.fixture
def kiosk(tmp_path: Path, qtbot: QtBot) -> Iterator[App]:
    app = App("kiosk", tmp_path / "data", qtbot)
    yield app
    app.end()


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Identity:
    return an_identity(tmp_path_factory.mktemp("hub"), "hub")


@pytest.fixture
def hub(own: Identity) -> Iterator[tuple[str, Heard]]:
    with tls_server(own) as (address, heard):
        heard.answers["/api/hall"] = (200, HALL)
        heard.guarded = True
        yield address, heard


def test_an_app_asks_for_a_code_and_goes_on_by_itself(app: App, hub: tuple[str, Heard]) -> None:
    app.start("--hub", hub[0])
    app.until_asked()
    assert hub[1].requests == []
    app.type(CODE)
    launch = app.until_open()
    assert (launch.id, launch.link.credentials.key) == ("lobi", KEY)
    assert hub[1].header("Authorization")[-1] == f"Bearer {KEY}"


def test_a_paired_app_is_never_asked_again(app: App, hub: tuple[str, Heard]) -> None:
    app.start("--hub", hub[0], "--pair", CODE)
    app.until_open()
    app.start("--hub", hub[0])
    assert app.until_open().id == "lobi"
    assert hub[1].paths().count("/api/pair") == 1


@pytest.mark.parametrize("told", [(), ("--id", "lobi")])
def test_a_paired_app_started_without_options_goes_to_the_hub_it_was_paired_with(
    kiosk: App, hub: tuple[str, Heard], told: tuple[str, ...]
) -> None:
    kiosk.start("--hub", hub[0], "--pair", CODE, *told)
    kiosk.until_open()
    kiosk.start()
    launch = kiosk.until_open()
    assert (launch.id, launch.link.address, launch.link.credentials.key) == ("lobi", hub[0], KEY)


def test_the_code_of_the_command_line_is_tried_once(kiosk: App, hub: tuple[str, Heard]) -> None:
    kiosk.start("--hub", hub[0], "--pair", "00000000")
    kiosk.until_asked()
    kiosk.until(lambda: kiosk.says("message").startswith("Kode ini salah"))
    assert hub[1].paths() == ["/api/pair"]
    kiosk.type(CODE)
    kiosk.until_open()


def test_a_slip_in_the_command_lines_code_is_told(kiosk: App, hub: tuple[str, Heard]) -> None:
    kiosk.start("--hub", hub[0], "--pair", "K7QF")
    kiosk.until_asked()
    kiosk.until(lambda: kiosk.says("message").startswith("Kode ini salah"))


def test_an_address_without_a_scheme_finds_the_hub_that_speaks_tls(kiosk: App, hub: tuple[str, Heard]) -> None:
    kiosk.start("--hub", hub[0].removeprefix("https://"), "--pair", CODE)
    kiosk.until_open()


def test_the_page_names_the_device_that_was_told(kiosk: App, hub: tuple[str, Heard]) -> None:
    kiosk.start("--hub", hub[0], "--id", "kios-2")
    kiosk.until_asked()
    assert kiosk.says("command") == "Di PC hub: antre pair kiosk kios-2"


def test_two_kiosks_on_one_pc_have_a_key_each(kiosk: App, hub: tuple[str, Heard]) -> None:
    hub[1].device = "kios-1"
    kiosk.start("--hub", hub[0], "--id", "kios-1", "--pair", CODE)
    kiosk.until_open()
    kiosk.start("--hub", hub[0], "--id", "kios-2")
    kiosk.until_asked()


def test_an_app_the_hub_forgot_asks_for_a_new_code(kiosk: App, hub: tuple[str, Heard]) -> None:
    kiosk.start("--hub", hub[0], "--pair", CODE)
    launch = kiosk.until_open()
    launch.link.barred.emit(Trouble("device_unknown"))
    kiosk.until_asked()
    kiosk.type(CODE)
    kiosk.until(lambda: len(kiosk.built) == 2)


def test_an_app_whose_key_was_ended_asks_for_a_new_code_at_its_start(kiosk: App, hub: tuple[str, Heard]) -> None:
    kiosk.start("--hub", hub[0], "--pair", CODE)
    kiosk.until_open()
    hub[1].answers["/api/hall"] = (401, problem("device_unknown"))
    kiosk.start("--hub", hub[0])
    kiosk.until_asked()


def test_the_end_of_an_officers_session_is_not_the_end_of_the_pairing(
    kiosk: App, hub: tuple[str, Heard], qtbot: QtBot
) -> None:
    kiosk.start("--hub", hub[0], "--pair", CODE)
    launch = kiosk.until_open()
    with qtbot.waitSignal(launch.link.barred):
        launch.link.barred.emit(Trouble("session_ended"))
    assert kiosk.starter
    assert not isinstance(kiosk.starter._window, PairingPage)


def test_another_hub_in_its_place_is_told_and_never_gets_the_key(
    kiosk: App, hub: tuple[str, Heard], tmp_path: Path
) -> None:
    kiosk.start("--hub", hub[0], "--pair", CODE)
    kiosk.until_open()
    with tls_server(an_identity(tmp_path, "other")) as (address, heard):
        kiosk.start("--hub", address)
        kiosk.until_asked()
        assert kiosk.says("message").startswith("Yang menjawab di alamat hub bukan hub yang dipasangkan")
        assert heard.requests == []


def test_key_pin_and_hub_are_kept_where_nobody_else_reads_them(
    kiosk: App, hub: tuple[str, Heard], own: Identity
) -> None:
    kiosk.start("--hub", hub[0], "--pair", CODE)
    kiosk.until_open()
    kept = Settings(kiosk.data / "kiosk.json")
    assert (kept.get("pin"), kept.get("key"), kept.get("id")) == (own.pin, KEY, "lobi")
    assert (kiosk.data / "kiosk.json").stat().st_mode & 0o077 == 0


def test_the_hall_is_the_hubs(kiosk: App, hub: tuple[str, Heard]) -> None:
    kiosk.start("--hub", hub[0], "--pair", CODE)
    assert isinstance(kiosk.until_open().hall, Hall)
