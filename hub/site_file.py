"""The hall's file on this PC's disk: has it changed, what does it say, writing it anew. Blocks for the disk."""

from pathlib import Path

from shared.refusals import why
from shared.site import Site, load, logo, read
from shared.trouble import Trouble
from shared.whole_file import write_whole
from shared.words import Words

Mark = tuple[tuple[int, int, int] | None, ...]
"""What tells a file from what stood there before: when it was written, its size, its number; None: it is not there."""


class HallFile:
    """The site file. A link is followed, and stays one."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def mark(self, logo_name: str, *, with_folder: bool) -> Mark:
        """What stands there now: the file, its logo, and the folder where a missing logo may turn up."""
        picture = logo.find(logo_name, self.path.parent) if logo_name else None
        return (_mark(self.path), _mark(picture), _mark(self.path.parent) if with_folder else None)

    def load(self) -> Site:
        """What it says. Raises SiteErrors."""
        return load(self.path)

    def checked(self, text: str, words: Words) -> Site:
        """What the file would say with this text. Raises SiteErrors in the language of `words`."""
        return read(text, self.path, words)

    def content(self) -> bytes | None:
        """As it stands there; None where it cannot be read."""
        try:
            return self.path.read_bytes()
        except OSError:
            return None

    def says(self, text: str) -> bool:
        """Whether this text stands there."""
        content = self.content()
        return content is not None and content.decode("utf-8-sig", errors="replace") == text

    def write(self, content: bytes) -> None:
        """Have this stand there, whole or not at all. Raises Trouble('file_unwritable')."""
        try:
            write_whole(self.path.resolve(), content)
        except OSError as error:
            raise Trouble("file_unwritable", path=self.path, **why(error)) from error


def _mark(path: Path | None) -> tuple[int, int, int] | None:
    try:
        there = path.stat() if path else None
    except OSError:
        return None
    return there and (there.st_mtime_ns, there.st_size, there.st_ino)
