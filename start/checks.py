"""What `test` runs: style and types behind the tests that listen, then all other tests abreast."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

STYLE = (["ruff", "check"], ["ruff", "format", "--check"], ["mypy"])


def failed(python: Path, root: Path) -> list[str]:
    """Run every check of the working copy at `root`, telling each on the terminal; the names of those that failed."""
    with ThreadPoolExecutor() as behind:
        style = [behind.submit(_behind, python, check) for check in STYLE]
        heard = _passes(python, ["pytest", "-m", "alone", *listening(root / "tests")])
    told = [_tell(check, outcome.result()) for check, outcome in zip(STYLE, style, strict=True)]
    rest = _passes(python, ["pytest", "-m", "not alone", *_abreast()])
    names = [*(" ".join(check) for check in STYLE), "pytest"]
    return [name for name, passed in zip(names, [*told, heard and rest], strict=True) if not passed]


def listening(tests: Path) -> list[str]:
    """The files that hold tests marked `alone`: to collect all others only to leave them out costs many seconds."""
    return sorted(str(path) for path in tests.rglob("test_*.py") if "mark.alone" in path.read_text(encoding="utf-8"))


def _behind(python: Path, check: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a check in the background: what plays sound in front of it always has the processor first."""
    nice = ["nice", "-n", "19"] if shutil.which("nice") else []
    return subprocess.run(
        [*nice, python, "-P", "-m", *check], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )


def _tell(check: Sequence[str], outcome: subprocess.CompletedProcess[str]) -> bool:
    print(f"\n== {' '.join(check)}\n{outcome.stdout}", end="", flush=True)
    return outcome.returncode == 0


def _passes(python: Path, check: Sequence[str]) -> bool:
    print(f"\n== {' '.join(check)}", flush=True)
    return subprocess.run([python, "-P", "-m", *check], check=False).returncode == 0


def _abreast() -> list[str]:
    """Arguments that have pytest run files abreast: two more than cores, as tests wait half of the time."""
    return ["-n", str((os.cpu_count() or 1) + 2), "--dist", "loadfile", "--no-loadscope-reorder"]
