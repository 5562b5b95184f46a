"""A program that is used as Piper is: `piper.py [FLAGS] --model MODEL --output_dir FOLDER`, a line in, a WAV file out.

It writes half a second of a tone. `--old` tells the file's name as Piper of C++ does, before the last of it is written.
`--hang WORD`, `--die WORD`, `--garbage WORD`, `--silent WORD` misbehave on texts that hold WORD; `--broken` at once.
`--once MARK` misbehaves only while the file MARK is not there. Texts are added to the file ASKED.piper.
"""

import math
import os
import sys
import time
import wave
from array import array
from pathlib import Path


def value(flag: str) -> str:
    return sys.argv[sys.argv.index(flag) + 1]


def holds(flag: str, text: str) -> bool:
    if flag not in sys.argv or value(flag) not in text:
        return False
    if "--once" in sys.argv:
        mark = Path(value("--once"))
        if mark.exists():
            return False
        mark.touch()
    return True


def write(path: Path, text: str) -> None:
    peak = 0 if holds("--silent", text) else 3000
    samples = array("h", (int(peak * math.sin(n / 4)) for n in range(8000)))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(samples.tobytes())


def say(text: str, folder: Path) -> None:
    if holds("--hang", text):
        time.sleep(60)
    if holds("--die", text):
        os._exit(1)
    path = folder / f"{time.monotonic_ns()}.wav"
    if holds("--garbage", text):
        path.write_bytes(b"RIFF of nothing")
    else:
        write(path, text)
    if "--old" in sys.argv:
        whole = path.read_bytes()
        path.write_bytes(whole[:3000])
        print(path, flush=True)
        time.sleep(0.03)
        path.write_bytes(whole)
    else:
        print(f"WARNING:piper.phoneme_ids:Missing phoneme\nINFO:__main__:Wrote {path}", file=sys.stderr, flush=True)


if "--broken" in sys.argv or not Path(value("--model")).is_file():
    sys.exit("Unable to find voice")
for line in sys.stdin:
    if "ASKED" in os.environ:
        with Path(f"{os.environ['ASKED']}.piper").open("a") as asked:
            asked.write(line)
    say(line.strip(), Path(value("--output_dir")))
