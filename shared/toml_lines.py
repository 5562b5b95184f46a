"""Where things stand in a TOML file: the line of each key, and broken syntax in plain words.

`tomllib` gives values without positions, and stops at the first error. `lines_of` tells the line of every
table, key and list item; `parse` goes on past an error that is confined to one line, so that one reading
tells all there is to mend.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any, NamedTuple

from shared.words import msg

Path = tuple[str | int, ...]
"""The way to a value: `("agency", 3, "service", 0, "minutes")`. The file itself is `()`."""

# ---------------------------------------------------------------- lines

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
        self.lines: dict[Path, int] = {(): 1}
        self._tokens = list(_tokens(text))
        self._next = 0
        self._items: dict[Path, int] = {}
        """How many items an array of tables has so far."""

    def read(self) -> None:
        table: Path = ()
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

    def _header(self) -> Path:
        """`[a.b]` or `[[a.b]]`: where the keys that follow belong."""
        line = self._take().line
        is_item = self._peek().text == "["
        *parents, last = self._key("]")
        table: Path = ()
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

    def _newest(self, table: Path) -> Path:
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

    def _pair(self, table: Path) -> None:
        line = self._peek().line
        for name in self._key("="):
            table = (*table, name)
            self.lines.setdefault(table, line)
        self._value(table)

    def _value(self, path: Path) -> None:
        self.lines.setdefault(path, self._peek().line)
        if self._peek().text == "[":
            self._array(path)
        elif self._peek().text == "{":
            self._inline(path)
        else:
            while self._peek().text not in ("", ",", "]", "}") and self._peek().kind != "newline":
                self._take()

    def _array(self, path: Path) -> None:
        self._take()
        index = 0
        while (token := self._peek()) is not _END and token.text != "]":
            if token.kind == "newline" or token.text == ",":
                self._take()
            else:
                self._value((*path, index))
                index += 1
        self._take()

    def _inline(self, path: Path) -> None:
        self._take()
        while (token := self._peek()) is not _END and token.text != "}":
            if token.kind == "newline" or token.text == ",":
                self._take()
            else:
                self._pair(path)
        self._take()


def lines_of(text: str) -> dict[Path, int]:
    """The line (from 1) where each table, key and list item of a valid document begins.

    Every path that `tomllib.loads(text)` has a value for is there. Escapes in a quoted key stay as
    written, which no option of ours needs.
    """
    reader = _Reader(text)
    reader.read()
    return reader.lines


# ---------------------------------------------------------------- broken syntax


class Broken(NamedTuple):
    """A line that is not TOML: what is wrong with it and what to write instead (msgids)."""

    line: int
    what: str
    hint: str


_QUOTE = msg('Tulis teks di antara tanda kutip lurus ("…"), ya dan tidak sebagai true dan false.')
_BACKSLASH = msg(r"Tulis \ dua kali (\\), atau pakai tanda kutip tunggal: 'C:\suara'.")
_UNCLOSED = msg("Tulis tanda kutip pada awal dan akhir teks, di baris yang sama.")
_COMMA = msg("Pisahkan isinya dengan koma dan tutup kurungnya.")

_SAYINGS = (
    # What tomllib's message begins with, what is wrong, what to write instead.
    ("Invalid value", msg("Nilai tidak dapat dibaca"), _QUOTE),
    ("Expected newline", msg("Ada tulisan berlebih setelah nilai"), _QUOTE),
    ("Cannot overwrite", msg("Kunci atau tabel ini sudah ditulis di atas"), msg("Hapus salah satunya.")),
    (
        "Cannot declare",
        msg("Tabel ini sudah ditulis di atas"),
        msg("Tabel yang boleh berulang ditulis dengan dua kurung, misalnya [[agency]]."),
    ),
    ("Illegal character", msg("Tanda kutip tidak ditutup, atau ada karakter yang tidak boleh"), _UNCLOSED),
    ("Unterminated string", msg("Tanda kutip tidak ditutup"), _UNCLOSED),
    ('Expected "\'"', msg("Tanda kutip tidak ditutup"), _UNCLOSED),
    ("Unescaped '\\'", msg("Tanda \\ di dalam teks tidak dapat dibaca"), _BACKSLASH),
    ("Invalid hex", msg("Tanda \\ di dalam teks tidak dapat dibaca"), _BACKSLASH),
    ("Unclosed array", msg("Daftar [ ] belum ditutup atau kurang koma"), _COMMA),
    ("Unclosed inline", msg("Tabel { } belum ditutup atau kurang koma"), _COMMA),
    ("Invalid initial", msg("Tabel { } belum ditutup atau kelebihan koma"), _COMMA),
    ("Expected '='", msg("Tanda = tidak ada"), msg('Tulis kunci = nilai, misalnya name = "Loket".')),
    ("Expected ']", msg("Kurung judul tabel tidak lengkap"), msg("Tulis misalnya [hall] atau [[agency]].")),
)
_OTHER = (msg("Baris ini tidak dapat dibaca"), msg("Bandingkan dengan contoh di docs/konfigurasi.md."))

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_PAIR = re.compile(r"""(\s*[\w."'-]+\s*=)(.*)""")
_QUOTED = re.compile(r"""["'“”]([^"'“”]*)["'“”]""")
_MENDABLE = 50
"""Broken lines told at once; a file with more is no site file."""


def parse(text: str) -> tuple[dict[str, Any], str, list[Broken]]:
    """Read a document, going on past errors confined to one line.

    Gives the values, the text they were read from and what is broken. A broken `key = value` counts as
    what it was probably meant to be, so that nothing that hangs on it is reported too. When the rest
    cannot be read the values are empty.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    broken: list[Broken] = []
    while len(broken) <= _MENDABLE:
        mended = "\n".join(lines) + "\n"
        try:
            return tomllib.loads(mended), mended, broken
        except tomllib.TOMLDecodeError as error:
            line, column = _place(str(error), len(lines))
            broken.append(_saying(line, str(error)))
            if not _mend(lines, line, column, twice=str(error).startswith("Cannot overwrite")):
                break
    return {}, "", broken


def _place(message: str, last: int) -> tuple[int, int]:
    """Line and column of a message of tomllib, which says 'at end of document' for the last."""
    found = _PLACE.search(message)
    return (int(found[1]), int(found[2])) if found else (last, 1)


def _saying(line: int, message: str) -> Broken:
    for begins, what, hint in _SAYINGS:
        if message.startswith(begins):
            return Broken(line, what, hint)
    return Broken(line, *_OTHER)


def _mend(lines: list[str], line: int, column: int, *, twice: bool) -> bool:
    """Put a likely value in place of a broken one, or drop a key written `twice`; False where that is no help."""
    found = _PAIR.fullmatch(lines[line - 1])
    if found is None or column <= len(found[1]) or _goes_on(found[2].strip()):
        return False
    mended = "" if twice else f"{found[1]} {_guess(found[2].strip())}"
    if mended == lines[line - 1]:
        return False
    lines[line - 1] = mended
    return True


def _goes_on(value: str) -> bool:
    """Whether a value opens a bracket that its line does not close."""
    return any(value.startswith(opens) and closes not in value for opens, closes in ("[]", "{}"))


def _guess(value: str) -> str:
    """What a broken value was probably meant to be, as TOML: a list of its quoted texts, or a text."""
    if value.startswith("["):
        return json.dumps(_QUOTED.findall(value), ensure_ascii=False)
    bare = "".join(letter for letter in value.partition("#")[0] if letter.isprintable())
    return json.dumps(bare.strip("\"'“” "), ensure_ascii=False)
