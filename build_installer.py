#!/usr/bin/env python3
"""Builds what a hall's PC installs: `python3 build_installer.py [--out DIR] [--no-deb]`.

A folder `antre` with the programs, which needs no Python where it runs, and on Debian a .deb around it. Both are for
this kind of machine and this release of the system or a newer one. Only the standard library is used here; PyInstaller
stands in the environment that `python3 run.py setup --tests` makes.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from start import deb, verbs
from start.environment import Environment
from start.installed import FILM, PROGRAMS, ROOMS, TONE
from start.progress import SetupError, narrate, say

ROOT = Path(__file__).resolve().parent
LANGUAGES = ("id", *sorted(path.stem for path in (ROOT / "assets/translations").glob("*.po")))
"""What the catalogues speak: of other languages no dates and no pronunciation are packed."""

# Imported by name, or in a process of their own, where PyInstaller does not see it.
HIDDEN = (
    *(f"{room}.__main__" for room in ROOMS),
    "shared.site.__main__",
    verbs.WATCHDOG,
    "kiosk.ticket_command",
    "display.voice_command",
    "hub.staff_command",
    "hub.technician_command",
    "hub.pair_command",
    "hub.bookings_command",
    TONE,
    FILM,
    "display.film.projector",
    "shared.qt.voice.frozen",
    "shared.voice.synthesis",
    "shared.voice.piper",
    "shared.qt.voice.speaker",
    "shared.qt.voice.playback",
    "pyttsx3.drivers.espeak",
    "pyttsx3.drivers._espeak",
)
CARRIED = ("assets", "config", "hub/pages")
COLLECTED = ("escpos", "espeakng_loader", "holidays", "tzdata")
EXCLUDED = ("av", "demo", "hypothesis", "mypy", "numpy", "pytest", "pyzbar", "setuptools", "tkinter")

# What PyInstaller brings and a hall never loads, below `_internal`.
UNUSED = (
    "PySide6/Qt/translations",
    "PySide6/Qt/plugins/egldeviceintegrations",
    "PySide6/Qt/plugins/networkinformation",
    "PySide6/Qt/plugins/imageformats/libqpdf.so",
    "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
    "PySide6/Qt/plugins/platforms/libqeglfs.so",
    "PySide6/Qt/plugins/platforms/libqminimal*.so",
    "PySide6/Qt/plugins/platforms/libqvkkhrdisplay.so",
    "PySide6/Qt/plugins/platforms/libqvnc.so",
    "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
    "espeakng_loader/libespeak-ng.so.*",  # copies of the one beside them
)
# The graphics drivers of the system want the system's own, which may be newer than ours.
_NEVER_OURS = {"libstdc++.so.6", "libgcc_s.so.1"}

Needs = Mapping[str, frozenset[str]]
"""A library's or program part's place below `_internal` → the names of the libraries it is linked to."""


def build_folder(out: Path) -> Path:
    """Build the folder `out/antre`. Raises SetupError where PyInstaller or what it stands on is missing."""
    python = Environment(ROOT).python
    if (
        not python.exists()
        or subprocess.run([python, "-c", "import PyInstaller"], stderr=subprocess.DEVNULL, check=False).returncode
    ):
        raise SetupError("PyInstaller is missing here. This brings it: python3 run.py setup --tests")
    if sys.platform == "linux" and not shutil.which("objdump"):
        raise SetupError("The program objdump is missing here; Debian has it in the package binutils.")
    with tempfile.TemporaryDirectory(prefix="antre-build-") as work:
        narrate([python, "-m", "PyInstaller", *options(out, Path(work))], telling=r"INFO: (Building \w+)")
    folder = out / "antre"
    name_programs(folder)
    slim(folder / "_internal")
    return folder


def options(out: Path, work: Path) -> list[str]:
    """What PyInstaller is told."""
    return [
        *("--noconfirm", "--onedir", "--name=antre", "--log-level=INFO"),
        *(f"--paths={ROOT}", f"--distpath={out}", f"--workpath={work}", f"--specpath={work}"),
        *(f"--hidden-import={name}" for name in HIDDEN),
        *(f"--collect-data={name}" for name in COLLECTED),
        "--collect-binaries=espeakng_loader",
        *(f"--add-data={ROOT / place}{os.pathsep}{place}" for place in CARRIED),
        *(f"--exclude-module={name}" for name in EXCLUDED),
        str(ROOT / "start/installed.py"),
    ]


def name_programs(folder: Path) -> None:
    """Put the one program file there under all its names: as hard links, where that is not possible as copies."""
    suffix = ".exe" if sys.platform == "win32" else ""
    first, *others = (folder / f"{name}{suffix}" for name in PROGRAMS)
    for other in others:
        other.unlink(missing_ok=True)
        try:
            other.hardlink_to(first)
        except OSError:
            shutil.copy2(first, other)


def slim(inside: Path) -> None:
    """Take out of `_internal` what no program of ours loads."""
    drop(path for pattern in UNUSED for path in inside.glob(pattern))
    drop(foreign(inside.glob("babel/locale-data/*.dat"), kept={"root", *LANGUAGES}))
    drop(foreign(inside.glob("holidays/locale/*"), kept={"id", "en_US"}))
    drop(foreign(inside.glob("espeakng_loader/espeak-ng-data/*_dict"), kept={f"{name}_dict" for name in LANGUAGES}))
    if sys.platform == "linux":
        drop(inside / place for place in superfluous(read_needs(inside)))
        drop([link for link in inside.iterdir() if link.is_symlink() and not link.exists()])


def drop(paths: Iterable[Path]) -> None:
    """Remove files and folders."""
    for path in list(paths):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def foreign(files: Iterable[Path], *, kept: set[str]) -> list[Path]:
    """Those of one file a language whose language is not ours."""
    return [file for file in files if file.stem not in kept]


def read_needs(inside: Path) -> Needs:
    """What every shared object in the folder is linked to, as objdump tells it."""
    files = [file for file in inside.rglob("*.so*") if file.is_file() and not file.is_symlink()]
    return {str(file.relative_to(inside)): _linked(file) for file in files}


def _linked(file: Path) -> frozenset[str]:
    told = subprocess.run(["objdump", "-p", file], capture_output=True, text=True, check=True).stdout
    return frozenset(re.findall(r"NEEDED\s+(\S+)", told))


def superfluous(needs: Needs) -> set[str]:
    """Qt's libraries that nothing kept is linked to, and the system's libraries that only Qt wants.

    The latter (X11, GLib, PulseAudio and the like) come as packages: a copy of this machine's would meet the graphics
    drivers and sound servers of another.
    """
    system = {place for place in needs if "/" not in place and not place.startswith("libpython")}
    of_qt = {place for place in needs if place.startswith("PySide6/Qt/lib/")}
    roots = needs.keys() - system - of_qt
    wanted_by_python = _reached(needs, {place for place in roots if not place.startswith(("PySide6", "shiboken6"))})
    wanted = _reached(needs, roots)
    return (of_qt - wanted) | {place for place in system if place not in wanted_by_python or place in _NEVER_OURS}


def _reached(needs: Needs, roots: set[str]) -> set[str]:
    """Everything that `roots` load, and what that loads, and so on."""
    places: dict[str, set[str]] = {}
    for place in needs:
        places.setdefault(Path(place).name, set()).add(place)
    reached, waiting = set(roots), list(roots)
    while waiting:
        for name in needs[waiting.pop()]:
            more = places.get(name, set()) - reached
            reached |= more
            waiting += more
    return reached


def megabytes(path: Path) -> str:
    """The size on disk of a file or folder, hard links counted once."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if not file.is_symlink()]
    sizes = {(stat.st_dev, stat.st_ino): stat.st_size for stat in map(os.lstat, files)}
    return f"{sum(sizes.values()) / 1_000_000:.0f} MB"


def main(arguments: Sequence[str] | None = None) -> int:
    """Build folder and package: 0; or 1 with a sentence that tells what is missing."""
    parser = argparse.ArgumentParser(description="Build the programs into one folder and, on Debian, a .deb.")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", metavar="DIR", help="where to (default: dist)")
    parser.add_argument("--no-deb", action="store_true", help="only the folder")
    asked = parser.parse_args(arguments)
    started = time.monotonic()
    try:
        built = _build(asked.out.resolve(), package=not asked.no_deb and sys.platform == "linux")
    except SetupError as trouble:
        say(str(trouble))
        return 1
    for path in built:
        print(f"{path}  {megabytes(path)}")
    print(f"{time.monotonic() - started:.0f} s")
    return 0


def _build(out: Path, *, package: bool) -> list[Path]:
    if package:
        deb.look()
    out.mkdir(parents=True, exist_ok=True)
    folder = build_folder(out)
    return [folder, deb.write(folder, out)] if package else [folder]


if __name__ == "__main__":
    sys.exit(main())
