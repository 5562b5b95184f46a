"""The lobby TV on a screen: from a call to its pixels, what the running text costs, memory after 10,000 calls.

The calls of the TV's own zone are measured, three a second, while other zones make up sixteen a second in all. The
TV's board is kept full, so that the newest call is always painted as the top row.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks.processes import cpu_s, memory_mb
from benchmarks.screen import HEIGHT, WIDTH, Screen, frames, readings, screen
from benchmarks.servers import ask, hub_of, order
from demo.play import wait_until
from demo.programs import Hall, Program

Part = tuple[int, int, int, int]
"""Of the screen: left, top, right, bottom."""
OWN_A_S, OTHERS_A_S = 3, 13
TOP_ROW = (round(0.64 * WIDTH), 110, round(0.8 * WIDTH), 230)
_RIBBON = (0, HEIGHT - 42, WIDTH, HEIGHT - 41)
"""One line right through the letters."""
_SETTLED_S = 0.3
_PATIENCE_S = 5.0
_FILLED = 12
_LOAD = 8
"""Threads that call when only the number of calls matters."""


def measure(folder: Path, site: Path, *, calls: int, seconds: float, storm: int) -> dict[str, float]:
    """`call_to_painted_*_ms`, `ribbon_fps`, `ribbon_cpu_percent`, and `tv_growth_mb` over `storm` calls."""
    with screen(folder / "x") as shown, hub_of(folder / "tv", site) as hall:
        tv = a_tv(hall, shown)
        figures = _ribbon(tv, shown, seconds)
        p50, p99 = painted(hall, shown, calls=calls)
        figures |= {"call_to_painted_p50_ms": p50, "call_to_painted_p99_ms": p99}
        return figures | {"tv_growth_mb": _growth(hall, tv, _counters(hall)[0], storm)}


def a_tv(hall: Hall, shown: Screen, display: str = "") -> Program:
    """The TV of that id, else the hall's first, on that screen and done with starting."""
    named = display or ask(f"{hall.address}/api/hall")["displays"][0]["id"]
    hall.use(shown.env)
    where = ("--hub", hall.address, "--data", str(hall.folder / "tv"), "--id", named)
    program = hall.start("tv", "display", *where, "--windowed", f"{WIDTH}x{HEIGHT}+0+0")
    wait_until(lambda: len(set(shown.lines(*TOP_ROW))) > 1, f"the TV's first frame: {program.said()}", patience_s=60)
    time.sleep(_PATIENCE_S)  # what a start still has to do
    return program


def _ribbon(tv: Program, shown: Screen, seconds: float) -> dict[str, float]:
    fps = frames(readings(shown, _RIBBON, seconds)) / seconds
    before = cpu_s(tv.process.pid)
    time.sleep(seconds)
    return {"ribbon_fps": fps, "ribbon_cpu_percent": 100 * (cpu_s(tv.process.pid) - before) / seconds}


def _counters(hall: Hall) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Those of the TV's zones, and the others."""
    told = ask(f"{hall.address}/api/hall")
    zones = told["displays"][0]["zones"] or [zone["id"] for zone in told["zones"]]
    own = [counter for counter in told["counters"] if counter["zone"] in zones]
    return own, [counter for counter in told["counters"] if counter not in own] or own


def _service(hall: Hall, counter: dict[str, Any]) -> str:
    agencies = {agency["id"]: agency for agency in ask(f"{hall.address}/api/hall")["agencies"]}
    return str(agencies[counter["agencies"][0]]["services"][0]["id"])


def _call(hall: Hall, counter: str, service: str) -> None:
    order(f"{hall.address}/api/tickets", {"service": service})
    order(f"{hall.address}/api/counters/{counter}/next", {})


def painted(hall: Hall, shown: Screen, *, calls: int, row: Part = TOP_ROW) -> tuple[float, float]:
    """Ms from a press to the first frame of it, p50 and p99; `row`: where the TV's newest row stands."""
    own, others = _counters(hall)
    desks = [(counter["id"], _service(hall, counter)) for counter in own]
    for counter, service in (desks * _FILLED)[:_FILLED]:
        _call(hall, counter, service)
    turn = cycle(desks)
    with _calling(hall, others):
        times = [_one(hall, shown, *next(turn), row=row) for _ in range(calls)]
    cuts = quantiles(times, n=100)
    return cuts[49], cuts[98]


def _one(hall: Hall, shown: Screen, counter: str, service: str, *, row: Part) -> float:
    order(f"{hall.address}/api/tickets", {"service": service})
    before = _settled(shown, row)
    pressed = time.perf_counter()
    pressing = threading.Thread(target=order, args=(f"{hall.address}/api/counters/{counter}/next", {}))
    pressing.start()
    while shown.lines(*row) == before:
        if time.perf_counter() > pressed + _PATIENCE_S:
            raise RuntimeError(f"the call at {counter} was not painted")
        time.sleep(0.0005)
    painted = time.perf_counter()
    pressing.join()
    return 1000 * (painted - pressed)


def _settled(shown: Screen, row: Part) -> bytes:
    """The row once nothing moves in it."""
    still, since = shown.lines(*row), time.perf_counter()
    while time.perf_counter() - since < _SETTLED_S:
        time.sleep(0.005)
        now = shown.lines(*row)
        if now != still:
            still, since = now, time.perf_counter()
    return still


@contextmanager
def _calling(hall: Hall, counters: list[dict[str, Any]]) -> Iterator[None]:
    """Other counters call meanwhile, at an even pace."""
    ended = threading.Event()
    desks = cycle([(counter["id"], _service(hall, counter)) for counter in counters])

    def call() -> None:
        while not ended.wait(1 / OTHERS_A_S):
            _call(hall, *next(desks))

    caller = threading.Thread(target=call)
    caller.start()
    try:
        yield
    finally:
        ended.set()
        caller.join()


def _growth(hall: Hall, tv: Program, own: list[dict[str, Any]], storm: int) -> float:
    """MB more after `storm` calls than after the first tenth of them."""
    desks = [(counter["id"], _service(hall, counter)) for counter in own]
    _storm(hall, desks, storm // 10)
    before = memory_mb(tv.process.pid)
    _storm(hall, desks, storm)
    return memory_mb(tv.process.pid) - before


def _storm(hall: Hall, desks: list[tuple[str, str]], calls: int) -> None:
    def call(first: int) -> None:
        for n in range(first, calls, _LOAD):
            _call(hall, *desks[n % len(desks)])

    callers = [threading.Thread(target=call, args=(first,)) for first in range(_LOAD)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    time.sleep(_PATIENCE_S)  # for what is still on its way
