"""Set-up speaks to the person on standard error: standard output belongs to the program that comes after."""

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_WIDTH = 100


class SetupError(Exception):
    """Set-up cannot go on; the text tells the person what to do."""


def say(text: str) -> None:
    """One line of progress."""
    print(text, file=sys.stderr, flush=True)


def narrate(command: Sequence[str | Path], *, telling: str) -> None:
    """Run a command and show of its output what group 1 of `telling` finds, on one line where there is a terminal.

    Raises SetupError, with the whole output before it, when the command fails.
    """
    output: list[str] = []
    # close_fds: what is inheritable is meant to be inherited (the lock of start.environment).
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        close_fds=False,
        text=True,
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            output.append(line)
            if found := re.search(telling, line):
                _show(found[1])
    _show("")
    if process.returncode:
        say("".join(output))
        raise SetupError(f"This failed, its own words stand above: {' '.join(map(str, command))}")


def _show(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K    {text[:_WIDTH]}" if text else "\r\x1b[K", end="", file=sys.stderr, flush=True)
    elif text:
        say(f"    {text[:_WIDTH]}")
