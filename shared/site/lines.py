"""Where things stand in a TOML file: `tomllib` gives values without their lines."""

import re
from collections.abc import Iterator
from typing import NamedTuple

Way = tuple[str | int, ...]
"""The way to a value: `("agency", 3, "service", 0, "minutes")`. The file itself is `()`."""

_TOKEN = re.compile(
    r"""
      (?P<blank>[ \t\r]+|\#[^\n]*)
    | (?P<newline>\n)
    | (?P<text>\"\"\"(?:[^\\]|\\.)*?\"{3,5}|'''.*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')
    | (?P<mark>[\[\]{},.=])
    | (?P<bare>[^\s\[\]{},.=\#"']+)
    """,
    re.VERBOSE | re.DOTALL,
)


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


_END = _Token("end", "", 0)


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for found in _TOKEN.finditer(text):
        if found.lastgroup not in (None, "blank"):
            yield _Token(str(found.lastgroup), found.group(), line)
        line += len(found.group().split("\n")) - 1


class _Reader:
    """Walks the tokens of a valid document and notes on which line each path begins."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Way, int] = {(): 1}
        self._tokens = list(_tokens(text))
        self._next = 0
        self._items: dict[Way, int] = {}
        """How many items an array of tables has so far."""

    def read(self) -> None:
        table: Way = ()
        while (token := self._peek()) is not _END:
            if token.kind == "newline":
                self._take()
            elif token.text == "[":
                table = self._header()
            else:
                self._pair(table)

    def _peek(self) -> _Token:
        return self._tokens[self._next] if self._next < len(self._tokens) else _END

    def _take(self) -> _Token:
        token = self._peek()
        self._next += 1
        return token

    def _header(self) -> Way:
        """`[a.b]` or `[[a.b]]`: where the keys that follow belong."""
        line = self._take().line
        is_item = self._peek().text == "["
        *parents, last = self._key("]")
        table: Way = ()
        for name in parents:
            table = self._newest((*table, name))
            self.lines.setdefault(table, line)
        table = (*table, last)
        self.lines.setdefault(table, line)
        if is_item:
            self._items[table] = self._items.get(table, 0) + 1
            table = self._newest(table)
            self._take()
        self.lines.setdefault(table, line)
        return table

    def _newest(self, table: Way) -> Way:
        """The newest item when `table` is an array of tables, else `table` itself."""
        count = self._items.get(table)
        return table if count is None else (*table, count - 1)

    def _key(self, end: str) -> list[str]:
        """The parts of a key, dots between them; `end` is taken too."""
        parts = []
        while (token := self._take()) is not _END and token.text != end:
            if token.kind == "text":
                parts.append(token.text[1:-1])
            elif token.kind == "bare":
                parts.append(token.text)
        return parts

    def _pair(self, table: Way) -> None:
        line = self._peek().line
        for name in self._key("="):
            table = (*table, name)
            self.lines.setdefault(table, line)
        self._value(table)

    def _value(self, path: Way) -> None:
        self.lines.setdefault(path, self._peek().line)
        if self._peek().text == "[":
            self._array(path)
        elif self._peek().text == "{":
            self._inline(path)
        else:
            while self._peek().text not in ("", ",", "]", "}") and self._peek().kind != "newline":
                self._take()

    def _array(self, path: Way) -> None:
        self._take()
        index = 0
        while (token := self._peek()) is not _END and token.text != "]":
            if token.kind == "newline" or token.text == ",":
                self._take()
            else:
                self._value((*path, index))
                index += 1
        self._take()

    def _inline(self, path: Way) -> None:
        self._take()
        while (token := self._peek()) is not _END and token.text != "}":
            if token.kind == "newline" or token.text == ",":
                self._take()
            else:
                self._pair(path)
        self._take()


def lines_of(text: str) -> dict[Way, int]:
    """The line (from 1) where each table, key and list item of a valid document begins.

    Every path that `tomllib.loads(text)` has a value for is there. Escapes in a quoted key stay as
    written, which no option of ours needs.
    """
    reader = _Reader(text)
    reader.read()
    return reader.lines
