"""A folder of kept sheets and the page of docs that shows them: one for the kiosk, one for the TV."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from PySide6.QtWidgets import QApplication

from demo.contact_sheet import read, write
from demo.likeness import differing
from shared.assets import CONFIG

_DOCS = CONFIG.parent / "docs"
_BEGIN, _END = "<!-- screens -->\n", "<!-- /screens -->"


@dataclass(frozen=True)
class Album:
    """`name`: of the folder in docs/pictures. `file`: the page in docs. `chapters`: heading → screen → its line."""

    name: str
    file: str
    chapters: Mapping[str, Mapping[str, str]]

    @property
    def folder(self) -> Path:
        """Where the sheets are kept."""
        return _DOCS / "pictures" / self.name

    @property
    def page(self) -> Path:
        """The page that shows them."""
        return _DOCS / self.file

    def place(self, screen: str) -> Path:
        """Where the sheet of that screen is kept."""
        return self.folder / f"{screen}.webp"

    def keep(self, sheets: Mapping[str, Image.Image]) -> list[str]:
        """Keep what is new of all sheets, and the page; the names of the sheets that changed."""
        changed = [screen for screen, made in sheets.items() if not self._is_kept(screen, made)]
        for screen in changed:
            write(sheets[screen], self.place(screen))
        for old in set(self.folder.glob("*.webp")) - {self.place(screen) for screen in sheets}:
            old.unlink()
        self.page.write_text(self.text(), "utf-8")
        return changed

    def text(self) -> str:
        """The page with each chapter's screens and their line."""
        before, _, rest = self.page.read_text("utf-8").partition(_BEGIN)
        shown = (line for heading, told in self.chapters.items() for line in self._chapter(heading, told))
        return f"{before}{_BEGIN}{''.join(shown)}{_END}{rest.partition(_END)[2]}"

    def _is_kept(self, screen: str, made: Image.Image) -> bool:
        try:
            kept = read(self.place(screen))
        except FileNotFoundError:
            return False
        return kept.size == made.size and differing(kept, made) is None

    def _chapter(self, heading: str, told: Mapping[str, str]) -> Iterator[str]:
        yield f"\n## {heading}\n\n"
        for screen, line in told.items():
            title, _, sentence = line.partition(". ")
            yield f"### {title}\n\n{sentence}\n\n![{title}](pictures/{self.name}/{screen}.webp)\n\n"


def run(make: Callable[[], list[str]]) -> int:
    """Make sheets anew from a terminal and say which changed; the exit status."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _app = QApplication.instance() or QApplication([])
    print("\n".join(make()))  # noqa: T201  -- a command of the developer's terminal
    return 0
