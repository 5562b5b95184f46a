"""The LAN contract as types: what programs ask of the hub and what it answers (JSON, ISO 8601 times with offset).

Asked bodies refuse fields they do not know; answers ignore them, so that an older app reads a newer hub.
Ids of agencies, services, counters, zones and devices are the site file's; ticket and event ids are integers.
"""

from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from shared.model import DeviceKind, Kind, Origin, Outcome, Post, Reason, Role, State, StepState, Voiced
from shared.trouble import WHEN, Trouble

LONGEST_FACT = 200
"""Characters of a fact of a device: a hall's list of missing clips may be longer."""


class Asked(BaseModel):
    """A body a client sends: immutable, no unknown field."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Answer(BaseModel):
    """A value the hub sends: immutable, unknown fields ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)


# ---------------------------------------------------------------- asked


ServiceId = Annotated[str, Field(max_length=40)]

LONGEST_JOURNEY = 5
"""Services after the first: more than one morning has room for."""
Further = Annotated[tuple[ServiceId, ...], Field(max_length=LONGEST_JOURNEY)]


class Errand(Asked):
    """What a visitor comes for. `then`: further services under the same number, in order."""

    service: ServiceId
    priority: bool = False
    language: str = Field(default="id", min_length=2, max_length=8)
    then: Further = ()
    appointment: AwareDatetime | None = None
    """When the visitor was asked to come for the first of them."""


class TakeTicket(Errand):
    """POST /api/tickets: a visitor touched a service."""

    kiosk: str = Field(default="", max_length=40)


class PrintOutcome(Asked):
    """POST /api/tickets/{id}/printed: what became of the paper; `code` names the trouble (see shared.trouble).

    Beside `printed`, `code` tells why a second printer printed it. `is_copy`: of a further paper, which says SALINAN;
    `reprint`: the one that was asked for by the event of that id.
    """

    outcome: Outcome
    code: str = Field(default="", max_length=40)
    is_copy: bool = False
    reprint: int | None = Field(default=None, ge=0, lt=2**63)


class Nothing(Asked):
    """An empty body: `next`, `cancel`, `reopen`, `resume`."""


class Close(Asked):
    """POST /api/agencies/{agency}/close, /api/counters/{counter}/close: why, as visitors shall read it."""

    why: str = Field(min_length=1, max_length=100)


class Pause(Asked):
    """POST /api/counters/{counter}/pause: why, one of the hall's `pause_reasons` or the officer's own words."""

    why: str = Field(min_length=1, max_length=100)


LONGEST_QUIET = 180
"""Minutes that one touch may silence the calls."""


class Quiet(Asked):
    """POST /api/quiet: say no calls in `zone` ('': the whole hall) for `minutes`, and why."""

    zone: str = Field(default="", max_length=40)
    minutes: int = Field(default=30, ge=1, le=LONGEST_QUIET)
    why: str = Field(min_length=1, max_length=100)


class EndQuiet(Asked):
    """POST /api/quiet/end: calls are said in `zone` again; '': in every zone."""

    zone: str = Field(default="", max_length=40)


LONGEST_ROLL = 2000
"""Numbers on the longest printed roll."""
LONGEST_PLACE = 24
"""Characters: it stands on a kiosk's tile."""


class BeginRoll(Asked):
    """POST /api/agencies/{agency}/paper-roll: the numbers printed on the roll, and where visitors tear them off."""

    first: int = Field(ge=1, le=99_999)
    last: int = Field(ge=1, le=99_999)
    place: str = Field(default="meja petugas", min_length=1, max_length=LONGEST_PLACE)

    @model_validator(mode="after")
    def _is_a_range(self) -> "BeginRoll":
        if not self.first <= self.last < self.first + LONGEST_ROLL:
            raise ValueError(f"first to last must be 1 to {LONGEST_ROLL} numbers")
        return self


class EndRoll(Asked):
    """POST /api/agencies/{agency}/end-paper-roll: `handed_out` is the last number that was torn off.

    Who holds one up to it and was not called yet waits by the usual rules from now on; None: nobody does.
    """

    handed_out: int | None = Field(default=None, ge=0, le=99_999)


class RaiseAlarm(Asked):
    """POST /api/counters/{counter}/alarm: help is needed here; `words`: what for, if there is time to say it."""

    words: str = Field(default="", max_length=100)


class AnswerAlarm(Asked):
    """POST /api/alarms/{alarm}/answer: somebody comes, from `counter`, or from elsewhere."""

    counter: str | None = Field(default=None, max_length=40)


class OnTicket(Asked):
    """POST /api/counters/{counter}/recall | serve | no-show | undo-next: the ticket the officer sees."""

    ticket: int = Field(ge=0, lt=2**63)


def _cut(fact: object) -> object:
    return fact[: LONGEST_FACT - 1] + "…" if isinstance(fact, str) and len(fact) > LONGEST_FACT else fact


Fact = Annotated[str, Field(max_length=LONGEST_FACT), BeforeValidator(_cut)]


class Issue(Errand):
    """POST /api/counters/{counter}/issue: an officer gives a number of any service."""


class Plan(OnTicket):
    """POST /api/counters/{counter}/plan: which services follow this visit; none: the journey ends with it."""

    then: Further


class WalkIn(Asked):
    """POST /api/counters/{counter}/walk-in: who has no number is served at once, for what this counter serves."""

    service: str = Field(max_length=40)
    priority: bool = False
    language: str = Field(default="id", min_length=2, max_length=8)


class CallChosen(Asked):
    """POST /api/counters/{counter}/call: `why` this one out of turn, in the officer's words.

    Either a `ticket` that waits, or the `number` on a paper ('A-120'), called before or not.
    """

    ticket: int | None = Field(default=None, ge=0, lt=2**63)
    number: str | None = Field(default=None, min_length=3, max_length=12)
    why: str = Field(min_length=1, max_length=200)

    @model_validator(mode="after")
    def _names_one(self) -> "CallChosen":
        if (self.ticket is None) == (self.number is None):
            raise ValueError("exactly one of ticket, number")
        return self


class Reprint(Asked):
    """POST /api/counters/{counter}/reprint: a further paper of a ticket, or of the `number` on it ('A-120').

    `kiosk`: which one prints it; '': the one that gave the number, or the hall's first that prints.
    """

    ticket: int | None = Field(default=None, ge=0, lt=2**63)
    number: str | None = Field(default=None, min_length=3, max_length=12)
    kiosk: str = Field(default="", max_length=40)

    @model_validator(mode="after")
    def _names_one(self) -> "Reprint":
        if (self.ticket is None) == (self.number is None):
            raise ValueError("exactly one of ticket, number")
        return self


class Finish(OnTicket):
    """POST /api/counters/{counter}/finish: `outcome` is the id of one of the hall's, where it keeps what came of it."""

    outcome: str | None = Field(default=None, max_length=40)


class Correct(OnTicket):
    """POST /api/counters/{counter}/correct: what really came of the ticket's last visit here; None: no outcome."""

    outcome: str | None = Field(max_length=40)


class Hold(OnTicket):
    """POST /api/counters/{counter}/hold: for how many minutes."""

    minutes: int = Field(ge=1, le=240)


class Transfer(OnTicket):
    """POST /api/counters/{counter}/transfer: to one of the three; an agency alone means its first service.

    `back`: after that visit the ticket waits for this counter again.
    """

    service: str | None = None
    agency: str | None = None
    counter: str | None = None
    back: bool = False

    @model_validator(mode="after")
    def _to_one_place(self) -> "Transfer":
        if [self.service, self.agency, self.counter].count(None) != _OTHER_PLACES:
            raise ValueError("exactly one of service, agency, counter")
        return self


_OTHER_PLACES = 2


SEEN_TO = "technician"
"""The fact by which a kiosk tells, once each, what was done on its technician's page: it stands in the event log."""


class DeviceReport(Asked):
    """POST /api/devices/{kind}/{id}: the health of a device, on change and every 5 s, a counter's every 10 s.

    `troubles` are codes of shared.trouble; empty means well. `facts` are short facts for the health page
    (version, screen, sound device); longer ones are cut at 200 characters. `technician` is one of them: what was done
    at a kiosk and when, told once.
    """

    troubles: list[Annotated[str, Field(max_length=40)]] = Field(default_factory=list, max_length=10)
    facts: dict[Annotated[str, Field(max_length=40)], Fact] = Field(default_factory=dict, max_length=20)


class TellVoiced(Asked):
    """POST /api/calls/{call}/voiced: what became of saying a call, told once by the TV that had its zone's voice.

    `display` counts only at a hub that asks nobody for a key.
    """

    outcome: Voiced
    display: str = Field(default="", max_length=40)


class VoiceClaim(Asked):
    """POST /api/devices/display/{id}/voice: a TV asks, again and again, to be the voice of its zones.

    `sound`: its sound device works. `holds`: the zones whose voice it still is, by its own clock; `release`: those it
    gives up, saying nothing of them any more. `saying`: the call that it says now, by its event.
    """

    sound: bool
    holds: list[Annotated[str, Field(max_length=40)]] = Field(default_factory=list, max_length=100)
    release: list[Annotated[str, Field(max_length=40)]] = Field(default_factory=list, max_length=100)
    saying: int | None = Field(default=None, ge=0, lt=2**63)


# ---------------------------------------------------------------- answered


class Step(Answer):
    """One service of a journey."""

    agency: str
    service: str
    state: StepState


class Ticket(Answer):
    """A place in a queue. `ahead` counts who would be called before; `estimate_minutes` is a guess from it.

    Both are None once the ticket no longer waits. `token` (22 URL-safe characters, the secret behind the
    QR) stands only in answers to POST /api/tickets; elsewhere it is None.
    """

    id: int
    number: str
    service: str
    agency: str
    priority: bool
    language: str
    state: State
    taken_at: datetime
    day: date
    kiosk: str = ""
    ahead: int | None = None
    estimate_minutes: int | None = None
    estimate_high_minutes: int | None = None
    """Nine of ten wait no longer; None until the hub has learnt it from some days."""
    token: str | None = None
    url: str | None = None
    """What the QR opens: public_url + /t/ + token."""
    counter: str | None = None
    called_at: datetime | None = None
    served_at: datetime | None = None
    ended_at: datetime | None = None
    calls: int = 0
    """How often it was called: 1 at `next`, one more each recall."""
    reason: Reason | None = None
    """Why it was called; a recall does not change it. None until then."""
    paper: Outcome | None = None
    origin: Origin = Origin.KIOSK
    for_counter: str | None = None
    """Only this counter may call it."""
    held_until: datetime | None = None
    """When it waits again by itself, in state `held`."""
    return_to: str | None = None
    """After this visit it waits for this counter again. Not told in events."""
    result: str | None = None
    """What came of the visit: the id of one of the hall's outcomes, where its officer said so."""
    steps: list[Step] = []
    """Its journey, where it is for several services. Not told in events."""
    appointment: datetime | None = None
    """When its visitor was asked to come. `held` until `held_until` where the number was taken too early."""
    appointment_missed: bool = False
    """The number was taken too late for it: it waits as one without."""


class OpenReprint(Answer):
    """A copy that a kiosk is to print; `id`: of the event that asked for it. `ticket` has its `url`."""

    id: int
    ticket: Ticket


class OpenReprints(Answer):
    """GET /api/devices/kiosk/{kiosk}/reprints: the copies of today that it has not told of, oldest first."""

    reprints: list[OpenReprint]


class Call(Answer):
    """A ticket called to a counter. `event` is the id of the event that says so."""

    event: int
    kind: Literal[Kind.CALLED, Kind.RECALLED] = Kind.CALLED
    ticket: Ticket
    counter: str
    called_at: datetime
    reason: Reason
    why: "Why | None" = None
    """The figures behind the reason; a recall keeps those of the call."""
    voiced: Voiced | None = None
    """What became of saying it; on the board alone. None: nobody has told yet."""


class Why(Answer):
    """The figures of a call's reason; those that the rule does not know are None."""

    kind: Reason
    waited_minutes: int
    priority: int | None = None
    regular: int | None = None
    weight: float | None = None
    longest_minutes: int | None = None
    appointment: datetime | None = None
    """For which it stood in the line before it came."""
    words: str | None = None
    """The officer's, for a number called out of turn."""


class By(Answer):
    """Who of the staff did it."""

    id: int
    name: str


class Staff(By):
    """A member of the staff; who is not active any more cannot sign in."""

    role: Role
    is_active: bool = True


class CounterSession(Answer):
    """Which app has a counter: on the PC `host`, since when. `staff` is None at a hub that asks for no PIN."""

    staff: Staff | None = None
    host: str
    since: datetime
    app: str

    @property
    def oversees(self) -> bool:
        """Whether a supervisor, or who may more, has signed in."""
        return self.staff is not None and self.staff.role.rank >= Role.SUPERVISOR.rank


class Corrected(Answer):
    """An outcome put right: `was` what stood there before, `now` what stands there; None: no outcome."""

    was: str | None
    now: str | None


class Quieted(Answer):
    """No calls are said in `zone` ('': the whole hall) until then; None: they are said again."""

    zone: str
    until: datetime | None
    why: str = ""


class Event(Answer):
    """One state change, as the feed sends it: SSE `id:` is `id`, `event:` is `kind`, `data:` is this.

    `device` and `health` stand only in events of kind `device`; `code` is a printed event's trouble, or the kiosk
    that is to print a copy. `agency`:
    what was closed or opened, unless it is a `counter`; `words`: the reason somebody gave for it, or for a
    pause. `by`: who did it, where somebody had signed in. Of a sign-in or -out, `app` tells which app, and `words`
    its PC's name. `roll`: in events of kind `roll_begun` and `roll_ended`. `configuration`: the id of the one in
    force now, in events of kind `configured`.
    """

    id: int
    kind: Kind
    at: datetime
    ticket: Ticket | None = None
    counter: str | None = None
    reason: Reason | None = None
    why: "Why | None" = None
    outcome: Outcome | None = None
    code: str = ""
    health: "Device | None" = None
    agency: str | None = None
    words: str = ""
    by: By | None = None
    app: str | None = None
    roll: "PaperRoll | None" = None
    configuration: int | None = None
    corrected: "Corrected | None" = None
    """What came of the visit that ended at `counter`: in an event of kind `corrected` alone."""
    alarm: int | None = None
    """The id of a call for help, also of the one that was answered."""
    answered_by: str | None = None
    """From which counter somebody comes; '' for elsewhere."""
    call: int | None = None
    """The call that was said or not, in an event of kind `voiced` alone."""
    quiet: Quieted | None = None
    """Where it is quiet until when, in events of kind `quieted` and `quiet_ended`."""

    def as_call(self) -> Call | None:
        """This event as a call, or None when it is none."""
        if self.kind not in (Kind.CALLED, Kind.RECALLED) or self.ticket is None or self.counter is None:
            return None
        return Call(
            event=self.id,
            kind=Kind.CALLED if self.kind is Kind.CALLED else Kind.RECALLED,
            ticket=self.ticket,
            counter=self.counter,
            called_at=self.at,
            reason=self.reason or Reason.FIRST_COME,
            why=self.why,
        )


class PaperRoll(Answer):
    """Printed numbers that visitors of an agency tear off by hand today. `next`: the one to be called next.

    `place`: where they are torn off, as a sentence ends with it: 'meja informasi'.
    """

    agency: str
    first: int
    last: int
    next: int
    place: str = ""


class HubTime(Answer):
    """SSE `event: clock`, without an id, at the feed's beginning and every 5 s: the hub's time, a sign of life.

    `configuration`: the id of the one in force, so that nobody misses a change. `refusals`: another number whenever
    it has changed what stands against the hall's file.
    """

    now: datetime
    configuration: int = 0
    refusals: int = 0


class Device(Answer):
    """A device as the hub knows it. `seen_at` is None when it never reported.

    `alive`: it reported within 12 s, a counter's app within 30 s. `troubles` and `facts` are of its last report.
    """

    kind: DeviceKind
    id: str
    alive: bool
    seen_at: datetime | None = None
    troubles: list[str] = []
    facts: dict[str, str] = {}


class VoiceLease(Answer):
    """The answer to a VoiceClaim: of which zones this TV is the voice for `lease_ms` from when it asked.

    `wanted`: those it should release when it says nothing, for one that goes before it. `last_event`: once the TV
    has heard the feed so far, it knows all that the voice before it has told. `again_ms`: when to ask next.
    """

    holds: list[str]
    wanted: list[str] = []
    lease_ms: int
    again_ms: int
    last_event: int


class ZoneVoice(Answer):
    """Which TV says a zone's calls now; None: none does. `candidates`: the TVs that may, the first goes before."""

    zone: str
    display: str | None
    candidates: list[str] = []


class UnspokenCall(Answer):
    """A call of today that was not said to its end, and why; None: nobody told, e.g. where no TV has a voice."""

    event: int
    number: str
    counter: str
    called_at: datetime
    why: Voiced | None


class Voices(Answer):
    """GET /api/voices: who says the calls of each zone, and which calls of today were not said, newest first."""

    now: datetime
    zones: list[ZoneVoice]
    spoken: int
    unspoken: list[UnspokenCall]


class Waiting(Answer):
    """How many wait for an agency now. `open_counters` is what the estimate divides by.

    `ahead`: how many would at most be called before someone who came now, those of other agencies among them where a
    counter has both in one line. The estimate is of these, and a ticket's `ahead` begins there.
    `taken_today`: how many numbers it has given today. While a paper `roll` is on, nobody knows how many wait
    with its numbers: `waiting` are the others.
    """

    agency: str
    waiting: int
    ahead: int
    estimate_minutes: int
    estimate_high_minutes: int | None = None
    open_counters: int
    taken_today: int = 0
    roll: PaperRoll | None = None


class Board(Answer):
    """GET /api/board?zone=: what a TV shows now. `calls`: the newest calls of the day, one a ticket, newest first.

    `closed_agencies`, `closed_counters`: what somebody closed for the rest of the day, by id, and why.
    """

    now: datetime
    zone: str | None
    last_event: int
    calls: list[Call]
    waiting: list[Waiting]
    closed_agencies: dict[str, str] = {}
    closed_counters: dict[str, str] = {}
    paused_counters: dict[str, str] = {}
    """Counters that call nobody for now, by id, and why."""
    quiet_until: datetime | None = None
    """Until then no calls are said in this zone (in the whole hall, where none was asked for); None: they are."""
    quiet: dict[str, datetime] = {}
    """Where no calls are said, and until when: by zone, '' for the whole hall."""


class Offer(Answer):
    """Whether numbers of an agency or a service are given. `until`: when that changes; None: not in sight.

    `code`: '' when they are, else the code of the trouble that a press would get; `why` fills its sentence.
    """

    id: str
    code: str = ""
    until: datetime | None = None
    why: str = ""
    why_en: str = ""
    estimate_minutes: int | None = None
    """Of a service: how long someone would wait who took its number now."""
    estimate_high_minutes: int | None = None
    usual: int = 0
    """How much it is asked for at this hour, by past weeks: most first. 0 where the hub has not learnt it."""

    def trouble(self, now: datetime) -> Trouble | None:
        """What a press at `now` would be told; None where numbers are given, or by a hub newer than this program."""
        if self.code not in WHEN:
            return None
        opens = self.until.isoformat() if self.until else ""
        return Trouble(self.code, at=now.isoformat(), opens=opens, why=self.why, why_en=self.why_en)


class Offers(Answer):
    """GET /api/offers: what is given now, asked again at `changes_at` and after each event.

    An agency is open while one of its services is.
    """

    now: datetime
    last_event: int
    changes_at: datetime | None
    agencies: list[Offer]
    services: list[Offer]

    @cached_property
    def by_agency(self) -> dict[str, Offer]:
        """An agency's offer by its id."""
        return {offer.id: offer for offer in self.agencies}

    @cached_property
    def by_service(self) -> dict[str, Offer]:
        """A service's offer by its id."""
        return {offer.id: offer for offer in self.services}


class Tally(Answer):
    """A counter's day so far. `mean_minutes`: served to finished; None before the first.

    `paper`: of `served`, those with a number of a paper roll, of whose waiting nothing is known. `walk_ins`: of
    `served`, those who did not wait.
    """

    served: int = 0
    paper: int = 0
    walk_ins: int = 0
    no_show: int = 0
    mean_minutes: float | None = None


class Alarm(Answer):
    """A call for help from `counter`. `answered_by`: from which counter somebody comes, '' for elsewhere."""

    id: int
    counter: str
    words: str = ""
    at: datetime
    answered_at: datetime | None = None
    answered_by: str | None = None


class Paused(Answer):
    """That a counter pauses: since when, and why."""

    since: datetime
    why: str


class Ended(Answer):
    """A visit that has ended at a counter, and what came of it: one of the hall's outcomes."""

    ticket: int
    number: str
    agency: str
    service: str
    result: str | None
    ended_at: datetime


class CounterView(Answer):
    """GET /api/counters/{counter}: what an officer sees now.

    `waiting` in the order they would be called, at most 100; `waiting_count` counts all. `undoable`: the
    current ticket's `next` may still be undone. `history`: my last calls, newest first, at most 20.
    """

    now: datetime
    counter: str
    last_event: int
    current: Ticket | None
    undoable: bool
    waiting: list[Ticket]
    waiting_count: int
    next_why: "Why | None" = None
    """Why the first of `waiting` would be called next."""
    held: list[Ticket] = []
    """Who is held and may be called here, by the time they come back."""
    rolls: list[PaperRoll] = []
    """The paper rolls of this counter's agencies: when nobody waits `next` calls the first one's next number."""
    history: list[Call]
    tally: Tally
    ended: list[Ended] = []
    """The last visits that ended here today, newest first, where the hall keeps what came of them: see `correct`."""
    alarms: list[Alarm] = []
    """Who in this counter's zone calls for help, or in any where a supervisor sits here.

    The counter's own stands here also for some minutes after somebody answered.
    """
    paused: Paused | None = None
    """Nobody is called here until `resume`, at the latest until midnight."""
    devices: list[Device] = []
    """Kiosks, displays with a trouble, for the officer's notice line."""
    session: CounterSession | None = None
    """Who has the counter now."""
    refused_configuration: str = ""
    """Why the configuration's file, as it stands now, is not in force; empty where it is."""


class AgencyNow(Answer):
    """An agency as a supervisor sees it. `longest_minutes`: who waits longest; None where nobody does.

    `closed`: why it gives no numbers for the rest of the day; None where it does.
    """

    agency: str
    waiting: int
    longest_minutes: int | None
    open_counters: int
    closed: str | None
    roll: PaperRoll | None


class CounterNow(Answer):
    """A counter as a supervisor sees it: who is there, since when; why it pauses or is closed.

    `has_app`: an officer's app at this counter has reported lately.
    """

    counter: str
    state: Post
    number: str | None
    since: datetime | None
    why: str
    has_app: bool


class Overview(Answer):
    """GET /api/overview: how the whole hall stands now. `devices`: kiosks and displays with a trouble.

    `alarms`: all calls for help that nobody has answered yet.
    """

    now: datetime
    last_event: int
    agencies: list[AgencyNow]
    counters: list[CounterNow]
    devices: list[Device]
    alarms: list[Alarm] = []
    voices: list[ZoneVoice] = []
    quiet: dict[str, datetime] = {}
    """Where no calls are said, and until when, as on the boards."""


class Health(Answer):
    """GET /api/health: the hub, its database, its devices."""

    status: Literal["ok", "trouble"]
    version: str
    api: str
    now: datetime
    started_at: datetime
    last_event: int
    database: str
    data: str
    """The data folder, where database and logs stand."""
    hall: str
    is_always_open: bool = False
    """Started with --always-open, for a try-out: the site's opening times do not count."""
    listeners: int
    devices: list[Device]
    troubles: list[str] = []
    configuration: int = 0
    """The id of the configuration in force."""
    refused_configuration: list[str] = []
    """Why the file, as it stands now, is not in force: a sentence each, in Indonesian."""
    voices: list[ZoneVoice] = []


class Problem(Answer):
    """An error as application/problem+json (RFC 9457). `type` is stable: `urn:antre:` + the trouble's code."""

    type: str
    title: str
    status: int
    detail: str
    """The sentence and the next step in the asked language."""
    code: str
    step: str
    values: dict[str, str] = {}
    """What fills the sentence, so that an app can say it in its own language."""
    now: object = None
    """What is true instead, for a 409: a Ticket or None."""
