"""The voice's child programs: how each is started, from a checkout and from a frozen program alike."""

import sys
from typing import Literal

Program = Literal["synthesis", "piper", "speaker"]

WORKER_FLAG = "--voice-worker"
"""First argument with which an installed program is one of these children: `antre-display --voice-worker speaker`."""

_MODULES: dict[Program, str] = {
    "synthesis": "shared.voice.synthesis",
    "piper": "shared.voice.piper",
    "speaker": "shared.qt.voice.speaker",
}


def worker_command(program: Program, *arguments: str) -> list[str]:
    """How to start a child program, from a checkout or an installed environment and from a frozen program alike."""
    if getattr(sys, "frozen", False):
        return [sys.executable, WORKER_FLAG, program, *arguments]
    return [sys.executable, "-m", _MODULES[program], *arguments]
