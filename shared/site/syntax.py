"""Reading TOML that may be broken: the values, and each broken line in plain words.

`tomllib` stops at the first error; `parse` goes on past one that is confined to its line, so that one
reading tells all there is to mend.
"""

import json
import re
import tomllib
from typing import Any, NamedTuple

from shared.words import msg


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
"""Broken lines told at once at most; a file with more is no site file."""


def parse(text: str) -> tuple[dict[str, Any], str, list[Broken]]:
    """Read a document, going on past errors confined to one line.

    Gives the values, the text they were read from and what is broken. A broken `key = value` counts as
    what it was probably meant to be, so that nothing that hangs on it is reported too. When the rest
    cannot be read the values are empty.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    broken: list[Broken] = []
    for _ in range(_MENDABLE):
        mended = "\n".join(lines) + "\n"
        try:
            return tomllib.loads(mended), mended, broken
        except (ValueError, RecursionError) as error:  # ValueError: a number of thousands of digits
            line, column = _place(str(error), len(lines))
            again = line in [one.line for one in broken]  # what mending a line brings to light is not told again
            broken += [] if again else [_saying(line, str(error))]
            if not _mend(lines, line, column, drop=again or str(error).startswith("Cannot overwrite")):
                break
    return {}, "", broken


def _place(message: str, last: int) -> tuple[int, int]:
    """Line and column of a message of tomllib, which says 'at end of document' for the last; else the first."""
    if found := _PLACE.search(message):
        return int(found[1]), int(found[2])
    return (last if "end of document" in message else 1), 1


def _saying(line: int, message: str) -> Broken:
    for begins, what, hint in _SAYINGS:
        if message.startswith(begins):
            return Broken(line, what, hint)
    return Broken(line, *_OTHER)


def _mend(lines: list[str], line: int, column: int, *, drop: bool) -> bool:
    """Put a likely value in place of a broken one, or `drop` its line; False where that is no help."""
    found = _PAIR.fullmatch(lines[line - 1])
    if found is None or column <= len(found[1]) or _goes_on(found[2].strip()):
        return False
    lines[line - 1] = "" if drop else f"{found[1]} {_guess(found[2].strip())}"
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
