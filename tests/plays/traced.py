"""Becomes the hub (or another module) with its system calls written down: `python -m tests.plays.traced FILE MODULE …`.

strace runs beside it (-D), so that the process keeps its pid and its parent, and ends with it.
"""

import os
import shutil
import sys

CALLS = "fsync,fdatasync,write,writev,pwrite64,pwritev,sendto,sendmsg"
LONGEST_TEXT = "20000"
"""A frame of the log (4,120 bytes) and a batch of answers are shown whole."""


def main() -> None:
    """Hand over. Raises FileNotFoundError where there is no strace."""
    file, module, *arguments = sys.argv[1:]
    strace = shutil.which("strace")
    if strace is None:
        raise FileNotFoundError("strace")
    watching = ["strace", "-D", "-f", "--seccomp-bpf", "-y", "-s", LONGEST_TEXT, "-e", f"trace={CALLS}"]
    os.execv(strace, [*watching, "-e", "signal=none", "-o", file, sys.executable, "-m", module, *arguments])  # noqa: S606  -- no shell is wanted


if __name__ == "__main__":
    main()
