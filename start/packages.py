"""The system packages that programs and tests stand on: which are missing, and how they are brought."""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from start.progress import SetupError, narrate, say


class Want(NamedTuple):
    """A Debian package (or one of several, by `|`), and the library or program it is for.

    A library is told by the `.so` in its name; `probe` is what is looked for where there is no dpkg.
    """

    debian: str
    probe: str


# Qt's own needs on a machine without a desktop (PySide6 6.11 on Debian 12), PulseAudio's client and
# XRandR for QtMultimedia, libusb for printers on USB, OpenSSL for the way to a hub on another PC.
QT = (
    Want("libgl1", "libGL.so.1"),
    Want("libegl1", "libEGL.so.1"),
    Want("libxkbcommon0", "libxkbcommon.so.0"),
    Want("libglib2.0-0", "libglib-2.0.so.0"),
    Want("libfreetype6", "libfreetype.so.6"),
    Want("libfontconfig1", "libfontconfig.so.1"),
    Want("libdbus-1-3", "libdbus-1.so.3"),
    Want("libpulse0", "libpulse.so.0"),
    Want("libxrandr2", "libXrandr.so.2"),
    Want("libusb-1.0-0", "libusb-1.0.so.0"),
    Want("libssl3|libssl3t64", "libssl.so.3"),
)
# For windows on X11 and Wayland.
SCREEN = (
    Want("libxcb-cursor0", "libxcb-cursor.so.0"),
    Want("libxcb-icccm4", "libxcb-icccm.so.4"),
    Want("libxcb-image0", "libxcb-image.so.0"),
    Want("libxcb-keysyms1", "libxcb-keysyms.so.1"),
    Want("libxcb-render-util0", "libxcb-render-util.so.0"),
    Want("libxcb-shape0", "libxcb-shape.so.0"),
    Want("libxcb-xkb1", "libxcb-xkb.so.1"),
    Want("libxkbcommon-x11-0", "libxkbcommon-x11.so.0"),
    Want("libwayland-cursor0", "libwayland-cursor.so.0"),
    Want("libwayland-egl1", "libwayland-egl.so.1"),
)
# With what the headless demo reads QR codes, paper and TV, and hears the loudspeaker.
DEMO = (
    Want("libzbar0", "libzbar.so.0"),
    Want("tesseract-ocr", "tesseract"),
    Want("pulseaudio", "pulseaudio"),
    Want("pulseaudio-utils", "parec"),
)
TESTS = (
    Want("chromium|chromium-browser|google-chrome-stable", "chromium"),
    Want("strace", "strace"),
)
BENCH = (Want("wrk", "wrk"), Want("xvfb", "Xvfb"))
PROOFS = (Want("debootstrap", "debootstrap"), Want("binutils", "objdump"))


def missing(wants: Iterable[Want]) -> list[Want]:
    """Those of `wants` that this machine lacks."""
    here = _on_debian if is_debian() else _on_other
    return here(list(wants))


def lacks_venv() -> bool:
    """Whether this Python cannot make a virtual environment; Debian keeps that in a package of its own."""
    return importlib.util.find_spec("ensurepip") is None


def venv() -> Want:
    """The package with which this Python can make a virtual environment."""
    return Want("python{}.{}-venv".format(*sys.version_info[:2]), "Python's venv")


def is_debian() -> bool:
    """Whether packages are told by dpkg and come by apt-get."""
    return bool(shutil.which("dpkg-query") and shutil.which("apt-get"))


def _on_debian(wants: list[Want]) -> list[Want]:
    # All at once, with what each provides: on newer systems libglib2.0-0t64 provides libglib2.0-0.
    form = "${db:Status-Status}\t${Package}, ${Provides}\n"
    listing = subprocess.run(["dpkg-query", "-W", "-f", form], capture_output=True, text=True, check=True).stdout
    have = provided(listing)
    return [want for want in wants if have.isdisjoint(want.debian.split("|"))]


def provided(listing: str) -> set[str]:
    """The names that installed packages go by, from lines `status, tab, name, provided (= version), …`."""
    lines = (line.partition("\t") for line in listing.splitlines())
    names = (names for status, _, names in lines if status == "installed")
    return {name.split(" ")[0] for line in names for name in line.split(", ") if name}


def _on_other(wants: list[Want]) -> list[Want]:
    return [want for want in wants if want.probe and not _present(want.probe)]


def _present(probe: str) -> bool:
    if ".so" not in probe:
        return shutil.which(probe) is not None
    if not sys.platform.startswith("linux"):
        return True  # Qt's wheels for other systems bring or find their libraries themselves
    try:
        ctypes.CDLL(probe)
    except OSError:
        return False
    return True


def install(wants: Sequence[Want]) -> None:
    """Bring packages onto a Debian or Ubuntu, as root or through sudo.

    Raises SetupError that holds the one command to run where neither will do, or, on other systems, what is missing.
    """
    if not is_debian():
        raise SetupError(f"Missing here, install by this system's own means: {', '.join(w.probe for w in wants)}")
    names = [want.debian.split("|")[0] for want in wants]
    rights = _rights()
    if rights is None:
        raise SetupError(
            f"Missing system packages; this command brings them, then try again:\n\n    {command(names)}\n"
        )
    say(f"System packages: {' '.join(names)}")
    apt = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=600"]
    narrate([*apt, "update"], telling=r"^(Err:.*)")
    narrate(
        [*apt, "install", "-y", "--no-install-recommends", *names],
        telling=r"^(?:Get:\d+ \S+ \S+ \S+ |Setting up )(\S+)",
    )


def command(names: Sequence[str]) -> str:
    """The one line that a person without rights hands to somebody who has them."""
    line = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(names)}"
    return f"sudo sh -c '{line}'" if shutil.which("sudo") else f"su -c '{line}'"


def _rights() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    if subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0:
        return ["sudo", "-n"]
    # sudo asks for the password on the terminal itself, also when its input comes from elsewhere.
    return ["sudo"] if sys.stdin.isatty() and sys.stderr.isatty() else None
