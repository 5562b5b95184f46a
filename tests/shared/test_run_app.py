"""How an app finds its hub before it has a window."""

import argparse
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from shared.assets import CONFIG
from shared.qt import run as start
from shared.qt.ask import AskHub, hub_url
from shared.settings import Settings
from shared.wire import Screen


def starter(data: Path, *arguments: str) -> start._Starter:
    args = start.parser_of("kiosk").parse_args(["--data", str(data), *arguments])
    return start._Starter("kiosk", lambda _launch: QWidget(), args, devices=None, dark=False)


@pytest.fixture(autouse=True)
def started(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> list[tuple[str, str]]:
    """The hubs that would have been started."""
    assert qapp is not None
    hubs: list[tuple[str, str]] = []
    monkeypatch.setattr(start, "ensure_hub", lambda site, _data, address: hubs.append((site.name, address)))
    return hubs


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("192.168.1.10", "http://192.168.1.10:8080"),
        ("192.168.1.10:9000", "http://192.168.1.10:9000"),
        ("http://hub.lan:81/", "http://hub.lan:81"),
        ("[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_an_address_is_taken_as_people_write_it(written: str, url: str) -> None:
    assert hub_url(written) == url


def test_the_address_told_goes_first(tmp_path: Path, started: list[tuple[str, str]]) -> None:
    Settings(tmp_path / "kiosk.json").set("hub", "http://old:8080")
    assert starter(tmp_path, "--hub", "10.0.0.5")._address() == "http://10.0.0.5:8080"
    assert started == []


def test_a_remembered_address_is_used(tmp_path: Path, started: list[tuple[str, str]]) -> None:
    Settings(tmp_path / "kiosk.json").set("hub", "http://old:8080")
    assert starter(tmp_path)._address() == "http://old:8080"
    assert started == []


def test_the_usual_site_starts_its_own_hub(tmp_path: Path, started: list[tuple[str, str]]) -> None:
    assert starter(tmp_path)._address() == "http://127.0.0.1:8080"
    assert started == [("small.toml", "http://127.0.0.1:8080")]


def several_pcs(tmp_path: Path) -> Path:
    site = tmp_path / "hall.toml"
    text = (CONFIG / "small.toml").read_text(encoding="utf-8")
    site.write_text(text.replace("single_pc = true", "single_pc = false"), encoding="utf-8")
    (tmp_path / "logos").symlink_to(CONFIG.parent / "assets" / "logos")
    return site


def test_a_site_of_several_pcs_has_the_app_ask(tmp_path: Path, started: list[tuple[str, str]]) -> None:
    assert starter(tmp_path, "--site", str(several_pcs(tmp_path)))._address() is None
    assert started == []


def test_an_address_once_given_is_remembered_for_a_site_of_several_pcs(tmp_path: Path) -> None:
    Settings(tmp_path / "kiosk.json").set("hub", "http://hub.lan:8080")
    assert starter(tmp_path, "--site", str(several_pcs(tmp_path)))._address() == "http://hub.lan:8080"


def test_without_an_address_the_app_shows_the_question(tmp_path: Path) -> None:
    begun = starter(tmp_path, "--site", str(several_pcs(tmp_path)), "--windowed", "640x480+0+0")
    begun.begin()
    assert isinstance(begun._window, AskHub)
    begun._window.close()
    begun.end()


@pytest.mark.parametrize("windowed", [True, False])
def test_the_site_knows_a_screens_size_better_than_the_screen(windowed: bool) -> None:
    assert start.real_size(Screen(width_mm=708, height_mm=398), windowed=windowed) == (708, 398)


def test_a_window_stands_for_a_usual_screen() -> None:
    assert start.real_size(None, windowed=True) is None


def test_every_app_takes_the_same_arguments() -> None:
    args = start.parser_of("kiosk").parse_args([])
    assert isinstance(args, argparse.Namespace)
    assert {"hub", "site", "data", "id", "language", "windowed", "drive"} <= set(vars(args))
