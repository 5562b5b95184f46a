"""The page behind a ticket's QR: my number, how many before me, where to go. For phones, live, in two languages."""

from html import escape
from zoneinfo import ZoneInfo

from hub.aside import last_calls
from hub.document import Page
from hub.views import Sight
from shared import appointments
from shared.hall import Hall
from shared.model import State, StepState
from shared.places import where_to_wait
from shared.waits import at_most
from shared.wire import Step, Ticket
from shared.words import Words, msg

_USUAL_LENGTH = len("A-012")

NEAR = 2
"""So few people ahead is near: some minutes, time to come back from the door."""

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


def ticket_page(sight: Sight, hall: Hall, words: Words) -> Page:
    """A visitor's ticket as it stands now."""
    ticket = sight.ticket
    said, body = _face(sight, hall, words)
    return Page(
        f"{ticket.number} · {said}",
        _state(sight),
        f"{ticket.number}. {said}",
        body,
        alert=_alert(sight),
        board=last_calls(sight, hall, words),
        may_leave=sight.is_today and ticket.state in (State.WAITING, State.HELD),
    )


def _alert(sight: Sight) -> str:
    """What the phone rings for: once when near, and with every call; a later one is another text."""
    ticket, state = sight.ticket, _state(sight)
    if state == State.CALLED:
        return f"called {ticket.calls}"
    return "near" if state == State.WAITING and (ticket.ahead or 0) <= NEAR else ""


def _state(sight: Sight) -> str:
    gone = not sight.is_today and not sight.ticket.state.at_counter
    return "expired" if gone else sight.ticket.state.value


def _face(sight: Sight, hall: Hall, words: Words) -> tuple[str, str]:
    ticket, state = sight.ticket, _state(sight)
    match state:
        case State.WAITING:
            return _waiting(ticket, hall, words)
        case State.CALLED:
            return _called(sight, hall, words)
        case _:
            said = _rests(ticket, state, hall, words)
            missed = _calls(sight, hall, words) if state == State.NO_SHOW else ""
            rest = f'<p class="rest">{escape(" ".join(filter(None, (said, missed))))}</p>'
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
    wait = _patience(ahead, said, words)
    where = _where(ticket, hall, words)
    if ticket.for_counter is not None:
        where = words.say(_SENT[hall.counter_word], number=_number_of(ticket.for_counter, hall))
    longest = at_most(ticket.estimate_minutes, ticket.estimate_high_minutes, words)
    more = f'<p class="note">{escape(longest)}</p>' if longest else ""
    soon = " soon" if ahead <= NEAR else ""
    place = f'<p class="go">{escape(where)}</p><p class="note{soon}">{escape(wait)}</p>'
    return said, _card(ticket, hall, words, f"<dl>{boxes}</dl>{more}") + place + _journey(ticket, hall, words)


def _patience(ahead: int, said: str, words: Words) -> str:
    if ahead == 0:
        return said
    if ahead <= NEAR:
        return words.say(msg("Giliran Anda sudah dekat. Silakan bersiap."))
    return words.say(msg("Mohon menunggu nomor Anda dipanggil"))


def _minutes(likely: int | None, words: Words) -> str:
    """As the paper says it: `± 14 mnt`, or that it is soon."""
    return words.say(msg("± {minutes} mnt"), minutes=likely) if likely else words.say(msg("Segera"))


def _called(sight: Sight, hall: Hall, words: Words) -> tuple[str, str]:
    ticket = sight.ticket
    number = _counter_number(ticket, hall)
    said = words.say(_CALLED[hall.counter_word], number=number)
    desk = words.say(_DESK[hall.counter_word], number=number)
    heading = words.say(msg("Nomor Anda dipanggil. Silakan menuju"))
    panel = (
        f'<section class="called"><h2>{escape(heading)}</h2>'
        f'<p class="desk">{escape(desk)}</p><p>{escape(_zone(ticket, hall))}</p>'
        f'<p class="when">{escape(_calls(sight, hall, words))}</p></section>'
    )
    return said, panel + _card(ticket, hall, words) + _journey(ticket, hall, words)


def _calls(sight: Sight, hall: Hall, words: Words) -> str:
    """When it was called, for who was not there or whose phone slept."""
    if sight.called_last is None:
        return ""
    time = words.clock(sight.called_last.astimezone(ZoneInfo(hall.timezone)))
    return words.count(
        "Dipanggil pukul {time}.", "Dipanggil {n} kali, terakhir pukul {time}.", sight.ticket.calls, time=time
    )


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
