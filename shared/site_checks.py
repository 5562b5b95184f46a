"""What is wrong with a site file's values: every finding at once, each where it stands and with a way out.

Three kinds: content (a key or value that `shared.site_file` does not allow), references between tables
(declared in `UNIQUE` and `REFERENCES`), and what lies outside the file (the logo). Findings are looked for
in the raw values, so that one error does not hide another.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from shared import site_logo
from shared.site_file import SiteFile, options, table_in
from shared.toml_lines import Path as Way
from shared.words import Words, msg


@dataclass(frozen=True)
class Said:
    """A sentence not yet in any language: a msgid and what fills it (texts, or sentences again)."""

    text: str = ""
    values: dict[str, object] = field(default_factory=dict)

    def told(self, words: Words, **more: object) -> str:
        """The sentence in the language of `words`."""
        told = {name: v.told(words) if isinstance(v, Said) else v for name, v in self.values.items()}
        return words.say(self.text, **told, **more) if self.text else ""


def _said(text: str, **values: object) -> Said:
    return Said(text, values)


class Finding(NamedTuple):
    """Something wrong at `way`. `other` is the way to what it collides with, whose line fills `{line}`."""

    way: Way
    what: Said
    hint: Said = Said()
    other: Way | None = None


UNIQUE: tuple[Way, ...] = (
    ("zone", "*", "id"),
    ("agency", "*", "id"),
    ("agency", "*", "prefix"),
    ("agency", "*", "service", "*", "id"),
    ("counter", "*", "id"),
    ("counter", "*", "number"),
    ("kiosk", "*", "id"),
    ("display", "*", "id"),
)
"""What must differ through the whole file. A ticket is asked for by its service alone, so service ids do too."""

REFERENCES: tuple[tuple[Way, str], ...] = (
    (("agency", "*", "zone"), "zone"),
    (("counter", "*", "zone"), "zone"),
    (("counter", "*", "agencies", "*"), "agency"),
    (("kiosk", "*", "agencies", "*"), "agency"),
    (("display", "*", "zones", "*"), "zone"),
)
"""Which option names an entry of which table."""

SETS: tuple[Way, ...] = (
    ("hall", "languages"),
    ("counter", "*", "agencies"),
    ("kiosk", "*", "agencies"),
    ("display", "*", "zones"),
    ("display", "*", "languages"),
)
"""Lists that name a thing once."""

ADDRESSES = {
    "network": (r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+):\d{1,5}", msg("alamat:port, misalnya printer-1.lan:9100")),
    "usb": (r"([0-9A-Fa-f]{4}:[0-9A-Fa-f]{4})?", msg("vendor:produk, misalnya 04b8:0e15, atau kosong")),
    "serial": (r"\S+@\d+", msg("perangkat@baud, misalnya /dev/ttyS0@9600 atau COM3@9600")),
    "spooler": (r".+", msg("nama printer di sistem operasi")),
    "file": (r".+", msg("nama berkas")),
}
"""What a printer's address looks like on each road that wants one."""


def check(data: dict[str, Any], folder: Path) -> tuple[SiteFile | None, list[Finding]]:
    """The file as a value, or None with what is wrong. `folder` is where a logo is looked for first."""
    try:
        file, content = SiteFile.model_validate(data), []
    except ValidationError as error:
        file, content = None, _content(error.errors(include_url=False))
    findings = [*content, *_twice(data), *_repeated(data), *_references(data), *_addresses(data), *_logo(data, folder)]
    return (None if findings else file), findings


# ---------------------------------------------------------------- ways through the raw values


def select(data: object, way: Way, at: Way = ()) -> Iterator[tuple[Way, Any]]:
    """Every value that `way` leads to, with its place; `*` is each item of a list. What is not there is passed over."""
    if not way:
        yield at, data
    elif way[0] == "*" and isinstance(data, list):
        for index, item in enumerate(data):
            yield from select(item, way[1:], (*at, index))
    elif isinstance(data, dict) and way[0] in data:
        yield from select(data[way[0]], way[1:], (*at, way[0]))


def _texts(data: object, way: Way) -> Iterator[tuple[Way, str]]:
    return ((at, value) for at, value in select(data, way) if isinstance(value, str))


def _names(way: Way) -> tuple[str, ...]:
    return tuple(step for step in way if isinstance(step, str))


def _title(table: Way) -> str:
    """A table as it is written: `[hall]`, `[[agency.service]]`."""
    name = ".".join(_names(table))
    return f"[[{name}]]" if table and isinstance(table[-1], int) else f"[{name}]"


def _keys(table: tuple[str, ...]) -> list[str]:
    return [way[-1] for way in options() if way[:-1] == table]


def _nearest(name: str, allowed: Iterable[str], *, likeness: float = 0.6) -> str | None:
    """The one of `allowed` that was probably meant, at least so alike (0–1); letters' case is no difference."""
    known = {one.casefold(): one for one in allowed}
    found = get_close_matches(name.casefold(), known, n=1, cutoff=likeness)
    return known[found[0]] if found else None


def _meant(name: str) -> Said:
    return _said(msg("Maksudnya '{name}'?"), name=name)


def written(value: object) -> str:
    """A value as TOML writes it, cut at 60 characters."""
    if isinstance(value, dict):
        text = "{ " + ", ".join(f"{name} = {written(one)}" for name, one in value.items()) + " }"
    else:
        text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:59]}…"  # noqa: PLR2004  -- the length the docstring names


# ---------------------------------------------------------------- content


def _content(errors: list[ErrorDetails]) -> list[Finding]:
    """Findings of the types. A misspelt key is told once, not also as the missing one."""
    unknown = [_unknown(error["loc"]) for error in errors if error["type"] == "extra_forbidden"]
    meant = {way for _, way in unknown}
    missing = [_missing(e["loc"]) for e in errors if e["type"] == "missing" and e["loc"] not in meant]
    wrong = [_wrong(error) for error in errors if error["type"] not in ("extra_forbidden", "missing")]
    return [*(finding for finding, _ in unknown), *missing, *wrong]


def _unknown(way: Way) -> tuple[Finding, Way | None]:
    """A key nobody knows, and the way to the one that was probably meant."""
    table, key = way[:-1], str(way[-1])
    keys = _keys(_names(table))
    what = _said(msg("Kunci '{key}' tidak dikenal di {table}"), key=key, table=_title(table))
    if not table:
        what = _said(msg("Tabel '{key}' tidak dikenal"), key=key)
    elsewhere = _tables_with(key)
    # A key that another table has is rather misplaced than misspelt, unless it is very like one of this table.
    if near := _nearest(key, keys, likeness=0.75 if elsewhere else 0.6):
        return Finding(way, what, _meant(near)), (*table, near)
    if elsewhere:
        return Finding(way, what, _said(msg("Tempatnya di {tables}."), tables=", ".join(elsewhere))), None
    return Finding(way, what, _said(msg("Yang ada: {keys}."), keys=", ".join(keys))), None


def _tables_with(key: str) -> list[str]:
    return [
        _option_title(way[:-1]) for way, one in options().items() if way[-1] == key and not table_in(one.annotation)
    ]


def _option_title(way: tuple[str, ...]) -> str:
    """As `_title`, for a way without places in lists."""
    found = options().get(way)
    is_list = found is not None and table_in(found.annotation) is not found.annotation
    return f"[[{'.'.join(way)}]]" if is_list else f"[{'.'.join(way)}]"


def _missing(way: Way) -> Finding:
    option = options()[_names(way)]
    if table_in(option.annotation) and not option.examples:
        title = _option_title(_names(way))
        return Finding(way, _said(msg("Tabel {table} tidak ada"), table=title), _said(msg("Tambahkan tabel itu.")))
    what = _said(msg("'{key}' belum diisi di {table}"), key=way[-1], table=_title(way[:-1]))
    example = f"{way[-1]} = {written((option.examples or [''])[0])}"
    return Finding(way, what, _said(msg("Tambahkan, misalnya: {example}"), example=example))


def _wrong(error: ErrorDetails) -> Finding:
    way, names = error["loc"], _names(error["loc"])
    option = options()[names]
    what = _said(msg("'{key}' tidak dapat berisi {value}"), key=names[-1], value=written(error["input"]))
    allowed = error.get("ctx", {}).get("allowed") or [str(one) for one in get_args(option.annotation)]
    if error["type"] in ("not_allowed", "literal_error") and (near := _nearest(str(error["input"]), allowed)):
        return Finding(way, what, _meant(near))
    if table_in(option.annotation):
        return Finding(way, what, _said(msg("Tulis sebagai tabel {table}."), table=_option_title(names)))
    return Finding(way, what, _said(msg("Isinya {rule}."), rule=Said(option.description or "")))


# ---------------------------------------------------------------- between tables


def _twice(data: dict[str, Any]) -> Iterator[Finding]:
    for way in UNIQUE:
        first: dict[str, Way] = {}
        for at, value in _texts(data, way):
            if value in first:
                what = _said(msg("{key} '{value}' sudah dipakai di baris {line}"), key=way[-1], value=value)
                hint = _said(msg("Setiap {key} di {table} harus berbeda."), key=way[-1], table=_title(at[:-1]))
                yield Finding(at, what, hint, first[value])
            first.setdefault(value, at)


def _repeated(data: dict[str, Any]) -> Iterator[Finding]:
    for way in SETS:
        for at, values in select(data, way):
            for index, value in enumerate(values if isinstance(values, list) else ()):
                if value in values[:index]:
                    what = _said(msg("'{value}' tertulis dua kali di {key}"), value=value, key=at[-1])
                    yield Finding((*at, index), what, _said(msg("Hapus salah satunya.")))


def _known(data: dict[str, Any], table: str) -> dict[str, str]:
    """The ids of a table, each also by its names; entries under a misspelt title count."""
    titles = [title for title in data if title == table or _nearest(title, _keys(())) == table]
    known: dict[str, str] = {}
    for _, entry in (found for title in titles for found in select(data, (title, "*"))):
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            names = (entry.get("name"), entry.get("short_name"), entry["id"])
            known |= {name: entry["id"] for name in names if isinstance(name, str)}
    return known


def _references(data: dict[str, Any]) -> Iterator[Finding]:
    known = {table: _known(data, table) for table in ("zone", "agency")}
    ids = {table: set(names.values()) for table, names in known.items()}
    served = set()
    for way, table in REFERENCES:
        for at, value in _texts(data, way):
            meant = value if value in ids[table] else known[table].get(_nearest(value, known[table]) or "")
            if way == ("counter", "*", "agencies", "*"):
                served.add(meant)  # what was probably meant counts: one slip is told once
            if meant != value and ids[table]:
                what = _said(msg("[[{table}]] dengan id '{id}' tidak ada"), table=table, id=value)
                yield Finding(at, what, _meant(meant) if meant else _choose(ids[table]))
    if served:
        yield from _unserved(data, served)


def _choose(ids: set[str]) -> Said:
    return _said(msg("Yang ada: {keys}."), keys=", ".join(sorted(ids)))


def _unserved(data: dict[str, Any], served: set[str | None]) -> Iterator[Finding]:
    for at, agency in _texts(data, ("agency", "*", "id")):
        if agency not in served:
            what = _said(msg("Instansi '{agency}' tidak dilayani loket mana pun"), agency=agency)
            yield Finding(at[:-1], what, _said(msg("Tambahkan id itu ke agencies salah satu [[counter]].")))


def _addresses(data: dict[str, Any]) -> Iterator[Finding]:
    for at, printer in select(data, ("kiosk", "*", "printer")):
        road, address = (printer.get("road"), printer.get("address", "")) if isinstance(printer, dict) else ("", "")
        pattern, rule = ADDRESSES.get(road, ("", "")) if isinstance(road, str) else ("", "")
        if pattern and isinstance(address, str) and not re.fullmatch(pattern, address):
            what = _said(msg("address printer tidak dapat berisi {value}"), value=written(address))
            hint = _said(msg("Untuk road = {road}, isinya {rule}."), road=written(road), rule=Said(rule))
            yield Finding((*at, "address"), what, hint)


def _logo(data: dict[str, Any], folder: Path) -> Iterator[Finding]:
    for at, name in _texts(data, ("hall", "logo")):
        if name and (wrong := site_logo.trouble(name, folder)):
            yield Finding(
                at, _said(wrong.what, name=name), _said(wrong.hint, name=wrong.near) if wrong.hint else Said()
            )
