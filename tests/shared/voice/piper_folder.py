"""A folder with models that are none, and a program in Piper's place."""

import sys
from pathlib import Path

STAND_IN = Path(__file__).parent / "stand_ins" / "piper.py"


def piper_folder(folder: Path, *flags: str, languages: tuple[str, ...] = ("id",)) -> Path:
    """The folder, with a model for each language. `flags`: how the program misbehaves."""
    folder.mkdir(exist_ok=True)
    for language in languages:
        (folder / f"{language}.onnx").write_bytes(b"no model")
        (folder / f"{language}.onnx.json").write_text("{}")
    program = folder / "piper"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -IS {STAND_IN} {" ".join(flags)} "$@"\n')
    program.chmod(0o755)
    return folder
