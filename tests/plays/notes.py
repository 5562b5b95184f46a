"""What the processes of a play write down, one JSON a line on standard output, and how the play reads along."""

import sys
from pathlib import Path
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, TypeAdapter


class Note(BaseModel):
    """One answer of the hub. Times in seconds on the machine's monotonic clock, the same in every process.

    `asked_at`: the first try; `sent_at`: the try that was answered; `at`: its answer was read whole.
    """

    kind: Literal["note"] = "note"
    client: str
    path: str
    status: int = 200
    body: str = ""
    key: UUID | None = None
    answer: str = ""
    tries: int = 1
    asked_at: float = 0.0
    sent_at: float = 0.0
    at: float = 0.0


class Heard(BaseModel):
    """All that one listener heard: ids in the order they came, and a digest of the events' texts."""

    kind: Literal["heard"] = "heard"
    client: str
    ids: list[int]
    digest: str


Line = Note | Heard

_LINE: TypeAdapter[Line] = TypeAdapter(Annotated[Line, Field(discriminator="kind")])


def write(line: Line) -> None:
    """Write a line at once and whole: the play reads while we write."""
    sys.stdout.write(line.model_dump_json() + "\n")
    sys.stdout.flush()


class Notebook:
    """The lines of one process; each look reads on where the last one ended."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read = 0
        self.notes: list[Note] = []
        self.heard: list[Heard] = []

    def read_on(self) -> list[Note]:
        """The notes that came since the last look. Raises ValueError for a line that is none: a traceback."""
        with self._path.open("rb") as file:
            file.seek(self._read)
            whole, end, _ = file.read().rpartition(b"\n")
        self._read += len(whole) + len(end)
        lines = [_LINE.validate_json(line) for line in whole.splitlines()]
        new = [line for line in lines if isinstance(line, Note)]
        self.notes += new
        self.heard += [line for line in lines if isinstance(line, Heard)]
        return new
