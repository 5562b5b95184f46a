"""A playing program without sound.

`speaker.py DEVICE [--hang-first MARK] [--die-first MARK] [--die-playing] [--die-told] [--long]`
It writes each order to the file named by PLAYED (volumes to PLAYED.volume),
and is done with it after 20 ms; with `--long` only when it is hushed.
The `-first` flags misbehave until the file MARK exists. With `--die-told` it ends as soon as it has told its device,
and adds a line to PLAYED.starts.
"""

import json
import os
import sys
import time
from pathlib import Path


def tell(**answer: object) -> None:
    print(json.dumps(answer), flush=True)


def first(flag: str) -> bool:
    """Whether this is the first program that misbehaves in this way."""
    if flag not in sys.argv:
        return False
    mark = Path(sys.argv[sys.argv.index(flag) + 1])
    if mark.exists():
        return False
    mark.touch()
    return True


def play(order: dict[str, object]) -> None:
    if first("--die-first"):
        os._exit(1)
    if first("--hang-first"):
        time.sleep(60)
    with Path(os.environ["PLAYED"]).open("a") as file:
        file.write(json.dumps(order["parts"]) + "\n")
    tell(playing=order["play"], seconds=0.1, levels=[0.5, 0.25])
    if "--die-playing" in sys.argv:
        os._exit(1)
    if "--long" not in sys.argv:
        time.sleep(0.02)
        tell(done=order["play"])


if "--mute" not in sys.argv:
    tell(device=sys.argv[1])
if "--die-told" in sys.argv:
    with Path(f"{os.environ['PLAYED']}.starts").open("a") as starts:
        starts.write("started\n")
    os._exit(1)
for line in sys.stdin:
    order = json.loads(line)
    if "play" in order:
        play(order)
    elif "volume" in order:
        with Path(f"{os.environ['PLAYED']}.volume").open("a") as file:
            file.write(f"{order['volume']}\n")
    elif "--long" in sys.argv:
        tell(done=order["hush"])
