"""What must hold between the tables of a site file, and outside it.

Found in the raw values, so that an error of content does not hide one of these.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from shared.addresses import is_loopback, pages_of
from shared.site import logo
from shared.site.findings import (
    Finding,
    Said,
    choose_from,
    did_you_mean,
    nearest,
    said,
    select,
    texts,
    title,
    written,
)
from shared.site.lines import Way
from shared.site.tables import keys_of
from shared.words import msg

UNIQUE: tuple[Way, ...] = (
    ("zone", "*", "id"),
    ("agency", "*", "id"),
    ("agency", "*", "prefix"),
    ("agency", "*", "service", "*", "id"),
    ("counter", "*", "id"),
    ("counter", "*", "number"),
    ("kiosk", "*", "id"),
    ("display", "*", "id"),
    ("outcome", "*", "id"),
    ("ticket", "text", "*", "language"),
)
"""What must differ through the whole file. A ticket is asked for by its service alone, so service ids do too."""

REFERENCES: tuple[tuple[Way, str], ...] = (
    (("agency", "*", "zone"), "zone"),
    (("counter", "*", "zone"), "zone"),
    (("counter", "*", "agencies", "*"), "agency"),
    (("kiosk", "*", "agencies", "*"), "agency"),
    (("display", "*", "zones", "*"), "zone"),
    (("display", "*", "counter"), "counter"),
    (("agency", "*", "outcomes", "*"), "outcome"),
)
"""Which option names an entry of which table."""

SETS: tuple[Way, ...] = (
    ("hall", "languages"),
    ("hall", "pause_reasons"),
    ("agency", "*", "outcomes"),
    ("counter", "*", "agencies"),
    ("counter", "*", "services"),
    ("kiosk", "*", "agencies"),
    ("display", "*", "zones"),
    ("display", "*", "languages"),
    ("ticket", "elements"),
    ("ticket", "second_copy"),
    ("ticket", "languages"),
)
"""Lists that name a thing once."""

REPEATED: dict[Way, tuple[str, ...]] = {
    ("ticket", "elements"): ("rule", "gap"),
    ("ticket", "second_copy"): ("rule", "gap"),
}
"""What one of those lists may name again."""

ADDRESSES = {
    "network": (r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+):\d{1,5}", msg("alamat:port, misalnya printer-1.lan:9100")),
    "usb": (r"([0-9A-Fa-f]{4}:[0-9A-Fa-f]{4})?", msg("vendor:produk, misalnya 04b8:0e15, atau kosong")),
    "serial": (r"\S+@\d+", msg("perangkat@baud, misalnya /dev/ttyS0@9600 atau COM3@9600")),
    "spooler": (r".+", msg("nama printer di sistem operasi")),
    "file": (r".+", msg("nama berkas")),
}
"""What a printer's address looks like on each road that wants one."""


def findings(data: dict[str, Any], folder: Path) -> list[Finding]:
    """All of them. `folder` is where a logo is looked for first."""
    return [
        *_twice(data),
        *_repeated(data),
        *_references(data),
        *_addresses(data),
        *_ports(data),
        *_dates(data),
        *_volumes(data),
        *_logo(data, folder),
        *_layouts(data),
    ]


def _twice(data: dict[str, Any]) -> Iterator[Finding]:
    for way in UNIQUE:
        first: dict[str, Way] = {}
        for at, value in texts(data, way):
            if value in first:
                what = said(msg("{key} '{value}' sudah dipakai di baris {line}"), key=way[-1], value=value)
                hint = said(msg("Setiap {key} di {table} harus berbeda."), key=way[-1], table=title(at[:-1]))
                yield Finding(at, what, hint, first[value])
            first.setdefault(value, at)


def _repeated(data: dict[str, Any]) -> Iterator[Finding]:
    for way in SETS:
        for at, values in select(data, way):
            for index, value in enumerate(values if isinstance(values, list) else ()):
                if value in values[:index] and value not in REPEATED.get(way, ()):
                    what = said(msg("'{value}' tertulis dua kali di {key}"), value=value, key=at[-1])
                    yield Finding((*at, index), what, said(msg("Hapus salah satunya.")))


def _known(data: dict[str, Any], table: str) -> dict[str, str]:
    """The ids of a table, each also by its names; entries under a misspelt title count."""
    spellings = [key for key in data if key == table or nearest(key, keys_of(())) == table]
    entries = (entry for key in spellings for _, entry in select(data, (key, "*")) if isinstance(entry, dict))
    known: dict[str, str] = {}
    for entry in entries:
        if isinstance(entry.get("id"), str):
            names = (entry.get("name"), entry.get("short_name"), entry["id"])
            known |= {name: entry["id"] for name in names if isinstance(name, str)}
    return known


def _references(data: dict[str, Any]) -> Iterator[Finding]:
    known = {table: _known(data, table) for table in ("zone", "agency", "outcome", "counter")}
    ids = {table: set(names.values()) for table, names in known.items()}
    served = set()
    for way, table in REFERENCES:
        for at, value in texts(data, way):
            meant = value if value in ids[table] else known[table].get(nearest(value, known[table]) or "")
            if way == ("counter", "*", "agencies", "*"):
                served.add(meant)  # what was probably meant counts: one slip is told once
            if meant != value and (ids[table] or table == "outcome"):
                what = said(msg("[[{table}]] dengan id '{id}' tidak ada"), table=table, id=value)
                names = sorted(ids[table])
                way_out = choose_from(names) if names else said(msg("Tambahkan tabel itu."))
                yield Finding(at, what, did_you_mean(meant) if meant else way_out)
    if served:
        yield from _unserved(data, served)


def _unserved(data: dict[str, Any], served: set[str | None]) -> Iterator[Finding]:
    for at, agency in texts(data, ("agency", "*", "id")):
        if agency not in served:
            what = said(msg("Instansi '{agency}' tidak dilayani loket mana pun"), agency=agency)
            yield Finding(at[:-1], what, said(msg("Tambahkan id itu ke agencies salah satu [[counter]].")))


def _addresses(data: dict[str, Any]) -> Iterator[Finding]:
    printers = (select(data, ("kiosk", "*", name)) for name in ("printer", "second_printer"))
    for at, printer in chain.from_iterable(printers):
        road, address = (printer.get("road"), printer.get("address", "")) if isinstance(printer, dict) else ("", "")
        pattern, rule = ADDRESSES.get(road, ("", "")) if isinstance(road, str) else ("", "")
        if pattern and isinstance(address, str) and not re.fullmatch(pattern, address):
            what = said(msg("address printer tidak dapat berisi {value}"), value=written(address))
            hint = said(msg("Untuk road = {road}, isinya {rule}."), road=written(road), rule=Said(rule))
            yield Finding((*at, "address"), what, hint)


def _ports(data: dict[str, Any]) -> Iterator[Finding]:
    hall = data.get("hall")
    listen, pages = (hall.get("listen", ""), hall.get("pages", "")) if isinstance(hall, dict) else ("", "")
    if not (isinstance(listen, str) and isinstance(pages, str) and ":" in listen):
        return
    host, _, port = listen.rpartition(":")
    beside = pages_of(listen, pages)
    if not is_loopback(host) and port != "0" and beside.rpartition(":")[2] == port:
        what = said(msg("listen dan pages memakai port yang sama ({port})"), port=port)
        hint = said(msg('Tulis port lain di listen, misalnya listen = "{other}".'), other=f"{host}:8443")
        yield Finding(("hall", "pages" if pages else "listen"), what, hint)


def _dates(data: dict[str, Any]) -> Iterator[Finding]:
    for way in (("hours",), ("agency", "*", "hours"), ("agency", "*", "service", "*", "hours")):
        for at, season in select(data, (*way, "season", "*")):
            first, last = (season.get(key) for key in ("first_day", "last_day")) if isinstance(season, dict) else (0, 0)
            if type(first) is type(last) is date and last < first:
                what = said(msg("last_day tidak boleh sebelum first_day"))
                yield Finding((*at, "last_day"), what, said(msg("Tukar keduanya, atau betulkan tahunnya.")))
    seen: set[object] = set()
    for at, day in select(data, ("day", "*", "date")):
        if type(day) is date and day in seen:
            what = said(msg("Tanggal {day} tertulis dua kali di [[day]]"), day=day.isoformat())
            yield Finding(at, what, said(msg("Hapus salah satunya.")))
        seen |= {day} if type(day) is date else set()


def _volumes(data: dict[str, Any]) -> Iterator[Finding]:
    seen: set[tuple[object, str]] = set()
    for at, begin in texts(data, ("display", "*", "volume_at", "*", "from")):
        one = (at[1], begin.replace(":", ".").zfill(5))
        if one in seen:
            what = said(msg("'{value}' tertulis dua kali di {key}"), value=begin, key="volume_at")
            yield Finding(at, what, said(msg("Hapus salah satunya.")))
        seen.add(one)


OWN = {"sign": ("counter", "loket-1"), "media": ("media", "/srv/antre/media")}
"""Layouts of a TV with the key that each wants, and no other may have; and an example of it."""


def _layouts(data: dict[str, Any]) -> Iterator[Finding]:
    for at, tv in select(data, ("display", "*")):
        for layout, (key, example) in OWN.items() if isinstance(tv, dict) else ():
            if tv.get("layout") == layout and tv.get(key) is None:
                what = said(msg("'{key}' belum diisi untuk layout = {layout}"), key=key, layout=written(layout))
                shown = f"{key} = {written(example)}"
                yield Finding(at, what, said(msg("Tambahkan, misalnya: {example}"), example=shown))
            elif tv.get("layout") != layout and tv.get(key) is not None:
                what = said(msg("'{key}' hanya untuk layout = {layout}"), key=key, layout=written(layout))
                hint = said(msg("Hapus {key}, atau tulis layout = {layout}."), key=key, layout=written(layout))
                yield Finding((*at, key), what, hint)


def _logo(data: dict[str, Any], folder: Path) -> Iterator[Finding]:
    for at, name in texts(data, ("hall", "logo")):
        if name and (wrong := logo.trouble(name, folder)):
            yield Finding(at, said(wrong.what, name=name), said(wrong.hint, name=wrong.near))
