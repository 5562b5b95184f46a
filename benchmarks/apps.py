"""What the windows cost: time to the first frame, memory, and the processor while nothing happens."""

import os
import re
import time
from pathlib import Path
from statistics import median

from benchmarks.servers import ask, hub_of
from demo.play import wait_until
from demo.programs import Hall, Program

FIRST_FRAME = re.compile(r"first frame at ([\d.]+)")
TICKS = os.sysconf("SC_CLK_TCK")
SETTLE_S = 5.0


def measure(folder: Path, site: Path, *, rounds: int, idle_s: float) -> dict[str, float]:
    """First frames in s (median of `rounds` starts), memory in MB (largest of the apps), idle CPU in % of a core."""
    with hub_of(folder / "apps", _still(site, folder)) as hall:
        starts = {room: [_first_frame(hall, room, turn) for turn in range(rounds)] for room in ("kiosk", "display")}
        apps = [hall.programs[-1], _counter(hall)]
        idle = _cpu_while_idle([*apps, hall.programs[0]], idle_s)
        return {
            "kiosk_first_frame_s": median(starts["kiosk"]),
            "display_first_frame_s": median(starts["display"]),
            "app_rss_mb": max(_rss_mb(program) for program in hall.programs[1:] if program.process.poll() is None),
            "hub_rss_mb": _rss_mb(hall.programs[0]),
            "idle_cpu_percent": max(idle),
        }


def _still(site: Path, folder: Path) -> Path:
    """The hall without running text: the TV's idling is measured without it."""
    still = folder / site.name
    text = site.read_text(encoding="utf-8")
    still.write_text(re.sub(r"^texts = \[.*?\]$", "texts = []", text, flags=re.DOTALL | re.MULTILINE), encoding="utf-8")
    return still


def _first_frame(hall: Hall, room: str, turn: int) -> float:
    devices = ask(f"{hall.address}/api/hall")["kiosks" if room == "kiosk" else "displays"]
    data = hall.folder / f"{room}-{turn}"
    start = time.time()
    program = hall.start(
        f"{room}-{turn}",
        room,
        "--hub",
        hall.address,
        "--data",
        str(data),
        "--id",
        devices[0]["id"],
        "--windowed",
        "1920x1080+0+0",
    )
    at = _logged_frame(data / "logs" / f"{room}.log", program)
    if room == "kiosk" or turn == 0:
        program.end()
    return at - start


def _logged_frame(log: Path, program: Program) -> float:
    def found() -> re.Match[str] | None:
        return FIRST_FRAME.search(log.read_text(encoding="utf-8")) if log.exists() else None

    wait_until(lambda: found() is not None, f"the first frame of {program.name}: {program.said()}")
    match = found()
    return float(match.group(1)) if match else 0.0


def _counter(hall: Hall) -> Program:
    first = ask(f"{hall.address}/api/hall")["counters"][0]["id"]
    data = hall.folder / "counter"
    counter = hall.start(
        "counter", "counter", "--hub", hall.address, "--data", str(data), "--id", first, "--windowed", "1366x768+0+0"
    )
    _logged_frame(data / "logs" / "counter.log", counter)
    return counter


def _cpu_while_idle(programs: list[Program], seconds: float) -> list[float]:
    time.sleep(SETTLE_S)  # what a start still has to do is not idling
    before = [_ticks(program) for program in programs]
    time.sleep(seconds)
    return [100 * (_ticks(program) - was) / TICKS / seconds for program, was in zip(programs, before, strict=True)]


def _ticks(program: Program) -> int:
    fields = Path(f"/proc/{program.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _rss_mb(program: Program) -> float:
    status = Path(f"/proc/{program.process.pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found.group(1)) / 1024 if found else 0.0
