"""What the windows cost: time to the first frame, memory, and the processor while nothing happens.

One app runs at a time, as in the hall, where each has a PC of its own.
"""

import re
import time
from pathlib import Path
from statistics import median

from benchmarks.processes import cpu_s, largest_mb, memory_mb, pss_mb, tree
from benchmarks.servers import ask, hub_of
from demo.play import wait_until
from demo.programs import Hall, Program

FIRST_FRAME = re.compile(r"first frame at ([\d.]+)")
SETTLE_S = 5.0
SCREENS = {"kiosk": "1920x1080+0+0", "display": "1920x1080+0+0", "counter": "1366x768+0+0"}


def measure(folder: Path, site: Path, *, rounds: int, idle_s: float) -> dict[str, float]:
    """First frames in s (median of `rounds` starts); memory in MB and idle CPU in % of a core, each with children."""
    figures: dict[str, float] = {}
    with hub_of(folder / "apps", _still(site, folder)) as hall:
        for room in SCREENS:
            figures |= _app(hall, room, rounds=rounds, idle_s=idle_s)
        figures["hub_rss_idle_mb"] = largest_mb(hall.programs[0].process.pid)
    figures["app_rss_mb"] = max(figures[f"{room}_mb"] for room in SCREENS)
    figures["idle_cpu_percent"] = max(value for name, value in figures.items() if name.endswith("_idle_cpu_percent"))
    return figures


def _still(site: Path, folder: Path) -> Path:
    """The hall without running text: the TV's idling is measured without it."""
    still = folder / site.name
    text = site.read_text(encoding="utf-8")
    still.write_text(re.sub(r"^texts = \[.*?\]$", "texts = []", text, flags=re.DOTALL | re.MULTILINE), encoding="utf-8")
    return still


def _app(hall: Hall, room: str, *, rounds: int, idle_s: float) -> dict[str, float]:
    """One room's figures: the app is started again and again, and idles after the last start."""
    firsts = []
    for turn in range(rounds - 1):
        program, first = _started(hall, room, turn)
        firsts.append(first)
        program.end()
    program, first = _started(hall, room, rounds - 1)
    firsts.append(first)
    app, hub = program.process.pid, hall.programs[0].process.pid
    idle = _cpu_while_idle([app, hub], idle_s)
    figures = {
        f"{room}_first_frame_s": median(firsts),
        f"{room}_mb": memory_mb(app),
        f"{room}_largest_process_mb": largest_mb(app),
        f"{room}_pss_mb": pss_mb(app),
        f"{room}_processes": len(tree(app)),
        f"{room}_idle_cpu_percent": idle[0],
        f"hub_beside_{room}_idle_cpu_percent": idle[1],
    }
    program.end()
    return figures


def _started(hall: Hall, room: str, turn: int) -> tuple[Program, float]:
    """An app on a PC that has not seen it before, and after how many s its first frame was there."""
    device = ask(f"{hall.address}/api/hall")[f"{room}s"][0]["id"]
    data = hall.folder / f"{room}-{turn}"
    where = ["--hub", hall.address, "--data", str(data), "--id", device, "--windowed", SCREENS[room]]
    start = time.time()
    program = hall.start(f"{room}-{turn}", room, *where)
    return program, _logged_frame(data / "logs" / f"{room}.log", program) - start


def _logged_frame(log: Path, program: Program) -> float:
    def found() -> re.Match[str] | None:
        return FIRST_FRAME.search(log.read_text(encoding="utf-8")) if log.exists() else None

    wait_until(lambda: found() is not None, f"the first frame of {program.name}: {program.said()}")
    match = found()
    return float(match.group(1)) if match else 0.0


def _cpu_while_idle(pids: list[int], seconds: float) -> list[float]:
    time.sleep(SETTLE_S)  # what a start still has to do is not idling
    before = [cpu_s(pid) for pid in pids]
    time.sleep(seconds)
    return [100 * (cpu_s(pid) - was) / seconds for pid, was in zip(pids, before, strict=True)]
