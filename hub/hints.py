"""Where the store looks for what is asked by a random value. No SQL here, and no truth: only where to look."""

TOKEN_DAYS = 2
"""The page behind a QR knows its ticket on so many days on which tickets were taken."""


class Hints:
    """Where to look: the id of each answer by its key, of each newer ticket by its token. Held in memory.

    Both are random, and an index of random values writes another page with each row: they were more than half
    of what a commit wrote. A hint may point to what was rolled back; it proves nothing, the row does.
    """

    def __init__(self) -> None:
        self.answers: dict[bytes, int] = {}
        self._tickets: dict[str, dict[str, int]] = {}
        """By day, for the two days on which tickets were last taken: after a clock that ran ahead no later ones."""

    def add_ticket(self, day: str, token: str, ticket_id: int) -> None:
        """Remember a ticket; the day before yesterday's are forgotten."""
        if day not in self._tickets:
            self._tickets[day] = {}
            for old in list(self._tickets)[:-TOKEN_DAYS]:
                del self._tickets[old]
        self._tickets[day][token] = ticket_id

    def tickets(self, token: str) -> list[int]:
        """The tickets that may have this token."""
        return [ids[token] for ids in self._tickets.values() if token in ids]
