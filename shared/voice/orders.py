"""What the programs that turn sentences into WAV files have in common: orders come in, each is answered, in order.

One line of JSON in, one line out:

    {"text": "Nomor antrean, A, …", "language": "id", "path": "/…/3f.wav"}  →  {"seconds": 5.1} | {"error": "why"}
    {"parts": [{"word": "/…/id/nol.wav"}, 60, …], "path": "/…/3f.wav"}      →  as above, of recorded clips

Before the first it says {"ready": true}: on a PC that was just switched on its libraries take seconds to be read.

Such a program stands in a process of its own because what it calls can hang and crash; whoever started it sets a
time-out and starts another. It ends when its standard input does.
"""

import json
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from shared.voice.pieces import Written, joined
from shared.voice.sound import Unreadable, write_wav

Render = Callable[[str, str, Path], float]
"""Writes a text in a language to a WAV file; returns its seconds.

Raises KeyError, OSError, RuntimeError, Unreadable and ValueError.
"""


def answer_orders(render: Render, out: TextIO, *, at_end: Callable[[], None] = lambda: None) -> None:
    """Answer orders on `out` until standard input ends, which ends this process, after `at_end`."""
    print('{"ready": true}', file=out, flush=True)
    for line in _lines(at_end):
        print(json.dumps(_answer(render, line)), file=out, flush=True)


def _lines(at_end: Callable[[], None]) -> Iterator[str]:
    """The lines of standard input. A thread reads them, so that its end ends us even in a hanging library."""
    waiting: list[str] = []
    more = threading.Semaphore(0)

    def read() -> None:
        for line in sys.stdin:
            waiting.append(line)
            more.release()
        try:
            at_end()
        finally:  # whatever went wrong there: nobody speaks to us any more
            os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    while True:
        more.acquire()
        yield waiting.pop(0)


def _answer(render: Render, line: str) -> dict[str, object]:
    order = json.loads(line)
    try:
        if "parts" in order:
            return {"seconds": _join(order["parts"], Path(order["path"]))}
        return {"seconds": render(order["text"], order["language"], Path(order["path"]))}
    except (KeyError, OSError, RuntimeError, Unreadable, ValueError) as error:
        return {"error": f"{type(error).__name__}: {error}"}


def _join(parts: Sequence[Written], path: Path) -> float:
    sound = joined(parts)
    write_wav(path, sound)
    return sound.seconds
