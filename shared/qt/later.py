"""Doing something once, a little later, without keeping it for ever."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def later(owner: QObject, ms: int, act: Callable[[], object]) -> None:
    """Do `act` once in `ms`, unless `owner` is gone by then.

    In place of `QTimer.singleShot(ms, owner, act)`, of which PySide6 6.11.3 never lets `act` go, nor anything it
    holds: a whole window with each change of the hall.
    """
    timer = QTimer(owner, singleShot=True, interval=ms)
    timer.timeout.connect(act)
    timer.timeout.connect(timer.deleteLater)
    timer.start()
