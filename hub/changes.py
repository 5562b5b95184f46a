"""Whether a hall may change while it is open: nobody who waits, or stands at a counter, may be lost. Pure."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from hub.journey import steps_of
from hub.rows import TicketRow
from shared.hall import Agency, Hall
from shared.model import StepState
from shared.words import Words

_NUMBERS_TOLD = 5
"""Of more people the first numbers are named: enough to find them."""

Offered = tuple[str, str]
"""An agency and one of its services."""

Refusal = Callable[[Words], str]
"""Why the new configuration cannot be taken up now, in the language of the words."""


def refusals(
    old: Hall, new: Hall, people: Iterable[TicketRow], given: Mapping[str, int], on_paper: Collection[str] = ()
) -> list[Refusal]:
    """All that stands against `new` now.

    `people`: who waits, is held or stands at a counter; `given`: the last number of today, by prefix; `on_paper`:
    agencies whose numbers are torn off a roll now, and nobody knows how many hold one. What was
    unknown in `old` already cannot be lost by `new`.
    """
    there = list(people)
    found = [*_services(old, new, there), *_counters(old, new, there), *_prefixes(old, new, given)]
    return [*found, *_rolls(old, new, on_paper)]


def fixed(old: Hall, new: Hall) -> list[Refusal]:
    """What a running hub cannot change: the zone in which its days begin."""
    if old.timezone == new.timezone:
        return []
    return [lambda words: words.say("Zona waktu {zone} baru berlaku setelah hub dinyalakan ulang", zone=new.timezone)]


def _services(old: Hall, new: Hall, people: list[TicketRow]) -> Iterator[Refusal]:
    known, offered, called = _names(old), _names(new), _called(new)
    had_callers = _called(old)
    lost: dict[Offered, list[str]] = {}
    for row in people:
        for what in wanted(row):
            is_stranded = row.for_counter is None and what in had_callers and what not in called
            if what in known and (what not in offered or is_stranded):
                lost.setdefault(what, []).append(row.number)
    for what, numbers in lost.items():
        yield (_without_service if what not in offered else _without_counter)(known[what], numbers)


def _without_service(service: str, numbers: list[str]) -> Refusal:
    return lambda words: words.count(
        "{n} orang masih dalam antrean layanan {service} ({numbers})",
        "{n} orang masih dalam antrean layanan {service} ({numbers})",
        len(numbers),
        service=service,
        numbers=_listed(numbers),
    )


def _without_counter(service: str, numbers: list[str]) -> Refusal:
    waiting = _without_service(service, numbers)
    return lambda words: words.say("{people}, dan tidak ada loket lain untuknya", people=waiting(words))


def wanted(row: TicketRow) -> set[Offered]:
    """What a visitor is there for, and will come to."""
    coming = {step.place for step in steps_of(row.journey) if step.state in (StepState.NEXT, StepState.BACK)}
    return {(row.agency, row.service), *coming}


def _names(hall: Hall) -> dict[Offered, str]:
    """What the hall offers, by its name."""
    return {(agency.id, service.id): service.name for agency in hall.agencies for service in agency.services}


def _called(hall: Hall) -> set[Offered]:
    """What at least one counter calls."""
    services = {agency.id: [service.id for service in agency.services] for agency in hall.agencies}
    return {
        (agency, service)
        for counter in hall.counters
        for agency in counter.agencies
        for service in services.get(agency, ())
        if not counter.services or service in counter.services
    }


def _counters(old: Hall, new: Hall, people: list[TicketRow]) -> Iterator[Refusal]:
    gone = {counter.id: counter.number for counter in old.counters} | dict.fromkeys((c.id for c in new.counters), "")
    here: dict[str, list[str]] = {}
    sent: dict[str, list[str]] = {}
    for row in people:
        if gone.get(row.counter or ""):
            here.setdefault(row.counter or "", []).append(row.number)
        for counter in {row.for_counter or "", row.return_to or ""} - {row.counter}:
            if gone.get(counter):
                sent.setdefault(counter, []).append(row.number)
    for found, refusal in ((here, _still_at), (sent, _still_sent)):
        for counter, numbers in found.items():
            yield refusal(gone[counter], numbers)


def _still_at(counter: str, numbers: list[str]) -> Refusal:
    return lambda words: words.say("{numbers} masih berada di loket {counter}", numbers=numbers[0], counter=counter)


def _still_sent(counter: str, numbers: list[str]) -> Refusal:
    return lambda words: words.count(
        "{n} orang masih menunggu loket {counter} ({numbers})",
        "{n} orang masih menunggu loket {counter} ({numbers})",
        len(numbers),
        counter=counter,
        numbers=_listed(numbers),
    )


def _prefixes(old: Hall, new: Hall, given: Mapping[str, int]) -> Iterator[Refusal]:
    """A prefix of which numbers are out today stays its agency's until midnight.

    Else papers and screens would name one agency by two letters, quotas would begin anew, and another agency
    would go on with this one's numbers.
    """
    now = {agency.id: agency for agency in new.agencies}
    owner = {agency.prefix: agency.id for agency in new.agencies}
    for agency in old.agencies:
        count = given.get(agency.prefix, 0)
        has_changed = agency.id in now and now[agency.id].prefix != agency.prefix
        is_anothers = owner.get(agency.prefix, agency.id) != agency.id
        if count and (has_changed or is_anothers):
            yield _given_out(agency, count)


def _rolls(old: Hall, new: Hall, on_paper: Collection[str]) -> Iterator[Refusal]:
    kept = {(agency.id, agency.prefix) for agency in new.agencies if new.counters_of(agency.id)}
    for agency in old.agencies:
        if agency.id in on_paper and (agency.id, agency.prefix) not in kept:
            yield _on_roll(agency)


def _on_roll(agency: Agency) -> Refusal:
    return lambda words: words.say("{agency} sedang memakai nomor kertas", agency=agency.short_name)


def _given_out(agency: Agency, count: int) -> Refusal:
    return lambda words: words.count(
        "{n} nomor {prefix} milik {agency} sudah diberikan hari ini; awalan itu dapat diganti besok",
        "{n} nomor {prefix} milik {agency} sudah diberikan hari ini; awalan itu dapat diganti besok",
        count,
        prefix=agency.prefix,
        agency=agency.short_name,
    )


def _listed(numbers: list[str]) -> str:
    more = "" if len(numbers) <= _NUMBERS_TOLD else ", …"
    return ", ".join(numbers[:_NUMBERS_TOLD]) + more
