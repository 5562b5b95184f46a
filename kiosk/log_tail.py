"""The last lines of this kiosk's log, newest first, for who stands before it. No Qt."""

import re
from dataclasses import dataclass
from pathlib import Path

MOST_BYTES = 65_536
MOST_LINES = 200
LONGEST = 300
"""Letters of one message."""

_LINE = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d),\d+ (\w+) [\w.]+: (.*)")


@dataclass(frozen=True)
class LogLine:
    """One message: day and time as the log has them, its level, and what it says."""

    day: str
    time: str
    level: str
    text: str

    @property
    def moment(self) -> str:
        """Day, month and time: `12/02 09:41:02`."""
        return f"{self.day[8:]}/{self.day[5:7]} {self.time}"

    @property
    def is_trouble(self) -> bool:
        """Whether it is more than news."""
        return self.level not in ("INFO", "DEBUG")


def last_lines(path: Path) -> tuple[LogLine, ...]:
    """What the file at `path` says last, newest first; nothing where it cannot be read."""
    try:
        with path.open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - MOST_BYTES))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return ()
    return read_lines(text)


def read_lines(text: str) -> tuple[LogLine, ...]:
    """The messages in `text`, newest first. A trace belongs to its message: its last line says what happened."""
    found: list[LogLine] = []
    for line in text.splitlines():
        match = _LINE.fullmatch(line)
        if match:
            day, time, level, said = match.groups()
            found.append(LogLine(day, time, level, said[:LONGEST]))
        elif found and line.strip() and not line.startswith((" ", "Traceback")):
            last = found[-1]
            found[-1] = LogLine(last.day, last.time, last.level, f"{last.text} · {line.strip()}"[:LONGEST])
    return tuple(reversed(found[-MOST_LINES:]))
