"""The colour of an agency's mark, the same on every screen and page."""

MARKS = ("#0B5D5E", "#1D4E89", "#9A3B1B", "#5B2A86", "#7A5C00", "#1B6B3A", "#8C1C4B", "#37474F")
"""The eight deep colours an agency's mark may have."""


def mark_of(prefix: str, marks: tuple[str, ...] = MARKS) -> str:
    """The colour, as `#RRGGBB`: always the same for a prefix."""
    return marks[sum(ord(letter) for letter in prefix) % len(marks)]
