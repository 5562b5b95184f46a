"""A window's thread that stands still says where, and its next start knows of it."""

import sys
from pathlib import Path

import pytest

from shared.qt.watched import Watched, be_patient, facts_of
from shared.watch_rules import Patience
from shared.watchdog import BEAT, BUSY, STUCK, Watchdog
from tests.hub.running import ROOT

SMALL = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from shared.qt.watched import Watched, told

def stand_still():
    time.sleep(30)

app = QCoreApplication([])
watched = Watched(Path(sys.argv[1]), "small", told())
print("no beat, and nobody minds")
QTimer.singleShot(100, stand_still if not watched.facts else app.quit)
app.exec()
watched.close()
"""


WAITS = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QThread, QTimer
from shared.qt.watched import Watched, be_patient, long_work, told, wait_for

class Slow(QThread):
    def run(self):
        time.sleep(4)

app = QCoreApplication([])
watched = Watched(Path(sys.argv[1]), "small", told())
thread = Slow()

def end():
    thread.start()
    assert not wait_for(thread, 10)
    assert wait_for(thread, 30_000)
    with long_work():
        time.sleep(4.5)
    be_patient(on=True)  # a window that is built, and whose first frame takes long after the loop has turned
    QTimer.singleShot(1200, paint)

def paint():
    time.sleep(4)
    be_patient(on=False)
    app.quit()

QTimer.singleShot(100, end if not watched.facts else app.quit)
app.exec()
watched.close()
"""


@pytest.mark.allow_log("no beat within|started again")
def test_the_log_says_in_which_line_it_stood(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level("INFO")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    line = [sys.executable, "-c", SMALL, str(tmp_path)]
    patience = Patience(start_s=60)
    assert Watchdog(line, patience=patience, stuck=tmp_path / f"small{STUCK}", is_over=lambda: False).run() == 0
    assert "in stand_still" in caplog.text
    assert "started again: froze" in caplog.text


def test_a_program_that_waits_for_its_printer_to_end_is_not_taken_for_frozen(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level("INFO")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    patience = Patience(start_s=60, silent_s=2)
    assert Watchdog([sys.executable, "-c", WAITS, str(tmp_path)], patience=patience, is_over=lambda: False).run() == 0
    assert "started again" not in caplog.text


def test_once_a_window_is_painted_a_loop_that_stands_still_is_frozen_again(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bytes] = []
    monkeypatch.setattr(Watched, "_tell", lambda _watched, line, _stuck: told.append(line))
    watched = Watched.__new__(Watched)
    monkeypatch.setattr("shared.qt.watched._beating", [watched])
    for on in (True, False):
        be_patient(on=on)
        watched.beat()
    assert told == [BUSY, BUSY, BEAT, BEAT]


@pytest.mark.parametrize(
    ("told", "facts"),
    [("|", {}), ("2|2026-11-22 10:07 froze", {"restarts": "2", "restarted": "2026-11-22 10:07 froze"})],
)
def test_the_hub_hears_how_often_when_and_why(told: str, facts: dict[str, str]) -> None:
    assert facts_of(told) == facts
