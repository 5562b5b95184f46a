"""From an app's start to its window: what a person sees when the hub is not there yet."""

import signal
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from shared import start_hub
from shared.assets import CONFIG
from shared.qt import ask_hub, connecting
from shared.qt import starter as starter_module
from shared.qt.ask import HubEnded, Notice
from shared.qt.ask_hub import AskHub
from shared.qt.link import HubLink
from shared.qt.run import parser_of
from shared.qt.starter import ASK_AGAIN, Starter
from shared.settings import Settings
from shared.start_hub import IN_USE
from tests.hub.running import ROOT
from tests.hub.running import start_hub as running_hub

LIMIT_MS = 20_000
Begin = Callable[..., Starter]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No long pauses between two tries."""
    monkeypatch.setattr(starter_module, "pause_ms", lambda _failures: 5)
    monkeypatch.setattr(starter_module, "STARTING_MS", 5)


@pytest.fixture
def begin(tmp_path: Path, qtbot: QtBot) -> Iterator[Begin]:
    """Starts an app on this PC; its window is a plain one."""
    assert qtbot
    begun: list[Starter] = []

    def begin(site: Path, name: str = "kiosk") -> Starter:
        given = ["--site", str(site), "--data", str(tmp_path / "data"), "--windowed", "640x480+0+0"]
        args = parser_of(name).parse_args(given)
        begun.append(Starter(name, lambda _launch: QWidget(), args, devices=None, dark=False))
        begun[-1].begin()
        return begun[-1]

    yield begin
    for starter in begun:
        if starter._own and starter._own._process:
            starter._own._process.send_signal(signal.SIGTERM)
            starter._own._process.wait(20)
        if starter._window:
            starter._window.close()
        starter.end()


def free_port() -> int:
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return int(asking.getsockname()[1])


def a_site(folder: Path, *, single_pc: bool = True, port: int = 0) -> Path:
    text = (CONFIG / "small.toml").read_text(encoding="utf-8")
    told = f'single_pc = {str(single_pc).lower()}\nlisten = "127.0.0.1:{port or free_port()}"\n'
    site = folder / "hall.toml"
    site.write_text(text.replace("single_pc = true", told), encoding="utf-8")
    return site


def says(starter: Starter) -> tuple[str, str]:
    """Heading and sentence of the sheet on the screen."""
    assert isinstance(starter._window, Notice)
    assert starter._window.isVisible()
    heading, sentence = (starter._window.findChild(QLabel, f"notice-{name}") for name in ("heading", "sentence"))
    assert heading
    assert sentence
    return heading.text(), sentence.text()


def press(starter: Starter, name: str) -> None:
    assert starter._window
    button = starter._window.findChild(QPushButton, name)
    assert button
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def written(starter: Starter) -> QLineEdit:
    assert starter._window
    line = starter._window.findChild(QLineEdit, "hub-address")
    assert line
    return line


def give(starter: Starter, address: str) -> None:
    QTest.keyClicks(written(starter), address)
    press(starter, "hub-connect")


def offer(starter: Starter) -> QPushButton | None:
    """The button that changes the hub's address, if it is there."""
    assert starter._window
    return starter._window.findChild(QPushButton, "hub-quiet")


@pytest.fixture
def moved(begin: Begin, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Begin:
    """An app whose hub is no longer where it was, by its name; it has waited for it long enough."""
    monkeypatch.setattr(starter_module, "OFFER_S", 0)

    def moved(name: str) -> Starter:
        Settings(tmp_path / "data" / f"{name}.json").set("hub", f"http://127.0.0.1:{free_port()}")
        begun = begin(a_site(tmp_path, single_pc=False), name)
        qtbot.waitUntil(lambda: offer(begun) is not None, timeout=LIMIT_MS)
        return begun

    return moved


@pytest.fixture
def starts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often a hub was started; the last text is the line of Python that stands for it."""
    launched: list[str] = ["import time; time.sleep(60)"]
    real = start_hub.OwnHub._launch
    monkeypatch.setattr(start_hub, "hub_command", lambda *_: [sys.executable, "-c", launched[0]])

    def launch(own: start_hub.OwnHub) -> object:
        launched.append(launched[0])
        return real(own)

    monkeypatch.setattr(start_hub.OwnHub, "_launch", launch)
    return launched


class TestOwnHub:
    def test_the_window_is_there_before_the_hub_is_started(
        self, begin: Begin, tmp_path: Path, starts: list[str], qtbot: QtBot
    ) -> None:
        begun = begin(a_site(tmp_path))
        assert begun._own is not None
        assert says(begun) == ("Menyambung ke hub…", begun._own.address)
        assert len(starts) == 1
        qtbot.waitUntil(lambda: begun._failures > 5, timeout=LIMIT_MS)
        assert says(begun) == ("Menyambung ke hub…", begun._own.address)
        assert len(starts) == 2, "a hub that is still on its way is not started again"

    def test_one_that_does_not_come_in_time_is_said_to_be_away(
        self, begin: Begin, tmp_path: Path, starts: list[str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(start_hub, "START_SECONDS", 0)
        begun = begin(a_site(tmp_path))
        qtbot.waitUntil(lambda: "tidak terjangkau" in says(begun)[1], timeout=LIMIT_MS)
        assert len(starts) == 2

    def test_one_that_ends_says_why_and_is_started_again_when_a_person_asks(
        self, begin: Begin, tmp_path: Path, starts: list[str], qtbot: QtBot
    ) -> None:
        starts[0] = "import sys; sys.exit('Jam PC ini salah.')"
        begun = begin(a_site(tmp_path))
        qtbot.waitUntil(lambda: isinstance(begun._window, HubEnded), timeout=LIMIT_MS)
        heading, sentence = says(begun)
        assert heading == "Hub di PC ini berhenti sebelum siap."
        assert sentence.startswith("Jam PC ini salah.\n\nPerbaiki sebabnya, lalu tekan Coba lagi.")
        assert str(tmp_path / "data" / "hub.out") in sentence
        tries = begun._failures
        qtbot.waitUntil(lambda: begun._failures > tries + 3, timeout=LIMIT_MS)
        assert len(starts) == 2, "it is started once"
        press(begun, "hub-again")
        qtbot.waitUntil(lambda: len(starts) == 3, timeout=LIMIT_MS)

    def test_one_that_gives_way_to_another_is_no_news_unless_the_other_stays_away(
        self, begin: Begin, tmp_path: Path, starts: list[str], qtbot: QtBot
    ) -> None:
        starts[0] = f"raise SystemExit({IN_USE})"
        begun = begin(a_site(tmp_path))
        own = begun._own
        assert own is not None
        qtbot.waitUntil(lambda: own.has_ended, timeout=LIMIT_MS)
        tries = begun._failures
        qtbot.waitUntil(lambda: begun._failures > tries + 3, timeout=LIMIT_MS)
        assert says(begun)[0] == "Menyambung ke hub…"
        own._patience_ends = 0
        qtbot.waitUntil(lambda: isinstance(begun._window, HubEnded), timeout=LIMIT_MS)

    def test_the_real_hub_comes_and_the_apps_window_opens(self, begin: Begin, tmp_path: Path, qtbot: QtBot) -> None:
        begun = begin(a_site(tmp_path))
        qtbot.waitUntil(lambda: not isinstance(begun._window, Notice), timeout=LIMIT_MS)
        assert begun._own is not None
        assert (tmp_path / "data" / "hub.out").read_text(encoding="utf-8").startswith(begun._own.address)

    def test_the_real_hub_says_that_its_port_is_taken(self, begin: Begin, tmp_path: Path, qtbot: QtBot) -> None:
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            port = other.getsockname()[1]
            begun = begin(a_site(tmp_path, port=port))
            qtbot.waitUntil(lambda: isinstance(begun._window, HubEnded), timeout=LIMIT_MS)
        assert says(begun)[1].startswith(f"Hub tidak dapat memakai alamat 127.0.0.1:{port}: ")

    def test_another_halls_hub_in_its_place_is_named_until_it_has_gone(
        self, begin: Begin, tmp_path: Path, starts: list[str], qtbot: QtBot
    ) -> None:
        with running_hub(tmp_path / "other", site=ROOT / "config" / "paser.toml") as other:
            port = int(other.address.rpartition(":")[2])
            begun = begin(a_site(tmp_path, port=port))
            qtbot.waitUntil(lambda: begun._failures > 3, timeout=LIMIT_MS)
            heading, sentence = says(begun)
            theirs, ours = "Mal Pelayanan Publik Kabupaten Paser", "Kantor Pelayanan Kecamatan"
            assert heading == f"Di {other.address} yang menjawab adalah hub {theirs}, bukan {ours}."
            assert sentence.startswith("Hentikan hub itu, atau tulis port lain di listen;")
            assert len(starts) == 1
        qtbot.waitUntil(lambda: len(starts) == 2, timeout=LIMIT_MS)

    def test_a_link_that_was_let_go_is_deleted(
        self, begin: Begin, tmp_path: Path, starts: list[str], qtbot: QtBot
    ) -> None:
        begun = begin(a_site(tmp_path))
        assert starts
        for _ in range(3):
            begun.begin()
        qtbot.waitUntil(lambda: len(begun.findChildren(HubLink)) == 1, timeout=LIMIT_MS)


class TestSite:
    def test_a_wrong_site_file_is_told_with_every_error_until_it_is_mended(
        self, begin: Begin, tmp_path: Path, starts: list[str], qtbot: QtBot
    ) -> None:
        site = a_site(tmp_path)
        good = site.read_text(encoding="utf-8")
        site.write_text(good.replace("timezone", "timezon").replace("minutes = ", "minuts = "), encoding="utf-8")
        begun = begin(site)
        heading, sentence = says(begun)
        assert str(site) in heading
        lines = sentence.splitlines()
        assert "timezon" in lines[0]
        assert sum("'minuts'" in line for line in lines) == good.count("minutes = ")
        assert all(line.startswith(f"{site}:") for line in lines)
        assert len(starts) == 1
        site.write_text(good, encoding="utf-8")
        qtbot.waitUntil(lambda: len(starts) == 2, timeout=LIMIT_MS)


class TestAsking:
    def test_a_mistyped_address_is_asked_again_and_only_one_that_is_reached_is_kept(
        self, begin: Begin, tmp_path: Path, qtbot: QtBot
    ) -> None:
        begun = begin(a_site(tmp_path, single_pc=False))
        first = begun._window
        assert isinstance(first, AskHub)
        give(begun, f"127.0.0.1:{free_port()}")
        assert says(begun)[0] == "Menyambung ke hub…"
        qtbot.waitUntil(lambda: isinstance(begun._window, AskHub), timeout=LIMIT_MS)
        assert begun._failures == ASK_AGAIN
        assert Settings(tmp_path / "data" / "kiosk.json").get("hub") is None
        with running_hub(tmp_path / "hub") as hub:
            give(begun, hub.address.removeprefix("http://"))
            qtbot.waitUntil(lambda: not isinstance(begun._window, Notice), timeout=LIMIT_MS)
        assert Settings(tmp_path / "data" / "kiosk.json").get("hub") == hub.address

    def test_a_hub_that_was_reached_before_is_not_asked_for_by_itself(
        self, begin: Begin, tmp_path: Path, qtbot: QtBot
    ) -> None:
        Settings(tmp_path / "data" / "kiosk.json").set("hub", f"http://127.0.0.1:{free_port()}")
        begun = begin(a_site(tmp_path, single_pc=False))
        qtbot.waitUntil(lambda: begun._failures > ASK_AGAIN + 2, timeout=LIMIT_MS)
        sentence, where = says(begun)[1].split("\n")
        assert sentence == "Komputer hub tidak terjangkau. Tunggu sebentar; aplikasi menyambung sendiri."
        assert where == Settings(tmp_path / "data" / "kiosk.json").get("hub")
        assert not offer(begun), "it is away for a moment only"

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("kiosk", ["Kios belum siap. Silakan ambil nomor di meja informasi.", "This kiosk is not ready yet."]),
            ("display", ["Layar ini belum siap. Silakan dengarkan panggilan", "This screen is not ready yet."]),
            ("counter", ["Menyambung ke hub…"]),
        ],
    )
    def test_visitors_are_told_what_to_do_in_both_languages(self, moved: Begin, name: str, said: list[str]) -> None:
        heading, sentence = says(moved(name))
        assert [
            begins for begins, whole in zip(said, heading.split("\n\n"), strict=True) if whole.startswith(begins)
        ] == said
        assert sentence == "Komputer hub tidak terjangkau. Tunggu sebentar; aplikasi menyambung sendiri."

    def test_an_officer_may_say_that_it_has_moved_and_think_again(self, moved: Begin, tmp_path: Path) -> None:
        begun = moved("counter")
        button = offer(begun)
        assert button
        assert begun._window
        assert button.text().startswith("Ganti alamat hub · http://127.0.0.1:")
        QTest.keyClick(begun._window, Qt.Key.Key_Return)
        assert isinstance(begun._window, AskHub)
        press(begun, "hub-quiet")
        assert says(begun)[0] == "Menyambung ke hub…"
        assert Settings(tmp_path / "data" / "counter.json").get("hub") == says(begun)[1]

    def test_before_a_kiosk_only_a_finger_that_stays(
        self, moved: Begin, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(connecting, "HOLD_MS", 30)
        monkeypatch.setattr(ask_hub, "BACK_MS", 200)
        begun = moved("kiosk")
        press(begun, "hub-quiet")
        button = offer(begun)
        assert button
        QTest.mousePress(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: isinstance(begun._window, AskHub), timeout=LIMIT_MS)
        for key in ("1", "2", ".", "delete", ":", "8"):
            press(begun, f"hub-key-{key}")
        assert written(begun).text() == "12:8"
        qtbot.waitUntil(lambda: isinstance(begun._window, connecting.Connecting), timeout=LIMIT_MS)  # nobody is there

    def test_an_address_of_the_command_line_is_not_to_be_changed_here(self, moved: Begin, qtbot: QtBot) -> None:
        begun = moved("counter")
        begun._args.hub = f"127.0.0.1:{free_port()}"
        begun.begin()
        qtbot.waitUntil(lambda: begun._failures > ASK_AGAIN, timeout=LIMIT_MS)
        assert not offer(begun)
