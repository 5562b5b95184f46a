"""A synthesis program of few words: `synthesis.py [--hang WORD] [--die WORD] [--refuse WORD] [--cold MARK]`.

It writes 50 ms of silence, and misbehaves on texts that hold WORD. Each text is added to the file named by ASKED.
With `--cold` it is ready once the file MARK exists.
"""

import json
import os
import sys
import time
import wave
from pathlib import Path


def holds(flag: str, text: str) -> bool:
    return flag in sys.argv and sys.argv[sys.argv.index(flag) + 1] in text


def render(text: str, path: str) -> dict[str, object]:
    if holds("--hang", text):
        time.sleep(60)
    if holds("--die", text):
        os._exit(1)
    if holds("--refuse", text):
        return {"error": "refused"}
    with wave.open(path, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(800))
    return {"seconds": 0.05}


while "--cold" in sys.argv and not Path(sys.argv[sys.argv.index("--cold") + 1]).exists():
    time.sleep(0.01)
print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    order = json.loads(line)
    with Path(os.environ["ASKED"]).open("a") as asked:
        asked.write(order["text"] + "\n")
    print(json.dumps(render(order["text"], order["path"])), flush=True)
