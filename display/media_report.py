"""What of the media folder is not shown, for the hub's health page."""

from dataclasses import dataclass, field

from shared.qt.pictures import Found

BROKEN, MISSING = "picture_broken", "pictures_missing"


@dataclass
class MediaReport:
    """Keeps what came of looking for the last picture."""

    _found: Found = field(default_factory=Found)

    def hear(self, found: Found) -> bool:
        """What came of looking; whether that is something new to tell."""
        before = self.troubles, self.facts
        self._found = found
        return (self.troubles, self.facts) != before

    def forget(self) -> None:
        """Another folder, or none."""
        self._found = Found()

    @property
    def troubles(self) -> list[str]:
        """Their codes."""
        found = self._found
        return [code for code, is_so in ((BROKEN, found.broken), (MISSING, found.missing)) if is_so]

    @property
    def facts(self) -> dict[str, str]:
        """Which files are broken."""
        return {"broken_pictures": ", ".join(self._found.broken)} if self._found.broken else {}
