"""The desk's facts as sentences of one language. No widgets, no rules."""

from collections.abc import Sequence
from datetime import datetime

from counter.claim import Holder
from counter.desk import Desk, Plea, Verb, waited_minutes
from shared.hall import Counter, Hall, Service
from shared.model import Origin, Reason, State, StepState, number_text
from shared.reasons import rule, sentence
from shared.trouble import KINDS, Trouble
from shared.wire import Alarm, Call, Device, Ended, PaperRoll, Paused, Tally, Ticket, Why
from shared.words import Words, msg, zone_name

HELP_WANTED = msg("{counter} minta bantuan")
SEPARATOR = " · "
BETWEEN_NAMES = "\N{NO-BREAK SPACE}· "
"""No line begins with the dot."""
VERBS = {
    Verb.NEXT: msg("Panggil berikutnya"),
    Verb.RESUME: msg("Lanjutkan"),
    Verb.RECALL: msg("Ulangi"),
    Verb.SERVE: msg("Mulai"),
    Verb.FINISH: msg("Selesai"),
    Verb.NO_SHOW: msg("Tidak hadir"),
    Verb.UNDO_NEXT: msg("Batalkan panggilan"),
}
"""The verbs with a button of their own; the others stand in the sheet behind 'Lainnya'."""
ON_PAPER = msg("nomor kertas")
TAKEN_BY = msg("{counter} sedang dipakai {name} di {host} sejak {time}.")
TAKEN = msg("{counter} sedang dipakai di {host} sejak {time}.")
TAKEN_OVER_BY = msg("{counter} diambil alih {name} di {host} pada {time}.")
TAKEN_OVER = msg("{counter} diambil alih di {host} pada {time}.")
COUNTER_WORDS = {"loket": msg("Loket {number}"), "gerai": msg("Gerai {number}")}


class Sentences:
    """What the desk says of a hall, in the language of `words`."""

    def __init__(self, words: Words, hall: Hall) -> None:
        self.words = words
        self.take_up(hall)

    def take_up(self, hall: Hall) -> None:
        """What is said is of this hall from now on."""
        self.counter_word = hall.counter_word
        self._hall = hall
        services = [service for agency in hall.agencies for service in agency.services]
        self._services = {service.id: self._named(service) for service in services}
        self._devices = {kiosk.id: kiosk.name for kiosk in hall.kiosks}
        self._devices |= {display.id: display.name for display in hall.displays}
        self._agencies = {agency.id: agency.short_name for agency in hall.agencies}
        self._prefixes = {agency.id: agency.prefix for agency in hall.agencies}

    def _named(self, service: Service) -> str:
        return service.name if self.words.language == "id" else service.name_en or service.name

    def counter(self, counter: Counter) -> str:
        """The counter as the hall calls it: `Loket 12`, `Gerai 12`."""
        return self.words.say(COUNTER_WORDS[self.counter_word], number=counter.number)

    def taken(self, counter: Counter, holder: Holder) -> str:
        """`Loket 5 sedang dipakai Siti di KOMPUTER-2 sejak 08.12`; without a name where nobody signs in."""
        return self._held(counter, holder, (TAKEN_BY, TAKEN))

    def taken_over(self, counter: Counter, holder: Holder) -> str:
        """`Loket 5 diambil alih Siti di KOMPUTER-2 pada 08.12`."""
        return self._held(counter, holder, (TAKEN_OVER_BY, TAKEN_OVER))

    def _held(self, counter: Counter, holder: Holder, said: tuple[str, str]) -> str:
        by_name, nameless = said
        return self.words.say(
            by_name if holder.name else nameless,
            counter=self.counter(counter),
            name=holder.name,
            host=holder.host,
            time=self.words.clock(holder.since),
        )

    def agencies(self, counter: Counter) -> str:
        """Whom the counter serves, by their short names."""
        return BETWEEN_NAMES.join(self._agencies.get(agency, agency) for agency in counter.agencies)

    def verb(self, verb: Verb) -> str:
        """What the verb's button says."""
        return self.words.say(VERBS[verb])

    def service(self, ticket: Ticket | Ended) -> str:
        """What the visitor came for; its id where the hall's file has changed since."""
        return self._services.get(ticket.service, ticket.service)

    def journey(self, ticket: Ticket) -> str:
        """`Layanan 1 dari 3 · lalu Samsat`; nothing for one service."""
        steps = [step for step in ticket.steps if step.state is not StepState.SKIPPED]
        if not steps:
            return ""
        place = next((n for n, step in enumerate(steps, start=1) if step.state is StepState.NOW), len(steps))
        said = self.words.say("Layanan {n} dari {all}", n=place, all=len(steps))
        if place == len(steps):
            return said
        agency = steps[place].agency
        after = self.words.say("lalu {agency}", agency=self._agencies.get(agency, agency))
        return f"{said}{SEPARATOR}{after}"

    def minutes(self, minutes: int) -> str:
        """`9 menit`."""
        return self.words.count("{n} menit", "{n} menit", minutes)

    def short_minutes(self, minutes: int) -> str:
        """`9 mnt`, for a column."""
        return self.words.say("{n} mnt", n=minutes)

    def called(self, ticket: Ticket, now: datetime) -> str:
        """`Dipanggil 2× · menunggu 14 menit`: how often, and how long the wait was, a paper number's unknown."""
        if ticket.origin is Origin.WALK_IN and not ticket.calls:
            return self.words.say("Datang langsung, tanpa menunggu")
        if ticket.origin is Origin.PAPER_ROLL:
            return self.words.say("Dipanggil {calls}× · nomor kertas", calls=ticket.calls)
        waited = self.minutes(waited_minutes(ticket, ticket.called_at or now))
        return self.words.say("Dipanggil {calls}× · menunggu {minutes}", calls=ticket.calls, minutes=waited)

    def because(self, reason: Reason | None, why: Why | None = None, *, is_priority: bool = False) -> str:
        """`Karena: prioritas 2:1`; nothing where the reason is not known any more."""
        if reason is None:
            return ""
        return self.words.say("Karena: {reason}", reason=rule(self.words, reason, why, is_priority=is_priority))

    def reason(self, call: Call) -> str:
        """`Karena: prioritas 2:1; menunggu 14 menit`, of a call in the list."""
        if call.why is None:
            return self.because(call.ticket.reason)
        return self.words.say(
            "Karena: {reason}", reason=sentence(self.words, call.why, is_priority=call.ticket.priority)
        )

    def following(self, ticket: Ticket, now: datetime, why: Why | None = None) -> str:
        """Why this one is next: `paling lama menunggu · 9 menit`."""
        kind = why.kind if why else Reason.FIRST_COME
        said = rule(self.words, kind, why, is_priority=ticket.priority)
        return f"{said}{SEPARATOR}{self.minutes(waited_minutes(ticket, now))}"

    def paper_number(self, roll: PaperRoll, sequence: int) -> str:
        """A number of a paper roll: `A-104`."""
        return number_text(self._prefixes.get(roll.agency, ""), sequence)

    def roll(self, roll: PaperRoll) -> str:
        """`nomor kertas, sampai A-200`."""
        return self.words.say("nomor kertas, sampai {last}", last=self.paper_number(roll, roll.last))

    def paused(self, paused: Paused) -> str:
        """`Jeda: Salat · sejak 12.03`."""
        why = self.words.say("Jeda: {why}", why=self.words.say(paused.why))
        since = self.words.say("sejak {time}", time=self.words.clock(paused.since))
        return f"{why}{SEPARATOR}{since}"

    def help_wanted(self, alarm: Alarm, near: str = "") -> str:
        """`Loket 5, Lantai 2, minta bantuan`; without the zone where that is `near`, or the hall has no other."""
        caller = next((one for one in self._hall.counters if one.id == alarm.counter), None)
        counter = self._counter_of(alarm.counter)
        if caller is None or caller.zone == near or len(self._hall.zones) < 2:  # noqa: PLR2004  -- another one
            return self.words.say(HELP_WANTED, counter=counter)
        zone = next((one.name for one in self._hall.zones if one.id == caller.zone), caller.zone)
        return self.words.say(HELP_WANTED, counter=f"{counter}, {zone},")

    def alarms(self, alarms: Sequence[Alarm], near: str = "") -> str:
        """`Loket 5 minta bantuan · 09.42: Pengunjung pingsan`, and how many others; `near`: the reader's zone."""
        first, *more = alarms
        who = self.help_wanted(first, near)
        told = f"{who}{SEPARATOR}{self.words.clock(first.at)}{': ' * bool(first.words)}{first.words}"
        also = self.words.count("dan {n} lagi minta bantuan", "dan {n} lagi minta bantuan", len(more)) if more else ""
        return f"{told}{SEPARATOR * bool(also)}{also}"

    def help(self, desk: Desk) -> str:
        """What became of this officer's own call for help; nothing where there is none, or it is over."""
        alarm, say = desk.own_alarm, self.words.say
        if desk.plea is Plea.FAILED:
            return say("Bantuan belum terpanggil: tahan F12 lagi")
        if alarm is None or alarm.answered_by == desk.counter.id:
            return say("Memanggil bantuan…") if desk.plea is Plea.CALLING else ""
        if alarm.answered_by is None:
            return say("Bantuan dipanggil")
        if not alarm.answered_by:
            return say("Bantuan datang")
        return say("{counter} datang", counter=self._counter_of(alarm.answered_by))

    def _counter_of(self, counter: str) -> str:
        known = next((one for one in self._hall.counters if one.id == counter), None)
        return self.counter(known) if known else counter

    def people(self, count: int) -> str:
        """`9 orang`."""
        return self.words.count("{n} orang", "{n} orang", count)

    def queue(self, count: int, longest: int | None) -> str:
        """`9 orang · terlama 13 menit`."""
        if longest is None:
            return self.people(count)
        longest_text = self.words.say("terlama {minutes}", minutes=self.minutes(longest))
        return f"{self.people(count)}{SEPARATOR}{longest_text}"

    def stage(self, ticket: Ticket) -> str:
        """What the clock on the card counts."""
        return self.words.say(msg("sedang dilayani") if ticket.state is State.SERVING else msg("sejak dipanggil"))

    def elapsed(self, ticket: Ticket, now: datetime) -> str:
        """Minutes and seconds since the visitor was called, or came: `03.21`."""
        since = ticket.served_at if ticket.state is State.SERVING else ticket.called_at
        seconds = max(0, int((now - (since or now)).total_seconds()))
        separator = "." if self.words.language == "id" else ":"
        return f"{seconds // 60:02d}{separator}{seconds % 60:02d}"

    def tally(self, tally: Tally) -> list[str]:
        """The day so far, in three short sentences."""
        mean = self.minutes(round(tally.mean_minutes)) if tally.mean_minutes is not None else "–"
        return [
            self.words.say("Hari ini {n} dilayani", n=tally.served),
            self.words.say("Rata-rata {minutes}", minutes=mean),
            self.words.say("Tidak hadir {n}", n=tally.no_show),
        ]

    def time(self, now: datetime) -> str:
        """`09.42 WITA`."""
        return f"{self.words.clock(now)} {zone_name(self._hall.timezone)}"

    def trouble(self, trouble: Trouble, between: str = " ") -> str:
        """The sentence and its next step; a service or a kiosk that it names by its id, by its name."""
        kiosk = trouble.values.get("kiosk")
        if kiosk in self._devices:
            trouble = Trouble(trouble.code, **trouble.values | {"kiosk": self._devices[str(kiosk)]})
        service = trouble.values.get("service")
        if service in self._services:
            trouble = Trouble(trouble.code, **trouble.values | {"service": self._services[str(service)]})
        return f"{trouble.sentence(self.words)}{between}{trouble.step(self.words)}"

    def device(self, device: Device) -> str:
        """Which device, what ails it, what to do: `Mesin tiket lobi: Kertas habis. Pasang gulungan kertas baru.`."""
        return f"{self._devices.get(device.id, device.id)}: {self._ailment(device)}"

    def refused_configuration(self, why: str) -> str:
        """That the hall's file is not in force as it stands."""
        ended = why if why.endswith((".", "?", ")")) else f"{why}."
        return self.words.say("Perubahan konfigurasi belum dapat dipakai. {why}", why=ended)

    def more_devices(self, more: int) -> str:
        """How many other devices are unwell."""
        return self.words.count("{n} perangkat lain juga bermasalah.", "{n} perangkat lain juga bermasalah.", more)

    def _ailment(self, device: Device) -> str:
        known = [Trouble(code) for code in device.troubles if code in KINDS]
        if device.seen_at is not None and not device.alive:
            return self._silence(device.seen_at, known)
        if known:
            return " ".join(self.trouble(trouble) for trouble in known)
        return self.words.say("bermasalah. Beri tahu petugas IT.")

    def _silence(self, since: datetime, before: Sequence[Trouble]) -> str:
        """That nothing is heard of it any more; what it told last is only how it was then, without a next step."""
        silent = self.words.say("tidak menjawab sejak {time}. Periksa dayanya.", time=self.words.clock(since))
        if not before:
            return silent
        said = " ".join(trouble.sentence(self.words) for trouble in before)
        last = self.words.say("Sebelum itu: {troubles}", troubles=said)
        return f"{silent} {last}"
