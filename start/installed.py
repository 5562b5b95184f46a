"""What an installed program does first. One program file stands in the folder under all their names.

So the five share their code on disk and in memory. Which one it is, is told by the name it was started under.
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from start import verbs

TONE = "counter.ring"
"""The tone of a call for help: a program of its own, which the officer's app starts as from a checkout."""
FILM = "display.film.player"
"""What plays a film, likewise for the TV."""

ROOMS = ("hub", "kiosk", "counter", "display")
PROGRAMS = ("antre", *(f"antre-{room}" for room in ROOMS))


def command_line(program: str, arguments: Sequence[str]) -> list[str]:
    """What stands behind `antre`: `antre-hub --data X` is `antre hub --data X`."""
    room = program.removeprefix("antre").lstrip("-")
    return [room, *arguments] if room in ROOMS else list(arguments)


def main() -> int:
    """Be the program of the name this was started under; the answer is the exit status."""
    program, arguments = Path(sys.executable).stem, sys.argv[1:]
    if arguments[:1] == ["--voice-worker"]:  # shared/qt/voice/frozen.py: a voice in processes of its own
        status = import_module("shared.qt.voice.frozen").worker_main(arguments)
        return 2 if status is None else int(status)
    if arguments in (["-m", TONE], ["-m", FILM]):
        return int(import_module(arguments[1]).main())
    return verbs.run(command_line(program, arguments))


if __name__ == "__main__":
    sys.exit(main())
