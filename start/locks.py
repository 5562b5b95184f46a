"""The locks: every package by version and hash, so that two machines hold the same programs."""

import re
import shutil
from pathlib import Path

from start.progress import SetupError, narrate, say

_HEAD = "# Made by `python3 run.py setup --relock` from pyproject.toml: change that, not this.\n"
# What [tool.uv] in pyproject.toml resolves for. A further system may try its luck with the same packages.
_EVERYWHERE = " ; sys_platform == 'linux' or sys_platform == 'win32'"


def relock(root: Path) -> None:
    """Write `requirements.lock` (the programs) and `requirements-dev.lock` (what tests need on top) anew.

    Raises SetupError without uv, which resolves for all systems and Pythons at once.
    """
    programs, tests = root / "requirements.lock", root / "requirements-dev.lock"
    _compile(root, programs, ["--group", "setup"])
    below = [part for name in names(programs.read_text()) for part in ("--no-emit-package", name)]
    _compile(root, tests, ["--group", "dev", "--constraint", str(programs), *below])


def names(lock: str) -> list[str]:
    """The packages of a lock, in its order."""
    return re.findall(r"^([\w.-]+)==", lock, flags=re.MULTILINE)


def _compile(root: Path, target: Path, options: list[str]) -> None:
    uv = shutil.which("uv")
    if uv is None:
        raise SetupError("The locks are made by uv: 'pip install uv' somewhere on the PATH first.")
    say(f"Resolving {target.name}")
    command: list[str | Path] = [
        uv,
        "pip",
        "compile",
        "--universal",
        "--generate-hashes",
        "--no-header",
        "--no-annotate",
    ]
    command += ["--only-binary", ":all:", "pyproject.toml", "--directory", root, "-o", target]
    narrate([*command, *options], telling="^(Resolved .*)")
    target.write_text(_HEAD + target.read_text().replace(_EVERYWHERE, ""))
