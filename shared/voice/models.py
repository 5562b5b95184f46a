"""A site's own Piper voices: a folder with a model for each language, and the program that reads them aloud. No Qt.

    piper/id.onnx  piper/id.onnx.json      the model and what it says of itself
    piper/en.onnx  piper/en.onnx.json      a language without a model has none, and no fault

Piper comes with no installation of ours: a site that has a model brings the program too.
"""

import shutil
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from shared.speech import LANGUAGES
from shared.written_path import written_path

PACKAGE = "piper-tts"
"""Piper on PyPI. A package `piper` there is something else, and so is Debian's."""

_IN_FOLDER = ("piper", "piper.exe", "piper/piper", "piper/piper.exe", "venv/bin/piper", "venv/Scripts/piper.exe")
"""Where a site may have put the program: alone, as it is unpacked, or as pip installs it in an environment."""


class Models:
    """The models of one folder. It is looked into anew each time: they may come while the program runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = written_path(str(folder))

    def model(self, language: str) -> Path:
        """Where a language's model is, or would be."""
        return self.folder / f"{language}.onnx"

    def has(self, language: str) -> bool:
        """Whether there is a whole model of a language."""
        return self.model(language).is_file() and _described(self.model(language)).is_file()

    def identity(self, language: str) -> str:
        """What tells a model from one that stood there before under the same name; '' where there is none."""
        try:
            stats = [path.stat() for path in (self.model(language), _described(self.model(language)))]
        except OSError:
            return ""
        return " ".join(f"{stat.st_size} {stat.st_mtime_ns}" for stat in stats)

    def lacking(self) -> tuple[str, ...]:
        """What must come before Piper can speak: names of files, of the folder itself, of the program."""
        if not self.folder.is_dir():
            return (str(self.folder),)
        models = {path.stem for path in self.folder.glob("*.onnx")}
        described = {path.name.removesuffix(".onnx.json") for path in self.folder.glob("*.onnx.json")}
        known = (models | described) & set(LANGUAGES)
        missing = [f"{name}.onnx" for name in sorted(known - models, key=LANGUAGES.index)]
        missing += [f"{name}.onnx.json" for name in sorted(known - described, key=LANGUAGES.index)]
        missing += [] if known else [f"{LANGUAGES[0]}.onnx"]
        return (*missing, *([] if program(self.folder) else [PACKAGE]))


def program(folder: Path) -> list[str] | None:
    """How Piper is started: from the folder, else the package beside us, else what the system has; None: there is none.

    The package is started as a program of its own too: what hangs or crashes in it is ended from outside.
    """
    for name in _IN_FOLDER:
        if shutil.which(folder / name):
            return [str(folder / name)]
    if not getattr(sys, "frozen", False) and _is_installed():
        return [sys.executable, "-P", "-m", "piper"]
    found = shutil.which("piper")
    return [found] if found else None


def _is_installed() -> bool:
    try:
        distribution(PACKAGE)
    except PackageNotFoundError:
        return False
    return True


def _described(model: Path) -> Path:
    return model.with_name(f"{model.name}.json")
