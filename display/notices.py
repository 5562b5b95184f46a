"""The day's notices: a text file of the media folder as a page of the TV. Pure."""

import re
from dataclasses import dataclass
from datetime import date

LONGEST, MOST_LINES = 300, 12
"""Characters of a line and lines of a page: more than that nobody reads in passing."""
MOST_BYTES = 8_000
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}")
_SIGNS = re.compile(r"^\s*(#{1,6}(\s+|$)|[-*•]\s+)|\*\*|__|`")
"""What Markdown writes around words, and a page does not show."""


@dataclass(frozen=True)
class Notice:
    """A page of text: its first line as a title, and what follows."""

    title: str
    lines: tuple[str, ...] = ()


def notice_of(text: str) -> Notice | None:
    """The page that `text` means; None where it is empty, or longer than a page."""
    lines = [line for line in (_SIGNS.sub("", one).strip() for one in text.splitlines()) if line]
    is_page = 0 < len(lines) <= MOST_LINES and max(map(len, lines)) <= LONGEST
    return Notice(lines[0], tuple(lines[1:])) if is_page else None


def is_of(name: str, day: date) -> bool:
    """Whether a file of that name is shown on `day`: one whose name begins with a date, on that day only."""
    dated = _DATED.match(name)
    return dated is None or dated[0] == day.isoformat()
