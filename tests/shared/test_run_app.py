"""How an app finds its hub before it has a window."""

import argparse
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from shared import assets
from shared.assets import CONFIG
from shared.hall import Screen
from shared.qt.ask import hub_urls, is_loopback
from shared.qt.ask_hub import AskHub
from shared.qt.run import parser_of, real_size, run
from shared.qt.starter import Starter
from shared.settings import Settings


def starter(data: Path, *arguments: str) -> Starter:
    args = parser_of("kiosk").parse_args(["--data", str(data), *arguments])
    return Starter("kiosk", lambda _launch: QWidget(), args, devices=None, dark=False)


@pytest.fixture(autouse=True)
def own_site(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this PC's own site file would stand."""
    assert qapp is not None
    own = tmp_path / "etc" / "site.toml"
    monkeypatch.setattr(assets, "installed_site", lambda: own)
    return own


@pytest.mark.parametrize(
    ("written", "urls"),
    [
        ("192.168.1.10", ("https://192.168.1.10:8443", "http://192.168.1.10:8080")),
        ("192.168.1.10:9000", ("https://192.168.1.10:9000", "http://192.168.1.10:9000")),
        ("127.0.0.1:9000", ("http://127.0.0.1:9000", "https://127.0.0.1:9000")),
        ("localhost", ("http://localhost:8080", "https://localhost:8443")),
        ("http://hub.lan:81/", ("http://hub.lan:81",)),
        ("[::1]:8080", ("http://[::1]:8080", "https://[::1]:8080")),
        ("::1", ("http://[::1]:8080", "https://[::1]:8443")),
        ("[fe80::1]", ("https://[fe80::1]:8443", "http://[fe80::1]:8080")),
        ("http://2001:db8::7/", ("http://[2001:db8::7]:8080",)),
        (" hub.lan ", ("https://hub.lan:8443", "http://hub.lan:8080")),
        ("https://hub.lan", ("https://hub.lan",)),
        ("HTTPS://hub.lan:8443/", ("https://hub.lan:8443",)),
        ("https://::1", ("https://[::1]",)),
        ("http://gate.lan/antre/", ("http://gate.lan:8080/antre",)),
    ],
)
def test_an_address_is_taken_as_people_write_it(written: str, urls: tuple[str, ...]) -> None:
    assert hub_urls(written) == urls


@pytest.mark.parametrize(
    ("url", "is_own"),
    [("http://127.0.0.9:1", True), ("http://localhost", True), ("http://[::1]", True), ("http://hub.lan", False)],
)
def test_this_pc_is_told_from_others(url: str, is_own: bool) -> None:
    assert is_loopback(url) is is_own


def test_the_address_told_goes_first(tmp_path: Path) -> None:
    Settings(tmp_path / "kiosk.json").set("hub", "http://old:8080")
    assert starter(tmp_path, "--hub", "10.0.0.5")._addresses()[0] == "https://10.0.0.5:8443"


def test_a_remembered_address_is_used(tmp_path: Path) -> None:
    Settings(tmp_path / "kiosk.json").set("hub", "http://old:8080")
    assert starter(tmp_path)._addresses() == ("http://old:8080",)


def test_the_usual_site_has_a_hub_of_its_own(tmp_path: Path) -> None:
    begun = starter(tmp_path)
    assert begun._addresses() == ("http://127.0.0.1:8080",)
    assert begun._own is not None


def test_the_site_file_of_this_pc_goes_before_the_usual_one(tmp_path: Path, own_site: Path) -> None:
    own_site.parent.mkdir()
    own_site.write_bytes(several_pcs(tmp_path).read_bytes())
    assert starter(tmp_path)._addresses() == ()


def several_pcs(tmp_path: Path) -> Path:
    site = tmp_path / "hall.toml"
    text = (CONFIG / "small.toml").read_text(encoding="utf-8")
    site.write_text(text.replace("single_pc = true", "single_pc = false"), encoding="utf-8")
    return site


def test_a_site_of_several_pcs_has_the_app_ask(tmp_path: Path) -> None:
    assert starter(tmp_path, "--site", str(several_pcs(tmp_path)))._addresses() == ()


def test_an_address_once_given_is_remembered_for_a_site_of_several_pcs(tmp_path: Path) -> None:
    Settings(tmp_path / "kiosk.json").set("hub", "http://hub.lan:8080")
    assert starter(tmp_path, "--site", str(several_pcs(tmp_path)))._addresses() == ("http://hub.lan:8080",)


def test_without_an_address_the_app_shows_the_question(tmp_path: Path) -> None:
    begun = starter(tmp_path, "--site", str(several_pcs(tmp_path)), "--windowed", "640x480+0+0")
    begun.begin()
    assert isinstance(begun._window, AskHub)
    begun._window.close()
    begun.end()


@pytest.mark.parametrize("windowed", [True, False])
def test_the_site_knows_a_screens_size_better_than_the_screen(windowed: bool) -> None:
    assert real_size(Screen(width_mm=708, height_mm=398), windowed=windowed) == (708, 398)


def test_a_window_stands_for_a_usual_screen() -> None:
    assert real_size(None, windowed=True) is None


def test_every_app_takes_the_same_arguments() -> None:
    args = parser_of("kiosk").parse_args([])
    assert isinstance(args, argparse.Namespace)
    assert {"hub", "site", "data", "id", "language", "windowed", "drive"} <= set(vars(args))


def test_the_programs_have_a_picture_of_their_own(qapp: QApplication) -> None:
    assert qapp is not None
    assert QImage(str(assets.ASSETS / "logos" / "antre.png")).size() == QSize(256, 256)


@pytest.mark.parametrize(
    ("language", "said"), [("id", "antre kiosk: Di sini tidak ada layar. Jalankan"), ("en", "There is no screen here.")]
)
def test_an_app_started_without_a_screen_says_so_and_ends(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str, said: str
) -> None:
    monkeypatch.setattr("sys.argv", ["kiosk", "--language", language])
    monkeypatch.setattr("shared.qt.run.has_no_screen", lambda: True)
    assert run("kiosk", lambda _launch: QWidget()) == 1
    assert said in capsys.readouterr().err
