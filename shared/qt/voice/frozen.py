"""Which of the voice's child programs a frozen program is to be. Loads no more than that one needs."""

from collections.abc import Sequence

from shared.voice.worker import WORKER_FLAG


def worker_main(arguments: Sequence[str]) -> int | None:
    """Run the child program that `arguments` (without the program's name) ask for; None when they ask for none.

    A frozen program calls this before anything else: its exit status is the answer, if there is one.
    """
    match arguments:
        case [flag, "synthesis", *_] if flag == WORKER_FLAG:
            from shared.voice import synthesis  # noqa: PLC0415  -- a child loads only what it needs

            return synthesis.main()
        case [flag, "piper", folder] if flag == WORKER_FLAG:
            from shared.voice import piper  # noqa: PLC0415  -- as above

            return piper.main([folder])
        case [flag, "speaker", *rest] if flag == WORKER_FLAG:
            from shared.qt.voice import speaker  # noqa: PLC0415  -- as above

            return speaker.main(rest)
    return None
