import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QColor

from tests.rooms import read_imports, violations

ROOT = Path(__file__).parent.parent


def test_the_house_keeps_its_rule() -> None:
    assert violations(ROOT) == []


def test_all_rooms_are_looked_at() -> None:
    rooms = {module.split(".")[0] for module in read_imports(ROOT)}
    assert rooms >= {"kiosk", "counter", "display", "hub", "shared", "demo", "start"}


@pytest.mark.parametrize(
    ("file", "line", "found"),
    [
        ("kiosk/kiosk.py", "import hub.floor", "kiosk.kiosk imports hub"),
        ("counter/officer.py", "from display.board import Board", "counter.officer imports display"),
        ("display/board.py", "from demo import play", "display.board imports demo"),
        ("hub/server.py", "def f():\n    from kiosk import paper", "hub.server imports kiosk"),
        ("hub/server.py", "from importlib import import_module\nimport_module('kiosk')", "hub.server imports kiosk"),
        ("shared/wire.py", "from hub.floor import Floor", "shared.wire imports hub"),
        ("shared/words.py", "from PySide6.QtCore import QObject", "shared.words imports PySide6"),
        ("kiosk/kiosk.py", "import sqlite3", "kiosk.kiosk speaks SQL"),
        ("hub/floor.py", "from sqlite_utils import Database", "hub.floor speaks SQL"),
        ("demo/play.py", "import sqlite3", "demo.play speaks SQL"),
    ],
)
def test_a_planted_breach_is_found(tmp_path: Path, file: str, line: str, found: str) -> None:
    (tmp_path / file).parent.mkdir()
    (tmp_path / file).write_text(line)
    assert violations(tmp_path) == [found]


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("kiosk/screens/tile.py", "from PySide6.QtWidgets import QWidget\nfrom kiosk.kiosk import Kiosk"),
        ("shared/qt/link.py", "from PySide6.QtCore import QObject\nfrom shared.wire import Ticket"),
        ("hub/store.py", "import sqlite3\nfrom sqlite_utils import Database\nfrom . import migrations"),
        ("demo/window.py", "from PySide6.QtWidgets import QWidget\nfrom shared.wire import Ticket"),
    ],
)
def test_what_is_allowed_passes(tmp_path: Path, file: str, line: str) -> None:
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(line)
    assert violations(tmp_path) == []


def test_qt_is_found_behind_another_module(tmp_path: Path) -> None:
    (tmp_path / "kiosk").mkdir()
    (tmp_path / "kiosk/paper.py").write_text("from kiosk.fonts import width")
    (tmp_path / "kiosk/fonts.py").write_text("from PySide6.QtGui import QFont")
    assert violations(tmp_path) == ["kiosk.paper reaches PySide6: kiosk.paper → kiosk.fonts → PySide6"]


def test_qt_takes_no_reference_from_none() -> None:
    """PySide6 6.12.0 takes one with each call on Python 3.11, and aborts after some thousands.

    From Python 3.12 on None is immortal: there the fault cannot show, and this passes whatever Qt does.
    """
    thing, timer, colour = QObject(), QTimer(), QColor()
    before = sys.getrefcount(None)
    for _ in range(1000):
        thing.setObjectName("tile")
        thing.blockSignals(False)
        timer.setInterval(5)
        timer.stop()
        colour.setRgb(11, 93, 94)
        thing.parent()
    assert abs(sys.getrefcount(None) - before) < 100
