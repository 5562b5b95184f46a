"""ESC/POS bytes → commands: what python-escpos and the kiosk send, told apart byte by byte.

A byte that begins no known command is an error that names it: a test printer must not guess.
"""

from collections.abc import Callable
from dataclasses import dataclass


class UnknownBytesError(ValueError):
    """Bytes that are no command known here; says which and where."""


class IncompleteError(ValueError):
    """The bytes end in the middle of a command."""


@dataclass(frozen=True)
class Command:
    """One command: `name` as the manuals write it ('GS v 0', 'text'), `body` its bytes after the name, `raw` all."""

    name: str
    body: bytes
    raw: bytes


_FIXED = {
    b"\x1b@": ("ESC @", 0),
    b"\x1b!": ("ESC !", 1),
    b"\x1bE": ("ESC E", 1),
    b"\x1b-": ("ESC -", 1),
    b"\x1bM": ("ESC M", 1),
    b"\x1ba": ("ESC a", 1),
    b"\x1bt": ("ESC t", 1),
    b"\x1b2": ("ESC 2", 0),
    b"\x1b3": ("ESC 3", 1),
    b"\x1bd": ("ESC d", 1),
    b"\x1bJ": ("ESC J", 1),
    b"\x1b{": ("ESC {", 1),
    b"\x1d!": ("GS !", 1),
    b"\x1dB": ("GS B", 1),
    b"\x1db": ("GS b", 1),
    b"\x1dr": ("GS r", 1),
    b"\x1da": ("GS a", 1),
    b"\x10\x04": ("DLE EOT", 1),
}
"""Commands whose length is known from their name: name, bytes of body."""


def _raster(data: bytes) -> int:
    return 5 + _low_high(data, 1) * _low_high(data, 3)  # m xL xH yL yH d1…dk


def _column(data: bytes) -> int:
    deep = 3 if _byte(data, 0) >= 32 else 1  # noqa: PLR2004  -- m 32 and 33 are the 24-dot modes
    return 3 + deep * _low_high(data, 1)  # m nL nH d1…dk


def _counted(data: bytes) -> int:
    return 2 + _low_high(data, 0)  # pL pH, then so many


def _cut(data: bytes) -> int:
    return 2 if _byte(data, 0) in (65, 66, 97, 98, 103, 104) else 1


_MEASURED: dict[bytes, tuple[str, Callable[[bytes], int]]] = {
    b"\x1dv0": ("GS v 0", _raster),
    b"\x1b*": ("ESC *", _column),
    b"\x1d(L": ("GS ( L", _counted),
    b"\x1d(k": ("GS ( k", _counted),
    b"\x1d(H": ("GS ( H", _counted),
    b"\x1dV": ("GS V", _cut),
}
"""Commands whose length stands in their body."""

_LONGEST_NAME = 3
_FIRST_PRINTABLE = 0x20
_LF = 0x0A
_BEGINNINGS = (0x10, 0x1B, 0x1D)


def split(data: bytes) -> tuple[list[Command], bytes]:
    """The whole commands in `data`, and the bytes of one that is not whole yet. Raises UnknownBytesError."""
    done: list[Command] = []
    at = 0
    while at < len(data):
        try:
            command = _first(data, at)
        except IncompleteError:
            break
        done.append(command)
        at += len(command.raw)
    return done, data[at:]


def commands(data: bytes) -> list[Command]:
    """The commands in `data`. Raises UnknownBytesError, and IncompleteError when it ends within one."""
    done, rest = split(data)
    if rest:
        raise IncompleteError(f"the bytes end within a command: {rest[:8].hex(' ')}")
    return done


def _first(data: bytes, at: int) -> Command:
    if data[at] == _LF:
        return Command("LF", b"", b"\n")
    if data[at] >= _FIRST_PRINTABLE:
        end = at
        while end < len(data) and data[end] >= _FIRST_PRINTABLE:
            end += 1
        return Command("text", data[at:end], data[at:end])
    for length in (2, _LONGEST_NAME):
        found = _named(data, at, length)
        if found is not None:
            return found
    if len(data) - at < _LONGEST_NAME and data[at] in _BEGINNINGS:
        raise IncompleteError
    raise UnknownBytesError(f"no command known at byte {at}: {data[at : at + 8].hex(' ')}")


def _named(data: bytes, at: int, length: int) -> Command | None:
    name, after = data[at : at + length], at + length
    if name in _FIXED:
        label, size = _FIXED[name]
    elif name in _MEASURED:
        label, measure = _MEASURED[name]
        size = measure(data[after : after + 5])
    else:
        return None
    body = data[after : after + size]
    if len(body) < size:
        raise IncompleteError
    return Command(label, body, name + body)


def _byte(data: bytes, at: int) -> int:
    if at >= len(data):
        raise IncompleteError
    return data[at]


def _low_high(data: bytes, at: int) -> int:
    return _byte(data, at) + 256 * _byte(data, at + 1)
