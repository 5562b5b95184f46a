"""The figures say what they claim: whole process trees, what overlapped a burst, no percentile beyond the values."""

import os
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256

import pytest

from benchmarks.burst import Burst, meanwhile, p99
from benchmarks.processes import cpu_s, largest_mb, memory_mb, pss_mb, tree
from benchmarks.screen import frames

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="benchmarks read /proc")

_PARENT = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "held = bytes(range(250)) * 80_000; print(1, flush=True); input()"],
                         stdin=subprocess.PIPE)
input()
child.communicate(b"\\n")
print(2, flush=True)
input()
"""


@pytest.fixture
def parent() -> Iterator[subprocess.Popen[str]]:
    """A process with one child that holds 20 MB."""
    command = [sys.executable, "-c", _PARENT]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "1\n"
        yield process
        process.communicate("\n\n", timeout=10)


def test_the_memory_of_a_tree_has_its_children(parent: subprocess.Popen[str]) -> None:
    pids = tree(parent.pid)
    assert len(pids) == 2
    assert largest_mb(parent.pid) > 20
    assert memory_mb(parent.pid) > largest_mb(parent.pid)
    assert pss_mb(parent.pid) > 20


def test_the_time_of_a_child_that_has_ended_is_not_lost(parent: subprocess.Popen[str]) -> None:
    assert parent.stdin is not None
    assert parent.stdout is not None
    before = cpu_s(parent.pid)
    parent.stdin.write("\n")
    parent.stdin.flush()
    assert parent.stdout.readline() == "2\n"
    assert tree(parent.pid) == [parent.pid]
    assert cpu_s(parent.pid) >= before > 0


def test_a_process_that_is_gone_costs_nothing() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert (largest_mb(gone.pid), pss_mb(gone.pid), cpu_s(gone.pid)) == (0, 0, 0)
    assert os.getpid() in tree(os.getpid())


def test_the_99th_percentile_never_lies_beyond_the_largest_value() -> None:
    assert p99([1.0, 2.0]) <= 2
    assert p99([float(n) for n in range(101)]) == 99


def test_only_readings_that_a_burst_overlapped_count() -> None:
    pressed = [Burst(10.0, 10.05)]
    readings = [(9.0, 9.9), (9.99, 10.01), (10.02, 10.03), (10.04, 10.2), (10.06, 10.07)]
    assert meanwhile(readings, pressed) == pytest.approx([20, 10, 160])


_TEXT = b"".join(sha256(bytes([n])).digest() for n in range(75))
"""600 pixels of a running text, of which a screen shows 300."""


def _at(pixel: int) -> bytes:
    return _TEXT[4 * pixel :][:1200]


def _torn(old: int, new: int, cut: int) -> bytes:
    return _at(new)[: 4 * cut] + _at(old)[4 * cut :]


@pytest.mark.parametrize(
    ("readings", "count"),
    [
        ([_at(0)] * 3, 0),
        ([_at(0), _at(0), _at(2), _at(4), _at(6)], 3),
        ([_at(0), _at(0), _at(2), _at(2), _at(6)], 2),  # one frame was not painted
        ([_at(0), _at(0), _torn(0, 2, 150), _at(2), _torn(2, 4, 10), _at(4)], 2),
        ([_at(0), _at(0), _torn(0, 2, 150), _at(4), _at(6)], 2),
        ([_at(0), _at(0), _torn(0, 2, 299), _at(2), _at(4)], 2),
        ([_torn(0, 2, 150), _at(2), _at(2), _at(4)], 1),
        ([_at(0), _at(0), _at(200), _at(200), _at(202)], 2),  # it leapt
    ],
)
def test_a_frame_of_running_text_read_half_drawn_is_not_counted_twice(readings: list[bytes], count: int) -> None:
    assert frames(readings) == count
