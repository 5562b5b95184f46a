"""The hall as every program knows it: what GET /api/hall answers. Read from the site file by shared.site."""

from datetime import date
from typing import Literal

from pydantic import Field

from shared.wire import Answer
from shared.words import msg

# ---------------------------------------------------------------- when


class Week(Answer):
    """Opening times by weekday, as shared.sessions reads them (`08.00-12.00, 13.00-15.00`, `closed`).

    `weekdays` stands for each of Monday to Friday that is not named itself. None: nothing is said of that day.
    """

    weekdays: str | None = None
    monday: str | None = None
    tuesday: str | None = None
    wednesday: str | None = None
    thursday: str | None = None
    friday: str | None = None
    saturday: str | None = None
    sunday: str | None = None

    def on(self, weekday: int) -> str | None:
        """What is said of that weekday, 0 for Monday."""
        named: str | None = getattr(self, WEEKDAYS[weekday])
        return self.weekdays if named is None and weekday < WORKDAYS else named


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WORKDAYS = 5


class Season(Week):
    """Other opening times from one date to another, both included: Ramadan."""

    name: str
    name_en: str = ""
    first_day: date
    last_day: date


class Hours(Week):
    """When numbers are given. None: as the agency has it, or the hall.

    `cutoff_minutes`: so long before the day's end no more are given. `holidays`: whether national holidays
    and cuti bersama are days off. `end_of_day` (the hall's): what becomes of who still waits at midnight.
    """

    seasons: list[Season] = Field(default_factory=list)
    cutoff_minutes: int | None = None
    holidays: bool | None = None
    end_of_day: Literal["close", "carry"] = "close"


class SpecialDay(Answer):
    """A date the hall knows better than the calendar: a day off, or its own opening times."""

    date: date
    name: str
    name_en: str = ""
    hours: str = "closed"


class Quota(Answer):
    """How many numbers at most: a day, before the day's first break, after it. None: as many as come."""

    day: int | None = None
    morning: int | None = None
    afternoon: int | None = None


# ---------------------------------------------------------------- who is next


class Rules(Answer):
    """Who is next where priority and regular visitors wait.

    `first_come`: in order of arrival. `ratio`: `priority` of the one, then `regular` of the other. `weighted`: who
    has waited longest, a priority visitor's minutes times `weight`. Over any of them: who has waited
    `longest_minutes` (0: no limit) comes first, the oldest before the rest.
    """

    order: Literal["first_come", "ratio", "weighted"] = "first_come"
    priority: int = 2
    regular: int = 1
    weight: float = 2.0
    longest_minutes: int = 0


class Appointments(Answer):
    """How visitors with an appointment are called among the others.

    Who takes a number from `early_minutes` before the time to `late_minutes` after it counts as come
    `head_start_minutes` before it; who is too early waits until then, who is too late waits as without one.
    `per_hour`: at most so many for each clock hour of an agency.
    """

    early_minutes: int = 15
    late_minutes: int = 15
    head_start_minutes: int = 60
    per_hour: int


# ---------------------------------------------------------------- the hall


class Service(Answer):
    """What a visitor comes for. `minutes`: usual service time. `words`: what people call it, for searching.

    `requirements`, `cost`, `place`: what to bring, pay and where, as the site tells it before the number is taken
    (shared.explained).
    """

    id: str
    name: str
    name_en: str = ""
    minutes: int
    words: list[str] = Field(default_factory=list)
    requirements: list[str] = Field(default_factory=list)
    requirements_en: list[str] = Field(default_factory=list)
    cost: str = ""
    cost_en: str = ""
    place: str = ""
    place_en: str = ""
    hours: Hours | None = None
    quota: Quota | None = None

    @property
    def is_explained(self) -> bool:
        """Whether the site tells what to know before taking a number."""
        return bool(self.requirements or self.cost or self.place)


class Agency(Answer):
    """An institution with its services; `prefix` begins its numbers."""

    id: str
    name: str
    short_name: str
    name_en: str = ""
    spoken: str = ""
    spoken_en: str = ""
    """What is said for it when it is called, by language; empty: its short name, its English name."""
    prefix: str
    zone: str
    services: list[Service]
    hours: Hours | None = None
    quota: Quota | None = None
    rules: Rules | None = None
    outcomes: list[str] = Field(default_factory=list)
    """Which of the hall's may come of a visit here; empty: all."""
    appointments: Appointments | None = None


class Counter(Answer):
    """A desk. `number` is what is shown and spoken: '12'.

    `services` empty: all of its agencies. `queues`: its agencies' people as one line, or one agency's before the
    next one's, in the order of `agencies`. `rules` None: its agencies', or the hall's.
    """

    id: str
    number: str
    zone: str
    agencies: list[str]
    services: list[str] = Field(default_factory=list)
    queues: Literal["one_line", "in_order"] = "one_line"
    rules: Rules | None = None


class Result(Answer):
    """An `[[outcome]]`: what may come of a visit, as officers choose it at its end."""

    id: str
    name: str
    name_en: str = ""


class Zone(Answer):
    """A part of the hall with one voice: a floor, a wing."""

    id: str
    name: str


class Screen(Answer):
    """A screen's real size in mm, where the screen lies about its own."""

    width_mm: int
    height_mm: int


class Printer(Answer):
    """A kiosk's printer: the road to it, the paper, and python-escpos's profile name.

    `road`: network (host:port) | usb (vendor:product in hex, or '' for the first) | serial (device@baud) |
    spooler (queue name) | file (path) | memory | none (paperless). `on_failure`: while it is known not to print,
    numbers stand on the screen alone, or none is given here and visitors are sent to `instead`.
    """

    road: Literal["network", "usb", "serial", "spooler", "file", "memory", "none"]
    address: str = ""
    paper_mm: Literal[58, 80] = 80
    profile: str = "default"
    roll_m: int = 0
    """Metres of paper on a new roll; 0: its end is not reckoned."""
    on_failure: Literal["paperless", "block"] = "paperless"
    instead: str = ""


TicketElement = Literal[
    "logo",
    "hall",
    "rule",
    "gap",
    "agency",
    "service",
    "number",
    "boxes",
    "place",
    "message",
    "services",
    "checklist",
    "qr",
    "footer",
    "time",
]
"""What may stand on a ticket: `rule` a line across, `gap` white, `boxes` people ahead and wait, `services` a
journey's, `checklist` what to bring, `footer` the hall's own text; the rest as it is called."""

TICKET: tuple[TicketElement, ...] = (
    "logo",
    "hall",
    "rule",
    "agency",
    "service",
    "number",
    "boxes",
    "place",
    "message",
    "rule",
    "services",
    "qr",
    "footer",
    "time",
)
"""What stands on a ticket from top to bottom, where a hall does not say it otherwise."""


class TicketText(Answer):
    """A hall's own sentences on its tickets, in one language; empty: the usual ones."""

    language: str
    number: str = ""
    message: str = ""
    qr: str = ""
    footer: str = ""


class TicketPaper(Answer):
    """What stands on a hall's tickets, from top to bottom.

    `languages`: beside the visitor's own, where they differ. `second_copy`: what stands on a second paper, for the
    staff; empty: there is none.
    """

    elements: list[TicketElement] = Field(default_factory=lambda: list(TICKET))
    texts: list[TicketText] = Field(default_factory=list)
    languages: list[str] = Field(default_factory=list)
    second_copy: list[TicketElement] = Field(default_factory=list)

    def text(self, element: Literal["number", "message", "qr", "footer"], language: str) -> str:
        """The hall's own sentence for an element, or ''."""
        return next((getattr(text, element) for text in self.texts if text.language == language), "")

    def footer(self, language: str) -> str:
        """The text at the foot: in that language, else the first there is."""
        return self.text("footer", language) or next(filter(None, (text.footer for text in self.texts)), "")


class KioskSettings(Answer):
    """One kiosk of the hall. `agencies` empty: all. `second_printer`: takes over while the first does not print."""

    id: str
    name: str
    printer: Printer
    second_printer: Printer | None = None
    screen: Screen | None = None
    agencies: list[str] = Field(default_factory=list)
    pictures: str = ""
    """Folder on the kiosk's PC with the pictures that pass while nobody stands there; empty: none."""
    pictures_after_s: int = 60
    """They begin so long after the last visitor; 0: never."""

    @property
    def prints(self) -> bool:
        """Whether tickets come on paper here."""
        return self.printer.road != "none"


class VoiceSettings(Answer):
    """What holds for every voice of the hall, the TVs' and the browsers'. `say_agency`: calls name whom one goes to."""

    say_agency: bool = False
    clips: str = ""
    piper: str = ""
    """Folders of recordings and of Piper models, on the PC of each TV that names no others, and on the hub's."""


class VolumeAt(Answer):
    """From `begin` ('07:30' in the hall's time) on a TV speaks at `percent`, until the next or midnight."""

    begin: str
    percent: int


Layout = Literal["board", "calls", "counters", "sign", "media"]
"""What a TV shows: the call with those before and who waits; calls alone; all counters; one counter; with pictures."""


class DisplaySettings(Answer):
    """One lobby TV. `zones` empty: all. `late_after_s`: an older call is shown, not spoken."""

    id: str
    name: str
    zones: list[str] = Field(default_factory=list)
    screen: Screen | None = None
    voice: bool = True
    languages: list[str] = Field(default_factory=lambda: ["id", "en"])
    repeat: int = 2
    late_after_s: int = 90
    clips: str = ""
    piper: str = ""
    """Folders of recorded clips and of Piper models on the display's PC; empty: as in the hall."""
    volume: int = 100
    """Percent of what the loudspeaker gives, as the ear hears."""
    volume_at: list[VolumeAt] = Field(default_factory=list)
    layout: Layout = "board"
    counter: str | None = None
    """Whose sign this is, in the layout `sign`."""
    media: str | None = None
    """Folder on the display's PC with the pictures, films and pages of text of the layout `media`."""
    picture_s: int = 9
    """How long a picture or page stays."""
    video_minutes: int = 5
    """A longer film makes room for the others, and goes on in its next turn."""
    video_volume: int = 0
    """Percent of the TV's volume at which films are heard; 0: never."""
    video_ducked: int = 15
    """Percent of their sound that is left while a call is announced."""


PAUSE_REASONS = (msg("Istirahat"), msg("Salat"), msg("Rapat"), msg("Gangguan sistem"))
"""What officers choose from where a hall names no reasons of its own."""


class Hall(Answer):
    """GET /api/hall: what clients need of the configuration.

    `configuration`: its id among those the hub has had; 0 where the hub keeps none.
    """

    configuration: int = 0
    name: str
    short_name: str
    tagline: str = ""
    timezone: str
    languages: list[str]
    counter_word: Literal["loket", "gerai"]
    public_url: str
    logo: str = ""
    """The logo as a data: URL (PNG), or empty."""
    texts: list[str] = Field(default_factory=list)
    """Running text of the TVs."""
    pause_reasons: list[str] = Field(default_factory=lambda: list(PAUSE_REASONS))
    """Why a counter pauses: what its officer chooses from."""
    hours: Hours | None = None
    """None: numbers are given at any time."""
    days: list[SpecialDay] = Field(default_factory=list)
    rules: Rules | None = None
    """None: first come."""
    appointments: Appointments | None = None
    """None: numbers are given without appointment only."""
    idle_minutes: int = 30
    """An officer who gives no verb for so long is signed out, where the hub asks for PINs; 0: never."""
    is_always_open: bool = False
    """For a try-out: the opening times were set aside when the hub was started."""
    outcomes: list[Result] = Field(default_factory=list)
    """Empty: officers are not asked what came of a visit."""
    voice: VoiceSettings = Field(default_factory=VoiceSettings)
    """How every call is said."""
    ticket: TicketPaper | None = None
    """What stands on the tickets; None: the usual."""
    zones: list[Zone]
    agencies: list[Agency]
    counters: list[Counter]
    kiosks: list[KioskSettings]
    displays: list[DisplaySettings]

    def always_open(self) -> "Hall":
        """This hall without its opening times, quotas left as they are: for a try-out."""
        agencies = [
            agency.model_copy(
                update={
                    "hours": None,
                    "services": [service.model_copy(update={"hours": None}) for service in agency.services],
                }
            )
            for agency in self.agencies
        ]
        return self.model_copy(update={"hours": None, "days": [], "agencies": agencies, "is_always_open": True})

    def agency(self, agency_id: str) -> Agency:
        """The agency of that id. Raises KeyError."""
        for agency in self.agencies:
            if agency.id == agency_id:
                return agency
        raise KeyError(agency_id)

    def results_of(self, agency_id: str) -> list[Result]:
        """What may come of a visit to an agency: the outcomes it names, else all of the hall's."""
        named = next((agency.outcomes for agency in self.agencies if agency.id == agency_id), [])
        return [result for result in self.outcomes if not named or result.id in named]

    def service(self, service_id: str) -> Service:
        """The service of that id, whichever agency offers it. Raises KeyError."""
        for agency in self.agencies:
            for service in agency.services:
                if service.id == service_id:
                    return service
        raise KeyError(service_id)

    def counter(self, counter_id: str) -> Counter:
        """The counter of that id. Raises KeyError."""
        for counter in self.counters:
            if counter.id == counter_id:
                return counter
        raise KeyError(counter_id)

    def counters_of(self, agency_id: str) -> list[Counter]:
        """The counters that serve an agency, in the file's order."""
        return [counter for counter in self.counters if agency_id in counter.agencies]

    def zone(self, zone_id: str) -> Zone:
        """The zone of that id. Raises KeyError."""
        for zone in self.zones:
            if zone.id == zone_id:
                return zone
        raise KeyError(zone_id)
