"""A hall's configuration: one TOML file, read once."""

import tomllib
from base64 import b64encode
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from shared import wire
from shared.assets import ASSETS

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class Table(BaseModel):
    """A table of the file: immutable, no unknown key."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Service(Table):
    id: Slug
    name: str
    name_en: str = ""
    minutes: int


class Agency(Table):
    id: Slug
    name: str
    short_name: str
    name_en: str = ""
    prefix: str
    zone: str
    services: list[Service] = Field(alias="service")


class Zone(Table):
    id: Slug
    name: str


class Counter(Table):
    id: Slug
    number: str
    zone: str
    agencies: list[str]


class Screen(Table):
    width_mm: int
    height_mm: int


class Printer(Table):
    road: Literal["network", "usb", "serial", "spooler", "file", "memory", "none"]
    address: str = ""
    paper_mm: Literal[58, 80] = 80
    profile: str = "default"


class Kiosk(Table):
    id: Slug
    name: str
    printer: Printer
    screen: Screen | None = None
    agencies: list[str] = []


class Display(Table):
    id: Slug
    name: str
    zones: list[str] = []
    screen: Screen | None = None
    voice: bool = True
    languages: list[str] = ["id", "en"]
    repeat: int = 2
    late_after_s: int = 90
    clips: str = ""


class HallTable(Table):
    name: str
    short_name: str
    tagline: str = ""
    timezone: str
    languages: list[str] = ["id", "en"]
    counter_word: Literal["loket", "gerai"] = "loket"
    logo: str = ""
    texts: list[str] = []
    public_url: str = ""
    listen: str = "127.0.0.1:8080"
    single_pc: bool = False


class SiteFile(Table):
    """The whole file."""

    hall: HallTable
    zones: list[Zone] = Field(alias="zone")
    agencies: list[Agency] = Field(alias="agency")
    counters: list[Counter] = Field(alias="counter")
    kiosks: list[Kiosk] = Field(alias="kiosk", default=[])
    displays: list[Display] = Field(alias="display", default=[])


class Site(BaseModel):
    """A hall's configuration, as the programs use it."""

    model_config = ConfigDict(frozen=True)

    path: Path
    file: SiteFile
    logo: str = ""
    """The logo as a data: URL, or empty."""

    @property
    def listen(self) -> str:
        """Where the hub listens: host:port."""
        return self.file.hall.listen

    @property
    def public_url(self) -> str:
        """What the QR opens, without a slash at its end; empty: the address the hub listens on."""
        return self.file.hall.public_url

    @property
    def single_pc(self) -> bool:
        """Whether the first app starts the hub itself."""
        return self.file.hall.single_pc

    @property
    def timezone(self) -> str:
        """The hall's IANA time zone."""
        return self.file.hall.timezone

    def hall(self, public_url: str) -> wire.Hall:
        """What clients need of the configuration."""
        told = self.file.model_dump()
        return wire.Hall.model_validate(told | told["hall"] | {"public_url": public_url, "logo": self.logo})

    def warnings(self) -> list[str]:
        """What works, but probably not as meant."""
        return []


def load(path: Path) -> Site:
    """The configuration in `path`."""
    file = SiteFile.model_validate(tomllib.loads(path.read_text("utf-8-sig")))
    logo = b64encode((ASSETS / file.hall.logo).read_bytes()).decode() if file.hall.logo else ""
    return Site(path=path, file=file, logo=logo and f"data:image/png;base64,{logo}")
