"""What a program costs with every process it has started: a TV's voice runs in children of its own."""

import os
import re
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")
_PARENT, _FIRST_TIME, _TIMES = 1, 11, 4
"""Places in /proc/PID/stat after the name: the parent; own user and system time, then those of ended children."""


def tree(pid: int) -> list[int]:
    """The process and all that descend from it, as far as they run."""
    children: dict[int, list[int]] = {}
    for folder in _PROC.glob("[0-9]*"):
        if fields := _stat(int(folder.name)):
            children.setdefault(int(fields[_PARENT]), []).append(int(folder.name))
    found = [pid]
    for one in found:  # grows while it is walked
        found += children.get(one, [])
    return found


def cpu_s(pid: int) -> float:
    """Processor time of the whole tree so far, in s, children that have ended among them."""
    times = (_stat(one)[_FIRST_TIME : _FIRST_TIME + _TIMES] for one in tree(pid))
    return sum(int(time) for four in times for time in four) / TICKS


def memory_mb(pid: int) -> float:
    """Memory of the whole tree as on a PC of its own, in MB: the largest process, and the others' private pages.

    Not the sum of PSS: that shrinks when anything else on the machine, a test or an editor, uses the same libraries.
    """
    largest, *others = sorted(tree(pid), key=_rss_kb, reverse=True)
    return (_rss_kb(largest) + sum(_private_kb(other) for other in others)) / 1024


def pss_mb(pid: int) -> float:
    """The sum of PSS over the tree, in MB: its share of what this machine holds now."""
    return sum(_kb(one, "smaps_rollup", "Pss") for one in tree(pid)) / 1024


def largest_mb(pid: int) -> float:
    """RSS of the largest process of the tree, in MB."""
    return max(_rss_kb(one) for one in tree(pid)) / 1024


def _rss_kb(pid: int) -> int:
    return _kb(pid, "status", "VmRSS")


def _private_kb(pid: int) -> int:
    return _kb(pid, "smaps_rollup", "Private_Clean") + _kb(pid, "smaps_rollup", "Private_Dirty")


def _stat(pid: int) -> list[str]:
    return _read(pid, "stat").rpartition(")")[2].split()


def _kb(pid: int, file: str, name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+) kB", _read(pid, file), re.MULTILINE)
    return int(found[1]) if found else 0


def _read(pid: int, file: str) -> str:
    try:
        return (_PROC / str(pid) / file).read_text(encoding="utf-8", errors="replace")
    except OSError:  # it has ended meanwhile
        return ""
