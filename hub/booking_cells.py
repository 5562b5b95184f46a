"""What stands in the cells of a list of bookings, as Indonesian offices and their spreadsheets write it. Pure.

Each reader answers the value, or raises `Unread` with what is wrong and the way out.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from shared.booking_wire import LONGEST_CODE, SHORTEST_CODE, is_personal, normal_code
from shared.hall import Hall
from shared.site.findings import Said, choose_from, did_you_mean, nearest, said
from shared.words import msg

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_TIME = re.compile(r"(\d{1,2})[.:](\d{2})(?:[.:]00)?")
_YES = frozenset({"ya", "y", "yes", "true", "benar", "1", "x", "prioritas", "priority"})
_NO = frozenset({"", "tidak", "t", "no", "n", "false", "salah", "0", "-"})
_BETWEEN = re.compile(r"[;|]")
_MOST_SEARCHED = 100
"""Names of services that the nearest is looked for: each takes some 10 ms among 450."""
_LONGEST_QUOTE = 40
"""Characters of a cell that are said back."""


class Unread(Exception):  # noqa: N818  -- what was found in a cell, no error of this program
    """A cell that cannot be read: what is wrong, and the way out."""

    def __init__(self, what: Said, hint: Said) -> None:
        super().__init__(what.text)
        self.what, self.hint = what, hint


def quoted(text: str) -> str:
    """A cell as it is said back."""
    return text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 1]}…"


def code_in(text: str) -> str:
    """A booking's code, as the hub keeps it."""
    code = normal_code(text)
    if code is None:
        what = msg("Kode '{cell}' tidak dapat dipakai") if text else msg("Kode belum diisi")
        hint = said(msg("Tulis {least}–{most} huruf dan angka."), least=SHORTEST_CODE, most=LONGEST_CODE)
        raise Unread(said(what, cell=quoted(text)), hint)
    if is_personal(code):
        what = msg("Kode ini tampak seperti NIK atau nomor telepon")
        raise Unread(said(what), said(msg("Pakai kode yang tidak menunjuk kepada orangnya.")))
    return code


def date_in(text: str) -> date:
    """A date: 2026-11-23, 23/11/2026, 23-11-2026 or 23.11.2026."""
    try:
        if found := _ISO.fullmatch(text):
            year, month, day = map(int, found.groups())
            return date(year, month, day)
        if found := _DAY_FIRST.fullmatch(text):
            day, month, year = map(int, found.groups())
            return date(year, month, day)
    except ValueError:
        pass
    what = msg("Tanggal '{cell}' tidak dapat dibaca") if text else msg("Tanggal belum diisi")
    raise Unread(said(what, cell=quoted(text)), said(msg("Tulis 2026-11-23 atau 23/11/2026.")))


def time_in(text: str) -> time:
    """A time of day: 08.30, 8:30 or 08:30:00."""
    try:
        if found := _TIME.fullmatch(text):
            return time(int(found[1]), int(found[2]))
    except ValueError:
        pass
    what = msg("Jam '{cell}' tidak dapat dibaca") if text else msg("Jam belum diisi")
    raise Unread(said(what, cell=quoted(text)), said(msg("Tulis 08.30 atau 08:30.")))


def moment_in(text: str, zone: ZoneInfo) -> datetime:
    """Date and time in one cell, in the hall's zone where it names no offset."""
    day, _, clock = text.partition(" ")
    if clock:
        try:
            return datetime.combine(date_in(day), time_in(clock.strip()), zone)
        except Unread:
            pass
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(zone)
    except (ValueError, OverflowError):
        what = msg("Waktu '{cell}' tidak dapat dibaca") if text else msg("Waktu belum diisi")
        hint = msg("Tulis 2026-11-23T08:30 atau 23/11/2026 08.30.")
        raise Unread(said(what, cell=quoted(text)), said(hint)) from None


def priority_in(text: str) -> bool:
    """Whether somebody is to be called as a priority visitor; an empty cell is no."""
    word = text.casefold()
    if word not in _YES | _NO:
        what = said(msg("'{cell}' bukan ya atau tidak"), cell=quoted(text))
        raise Unread(what, said(msg("Tulis ya, atau kosongkan.")))
    return word in _YES


class Services:
    """The services of a hall by id, or by their names as people write them."""

    def __init__(self, hall: Hall) -> None:
        self._ids = _by_name(hall)
        self._near: dict[str, str | None] = {}

    def one(self, text: str) -> str:
        """The id of a service."""
        ids = self._ids.get(text.casefold(), ())
        if len(ids) == 1:
            return ids[0]
        if ids:
            raise Unread(said(msg("Layanan '{cell}' ada di beberapa instansi"), cell=quoted(text)), choose_from(ids))
        what = msg("Layanan '{cell}' tidak ada di gedung ini") if text else msg("Layanan belum diisi")
        raise Unread(said(what, cell=quoted(text)), self._meant(text))

    def several(self, text: str) -> tuple[str, ...]:
        """Ids of services with `;` or `|` between; an empty cell is none."""
        return tuple(self.one(part.strip()) for part in _BETWEEN.split(text) if part.strip())

    def _meant(self, text: str) -> Said:
        if text not in self._near and len(self._near) < _MOST_SEARCHED:
            self._near[text] = nearest(text[:_LONGEST_QUOTE], self._ids) if text else None
        near = self._near.get(text)
        if near is None:
            return said(msg("Tulis id atau nama layanan seperti di berkas konfigurasi gedung."))
        return did_you_mean(self._ids[near.casefold()][0])


def _by_name(hall: Hall) -> Mapping[str, tuple[str, ...]]:
    """Ids by what may be written for them: an id means itself alone, a name all services of that name."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    services = [service for agency in hall.agencies for service in agency.services]
    for service in services:
        for name in dict.fromkeys([service.name.casefold(), (service.name_en or service.name).casefold()]):
            found[name].append(service.id)
    return {name: tuple(ids) for name, ids in found.items()} | _themselves(service.id for service in services)


def _themselves(ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    return {one.casefold(): (one,) for one in ids}
