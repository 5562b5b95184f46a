"""A hall's configuration: one TOML file, read once, with every error at once.

    site = load(Path("config/paser.toml"))      # raises SiteErrors
    site.hall("http://antrean.paser.lan:8080")  # what clients need of it

`python -m shared.site FILE` is `antre check FILE`.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict

from shared import site_logo, toml_lines, wire
from shared.site_checks import Finding, check
from shared.site_file import SiteFile
from shared.trouble import Trouble
from shared.words import Words, msg


@dataclass(frozen=True)
class SiteError:
    """One thing wrong with a site file: what it is and how to mend it, in the reader's language."""

    file: Path
    line: int
    """From 1. Where a key is missing, the line of its table."""
    what: str
    hint: str = ""

    def __str__(self) -> str:
        """`FILE:LINE: what. hint`."""
        return f"{self.file}:{self.line}: {self.what}. {self.hint}".rstrip()


class SiteErrors(Trouble):
    """A site file that cannot be used: all that is wrong with it, in the file's order."""

    def __init__(self, errors: Sequence[SiteError]) -> None:
        super().__init__("site_wrong", path=errors[0].file)
        self.errors = list(errors)

    def __str__(self) -> str:
        """One error a line."""
        return "\n".join(map(str, self.errors))


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


# ---------------------------------------------------------------- reading


def load(path: Path, words: Words | None = None) -> Site:
    """The configuration in `path`. Raises SiteErrors, in the language of `words` (Indonesian), with all of them."""
    words = words or Words("id")
    data, text, broken = toml_lines.parse(_text(path, words))
    file, findings = check(data, path.parent) if text else (None, [])
    if file is None or broken:
        errors = [SiteError(path, one.line, words.say(one.what), words.say(one.hint)) for one in broken]
        told = {error.line for error in errors}
        errors += [error for error in _errors(path, findings, text, words) if error.line not in told]
        raise SiteErrors(sorted(errors, key=lambda error: error.line))
    return Site(path=path, file=file, logo=site_logo.data_url(file.hall.logo, path.parent))


def _errors(path: Path, findings: list[Finding], text: str, words: Words) -> list[SiteError]:
    lines = toml_lines.lines_of(text)
    return [
        SiteError(
            path,
            _line(lines, one.way),
            one.what.told(words, line=_line(lines, one.other or ())),
            one.hint.told(words),
        )
        for one in findings
    ]


def _line(lines: dict[toml_lines.Path, int], way: toml_lines.Path) -> int:
    """The line of what `way` leads to, or of the nearest table around it that stands in the file."""
    while way not in lines:
        way = way[:-1]
    return lines[way]


def _text(path: Path, words: Words) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise SiteErrors(
            [SiteError(path, 1, words.say(msg("Berkas ini tidak ada")), _other_file(path, words))]
        ) from None
    except OSError as error:
        what = words.say(msg("Berkas ini tidak dapat dibaca ({why})"), why=error.strerror)
        raise SiteErrors([SiteError(path, 1, what)]) from None
    try:
        return content.decode("utf-8-sig")  # Notepad may put a mark first
    except UnicodeDecodeError as error:
        what, hint = words.say(msg("Bukan teks UTF-8")), words.say(msg("Simpan berkas dengan pengodean UTF-8."))
        raise SiteErrors([SiteError(path, len(content[: error.start].split(b"\n")), what, hint)]) from None


def _other_file(path: Path, words: Words) -> str:
    beside = sorted(other.name for other in path.parent.glob("*.toml"))
    near = get_close_matches(path.name, beside, n=1)
    return words.say(msg("Maksudnya '{name}'?"), name=path.with_name(near[0])) if near else ""


# ---------------------------------------------------------------- antre check


def summary(site: Site, words: Words) -> str:
    """The hall in one line: its name and how much of each."""
    file = site.file
    services = sum(len(agency.services) for agency in file.agencies)
    counts = [
        words.count("{n} zona", "{n} zona", len(file.zones)),
        words.count("{n} instansi", "{n} instansi", len(file.agencies)),
        words.count("{n} layanan", "{n} layanan", services),
        _counters(file, words),
        words.count("{n} mesin tiket", "{n} mesin tiket", len(file.kiosks)),
        words.count("{n} TV", "{n} TV", len(file.displays)),
    ]
    return f"{file.hall.name}: {', '.join(counts)}."


def _counters(file: SiteFile, words: Words) -> str:
    if file.hall.counter_word == "gerai":
        return words.count("{n} gerai", "{n} gerai", len(file.counters))
    return words.count("{n} loket", "{n} loket", len(file.counters))


def main(argv: Sequence[str] | None = None) -> int:
    """`antre check FILE`: 0 with a summary and warnings, 1 with every error."""
    parser = ArgumentParser(prog="antre check", description=msg("Memeriksa berkas konfigurasi sebuah gedung."))
    parser.add_argument("file", type=Path, metavar="FILE", help="config/….toml")
    parser.add_argument("--language", default="id", help="id, en")
    asked = parser.parse_args(argv)
    words = Words(asked.language)
    try:
        site = load(asked.file, words)
    except SiteErrors as errors:
        count = words.count("{n} kesalahan.", "{n} kesalahan.", len(errors.errors))
        sys.stdout.write(f"{errors}\n{count}\n")
        return 1
    told = [words.say(msg("{path}: konfigurasi baik."), path=asked.file), summary(site, words)]
    told += [words.say("Perhatian: {warning}", warning=warning) for warning in site.warnings(words=words)]
    sys.stdout.write("\n".join(told) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
