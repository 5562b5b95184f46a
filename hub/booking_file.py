"""A list of bookings as a CSV file: its first line names the columns, every error is told with its line. Pure.

What a column holds that looks like personal data is refused with the column: the hub keeps no names.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from io import StringIO
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from hub.booking_cells import Services, Unread, code_in, date_in, moment_in, priority_in, quoted, time_in
from shared.booking_wire import MakeBooking
from shared.hall import Hall
from shared.site.findings import Said, choose_from, did_you_mean, nearest, said
from shared.wire import LONGEST_JOURNEY
from shared.words import msg

MOST_ROWS = 20_000
"""Bookings of one list: two months of the largest hall."""

COLUMNS = ("code", "service", "date", "time", "at", "then", "priority")
_INDONESIAN = {
    "kode": "code",
    "layanan": "service",
    "tanggal": "date",
    "jam": "time",
    "berikutnya": "then",
    "prioritas": "priority",
}
_WRITTEN = {name: word for word, name in _INDONESIAN.items()}
_PERSONAL = re.compile(
    r"(?<![a-z])(nama|name|nik|ktp|kk|npwp|paspor|passport|telepon|telpon|telp|tlp|phone|hp|handphone|ponsel|wa|whatsapp"
    r"|email|surel|alamat|address|lahir|birth|dob|kelamin|gender|ibu)(?![a-z])"
)
"""Words that name who somebody is."""

Row = dict[str, str]
T = TypeVar("T")


class Fault(NamedTuple):
    """What is wrong with a line, counted from 1, and the way out."""

    line: int
    what: Said
    hint: Said


class Line(NamedTuple):
    """A booking that somebody wants, and where it stands in the file."""

    number: int
    asked: MakeBooking
    code: str


def read(text: str, hall: Hall) -> tuple[list[Line], list[Fault]]:
    """The bookings in a file, and all that is wrong with it."""
    faults: list[Fault] = []
    rows = _rows(text.removeprefix("\ufeff"), faults)
    number, head = next(rows, (1, []))
    try:
        columns = _columns(head)
    except Unread as unread:
        return [], [*faults, Fault(number, unread.what, unread.hint)]
    lines = list(_lines(rows, columns, _Reader(hall, faults)))
    if not lines and not faults:
        faults.append(Fault(1, said(msg("Berkas ini tidak berisi janji temu")), said(_HEAD_HINT)))
    return lines, sorted(faults, key=lambda fault: fault.line)


def _lines(rows: Iterator[tuple[int, list[str]]], columns: Mapping[str, int], reader: "_Reader") -> Iterator[Line]:
    first_of: dict[str, int] = {}
    for n, (number, cells) in enumerate(rows):
        if n == MOST_ROWS:
            what = said(msg("Lebih dari {most} janji temu"), most=MOST_ROWS)
            reader.faults.append(Fault(number, what, said(msg("Bagi menjadi beberapa berkas."))))
            return
        line = reader.line(number, cells, columns)
        if line is None:
            continue
        if (first := first_of.setdefault(line.code, number)) != number:
            what = said(msg("Kode {code} sudah ada di baris {line}"), code=line.code, line=first)
            reader.faults.append(Fault(number, what, said(msg("Beri setiap janji temu kodenya sendiri."))))
            continue
        yield line


# ---------------------------------------------------------------- the file


def _rows(text: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """Each line with anything in it, by its number."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    begins = 1
    while True:
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            what = said(msg("Tanda kutip di baris ini tidak berpasangan"))
            faults.append(Fault(begins, what, said(msg("Hapus tanda kutip itu, atau tutup sebelum akhir baris."))))
            return
        if any(cells):
            yield begins, cells
        begins = reader.line_num + 1


def _delimiter(text: str) -> str:
    """What stands most often in the first line: Indonesian spreadsheets write `;`, others `,` or a tab."""
    head = text.lstrip().partition("\n")[0]
    return max(";,\t", key=head.count)


_HEAD_HINT = msg("Baris pertama menyebut kolomnya: kode, layanan, tanggal, jam; bila perlu berikutnya dan prioritas.")


def _columns(head: list[str]) -> dict[str, int]:
    """Where each column stands. Raises Unread."""
    found: dict[str, int] = {}
    known = (*COLUMNS, *_INDONESIAN)
    is_head = any(written.casefold() in known for written in head)
    for place, written in enumerate(head if is_head else []):
        if not written:
            continue
        name = _column(written)
        if name in found:
            raise Unread(said(msg("Kolom '{name}' ditulis dua kali"), name=name), said(msg("Hapus salah satunya.")))
        found[name] = place
    needed = ("code", "service", "at") if "at" in found else ("code", "service", "date", "time")
    if missing := [name for name in needed if name not in found]:
        raise Unread(said(msg("Kolom ini tidak ada: {names}"), names=", ".join(_both(missing))), said(_HEAD_HINT))
    return found


def _both(names: list[str]) -> list[str]:
    """Each column as an Indonesian list has it, and as the table of columns has it."""
    return [f"{_WRITTEN[name]} ({name})" for name in names]


def _column(written: str) -> str:
    """Which column it is. Raises Unread."""
    name = written.casefold()
    name = _INDONESIAN.get(name, name)
    if name in COLUMNS:
        return name
    if _PERSONAL.search(name):
        what = said(msg("Kolom '{name}' tampak berisi data pribadi, yang tidak disimpan"), name=quoted(written))
        raise Unread(what, said(msg("Hapus kolom itu dari berkas: kodenya saja cukup untuk mengenali pengunjung.")))
    near = nearest(name, [*COLUMNS, *_INDONESIAN])
    hint = did_you_mean(near) if near else choose_from(COLUMNS)
    raise Unread(said(msg("Kolom '{name}' tidak dikenal"), name=quoted(written)), hint)


# ---------------------------------------------------------------- a line


class _Reader:
    """Reads lines, and notes what is wrong with each."""

    def __init__(self, hall: Hall, faults: list[Fault]) -> None:
        self.faults = faults
        self._services, self._zone = Services(hall), ZoneInfo(hall.timezone)
        self._number = 0

    def line(self, number: int, cells: list[str], columns: Mapping[str, int]) -> Line | None:
        """The booking in a line; None where it cannot be read, which is noted."""
        named = columns.values()
        if any(cell and place not in named for place, cell in enumerate(cells)):
            what = said(msg("Baris ini berisi lebih banyak kolom daripada baris pertama"))
            self.faults.append(Fault(number, what, said(msg("Apit isi yang memuat tanda pemisah dengan tanda kutip."))))
            return None
        self._number = number
        row = {name: cells[place] if place < len(cells) else "" for name, place in columns.items()}
        code, at = self._read(code_in, row["code"]), self._at(row)
        service = self._read(self._services.one, row["service"])
        then = self._read(self._then, row.get("then", ""))
        priority = self._read(priority_in, row.get("priority", ""))
        if code is None or service is None or at is None or then is None or priority is None:
            return None
        asked = MakeBooking.model_construct(code=code, service=service, then=then, at=at, priority=priority)
        return Line(number, asked, code)

    def _at(self, row: Row) -> datetime | None:
        if "at" in row:
            return self._read(lambda text: moment_in(text, self._zone), row["at"])
        day, clock = self._read(date_in, row["date"]), self._read(time_in, row["time"])
        return None if day is None or clock is None else datetime.combine(day, clock, self._zone)

    def _then(self, text: str) -> tuple[str, ...]:
        services = self._services.several(text)
        if len(services) > LONGEST_JOURNEY:
            what = said(msg("Lebih dari {most} layanan berikutnya"), most=LONGEST_JOURNEY)
            raise Unread(what, said(msg("Bagi menjadi dua janji temu.")))
        return services

    def _read(self, cell: Callable[[str], T], text: str) -> T | None:
        try:
            return cell(text)
        except Unread as unread:
            self.faults.append(Fault(self._number, unread.what, unread.hint))
            return None
