"""Whether this session has a screen, and still: without it no window can stand, and the session is over."""

import os
import re
import socket
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

_X11 = Path("/tmp/.X11-unix")  # noqa: S108  -- X's own place
_SOON_S = 1.0


def has_no_screen(environment: Mapping[str, str] = os.environ, *, sockets: Path = _X11) -> bool:
    """Whether no window can stand here: nobody is signed in at a desktop, or this is a line from another PC."""
    if sys.platform in {"win32", "darwin"} or not _wants_screen(environment):
        return False
    is_named = environment.get("WAYLAND_DISPLAY") or environment.get("DISPLAY")
    return not is_named or screen_is_gone(environment, sockets=sockets)


def screen_is_gone(environment: Mapping[str, str] = os.environ, *, sockets: Path = _X11) -> bool:
    """Whether this session had a screen of its own PC, and nobody answers for it any more."""
    if not _wants_screen(environment) or not hasattr(socket, "AF_UNIX"):
        return False
    if wayland := environment.get("WAYLAND_DISPLAY"):
        return not _answers(Path(environment.get("XDG_RUNTIME_DIR", "/")) / wayland)
    local = re.fullmatch(r":(\d+)(\.\d+)?", environment.get("DISPLAY", ""))
    return local is not None and not _answers(sockets / f"X{local[1]}")


def _wants_screen(environment: Mapping[str, str]) -> bool:
    return environment.get("QT_QPA_PLATFORM", "xcb").startswith(("xcb", "wayland"))


def _answers(place: Path) -> bool:
    with closing(socket.socket(socket.AF_UNIX)) as line:
        line.settimeout(_SOON_S)
        try:
            line.connect(str(place))
        except OSError:
            return False
        return True
