"""When a view is fetched though no event came."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from shared.qt.freshness import AFTER_MIDNIGHT, EVERY_S, Freshness

NOON = datetime(2026, 2, 12, 12, tzinfo=ZoneInfo("Asia/Makassar"))


@pytest.mark.parametrize(
    ("now", "pause"),
    [
        (NOON, timedelta(seconds=EVERY_S)),
        (NOON.replace(hour=23, minute=59, second=30), timedelta(seconds=30) + AFTER_MIDNIGHT),
        (NOON.replace(hour=0), timedelta(seconds=EVERY_S)),
    ],
)
def test_it_rings_each_minute_and_just_after_midnight(qapp: QCoreApplication, now: datetime, pause: timedelta) -> None:
    assert Freshness(lambda: now, parent=qapp)._pause() == pause


def test_it_goes_on_ringing(qapp: QCoreApplication, qtbot: QtBot) -> None:
    freshness = Freshness(lambda: NOON, every_s=0.01, parent=qapp)
    with qtbot.waitSignals([freshness.due] * 3, timeout=5000):
        freshness.start()
    freshness.deleteLater()
