"""Reads a `.po` file, which is what ships: one file to edit, nothing to forget to build.

Babel reads it too, and takes 0.1 s over it at every start of a program.
"""

import json
from collections.abc import Callable, Iterator
from gettext import c2py
from pathlib import Path

Entry = dict[str, str]
"""What stands behind `msgid`, `msgid_plural`, `msgstr`, `msgstr[0]` …; `fuzzy` where a translation is only a guess."""


class Catalogue:
    """Sentences of one language by their msgid. What is not translated, or only guessed (`fuzzy`), stays as it is."""

    def __init__(self, text: str = "") -> None:
        self._one: dict[str, str] = {}
        self._many: dict[str, list[str]] = {}
        self._form: Callable[[int], int] = lambda n: int(n != 1)
        for entry in _entries(text):
            if not entry["msgid"]:
                self._read_head(entry["msgstr"])
            elif "fuzzy" not in entry:
                self._add(entry)

    def _add(self, entry: Entry) -> None:
        forms = [value for name, value in entry.items() if name.startswith("msgstr") and value]
        if forms:
            self._one[entry["msgid"]] = forms[0]
        if forms and "msgid_plural" in entry:
            self._many[entry["msgid"]] = forms

    def _read_head(self, head: str) -> None:
        _, found, rule = head.partition("plural=")  # in: Plural-Forms: nplurals=2; plural=(n != 1);
        if found:
            self._form = c2py(rule.partition(";")[0])

    def gettext(self, text: str) -> str:
        """The sentence in this language."""
        return self._one.get(text, text)

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The sentence in the form that fits `n`."""
        forms = self._many.get(one)
        return forms[self._form(n)] if forms else one if n == 1 else many


def read_catalogue(path: Path) -> Catalogue:
    """The catalogue in this file; an empty one where there is none."""
    return Catalogue(path.read_text(encoding="utf-8") if path.exists() else "")


def _entries(text: str) -> Iterator[Entry]:
    """A line at a time: an entry begins with its msgid, a guessed one with a comment before that."""
    entry: Entry = {}
    name, is_guess = "", False
    for line in text.splitlines():
        key, quote, rest = line.partition('"')
        if line.startswith("#") or not quote:
            is_guess |= line.startswith("#,") and "fuzzy" in line
            continue
        if key == "msgid ":
            if entry:
                yield entry
            entry = {} if not is_guess else {"fuzzy": ""}
            is_guess = False
        name = key.strip() or name
        entry[name] = entry.get(name, "") + json.loads(quote + rest)  # gettext escapes as JSON does
    if entry:
        yield entry
