"""A TV in a hall whose configuration changes: the running text is another, the call stays."""

from argparse import Namespace
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from display.__main__ import build
from display.screens.lettering import Figure
from display.screens.wall import Wall
from shared.hall import Hall
from shared.qt.launch import Launch
from shared.qt.link import HubLink
from shared.qt.theme import install_fonts
from shared.settings import Settings
from shared.words import Words
from tests.live_hall import live_hall
from tests.real_hub import LIMIT_S


def test_the_running_text_changes_while_a_number_stands_large(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> None:
    install_fonts()
    with live_hall(tmp_path) as hall:
        link = HubLink(hall.hub.address, parent=qapp)
        told = Hall.model_validate(hall.hub.get("/api/hall"))
        silent = told.model_copy(update={"displays": [told.displays[0].model_copy(update={"voice": False})]})
        settings = Settings(tmp_path / "display.json")
        wall = build(Launch(Namespace(clips=None), link, silent, Words("id"), settings, tmp_path, "tv-1"))
        qtbot.addWidget(wall)
        wall.resize(1366, 768)
        wall.show()
        qtbot.waitUntil(lambda: link.up, timeout=1000 * LIMIT_S)
        ticket = hall.hub.take()
        hall.hub.post("/api/counters/loket-1/next")
        qtbot.waitUntil(lambda: ticket["number"] in numbers(wall), timeout=1000 * LIMIT_S)
        text = hall.text.replace("Semua layanan di kantor ini tidak dipungut biaya.", "Besok buka pukul 09.00.")
        hall.take_up(text.replace('name = "TV ruang tunggu"', 'name = "TV baru"\nvoice = false'))
        qtbot.waitUntil(lambda: wall.windowTitle() == "TV baru", timeout=1000 * LIMIT_S)
        assert wall.ribbon is not None
        assert "Besok buka pukul 09.00." in wall.ribbon.text()
        assert ticket["number"] in numbers(wall)
        link.close()
        link.deleteLater()


def numbers(wall: Wall) -> list[str]:
    return [figure.text() for figure in wall.findChildren(Figure) if figure.isVisible()]
