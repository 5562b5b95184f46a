from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.leaving import RESTART, leave, restart
from kiosk.screens.window import KioskWindow


@pytest.mark.parametrize(("how", "ended"), [(restart, [False, RESTART]), (leave, ["quit"])])
def test_the_program_ends_with_its_status_once_the_window_is_closed(
    window: KioskWindow, monkeypatch: pytest.MonkeyPatch, how: Callable[[], None], ended: list[object]
) -> None:
    told: list[object] = []
    monkeypatch.setattr(QApplication, "setQuitOnLastWindowClosed", told.append)
    monkeypatch.setattr(QApplication, "exit", told.append)
    monkeypatch.setattr(QApplication, "quit", lambda: told.append("quit"))  # which closes the windows itself
    how()
    assert told == ended
    assert window.isVisible() is (how is leave)
