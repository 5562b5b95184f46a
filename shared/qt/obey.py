"""Orders that come line by line to a child program, handed to the object that carries them out in Qt's loop."""

import threading
from queue import SimpleQueue

from PySide6.QtCore import QTimer, SignalInstance


def obey(orders: "SimpleQueue[str]", came: SignalInstance) -> None:
    """From when the loop runs, emit `came` with each order as it comes."""
    feeder = threading.Thread(target=_feed, args=[orders, came], daemon=True)
    QTimer.singleShot(0, feeder.start)


def _feed(orders: "SimpleQueue[str]", came: SignalInstance) -> None:
    while True:
        came.emit(orders.get())  # from this thread: Qt queues it into the loop
