"""The program that plays: `python -m shared.qt.voice.speaker [--patient]`.

Lines of JSON in:   {"play": 7, "parts": ["/…/chime.wav", 150, "/…/3f.wav"]}      (numbers are silences in ms)
                    {"play": 8, "parts": [{"word": "/…/id/nol.wav"}, 60, …]}      a recorded word: evened
                    {"hush": 7}                                                   break off; `done` follows
                    {"volume": 0.5}                                               how loud from now on, as the ear hears
Lines of JSON out:  {"device": "HDMI"} | {"device": ""}      at start and at each change; empty: there is none
                    {"playing": 7, "seconds": 6.2, "levels": [0.4, …]}           the first sound leaves now
                    {"done": 7}                                                   the last has been heard

It stands in a process of its own because Qt asks for the sound server once in a process's life: a server that
starts later is never found, and one that ends takes the process with it at the next sound (libpulse aborts; Qt
6.11.3, PulseAudio 16.1). Whoever started it starts another. With `--patient` it first waits for the sound server,
for which it needs no Qt. It ends when its standard input does.
"""

import os
import queue
import signal
import socket
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

PATIENCE_S = 60
AHEAD_MS = "300"
_LOOK_S = 1.0


def main(arguments: Sequence[str] = ()) -> NoReturn:
    """Play until standard input ends or the device is lost, then end the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; our parent ends us
    orders: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_read, args=[orders], daemon=True).start()
    if sys.platform == "linux":
        # Debian's PipeWire answers as PulseAudio too; this is the road that was tried.
        os.environ.setdefault("QT_AUDIO_BACKEND", "pulseaudio")
        # How much sound is handed over before it is due. Qt asks for so little that on a busy PC with two cores 45
        # holes were torn into 20 s of it; with this one.
        os.environ.setdefault("PULSE_LATENCY_MSEC", AHEAD_MS)
    if "--patient" in arguments:
        print('{"device": ""}', flush=True)  # noqa: T201  -- standard output is how it answers
        wait_for_server(PATIENCE_S)
    from shared.qt.voice.playback import run  # noqa: PLC0415  -- loading Qt's sound asks for the server

    # At an orderly end Python would wait for the thread that reads.
    os._exit(run(orders))


def _read(orders: queue.SimpleQueue[str]) -> None:
    for line in sys.stdin:
        orders.put(line)
    os._exit(0)


def server_socket() -> Path | None:
    """Where this user's PulseAudio (or PipeWire in its place) listens on Linux; None where that is not known."""
    named = os.environ.get("PULSE_SERVER", "")
    if named:
        return Path(named.removeprefix("unix:")) if named.startswith(("unix:", "/")) else None
    runtime = os.environ.get("PULSE_RUNTIME_PATH") or os.environ.get("XDG_RUNTIME_DIR", "")
    if not runtime:
        return None
    return Path(runtime) / ("native" if os.environ.get("PULSE_RUNTIME_PATH") else "pulse/native")


def server_answers(path: Path) -> bool:
    """Whether a sound server listens at `path`."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        return probe.connect_ex(str(path)) == 0


def wait_for_server(longest_s: float) -> None:
    """Return when the sound server answers, or after `longest_s`: it may be one that only starts when asked."""
    end = time.monotonic() + longest_s
    path = server_socket()
    while time.monotonic() < end and not (path is not None and server_answers(path)):
        time.sleep(_LOOK_S)


if __name__ == "__main__":
    main(sys.argv[1:])
