"""Reading a site file, with every error at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from shared.refusals import reason
from shared.site import between, content, logo, turns
from shared.site.findings import Finding
from shared.site.hall import Site
from shared.site.lines import Way, lines_of
from shared.site.syntax import parse
from shared.site.tables import SiteFile
from shared.trouble import Trouble
from shared.words import Words, msg


@dataclass(frozen=True)
class SiteError:
    """One thing wrong with a site file: what it is and how to mend it, in the reader's language."""

    file: Path
    line: int
    """From 1. Where a key is missing, the line of its table."""
    what: str
    hint: str = ""

    def __str__(self) -> str:
        """`FILE:LINE: what. hint`."""
        return f"{self.file}:{self.line}: {self.what}. {self.hint}".rstrip()


class SiteErrors(Trouble):
    """A site file that cannot be used: all that is wrong with it, in the file's order."""

    def __init__(self, errors: Sequence[SiteError]) -> None:
        super().__init__("site_wrong", path=errors[0].file)
        self.errors = list(errors)

    def __str__(self) -> str:
        """One error a line."""
        return "\n".join(map(str, self.errors))


def load(path: Path, words: Words | None = None) -> Site:
    """The configuration in `path`. Raises SiteErrors, in the language of `words` (Indonesian), with all of them."""
    words = words or Words("id")
    return read(_text(path, words), path, words)


def read(text: str, path: Path, words: Words | None = None) -> Site:
    """The configuration that `text` is, as it would stand in `path`. Raises as `load`."""
    words = words or Words("id")
    data, readable, broken = parse(text)
    file, found = _check(data, path.parent) if readable else (None, [])
    if file is None or broken:
        errors = [SiteError(path, one.line, words.say(one.what), words.say(one.hint)) for one in broken]
        told = {error.line for error in errors}
        errors += [error for error in _errors(path, found, readable, words) if error.line not in told]
        raise SiteErrors(sorted(errors, key=lambda error: error.line))
    return Site(path=path, file=file, logo=logo.data_url(file.hall.logo, path.parent), text=text)


def _check(data: dict[str, Any], folder: Path) -> tuple[SiteFile | None, list[Finding]]:
    """The file as a value, or None with all that is wrong with it."""
    file, found = None, [*between.findings(data, folder), *turns.findings(data)]
    try:
        file = SiteFile.model_validate(data)
    except ValidationError as error:
        found = [*content.findings(error.errors(include_url=False)), *found]
    return (None if found else file), found


def _errors(path: Path, found: list[Finding], text: str, words: Words) -> Iterator[SiteError]:
    lines = lines_of(text)
    for one in found:
        what = one.what.told(words, line=_line(lines, one.other or ()))
        yield SiteError(path, _line(lines, one.way), what, one.hint.told(words))


def _line(lines: dict[Way, int], way: Way) -> int:
    """The line of what `way` leads to, or of the nearest table around it that stands in the file."""
    while way not in lines:
        way = way[:-1]
    return lines[way]


def _text(path: Path, words: Words) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise SiteErrors(
            [SiteError(path, 1, words.say(msg("Berkas ini tidak ada")), _other_file(path, words))]
        ) from None
    except OSError as error:
        what = words.say(msg("Berkas ini tidak dapat dibaca ({why})"), why=reason(error, words))
        raise SiteErrors([SiteError(path, 1, what)]) from None
    try:
        return content.decode("utf-8-sig")  # Notepad may put a mark first
    except UnicodeDecodeError as error:
        what, hint = words.say(msg("Bukan teks UTF-8")), words.say(msg("Simpan berkas dengan pengodean UTF-8."))
        raise SiteErrors([SiteError(path, len(content[: error.start].split(b"\n")), what, hint)]) from None


def _other_file(path: Path, words: Words) -> str:
    beside = sorted(other.name for other in path.parent.glob("*.toml"))
    near = get_close_matches(path.name, beside, n=1)
    return words.say(msg("Maksudnya '{name}'?"), name=path.with_name(near[0])) if near else ""
