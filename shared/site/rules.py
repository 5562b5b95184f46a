"""What an option of a site file may hold: types with their limits, each with its rule in words.

A `description` completes 'Isinya …' in an error and stands in docs/konfigurasi.md.
"""

import json
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from shared.assets import ASSETS
from shared.hall import TicketElement
from shared.sessions import minutes_of, sessions_of
from shared.words import ZONE_NAMES, msg


def not_allowed(allowed: list[str], *, meant: str = "") -> PydanticCustomError:
    """An error that carries what is allowed, so that the nearest can be offered, or `meant` where that is known."""
    return PydanticCustomError("not_allowed", "not allowed", {"allowed": allowed, "meant": meant})


def is_timezone(name: str) -> str:
    """`name`, when the time zone database has it. Who wrote WIB, WITA or WIT is told that name."""
    if zones := [zone for zone, short in ZONE_NAMES.items() if short == name.upper()]:
        raise not_allowed(zones, meant=zones[0])
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # OSError: 'Asia' is a folder of zones
        raise not_allowed(sorted(available_timezones())) from None
    return name


@cache
def languages_known() -> list[str]:
    """The languages that screens, paper, pages and voice speak: Indonesian, English, and each catalogue's."""
    catalogues = {path.stem for path in (ASSETS / "translations").glob("*.po")}
    return sorted({"id", "en"} | catalogues)


def is_language(name: str) -> str:
    """`name`, when there are words in that language."""
    if name not in languages_known():
        raise not_allowed(languages_known())
    return name


def is_listen(value: str) -> str:
    """`value` (host:port, or nothing), when there is such a port."""
    if value and int(value.rpartition(":")[2]) > 65535:  # noqa: PLR2004  -- the highest port there is
        raise ValueError(value)
    return value


def is_address(url: str) -> str:
    """`url` without a slash at its end, so that `/t/…` can follow."""
    parts = urlsplit(url)
    is_whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    if url and (not is_whole or parts.query or parts.fragment):
        raise ValueError(url)
    return url.rstrip("/")


def is_hours(text: str) -> str:
    """`text`, when it names a day's opening times in order."""
    sessions_of(text)
    return text


@cache
def profiles_known() -> list[str]:
    """The printer profiles of python-escpos.

    Read from its data file: importing the library takes half a second and sets up the root log.
    """
    told = json.loads((files("escpos") / "capabilities.json").read_text("utf-8"))
    return sorted(told["profiles"])


def is_profile(name: str) -> str:
    """`name`, when python-escpos has that profile."""
    if name != "default" and name not in profiles_known():
        raise not_allowed(profiles_known())
    return name


def is_time(text: str) -> str:
    """`text`, when it names a time of day."""
    minutes_of(text)
    return text


def is_element(name: str) -> str:
    """`name`, when that may stand on a ticket."""
    if name not in get_args(TicketElement):
        raise not_allowed(list(get_args(TicketElement)))
    return name


def has_number(elements: list[str]) -> list[str]:
    """`elements`, when the number is among them, or when there are none."""
    if elements and "number" not in elements:
        raise ValueError(elements)
    return elements


Slug = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        max_length=40,
        description=msg("huruf kecil, angka, dan tanda hubung, paling banyak 40 karakter"),
    ),
]
Name = Annotated[
    str,
    Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$", description=msg("1–100 karakter, satu baris")),
]
Line = Annotated[
    str,
    Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$", description=msg("paling banyak 200 karakter, satu baris")),
]
English = Annotated[
    str,
    Field(max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$", description=msg("paling banyak 100 karakter, satu baris")),
]
Brief = Annotated[
    str,
    Field(max_length=60, pattern=r"^[^\x00-\x1f\x7f]*$", description=msg("paling banyak 60 karakter, satu baris")),
]
Requirements = Annotated[
    list[Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]*$")]],
    Field(max_length=8, description=msg("daftar paling banyak 8 syarat, masing-masing 1–60 karakter")),
]
ZoneId = Annotated[str, Field(description=msg("id salah satu [[zone]]"))]
YesNo = Annotated[bool, Field(description=msg("true (ya) atau false (tidak)"))]
MaybeYesNo = Annotated[bool | None, Field(description=msg("true (ya) atau false (tidak)"))]
Millimetres = Annotated[int, Field(ge=30, le=5000, description=msg("bilangan bulat 30–5000"))]
HOURS = msg("jam seperti 08.00-15.00, dengan istirahat 08.00-12.00, 13.00-15.00, atau closed")
DayHours = Annotated[str, AfterValidator(is_hours), Field(description=HOURS)]
MaybeHours = Annotated[str | None, AfterValidator(is_hours), Field(description=HOURS)]
Day = Annotated[date, Field(description=msg("tanggal tanpa tanda kutip, misalnya 2027-02-08"))]
QuotaCount = Annotated[int | None, Field(ge=0, le=9999, description=msg("bilangan bulat 0–9999"))]
Share = Annotated[int, Field(ge=0, le=10, description=msg("bilangan bulat 0–10"))]
Weight = Annotated[float, Field(ge=1, le=10, description=msg("bilangan 1–10"))]
LongestMinutes = Annotated[int, Field(ge=0, le=480, description=msg("bilangan bulat 0–480"))]
AppointmentMinutes = Annotated[int, Field(ge=0, le=120, description=msg("bilangan bulat 0–120"))]
Language = Annotated[str, AfterValidator(is_language)]
TimeOfDay = Annotated[str, AfterValidator(is_time), Field(description=msg("jam seperti 07.30"))]
Percent = Annotated[int, Field(ge=10, le=100, description=msg("bilangan bulat 10–100 (persen)"))]
LANGUAGES = msg("daftar kode bahasa yang punya katalog, misalnya id dan en")
ELEMENTS = msg(
    "daftar dari logo, hall, rule, gap, agency, service, number, boxes, place, message, services, checklist, qr, "
    "footer, time; number harus ada"
)
SecondCopy = Annotated[
    list[Annotated[str, AfterValidator(is_element)]], AfterValidator(has_number), Field(description=ELEMENTS)
]
Elements = Annotated[SecondCopy, Field(min_length=1)]
