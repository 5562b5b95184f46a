"""What a site file may hold: each table and option with its type, its default and the rule for its content.

A `description` completes 'Isinya …' in an error and stands in docs/konfigurasi.md; an `example` is offered
where a required option is missing. Options that only a hub or an app needs stand here too: clients get
those of `shared.wire`. A new table is a new class and a new field of `SiteFile`; references between tables
are declared in `shared.site_checks`.
"""

import json
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Literal, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from shared.assets import ASSETS
from shared.words import msg


class Table(BaseModel):
    """A table of the file: immutable, no unknown key, no text where a number is meant."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, str_strip_whitespace=True)


# ---------------------------------------------------------------- what an option holds


def nearest_of(value: str, allowed: list[str]) -> PydanticCustomError:
    """An error that carries what is allowed, so that the nearest can be offered."""
    return PydanticCustomError("not_allowed", "not allowed", {"value": value, "allowed": allowed})


def _is_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # OSError: 'Asia' is a folder of zones
        raise nearest_of(name, sorted(available_timezones())) from None
    return name


@cache
def languages_known() -> list[str]:
    """The languages that screens, paper, pages and voice speak: Indonesian, English, and each catalogue's."""
    catalogues = {path.stem for path in (ASSETS / "translations").glob("*.po")}
    return sorted({"id", "en"} | catalogues)


def _is_language(name: str) -> str:
    if name not in languages_known():
        raise nearest_of(name, languages_known())
    return name


def _is_listen(value: str) -> str:
    if int(value.rpartition(":")[2]) > 65535:  # noqa: PLR2004  -- the highest port there is
        raise ValueError(value)
    return value


def _is_address(url: str) -> str:
    """`url` without a slash at its end, so that `/t/…` can follow."""
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment):
        raise ValueError(url)
    return url.rstrip("/")


@cache
def profiles_known() -> list[str]:
    """The printer profiles of python-escpos.

    Read from its data file: importing the library takes half a second and sets up the root log.
    """
    library = find_spec("escpos")
    if library is None or library.origin is None:
        return ["default"]
    told = json.loads(Path(library.origin).with_name("capabilities.json").read_text("utf-8"))
    return sorted(told["profiles"])


def _is_profile(name: str) -> str:
    if name != "default" and name not in profiles_known():
        raise nearest_of(name, profiles_known())
    return name


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
ZoneId = Annotated[str, Field(description=msg("id salah satu [[zone]]"))]
YesNo = Annotated[bool, Field(description=msg("true (ya) atau false (tidak)"))]
Millimetres = Annotated[int, Field(ge=30, le=5000, description=msg("bilangan bulat 30–5000"))]
Language = Annotated[str, AfterValidator(_is_language)]
LANGUAGES = msg("daftar kode bahasa yang punya katalog, misalnya id dan en")


# ---------------------------------------------------------------- tables


class HallTable(Table):
    """`[hall]`: the place as a whole, and how its hub is reached."""

    name: Name = Field(examples=["Mal Pelayanan Publik Kabupaten Paser"])
    short_name: Annotated[str, Field(min_length=1, max_length=40, description=msg("1–40 karakter"))] = Field(
        examples=["MPP Kabupaten Paser"]
    )
    tagline: Line = ""
    timezone: Annotated[
        str, AfterValidator(_is_timezone), Field(description=msg("nama zona waktu IANA, misalnya Asia/Makassar"))
    ] = Field(examples=["Asia/Makassar"])
    languages: Annotated[list[Language], Field(min_length=1, description=LANGUAGES)] = ["id", "en"]
    counter_word: Annotated[Literal["loket", "gerai"], Field(description=msg("loket atau gerai"))] = "loket"
    logo: Annotated[str, Field(description=msg("nama berkas PNG"))] = ""
    texts: Annotated[
        list[Line],
        Field(max_length=20, description=msg("daftar paling banyak 20 kalimat, masing-masing ≤ 200 karakter")),
    ] = []
    public_url: Annotated[
        str, AfterValidator(_is_address), Field(description=msg("alamat http:// atau https:// tanpa tanda ? dan #"))
    ] = ""
    listen: Annotated[
        str,
        Field(pattern=r"^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+):\d{1,5}$", description=msg("alamat:port, port 0–65535")),
        AfterValidator(_is_listen),
    ] = "127.0.0.1:8080"
    single_pc: YesNo = False


class ZoneTable(Table):
    """`[[zone]]`: a part of the hall with one voice: a floor, a wing."""

    id: Slug = Field(examples=["lantai-1"])
    name: Name = Field(examples=["Lantai 1"])


class ServiceTable(Table):
    """`[[agency.service]]`: what a visitor comes for."""

    id: Slug = Field(examples=["disdukcapil-ktp"])
    name: Name = Field(examples=["KTP elektronik"])
    name_en: English = ""
    minutes: Annotated[int, Field(ge=1, le=480, description=msg("bilangan bulat 1–480"))] = Field(examples=[10])


class AgencyTable(Table):
    """`[[agency]]`: an institution in the hall, with its services."""

    id: Slug = Field(examples=["disdukcapil"])
    name: Name = Field(examples=["Dinas Kependudukan dan Pencatatan Sipil"])
    short_name: Annotated[str, Field(min_length=1, max_length=40, description=msg("1–40 karakter"))] = Field(
        examples=["Disdukcapil"]
    )
    name_en: English = ""
    prefix: Annotated[str, Field(pattern=r"^[A-Z]{1,2}$", description=msg("satu atau dua huruf besar"))] = Field(
        examples=["A"]
    )
    zone: ZoneId = Field(examples=["lantai-1"])
    services: Annotated[list[ServiceTable], Field(min_length=1)] = Field(alias="service")


class CounterTable(Table):
    """`[[counter]]`: a desk where visitors are called."""

    id: Slug = Field(examples=["loket-1"])
    number: Annotated[
        str, Field(pattern=r"^[1-9][0-9]{0,2}$", description=msg("angka 1–999 di antara tanda kutip"))
    ] = Field(examples=["1"])
    zone: ZoneId = Field(examples=["lantai-1"])
    agencies: Annotated[list[str], Field(min_length=1, description=msg("daftar id instansi, paling sedikit satu"))] = (
        Field(examples=[["disdukcapil"]])
    )


class ScreenTable(Table):
    """`screen`: the real size of a screen that lies about its own."""

    width_mm: Millimetres = Field(examples=[476])
    height_mm: Millimetres = Field(examples=[268])


class PrinterTable(Table):
    """`[kiosk.printer]`: the road to a kiosk's printer, and its paper."""

    road: Annotated[
        Literal["network", "usb", "serial", "spooler", "file", "memory", "none"],
        Field(description=msg("network, usb, serial, spooler, file, memory, atau none")),
    ] = Field(examples=["network"])
    address: Annotated[str, Field(max_length=200, description=msg("alamat yang sesuai dengan road"))] = ""
    paper_mm: Annotated[Literal[58, 80], Field(description=msg("58 atau 80"))] = 80
    profile: Annotated[
        str, AfterValidator(_is_profile), Field(description=msg("nama profil printer python-escpos"))
    ] = "default"


class KioskTable(Table):
    """`[[kiosk]]`: a ticket machine."""

    id: Slug = Field(examples=["kios-1"])
    name: Name = Field(examples=["Mesin tiket 1"])
    printer: PrinterTable = Field(examples=[{"road": "none"}])
    screen: ScreenTable | None = None
    agencies: Annotated[list[str], Field(description=msg("daftar id instansi; kosong: semua"))] = []


class DisplayTable(Table):
    """`[[display]]`: a lobby TV."""

    id: Slug = Field(examples=["tv-1"])
    name: Name = Field(examples=["TV Lantai 1"])
    zones: Annotated[list[str], Field(description=msg("daftar id zona; kosong: semua"))] = []
    screen: ScreenTable | None = None
    voice: YesNo = True
    languages: Annotated[list[Language], Field(min_length=1, description=LANGUAGES)] = ["id", "en"]
    repeat: Annotated[int, Field(ge=1, le=3, description=msg("bilangan bulat 1–3"))] = 2
    late_after_s: Annotated[int, Field(ge=10, le=3600, description=msg("bilangan bulat 10–3600 (detik)"))] = 90
    clips: Annotated[str, Field(max_length=200, description=msg("folder di PC TV itu"))] = ""


class SiteFile(Table):
    """The whole file."""

    hall: HallTable
    zones: Annotated[list[ZoneTable], Field(min_length=1)] = Field(alias="zone")
    agencies: Annotated[list[AgencyTable], Field(min_length=1)] = Field(alias="agency")
    counters: Annotated[list[CounterTable], Field(min_length=1)] = Field(alias="counter")
    kiosks: list[KioskTable] = Field(alias="kiosk", default=[])
    displays: list[DisplayTable] = Field(alias="display", default=[])


# ---------------------------------------------------------------- the options by name


def table_in(annotation: object) -> type[Table] | None:
    """The table an option holds, itself or a list of them or none at all; None for a plain value."""
    if isinstance(annotation, type) and issubclass(annotation, Table):
        return annotation
    return next(filter(None, map(table_in, get_args(annotation))), None)


def _walk(table: type[Table], at: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], FieldInfo]]:
    for name, field in table.model_fields.items():
        path = (*at, field.alias or name)
        yield path, field
        if inner := table_in(field.annotation):
            yield from _walk(inner, path)


@cache
def options() -> dict[tuple[str, ...], FieldInfo]:
    """Every table and option a file may hold, by its way: `("agency", "service", "minutes")`."""
    return dict(_walk(SiteFile, ()))
