"""The program that plays a film: `python -m display.film.player`.

Lines of JSON in:   {"show": "/…/profil.mp4", "width": 821, "height": 864, "frames": "…", "from_ms": 0,
                     "sound": true, "volume": 0.6, "share": 1}     first; `frames`: memory (display/film/frames.py)
                    {"free": 1}                                    the TV shows that slot no more
                    {"volume": 0.6, "share": 0.15}                 how loud from now on (display/ducking.py)
Lines of JSON out:  {"begun": 0, "place": [0, 201, 821, 462]}      slot 0 has the first frame with its surroundings;
                                                                   later ones belong into `place`
                    {"frame": 1, "at_ms": 40}                      slot 1 has the next frame
                    {"at_ms": 1000}                                each second: where the film is
                    {"ended": true}                                its last frame was shown; false: it is cut short
                    {"failed": "…"}                                it cannot be played

A program of its own, and a new one for each film: a file that crashes a decoder, hangs it or leaks memory leaves the
board alone, and the sound server is looked for anew. It ends when its standard input does.

Decoded by Qt's FFmpeg in software, which was tried; `QT_FFMPEG_DECODING_HW_DEVICE_TYPES` chooses another way.
"""

import os
import queue
import signal
import sys
import threading
from pathlib import Path
from typing import NoReturn

NICER = 10
"""How far it stands behind everything else on this PC where the processor is wanted."""
_BELOW_NORMAL = 0x4000
_FIRST_TO_GO = "600"


def main() -> NoReturn:
    """Play one film until it has ended, or standard input has; then end the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; our parent ends us
    orders: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_read, args=[orders], daemon=True).start()
    _step_back()
    _silence_decoders()
    os.environ.setdefault("QT_FFMPEG_DECODING_HW_DEVICE_TYPES", ",")
    if sys.platform == "linux":
        os.environ.setdefault("QT_AUDIO_BACKEND", "pulseaudio")  # as shared/qt/voice/speaker.py
        os.environ.setdefault("PULSE_LATENCY_MSEC", "100")
    from display.film.projector import run  # noqa: PLC0415  -- Qt reads the environment while it is loaded

    os._exit(run(orders))


def _read(orders: queue.SimpleQueue[str]) -> None:
    for line in sys.stdin:
        orders.put(line)
    os._exit(0)


def _step_back() -> None:
    """Calls come first: also where this PC is too weak for the film, or short of memory."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  -- only there

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL)
        return
    os.nice(NICER)
    try:
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO)
    except OSError:  # not on every system; then the kernel chooses by size
        return


def _silence_decoders() -> None:
    """They write a line for each damaged block of a picture; what Python has to say is still heard."""
    sys.stderr = os.fdopen(os.dup(2), "w", buffering=1)
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    os.close(nothing)


if __name__ == "__main__":
    main()
