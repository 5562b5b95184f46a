"""A hall's configuration as the programs use it."""

from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict

from shared import wire
from shared.site.tables import SiteFile
from shared.words import Words, msg


class Site(BaseModel):
    """A hall's configuration, as the programs use it."""

    model_config = ConfigDict(frozen=True)

    path: Path
    file: SiteFile
    """The file's own tables, for what clients do not need."""
    logo: str = ""
    """The logo as a data: URL, or empty."""

    @property
    def listen(self) -> str:
        """Where the hub listens unless told otherwise: `host:port`; port 0 picks one."""
        return self.file.hall.listen

    @property
    def own_url(self) -> str:
        """Where programs on the hub's own PC find it: loopback where it listens on every address."""
        host, _, port = self.listen.rpartition(":")
        return f"http://{'127.0.0.1' if host in ('0.0.0.0', '[::]') else host}:{port}"  # noqa: S104  -- compared, not bound

    @property
    def public_url(self) -> str:
        """What the QR opens, without a slash at its end; empty: the address the hub listens on."""
        return self.file.hall.public_url

    @property
    def single_pc(self) -> bool:
        """Whether the first app starts the hub itself, because one PC does everything."""
        return self.file.hall.single_pc

    @property
    def timezone(self) -> str:
        """The hall's IANA time zone; its midnight begins the numbers anew."""
        return self.file.hall.timezone

    def hall(self, public_url: str) -> wire.Hall:
        """What clients need of the configuration. `public_url`: what the QR really opens (see the property)."""
        told = self.file.model_dump()
        return wire.Hall.model_validate(told | told["hall"] | {"public_url": public_url, "logo": self.logo})

    def warnings(self, *, address: str = "", words: Words | None = None) -> list[str]:
        """What works, but probably not as meant. `address`: where the hub really listens, when it does."""
        words = words or Words("id")
        url = self.public_url or address or f"http://{self.listen}"
        return [*_unreachable(url, words), *_unseen(self.file, words), *_paperless(self.file, words)]


def phones_reach(url: str) -> bool:
    """Whether a visitor's phone could open `url`: not when it names only the PC itself, or no host at all."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return False
    try:
        address = ip_address(host)
    except ValueError:
        return bool(host)
    return not (address.is_loopback or address.is_unspecified)


def _unreachable(url: str, words: Words) -> list[str]:
    if phones_reach(url):
        return []
    return [
        words.say(
            msg(
                "Kode QR membuka {url}, yang tidak terjangkau ponsel pengunjung. "
                "Isi listen dan public_url di [hall] dengan alamat hub di jaringan gedung."
            ),
            url=url,
        )
    ]


def _unseen(file: SiteFile, words: Words) -> list[str]:
    """What no screen shows or offers."""
    told = []
    if not file.kiosks:
        told.append(words.say(msg("Tidak ada [[kiosk]]: pengunjung tidak dapat mengambil nomor.")))
    shown = {zone.id for zone in file.zones for tv in file.displays if not tv.zones or zone.id in tv.zones}
    used = {counter.zone for counter in file.counters}
    for zone in file.zones:
        if zone.id not in used:
            told.append(words.say(msg("Zona '{zone}' tidak punya loket."), zone=zone.id))
        elif zone.id not in shown:
            told.append(
                words.say(msg("Zona '{zone}' tidak punya TV; panggilan di sana tidak terdengar."), zone=zone.id)
            )
    for agency in file.agencies:
        if file.kiosks and not any(not kiosk.agencies or agency.id in kiosk.agencies for kiosk in file.kiosks):
            told.append(words.say(msg("Instansi '{agency}' tidak ada di mesin tiket mana pun."), agency=agency.id))
        if not any(agency.id in counter.agencies and agency.zone == counter.zone for counter in file.counters):
            told.append(
                words.say(msg("Instansi '{agency}' menunggu di zona yang tidak punya loketnya."), agency=agency.id)
            )
    return told


def _paperless(file: SiteFile, words: Words) -> list[str]:
    told = []
    users: dict[tuple[str, str], str] = {}
    for kiosk in file.kiosks:
        printer = (kiosk.printer.road, kiosk.printer.address)
        if kiosk.printer.road == "memory":
            told.append(words.say(msg("Mesin tiket '{kiosk}' tidak mencetak (road = memory)."), kiosk=kiosk.id))
        elif kiosk.printer.road == "network" and printer in users:
            both = {"one": users[printer], "other": kiosk.id}
            told.append(words.say(msg("Mesin tiket '{one}' dan '{other}' memakai printer yang sama."), **both))
        users[printer] = kiosk.id
    return told
