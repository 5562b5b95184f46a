"""How soon a call is heard: the TV's voice is given a call it has never said, and the first of its chime leaves.

Both sentences are rendered between; the sound goes to a PulseAudio device that nobody hears. Measured until the playing
program answers that the first sound leaves now: the device's own delay and the hub's feed (a row of its own) come on
top. A process of its own: `python -m benchmarks.speaking FOLDER CALLS` prints the milliseconds of each call as JSON.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from math import nan
from pathlib import Path
from statistics import median
from time import monotonic, perf_counter

from PySide6.QtCore import QCoreApplication, QEventLoop

from benchmarks.burst import p99
from demo.hearing import NullSink, missing_programs
from display.voice import Utterance, Voice
from shared.calling import Calling
from shared.hall import DisplaySettings

_PATIENCE_S = 20


def measure(folder: Path, *, calls: int) -> dict[str, float]:
    """The row; NaN, which meets no goal, where PulseAudio is not installed."""
    if missing_programs():
        return {"call_to_sound_p50_ms": nan, "call_to_sound_p99_ms": nan}
    with NullSink(folder / "pulse") as sink:
        command = [sys.executable, "-m", "benchmarks.speaking", str(folder / "voice"), str(calls)]
        here = {**os.environ, **sink.environment}
        done = subprocess.run(command, env=here, check=True, stdout=subprocess.PIPE, timeout=60 + 2 * calls)
    taken = json.loads(done.stdout)
    return {"call_to_sound_p50_ms": median(taken), "call_to_sound_p99_ms": p99(taken)}


def main() -> None:
    """Say the calls one after the other, each broken off once it sounds."""
    cache, calls = Path(sys.argv[1]), int(sys.argv[2])
    app = QCoreApplication([])
    settings = DisplaySettings(id="tv", name="TV", repeat=1)
    voice = Voice(settings, calling=Calling("loket"), cache=cache, now=lambda: datetime.now(UTC))
    begun: dict[int, float] = {}
    voice.started.connect(lambda event: begun.setdefault(event, perf_counter()))
    _wait(app, lambda: bool(voice.sound))
    print(json.dumps([1000 * _first_sound(app, voice, begun, event) for event in range(1, calls + 1)]))
    voice.stop()


def _first_sound(app: QCoreApplication, voice: Voice, begun: dict[int, float], event: int) -> float:
    """From a call to its first sound."""
    asked = perf_counter()
    voice.say(Utterance(event, f"A-{event:03d}", str(event), datetime.now(UTC)))
    _wait(app, lambda: event in begun)
    voice.take_back(event)
    _wait(app, lambda: voice.saying is None)
    return begun[event] - asked


def _wait(app: QCoreApplication, true: Callable[[], bool]) -> None:
    end = monotonic() + _PATIENCE_S
    while not true():
        if monotonic() > end:
            raise TimeoutError
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)


if __name__ == "__main__":
    main()
