"""The page behind a ticket's QR: my number, how many before me, where to go. For phones, live, in two languages."""

import json
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hub.language import LANGUAGES
from hub.views import Sight
from shared import appointments
from shared.hall import Hall
from shared.model import State, StepState
from shared.places import where_to_wait
from shared.waits import at_most
from shared.wire import Step, Ticket
from shared.words import Words, msg, zone_name

_PAGES = Path(__file__).parent / "pages"
_FONTS = ("text", "label", "number")
_RELOAD_SECONDS = 15
_USUAL_LENGTH = len("A-012")

_CALLED = {
    "loket": msg("Silakan menuju loket {number}"),
    "gerai": msg("Silakan menuju gerai {number}"),
}
_DESK = {"loket": msg("Loket {number}"), "gerai": msg("Gerai {number}")}
_SERVING = {"loket": msg("Sedang dilayani di loket {number}"), "gerai": msg("Sedang dilayani di gerai {number}")}
_ABSENT = {
    "loket": msg("Nomor ini sudah dipanggil ke loket {number}, tetapi tidak ada yang datang. Hubungi petugas loket."),
    "gerai": msg("Nomor ini sudah dipanggil ke gerai {number}, tetapi tidak ada yang datang. Hubungi petugas gerai."),
}


_SENT = {"loket": msg("Anda akan dipanggil di loket {number}"), "gerai": msg("Anda akan dipanggil di gerai {number}")}


class Page(NamedTuple):
    """What changes on the page: `said` is read out by a screen reader, `state` tells one face from another."""

    title: str
    state: str
    said: str
    html: str

    def as_json(self) -> bytes:
        """For the page's feed."""
        return json.dumps(self._asdict()).encode()


def ticket_page(sight: Sight, hall: Hall, words: Words) -> Page:
    """A visitor's ticket as it stands now."""
    ticket = sight.ticket
    said, body = _face(sight, hall, words)
    return Page(f"{ticket.number} · {said}", _state(sight), f"{ticket.number}. {said}", body)


def _state(sight: Sight) -> str:
    gone = not sight.is_today and not sight.ticket.state.at_counter
    return "expired" if gone else sight.ticket.state.value


def _face(sight: Sight, hall: Hall, words: Words) -> tuple[str, str]:
    ticket, state = sight.ticket, _state(sight)
    match state:
        case State.WAITING:
            return _waiting(ticket, hall, words)
        case State.CALLED:
            return _called(ticket, hall, words)
        case _:
            said = _rests(ticket, state, hall, words)
            rest = f'<p class="rest">{escape(said)}</p>'
            return said, rest + _card(ticket, hall, words) + _journey(ticket, hall, words)


def _waiting(ticket: Ticket, hall: Hall, words: Words) -> tuple[str, str]:
    ahead = ticket.ahead or 0
    said = words.count("{n} orang di depan Anda", "{n} orang di depan Anda", ahead)
    if ahead == 0:
        said = words.say(msg("Giliran Anda berikutnya"))
    minutes = _minutes(ticket.estimate_minutes, words)
    boxes = _box(str(ahead), words.count("orang di depan", "orang di depan", ahead)) + _box(
        minutes, words.say(msg("perkiraan tunggu"))
    )
    wait = words.say(msg("Mohon menunggu nomor Anda dipanggil")) if ahead else said
    where = _where(ticket, hall, words)
    if ticket.for_counter is not None:
        where = words.say(_SENT[hall.counter_word], number=_number_of(ticket.for_counter, hall))
    longest = at_most(ticket.estimate_minutes, ticket.estimate_high_minutes, words)
    more = f'<p class="note">{escape(longest)}</p>' if longest else ""
    place = f'<p class="go">{escape(where)}</p><p class="note">{escape(wait)}</p>'
    return said, _card(ticket, hall, words, f"<dl>{boxes}</dl>{more}") + place + _journey(ticket, hall, words)


def _minutes(likely: int | None, words: Words) -> str:
    """As the paper says it: `± 14 mnt`, or that it is soon."""
    return words.say(msg("± {minutes} mnt"), minutes=likely) if likely else words.say(msg("Segera"))


def _called(ticket: Ticket, hall: Hall, words: Words) -> tuple[str, str]:
    number = _counter_number(ticket, hall)
    said = words.say(_CALLED[hall.counter_word], number=number)
    desk = words.say(_DESK[hall.counter_word], number=number)
    heading = words.say(msg("Nomor Anda dipanggil. Silakan menuju"))
    panel = (
        f'<section class="called"><h2>{escape(heading)}</h2>'
        f'<p class="desk">{escape(desk)}</p><p>{escape(_zone(ticket, hall))}</p></section>'
    )
    return said, panel + _card(ticket, hall, words) + _journey(ticket, hall, words)


def _rests(ticket: Ticket, state: str, hall: Hall, words: Words) -> str:
    """The sentence for a number that no longer waits."""
    number = _counter_number(ticket, hall)
    match state:
        case State.HELD:
            return _held(ticket, hall, words)
        case State.SERVING:
            return words.say(_SERVING[hall.counter_word], number=number)
        case State.FINISHED:
            return words.say(msg("Layanan selesai. Terima kasih."))
        case State.NO_SHOW:
            return words.say(_ABSENT[hall.counter_word], number=number)
        case State.CANCELLED:
            return words.say(msg("Nomor ini sudah dikembalikan."))
    day = words.day(ticket.day)
    return words.say(msg("Nomor ini hanya berlaku pada {day}. Silakan ambil nomor baru di mesin tiket."), day=day)


def _held(ticket: Ticket, hall: Hall, words: Words) -> str:
    if appointments.is_early(ticket):
        return words.say(msg("Anda datang lebih awal. Nomor Anda menunggu mulai waktunya."))
    until = words.clock(ticket.held_until.astimezone(ZoneInfo(hall.timezone))) if ticket.held_until else ""
    return words.say(msg("Nomor Anda ditahan sampai pukul {time}, lalu menunggu lagi di tempat semula."), time=until)


def _card(ticket: Ticket, hall: Hall, words: Words, more: str = "") -> str:
    agency, service = _offer(ticket, hall, words)
    length = ' class="long"' if len(ticket.number) > _USUAL_LENGTH else ""
    badge = words.say(msg("Antrean Prioritas"))
    priority = f'<p class="priority">{escape(badge)}</p>' if ticket.priority else ""
    taken = words.say(msg("Diambil {moment}"), moment=words.moment(ticket.taken_at, hall.timezone))
    booked = appointments.said(ticket, hall.timezone, words)
    appointment = f'<p class="note">{escape(booked)}</p>' if booked else ""
    heading = words.say(msg("Nomor antrean Anda"))
    return (
        f'<section class="card"><p class="agency">{escape(agency)}</p><p class="service">{escape(service)}</p>'
        f"<h1{length}>{escape(heading)} <strong>{escape(ticket.number)}</strong></h1>"
        f'{priority}{appointment}{more}<p class="note">{escape(taken)}</p></section>'
    )


_STEPS = {
    StepState.DONE: msg("selesai"),
    StepState.SKIPPED: msg("dilewati"),
    StepState.NOW: msg("sekarang"),
    StepState.BACK: msg("kembali ke sini"),
}


def _journey(ticket: Ticket, hall: Hall, words: Words) -> str:
    """All services in order, each with where it stands; nothing where there is one."""
    if not ticket.steps:
        return ""
    heading = words.say(msg("Layanan Anda"))
    lines = "".join(_step(step, hall, words) for step in ticket.steps)
    return f'<section class="journey"><h2>{escape(heading)}</h2><ol>{lines}</ol></section>'


def _step(step: Step, hall: Hall, words: Words) -> str:
    agency, service = _offer(step, hall, words)
    state = f" <em>{escape(words.say(_STEPS[step.state]))}</em>" if step.state in _STEPS else ""
    here = ' aria-current="step"' if step.state is StepState.NOW else ""
    return (
        f'<li class="{step.state.value}"{here}><strong>{escape(service)}</strong>{state}'
        f"<span>{escape(agency)}</span></li>"
    )


def _box(figure: str, name: str) -> str:
    return f"<div><dt>{escape(name)}</dt><dd>{escape(figure)}</dd></div>"


def _offer(ticket: Ticket | Step, hall: Hall, words: Words) -> tuple[str, str]:
    """Names of agency and service; their ids where the configuration no longer has them."""
    try:
        agency, service = hall.agency(ticket.agency), hall.service(ticket.service)
    except KeyError:
        return ticket.agency, ticket.service
    if words.language == "en":
        return agency.name_en or agency.name, service.name_en or service.name
    return agency.name, service.name


def _counter_number(ticket: Ticket, hall: Hall) -> str:
    return _number_of(ticket.counter or "", hall)


def _number_of(counter: str, hall: Hall) -> str:
    return {known.id: known.number for known in hall.counters}.get(counter, counter)


def _zone(ticket: Ticket, hall: Hall) -> str:
    zones = {zone.id: zone.name for zone in hall.zones}
    of_counter = {counter.id: counter.zone for counter in hall.counters}
    return zones.get(of_counter.get(ticket.counter or "", ""), "")


def _where(ticket: Ticket, hall: Hall, words: Words) -> str:
    try:
        return where_to_wait(hall.agency(ticket.agency), hall, words)
    except KeyError:
        return ""


# ---------------------------------------------------------------- the whole document


def document(page: Page, hall: Hall, words: Words, *, feed: str = "") -> str:
    """The page with everything it needs inside it. `feed`: where its changes come from; empty: it has none."""
    reload = f'<noscript><meta http-equiv="refresh" content="{_RELOAD_SECONDS}"></noscript>' if feed else ""
    foot = words.say(msg("Halaman ini memperbarui diri. Tetap dengarkan panggilan di ruang tunggu.")) if feed else ""
    return _shell().substitute(
        language=words.language,
        title=escape(page.title),
        css=_css(),
        refresh=reload,
        hall=escape(hall.name),
        switch=_switch(words),
        feed=escape(feed),
        state=page.state,
        content=page.html,
        said=escape(page.said),
        away=escape(words.say(msg("Sambungan terputus; menyambung lagi…"))),
        foot=escape(foot),
        script=_script(),
    )


def _switch(words: Words) -> str:
    here = {words.language: ' aria-current="true"'}
    links = "".join(
        f'<a href="?lang={code}" lang="{code}" hreflang="{code}" aria-label="{name}"{here.get(code, "")}>'
        f"{code.upper()}</a>"
        for code, name in LANGUAGES.items()
    )
    label = words.say(msg("Bahasa"))
    return f'<nav aria-label="{escape(label)}">{links}</nav>'


@cache
def _shell() -> Template:
    return Template((_PAGES / "page.html").read_text(encoding="utf-8"))


@cache
def _css() -> str:
    fonts = {name: b64encode((_PAGES / f"{name}.woff2").read_bytes()).decode() for name in _FONTS}
    return Template((_PAGES / "page.css").read_text(encoding="utf-8")).substitute(fonts)


@cache
def _script() -> str:
    return (_PAGES / "page.js").read_text(encoding="utf-8")


@cache
def headers() -> dict[str, str]:
    """What a browser may do with the page: run its own script, draw its own style, ask this hub. Nothing is kept."""
    policy = (
        f"default-src 'none'; script-src '{_hash(_script())}'; style-src '{_hash(_css())}'; font-src data:; "
        "img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",  # the address is the secret
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


# ---------------------------------------------------------------- plain pages


def plain_page(title: str, lines: Sequence[str], links: Sequence[tuple[str, str]] = ()) -> Page:
    """A page of a heading, sentences and links (address, name)."""
    text = "".join(f"<p>{escape(line)}</p>" for line in lines)
    doors = "".join(f'<a href="{escape(address)}">{escape(name)}</a>' for address, name in links)
    return Page(title, "plain", "", f'<section class="card plain"><h1>{escape(title)}</h1>{text}{doors}</section>')


def about_page(hall: Hall, words: Words) -> Page:
    """The page at the hub's bare address."""
    lines = [
        words.say(msg("Hub antrean {hall}. Halaman nomor Anda terbuka dari kode QR pada tiket."), hall=hall.name),
        words.say(msg("Waktu gedung: {zone}."), zone=zone_name(hall.timezone)),
    ]
    links = [
        ("/api/health", words.say(msg("Keadaan hub dan perangkat"))),
        ("/openapi.json", words.say(msg("Kontrak LAN (OpenAPI)"))),
    ]
    return plain_page("Antre", lines, links)


def lost_page(words: Words) -> Page:
    """Where no ticket is found."""
    lines = [words.say(msg("Mungkin tiketnya sudah lama. Silakan ambil nomor baru di mesin tiket."))]
    return plain_page(words.say(msg("Tiket ini tidak ditemukan.")), lines)
