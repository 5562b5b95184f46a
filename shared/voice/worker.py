"""The voice's child programs: how each is started, from a checkout and from a frozen program alike."""

import sys
from collections.abc import Sequence
from typing import Literal

Program = Literal["synthesis", "speaker"]

WORKER_FLAG = "--voice-worker"
"""First argument with which an installed program is one of these children: `antre-display --voice-worker speaker`."""

_MODULES: dict[Program, str] = {"synthesis": "shared.voice.synthesis", "speaker": "shared.qt.voice.speaker"}


def worker_command(program: Program) -> list[str]:
    """How to start a child program, from a checkout or an installed environment and from a frozen program alike."""
    if getattr(sys, "frozen", False):
        return [sys.executable, WORKER_FLAG, program]
    return [sys.executable, "-m", _MODULES[program]]


def worker_main(arguments: Sequence[str]) -> int | None:
    """Run the child program that `arguments` (without the program's name) ask for; None when they ask for none.

    A frozen program calls this before anything else: its exit status is the answer, if there is one.
    """
    match arguments:
        case [flag, "synthesis", *_] if flag == WORKER_FLAG:
            from shared.voice import synthesis  # noqa: PLC0415  -- a child loads only what it needs

            return synthesis.main()
        case [flag, "speaker", *rest] if flag == WORKER_FLAG:
            from shared.qt.voice import speaker  # noqa: PLC0415  -- as above

            return speaker.main(rest)
    return None
