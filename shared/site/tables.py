"""What a site file may hold: each table and option with its type and its default.

An `example` is offered where a required option is missing. Options that only a hub or an app needs stand
here too: clients get those of `shared.wire`. A new table is a new class and a new field of `SiteFile`;
what holds between tables is declared in `shared.site.between`.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from shared.hall import PAUSE_REASONS, TICKET, Layout
from shared.site.rules import (
    LANGUAGES,
    AppointmentMinutes,
    Brief,
    Day,
    DayHours,
    Elements,
    English,
    Language,
    Line,
    LongestMinutes,
    MaybeHours,
    MaybeYesNo,
    Millimetres,
    Name,
    Percent,
    QuotaCount,
    Requirements,
    SecondCopy,
    Share,
    Slug,
    TimeOfDay,
    Weight,
    YesNo,
    ZoneId,
    is_address,
    is_listen,
    is_profile,
    is_timezone,
)
from shared.words import msg


class Table(BaseModel):
    """A table of the file: immutable, no unknown key, no text where a number is meant."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, str_strip_whitespace=True)


class HallTable(Table):
    """`[hall]`: the place as a whole, and how its hub is reached."""

    name: Name = Field(examples=["Mal Pelayanan Publik Kabupaten Paser"])
    short_name: Annotated[str, Field(min_length=1, max_length=40, description=msg("1–40 karakter"))] = Field(
        examples=["MPP Kabupaten Paser"]
    )
    tagline: Line = ""
    timezone: Annotated[
        str, AfterValidator(is_timezone), Field(description=msg("nama zona waktu IANA, misalnya Asia/Makassar"))
    ] = Field(examples=["Asia/Makassar"])
    languages: Annotated[list[Language], Field(min_length=1, description=LANGUAGES)] = ["id", "en"]
    counter_word: Annotated[Literal["loket", "gerai"], Field(description=msg("loket atau gerai"))] = "loket"
    logo: Annotated[str, Field(description=msg("nama berkas PNG"))] = ""
    texts: Annotated[
        list[Line],
        Field(max_length=20, description=msg("daftar paling banyak 20 kalimat, masing-masing ≤ 200 karakter")),
    ] = []
    pause_reasons: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]*$")]],
        Field(max_length=8, description=msg("daftar paling banyak 8 alasan, masing-masing 1–60 karakter")),
    ] = list(PAUSE_REASONS)
    public_url: Annotated[
        str, AfterValidator(is_address), Field(description=msg("alamat http:// atau https:// tanpa tanda ? dan #"))
    ] = ""
    listen: Annotated[
        str,
        Field(pattern=r"^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+):\d{1,5}$", description=msg("alamat:port, port 0–65535")),
        AfterValidator(is_listen),
    ] = "127.0.0.1:8080"
    pages: Annotated[
        str,
        Field(
            pattern=r"^((\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+):\d{1,5})?$", description=msg("alamat:port, port 0–65535")
        ),
        AfterValidator(is_listen),
    ] = ""
    single_pc: YesNo = False
    idle_minutes: Annotated[int, Field(ge=0, le=480, description=msg("bilangan bulat 0–480"))] = 30


class ZoneTable(Table):
    """`[[zone]]`: a part of the hall with one voice: a floor, a wing."""

    id: Slug = Field(examples=["lantai-1"])
    name: Name = Field(examples=["Lantai 1"])


class WeekTable(Table):
    """Opening times by weekday."""

    weekdays: MaybeHours = None
    monday: MaybeHours = None
    tuesday: MaybeHours = None
    wednesday: MaybeHours = None
    thursday: MaybeHours = None
    friday: MaybeHours = None
    saturday: MaybeHours = None
    sunday: MaybeHours = None


class SeasonTable(WeekTable):
    """`[[hours.season]]`: other opening times from one date to another, e.g. in Ramadan."""

    name: Name = Field(examples=["Ramadan 1448 H"])
    name_en: English = ""
    first_day: Day = Field(examples=[date(2027, 2, 8)])
    last_day: Day = Field(examples=[date(2027, 3, 9)])


class HoursTable(WeekTable):
    """`[agency.hours]`, `[agency.service.hours]`: when numbers are given, where it is not as in the hall."""

    cutoff_minutes: Annotated[int | None, Field(ge=0, le=480, description=msg("bilangan bulat 0–480"))] = None
    holidays: MaybeYesNo = None
    seasons: list[SeasonTable] = Field(alias="season", default=[])


class HallHoursTable(HoursTable):
    """`[hours]`: when numbers are given in this hall. Without the table: always."""

    end_of_day: Annotated[Literal["close", "carry"], Field(description=msg("close atau carry"))] = "close"


class DayTable(Table):
    """`[[day]]`: a date with a rule of its own, above the national calendar and the week."""

    date: Day = Field(examples=[date(2027, 1, 20)])
    name: Name = Field(examples=["Hari jadi Kabupaten Paser"])
    name_en: English = ""
    hours: DayHours = "closed"


class QuotaTable(Table):
    """`[agency.quota]`, `[agency.service.quota]`: how many numbers at most."""

    day: QuotaCount = None
    morning: QuotaCount = None
    afternoon: QuotaCount = None


class RulesTable(Table):
    """`[rules]`, `[agency.rules]`, `[counter.rules]`: who is next where priority and regular visitors wait."""

    order: Annotated[
        Literal["first_come", "ratio", "weighted"], Field(description=msg("first_come, ratio, atau weighted"))
    ] = "first_come"
    priority: Share = 2
    regular: Share = 1
    weight: Weight = 2.0
    longest_minutes: LongestMinutes = 0


class OutcomeTable(Table):
    """`[[outcome]]`: what may come of a visit, as officers choose it at its end."""

    id: Slug = Field(examples=["berkas-kurang"])
    name: Name = Field(examples=["Berkas kurang"])
    name_en: English = ""


class AppointmentsTable(Table):
    """`[appointments]`, `[agency.appointments]`: visitors with an appointment, among the others."""

    per_hour: Annotated[int, Field(ge=0, le=99, description=msg("bilangan bulat 0–99"))] = Field(examples=[4])
    early_minutes: AppointmentMinutes = 15
    late_minutes: AppointmentMinutes = 15
    head_start_minutes: Annotated[int, Field(ge=0, le=240, description=msg("bilangan bulat 0–240"))] = 60


class ServiceTable(Table):
    """`[[agency.service]]`: what a visitor comes for."""

    id: Slug = Field(examples=["disdukcapil-ktp"])
    name: Name = Field(examples=["KTP elektronik"])
    name_en: English = ""
    minutes: Annotated[int, Field(ge=1, le=480, description=msg("bilangan bulat 1–480"))] = Field(examples=[10])
    words: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]*$")]],
        Field(max_length=30, description=msg("daftar paling banyak 30 sebutan, masing-masing 1–60 karakter")),
    ] = []
    requirements: Requirements = []
    requirements_en: Requirements = []
    cost: Brief = ""
    cost_en: Brief = ""
    place: Brief = ""
    place_en: Brief = ""
    hours: HoursTable | None = None
    quota: QuotaTable | None = None


class AgencyTable(Table):
    """`[[agency]]`: an institution in the hall, with its services."""

    id: Slug = Field(examples=["disdukcapil"])
    name: Name = Field(examples=["Dinas Kependudukan dan Pencatatan Sipil"])
    short_name: Annotated[str, Field(min_length=1, max_length=40, description=msg("1–40 karakter"))] = Field(
        examples=["Disdukcapil"]
    )
    name_en: English = ""
    spoken: English = ""
    spoken_en: English = ""
    prefix: Annotated[str, Field(pattern=r"^[A-Z]{1,2}$", description=msg("satu atau dua huruf besar"))] = Field(
        examples=["A"]
    )
    zone: ZoneId = Field(examples=["lantai-1"])
    services: Annotated[list[ServiceTable], Field(min_length=1)] = Field(alias="service")
    hours: HoursTable | None = None
    quota: QuotaTable | None = None
    rules: RulesTable | None = None
    outcomes: Annotated[list[str], Field(description=msg("daftar id [[outcome]]; kosong: semua"))] = []
    appointments: AppointmentsTable | None = None


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
    services: Annotated[list[str], Field(description=msg("daftar id layanan; kosong: semua"))] = []
    queues: Annotated[Literal["one_line", "in_order"], Field(description=msg("one_line atau in_order"))] = "one_line"
    rules: RulesTable | None = None


class TicketTextTable(Table):
    """`[[ticket.text]]`: the hall's own sentences on its tickets, in one language."""

    language: Annotated[Language, Field(description=msg("kode bahasa yang punya katalog"))] = Field(examples=["id"])
    number: Line = ""
    message: Line = ""
    qr: Line = ""
    footer: Line = ""


class TicketTable(Table):
    """`[ticket]`: what stands on a ticket's paper. Without the table: the usual."""

    elements: Elements = list(TICKET)
    languages: Annotated[list[Language], Field(description=LANGUAGES)] = []
    second_copy: SecondCopy = []
    texts: list[TicketTextTable] = Field(alias="text", default=[])


class ScreenTable(Table):
    """`screen`: the real size of a screen that lies about its own."""

    width_mm: Millimetres = Field(examples=[476])
    height_mm: Millimetres = Field(examples=[268])


class SecondPrinterTable(Table):
    """`[kiosk.second_printer]`: the road to a printer that takes over, and its paper."""

    road: Annotated[
        Literal["network", "usb", "serial", "spooler", "file", "memory", "none"],
        Field(description=msg("network, usb, serial, spooler, file, memory, atau none")),
    ] = Field(examples=["network"])
    address: Annotated[str, Field(max_length=200, description=msg("alamat yang sesuai dengan road"))] = ""
    paper_mm: Annotated[Literal[58, 80], Field(description=msg("58 atau 80"))] = 80
    profile: Annotated[str, AfterValidator(is_profile), Field(description=msg("nama profil printer python-escpos"))] = (
        "default"
    )


class PrinterTable(SecondPrinterTable):
    """`[kiosk.printer]`: the road to a kiosk's printer, its paper, and what is done while it does not print."""

    roll_m: Annotated[int, Field(ge=0, le=300, description=msg("bilangan bulat 0–300 (meter)"))] = 0
    on_failure: Annotated[Literal["paperless", "block"], Field(description=msg("paperless atau block"))] = "paperless"
    instead: Annotated[
        str, Field(max_length=60, pattern=r"^[^\x00-\x1f\x7f]*$", description=msg("paling banyak 60 karakter"))
    ] = ""


class KioskTable(Table):
    """`[[kiosk]]`: a ticket machine."""

    id: Slug = Field(examples=["kios-1"])
    name: Name = Field(examples=["Mesin tiket 1"])
    printer: PrinterTable = Field(examples=[{"road": "none"}])
    second_printer: SecondPrinterTable | None = None
    screen: ScreenTable | None = None
    agencies: Annotated[list[str], Field(description=msg("daftar id instansi; kosong: semua"))] = []
    pictures: Annotated[str, Field(max_length=200, description=msg("folder di PC mesin itu"))] = ""
    pictures_after_s: Annotated[int, Field(ge=0, le=3600, description=msg("bilangan bulat 0–3600 (detik)"))] = 60


class VoiceTable(Table):
    """`[voice]`: what holds for every voice of the hall, on TVs and in browsers."""

    say_agency: YesNo = False
    clips: Annotated[str, Field(max_length=200, description=msg("folder di PC TV dan PC hub"))] = ""
    piper: Annotated[str, Field(max_length=200, description=msg("folder di PC TV dan PC hub"))] = ""


class VolumeAtTable(Table):
    """`[[display.volume_at]]`: how loud a TV speaks from a time of day on."""

    begin: TimeOfDay = Field(alias="from", examples=["07.30"])
    percent: Percent = Field(examples=[100])


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
    piper: Annotated[str, Field(max_length=200, description=msg("folder di PC TV itu"))] = ""
    volume: Percent = 100
    volume_at: list[VolumeAtTable] = []
    layout: Annotated[Layout, Field(description=msg("board, calls, counters, sign, atau media"))] = "board"
    counter: Annotated[str | None, Field(description=msg("id loket"))] = None
    media: Annotated[str | None, Field(min_length=1, max_length=200, description=msg("folder di PC TV itu"))] = None
    picture_s: Annotated[int, Field(ge=3, le=600, description=msg("bilangan bulat 3–600 (detik)"))] = 9
    video_minutes: Annotated[int, Field(ge=1, le=60, description=msg("bilangan bulat 1–60 (menit)"))] = 5
    video_volume: Annotated[int, Field(ge=0, le=100, description=msg("bilangan bulat 0–100 (persen)"))] = 0
    video_ducked: Annotated[int, Field(ge=0, le=100, description=msg("bilangan bulat 0–100 (persen)"))] = 15


class SiteFile(Table):
    """The whole file."""

    hall: HallTable
    hours: HallHoursTable | None = None
    days: list[DayTable] = Field(alias="day", default=[])
    rules: RulesTable | None = None
    appointments: AppointmentsTable | None = None
    zones: Annotated[list[ZoneTable], Field(min_length=1)] = Field(alias="zone")
    agencies: Annotated[list[AgencyTable], Field(min_length=1)] = Field(alias="agency")
    counters: Annotated[list[CounterTable], Field(min_length=1)] = Field(alias="counter")
    kiosks: list[KioskTable] = Field(alias="kiosk", default=[])
    displays: list[DisplayTable] = Field(alias="display", default=[])
    outcomes: list[OutcomeTable] = Field(alias="outcome", default=[])
    ticket: TicketTable | None = None
    voice: VoiceTable = VoiceTable()


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


def keys_of(table: tuple[str, ...]) -> list[str]:
    """The keys that a table may hold; `()` is the file itself."""
    return [way[-1] for way in options() if way[:-1] == table]
