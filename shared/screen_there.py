"""Whether the screen of this session is still there: without it no window can stand, and the session is over."""

import os
import re
import socket
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

_X11 = Path("/tmp/.X11-unix")  # noqa: S108  -- X's own place
_SOON_S = 1.0


def screen_is_gone(environment: Mapping[str, str] = os.environ, *, sockets: Path = _X11) -> bool:
    """Whether this session had a screen of its own PC, and nobody answers for it any more."""
    on_screen = environment.get("QT_QPA_PLATFORM", "xcb").startswith(("xcb", "wayland"))
    if not on_screen or not hasattr(socket, "AF_UNIX"):
        return False
    if wayland := environment.get("WAYLAND_DISPLAY"):
        return not _answers(Path(environment.get("XDG_RUNTIME_DIR", "/")) / wayland)
    local = re.fullmatch(r":(\d+)(\.\d+)?", environment.get("DISPLAY", ""))
    return local is not None and not _answers(sockets / f"X{local[1]}")


def _answers(place: Path) -> bool:
    with closing(socket.socket(socket.AF_UNIX)) as line:
        line.settimeout(_SOON_S)
        try:
            line.connect(str(place))
        except OSError:
            return False
        return True
