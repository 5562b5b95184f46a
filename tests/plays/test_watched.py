"""The real kiosk under its watchdog: frozen, fallen, opened twice, left without its watchdog."""

import os
import re
import signal
import sys
import time
from collections.abc import Iterator

import pytest

from benchmarks.servers import ask
from demo.play import START_S, Actor, turn_to, wait_until
from demo.programs import ROOT, Hall, Program
from shared.assets import CONFIG
from shared.watch_rules import TAKEN, Patience
from tests.swallowing_road import TAKES, swallowing_road

BACK_S = 10.0
"""From the freeze to the next first frame, whatever it takes to notice, on a PC of a hall."""

NOTICED_S = Patience().silent_s + Patience().late_s + Patience().grace_s
"""So much of it the watchdog may take; the rest is a start, which on a busy machine is as slow as the first one was."""


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    hall = Hall(tmp_path_factory.mktemp("hall"), CONFIG / "small.toml", env={"PYTHONPATH": str(ROOT)})
    try:
        hall.open_hub()
        yield hall
    finally:
        hall.close()


def watched(hall: Hall, name: str, *more: str, address: str = "") -> Program:
    where = ["--hub", address or hall.address, "--data", str(hall.folder / "pc")]
    how = ["--printer", "none", "--windowed", "800x600+0+0"]
    return hall.start(name, "kiosk", "--watched", *where, *how, *more)


def pids(hall: Hall) -> list[int]:
    return [int(pid) for pid in logged(hall, "kiosk-watchdog.log", r"started as process (\d+)")]


def waiting(hall: Hall) -> list[str]:
    return [ticket["number"] for ticket in ask(f"{hall.address}/api/counters/loket-1")["waiting"]]


def logged(hall: Hall, file: str, pattern: str) -> list[str]:
    log = hall.folder / "pc/logs" / file
    return re.findall(pattern, log.read_text(encoding="utf-8")) if log.exists() else []


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def kiosk_facts(hall: Hall) -> dict[str, str]:
    devices = ask(f"{hall.address}/api/health")["devices"]
    return next((dict(one["facts"]) for one in devices if one["kind"] == "kiosk"), {})


@pytest.mark.skipif(sys.platform == "win32", reason="another system: signals")
def test_a_kiosk_that_stands_still_or_falls_is_back_within_ten_seconds(hall: Hall) -> None:
    started = time.time()
    kiosk = watched(hall, "kiosk")

    def frames() -> list[str]:
        return logged(hall, "kiosk.log", r"first frame at ([\d.]+)")

    def back_after(harm: signal.Signals) -> float:
        begun, seen = time.time(), len(frames())
        os.kill(pids(hall)[-1], harm)
        wait_until(lambda: len(frames()) > seen, "the next first frame", patience_s=START_S)
        return float(frames()[-1]) - begun

    wait_until(lambda: len(frames()) == 1, "the first frame", patience_s=START_S)
    first_s = float(frames()[0]) - started
    back = [back_after(harm) for harm in (signal.SIGSTOP, signal.SIGSEGV)]
    assert max(back) <= max(BACK_S, NOTICED_S + 2 * first_s)
    wait_until(lambda: kiosk_facts(hall).get("restarts") == "2", "the hub to hear of it")
    assert kiosk_facts(hall)["restarted"].endswith("signal 11")
    assert "Current thread" in " ".join(logged(hall, "kiosk-watchdog.log", r"(?m)^Current thread.*"))

    second = watched(hall, "second")
    assert second.process.wait(START_S) == TAKEN

    real = next(pid for pid in pids(hall) if alive(pid))
    kiosk.process.kill()
    wait_until(lambda: not alive(real), "the kiosk to end after its watchdog")


@pytest.mark.skipif(sys.platform == "win32", reason="another system: signals")
def test_a_kiosk_killed_between_question_and_answer_gives_the_number_back_when_it_is_started_anew(hall: Hall) -> None:
    with swallowing_road(hall.address, TAKES) as road:
        watched(hall, "kiosk", "--drive", str(hall.folder / "drive"), address=road.address)
        kiosk = Actor("kiosk", hall.folder / "drive")
        turn_to(kiosk, "agency-kependudukan")
        kiosk.press("agency-kependudukan")
        turn_to(kiosk, "service-kependudukan-ktp")
        road.swallows = True
        kiosk.order("press", name="service-kependudukan-ktp")
        wait_until(lambda: road.swallowed > 0, "the answer to be lost")
        os.kill(pids(hall)[-1], signal.SIGKILL)
        kiosk.close()
        assert waiting(hall) == ["A-001"]
        road.swallows = False
        wait_until(lambda: waiting(hall) == [], "the number to be given back")
