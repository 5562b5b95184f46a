import gc
import re
import weakref
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot

from shared.qt.later import later

ROOT = Path(__file__).parent.parent.parent


class Held:
    """What the act holds."""


def test_it_is_done_once_and_lets_go_of_what_it_held(qtbot: QtBot) -> None:
    owner, held, done = QObject(), Held(), list[Held]()
    later(owner, 0, partial(done.append, held))
    qtbot.waitUntil(lambda: len(done) == 1)
    kept = weakref.ref(held)
    done.clear()
    del held
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    assert kept() is None
    assert owner.children() == []


def test_nothing_is_done_for_who_is_gone(qtbot: QtBot) -> None:
    owner, done = QObject(), list[int]()
    later(owner, 0, lambda: done.append(1))
    del owner
    gc.collect()
    qtbot.wait(1)
    assert done == []


def test_nobody_uses_what_keeps_it_for_ever() -> None:
    rooms = ("kiosk", "counter", "display", "shared", "demo")
    files = [file for room in rooms for file in (ROOT / room).rglob("*.py") if file.name != "later.py"]
    with_context = re.compile(r"singleShot\([^,()]*(?:\([^()]*\))?[^,()]*, \w+, ")
    assert [str(file) for file in files if with_context.search(file.read_text(encoding="utf-8"))] == []
