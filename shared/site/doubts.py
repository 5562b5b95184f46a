"""What a valid configuration says that works, but probably not as meant."""

from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from shared.addresses import is_loopback, pages_of
from shared.calling import spelt_too_long
from shared.site.findings import Said, said
from shared.site.tables import AgencyTable, SiteFile
from shared.speech import LANGUAGES
from shared.words import msg


def doubts(file: SiteFile, address: str) -> Iterator[Said]:
    """All of them. `address` is the URL where the visitors' pages are."""
    yield from _phones(file, address)
    yield from _doors(file)
    yield from _machines(file)
    yield from _returns(file)
    yield from _signs(file)
    for zone in file.zones:
        yield from _zone(file, zone.id)
    for agency in file.agencies:
        yield from _agency(file, agency)
        yield from _spoken(file, agency)


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


def _phones(file: SiteFile, address: str) -> Iterator[Said]:
    opens = file.hall.public_url or address
    if not phones_reach(opens):
        yield said(
            msg(
                "Kode QR membuka {url}, yang tidak terjangkau ponsel pengunjung. "
                "Isi listen dan public_url di [hall] dengan alamat hub di jaringan gedung."
            ),
            url=opens,
        )
    elif not phones_reach(address) and urlsplit(address).hostname not in ("0.0.0.0", "::"):  # noqa: S104  -- compared, not bound
        yield said(
            msg("Hub hanya mendengarkan di {url}: PC lain dan ponsel tidak dapat terhubung. Periksa listen di [hall]."),
            url=address,
        )


def _doors(file: SiteFile) -> Iterator[Said]:
    """A QR that opens the port of the programs, which asks for a key."""
    host, _, port = file.hall.listen.rpartition(":")
    opens = urlsplit(file.hall.public_url)
    if opens.port is not None and not is_loopback(host) and str(opens.port) == port:
        beside = pages_of(file.hall.listen, file.hall.pages).rpartition(":")[2]
        yield said(
            msg("public_url membuka port {port}, yang hanya untuk perangkat. Halaman pengunjung ada di port {pages}."),
            port=port,
            pages=beside,
        )


def _returns(file: SiteFile) -> Iterator[Said]:
    """A ratio without a limit: bounded for each who comes back, and how often people do no rule says."""
    tables = [file.rules, *(one.rules for one in file.agencies), *(one.rules for one in file.counters)]
    if any(rules is not None and rules.order == "ratio" and not rules.longest_minutes for rules in tables):
        yield said(
            msg(
                "Dengan ratio tanpa longest_minutes, setiap kali panggilan dibatalkan atau yang ditahan kembali, "
                "beberapa orang lagi boleh mendahului. longest_minutes = 60 membatasinya."
            )
        )


def _machines(file: SiteFile) -> Iterator[Said]:
    if not file.kiosks:
        yield said(msg("Tidak ada [[kiosk]]: pengunjung tidak dapat mengambil nomor."))
    users: dict[str, str] = {}
    for kiosk in file.kiosks:
        if kiosk.printer.road == "memory":
            yield said(msg("Mesin tiket '{kiosk}' tidak mencetak (road = memory)."), kiosk=kiosk.id)
        if kiosk.printer.road != "network":
            continue
        first = users.setdefault(kiosk.printer.address, kiosk.id)
        if first != kiosk.id:
            yield said(msg("Mesin tiket '{one}' dan '{other}' memakai printer yang sama."), one=first, other=kiosk.id)


def _signs(file: SiteFile) -> Iterator[Said]:
    """A sign on one counter that would speak for its whole zone."""
    for tv in file.displays:
        if tv.layout == "sign" and tv.voice:
            yield said(
                msg("Papan loket '{display}' ikut mengucapkan panggilan seluruh zona. Tulis voice = false."),
                display=tv.id,
            )


def _zone(file: SiteFile, zone: str) -> Iterator[Said]:
    shown = [tv for tv in file.displays if tv.layout != "sign" and (not tv.zones or zone in tv.zones)]
    if all(counter.zone != zone for counter in file.counters):
        yield said(msg("Zona '{zone}' tidak punya loket."), zone=zone)
    elif not shown:
        yield said(msg("Zona '{zone}' tidak punya TV; panggilan di sana tidak tampak dan tidak terdengar."), zone=zone)
    elif not any(tv.voice for tv in shown):
        yield said(msg("Zona '{zone}' tidak punya TV yang bersuara; panggilan di sana tidak terdengar."), zone=zone)


def _agency(file: SiteFile, agency: AgencyTable) -> Iterator[Said]:
    if file.kiosks and not any(not kiosk.agencies or agency.id in kiosk.agencies for kiosk in file.kiosks):
        yield said(msg("Instansi '{agency}' tidak ada di mesin tiket mana pun."), agency=agency.id)
    if not any(agency.id in counter.agencies and agency.zone == counter.zone for counter in file.counters):
        yield said(msg("Instansi '{agency}' menunggu di zona yang tidak punya loketnya."), agency=agency.id)


def _spoken(file: SiteFile, agency: AgencyTable) -> Iterator[Said]:
    """A name that nobody follows by ear, where calls are to name their agency."""
    heard = {language for tv in file.displays for language in tv.languages} & set(LANGUAGES)
    word = spelt_too_long(agency, sorted(heard, reverse=True)) if file.voice.say_agency else ""
    if word:
        yield said(
            msg(
                "Nama instansi '{agency}' diucapkan huruf demi huruf: {word}, {n} huruf. "
                'Tulis ucapannya, misalnya spoken = "Perizinan" dan spoken_en = "Licensing".'
            ),
            agency=agency.id,
            word=word,
            n=len(word),
        )
