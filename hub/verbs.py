"""The verbs of the LAN contract: what is asked by which path, and which rule of the floor answers it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from hub.alarms import answer, call_for_help
from hub.bookings import cancel_booking, check_in, make_booking
from hub.claims import Claims
from hub.closing import close_agency, close_counter, reopen_agency, reopen_counter
from hub.desk import Desk
from hub.floor import Floor
from hub.once import Ask
from hub.pairings import add_system, end_system, pair, tell_code, unpair
from hub.pauses import pause, resume
from hub.people import Asker
from hub.quiet import end_quiet, fall_quiet
from hub.reprint import ask_reprint
from hub.results import correct
from hub.roll import begin_roll, end_roll
from hub.rows import Said
from hub.staff import add_staff, disable_staff, set_pin, set_role
from hub.store import Book
from hub.technician import set_technician_pin
from hub.voiced import tell_voiced
from hub.walk_in import walk_in
from shared.access_wire import (
    AddStaff,
    AddSystem,
    OpenPairing,
    Pair,
    Paired,
    Pairing,
    Session,
    SetPin,
    SetRole,
    SignIn,
    SignOut,
    SystemKey,
    Unpair,
)
from shared.booking_wire import Booking, CheckIn, MakeBooking
from shared.hall import Hall
from shared.trouble import Trouble
from shared.wire import (
    Answer,
    AnswerAlarm,
    Asked,
    BeginRoll,
    Call,
    CallChosen,
    Close,
    Correct,
    EndQuiet,
    EndRoll,
    Event,
    Finish,
    Hold,
    Issue,
    Nothing,
    OnTicket,
    Pause,
    Plan,
    PrintOutcome,
    Quiet,
    RaiseAlarm,
    Reprint,
    Staff,
    TakeTicket,
    TellVoiced,
    Ticket,
    Transfer,
    WalkIn,
)


class Crew(NamedTuple):
    """Who answers verbs: the floor itself, what officers do on it, and who has which counter."""

    floor: Floor
    desk: Desk
    claims: Claims


def crew_of(hall: Hall, started_at: int = 0) -> Crew:
    """The crew of this hall; `started_at`: when the hub was started, in ms."""
    floor = Floor(hall)
    return Crew(floor, Desk(floor), Claims(floor, started_at))


Rule = Callable[[Crew, Book, datetime, str, Any], Said]
"""The book, the clock, whose place in the path (a ticket's or a counter's id), the body."""


class Verb(NamedTuple):
    """One verb. `refusals`: the statuses its rules answer with, besides those of every verb.

    `nothing`: when it answers 204; empty for one that always has something to say. `mints`: the field of the answer
    that is a secret made by this order: it is told, and kept nowhere.
    """

    path: str
    body: type[Asked]
    answer: type[Answer]
    rule: Rule
    meaning: str
    status: int = 200
    refusals: tuple[int, ...] = (404,)
    nothing: str = ""
    mints: str = ""


class Order(NamedTuple):
    """A verb as somebody asks it: `whose` place in the path, and the body."""

    ask: Ask
    verb: Verb
    whose: str
    body: Any

    @property
    def asker(self) -> Asker:
        """Who asks."""
        return self.ask.asker

    def by(self, asker: Asker) -> "Order":
        """The same, given by somebody."""
        return self._replace(ask=self.ask._replace(asker=asker))


_LONGEST_ID = 18
"""Digits of the largest id the database can hold, less one."""


def _ticket(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > _LONGEST_ID:
        raise Trouble("unknown_ticket")
    return int(text)


VERBS = (
    Verb(
        "/api/tickets",
        TakeTicket,
        Ticket,
        lambda crew, book, clock, _, body: crew.floor.take(book, clock, body),
        "Take a number. `token` and `url` (what the QR opens) stand only in this answer. 409 while none are given.",
        status=201,
        refusals=(404, 409),
    ),
    Verb(
        "/api/tickets/{ticket}/cancel",
        Nothing,
        Ticket,
        lambda crew, book, clock, ticket, _: crew.floor.cancel(book, clock, _ticket(ticket)),
        "Give a number back while it waits: within a minute, or all day while `printed` has not been told of it.",
        refusals=(404, 409),
    ),
    Verb(
        "/api/tickets/{ticket}/printed",
        PrintOutcome,
        Ticket,
        lambda crew, book, clock, ticket, body: crew.floor.printed(book, clock, _ticket(ticket), body),
        "Say what became of the paper.",
    ),
    Verb(
        "/api/bookings",
        MakeBooking,
        Booking,
        lambda crew, book, clock, _, body: make_booking(crew.floor, book, clock, body),
        "Make an appointment, for `check-in` on its day; the same code with the same again is the same booking.",
        status=201,
        refusals=(404, 409),
    ),
    Verb(
        "/api/bookings/{code}/cancel",
        Nothing,
        Booking,
        lambda crew, book, clock, code, _: cancel_booking(crew.floor, book, clock, code),
        "Nobody will come with this code; it may be booked anew for another time. 409 once a number was taken with it.",
        refusals=(404, 409),
    ),
    Verb(
        "/api/check-in",
        CheckIn,
        Ticket,
        lambda crew, book, clock, _, body: check_in(crew.floor, book, clock, body),
        "Take the number of a booking, as POST /api/tickets with its appointment; once, unless that number is given"
        " back.",
        status=201,
        refusals=(404, 409),
    ),
    Verb(
        "/api/counters/{counter}/next",
        Nothing,
        Call,
        lambda crew, book, clock, counter, _: crew.floor.next(book, clock, counter),
        "Finish who is at the counter and call who came first; 204 when nobody waits.",
        refusals=(404, 409),
        nothing="Nobody waits.",
    ),
    Verb(
        "/api/counters/{counter}/recall",
        OnTicket,
        Call,
        lambda crew, book, clock, counter, body: crew.desk.recall(book, clock, counter, body),
        "Call the number once more.",
        refusals=(404, 409),
    ),
    Verb(
        "/api/counters/{counter}/serve",
        OnTicket,
        Ticket,
        lambda crew, book, clock, counter, body: crew.desk.serve(book, clock, counter, body),
        "The visitor has come: service begins.",
        refusals=(404, 409),
    ),
    Verb(
        "/api/counters/{counter}/finish",
        Finish,
        Ticket,
        lambda crew, book, clock, counter, body: crew.desk.finish(book, clock, counter, body),
        "Service has ended; `outcome`: what came of it, where the hall keeps that.",
        refusals=(404, 409),
    ),
    Verb(
        "/api/counters/{counter}/correct",
        Correct,
        Ticket,
        lambda crew, book, clock, counter, body: correct(crew.floor, book, clock, counter, body),
        "Something else came of the number's last visit here, the same day; the event keeps both outcomes.",
        refusals=(404, 409),
    ),
    Verb(
        "/api/counters/{counter}/no-show",
        OnTicket,
        Ticket,
        lambda crew, book, clock, counter, body: crew.desk.no_show(book, clock, counter, body),
        "Nobody came.",
        refusals=(404, 409),
    ),
    Verb(
        "/api/counters/{counter}/undo-next",
        OnTicket,
        Ticket,
        lambda crew, book, clock, counter, body: crew.desk.undo_next(book, clock, counter, body),
        "Undo the last call while nobody has come: the visitor waits at the old place again.",
        refusals=(404, 409),
    ),
    Verb(
        "/api/counters/{counter}/close",
        Close,
        Event,
        lambda crew, book, clock, counter, body: close_counter(crew.floor, book, clock, counter, body),
        "Call nobody more to this counter today; with an agency's last counter the agency is closed too.",
    ),
    Verb(
        "/api/counters/{counter}/reopen",
        Nothing,
        Event,
        lambda crew, book, clock, counter, body: reopen_counter(crew.floor, book, clock, counter, body),
        "Call to this counter again; 204 where it was open.",
        nothing="It was open.",
    ),
    Verb(
        "/api/counters/{counter}/alarm",
        RaiseAlarm,
        Event,
        lambda crew, book, clock, counter, body: call_for_help(crew.floor, book, clock, counter, body),
        "Call the neighbours for help; the same call until somebody answers. Never on TV or kiosk.",
    ),
    Verb(
        "/api/alarms/{alarm}/answer",
        AnswerAlarm,
        Event,
        lambda crew, book, clock, alarm, body: answer(crew.floor, book, clock, alarm, body),
        "Say that somebody comes. An alarm's id is that of its event.",
        refusals=(404, 409),
    ),
    Verb(
        "/api/calls/{call}/voiced",
        TellVoiced,
        Event,
        lambda crew, book, clock, call, body: tell_voiced(crew.floor, book, clock, call, body),
        "Say what became of saying a call of today, by its event's id; 204 where that was told before.",
        nothing="That was told before.",
    ),
    Verb(
        "/api/quiet",
        Quiet,
        Event,
        lambda crew, book, clock, _, body: fall_quiet(crew.floor, book, clock, body),
        "Say no calls in a zone, or in the whole hall, for some minutes; at the latest until midnight. Shown as ever.",
    ),
    Verb(
        "/api/quiet/end",
        EndQuiet,
        Event,
        lambda crew, book, clock, _, body: end_quiet(crew.floor, book, clock, body),
        "Say calls there again before the time; without a zone: everywhere. 204 where it was not quiet.",
        nothing="It was not quiet.",
    ),
    Verb(
        "/api/counters/{counter}/pause",
        Pause,
        Event,
        lambda crew, book, clock, counter, body: pause(crew.floor, book, clock, counter, body),
        "Call nobody to this counter until `resume`, at the latest until midnight; who is there is served to the end.",
    ),
    Verb(
        "/api/counters/{counter}/resume",
        Nothing,
        Event,
        lambda crew, book, clock, counter, body: resume(crew.floor, book, clock, counter, body),
        "Call to this counter again; 204 where it did not pause.",
        nothing="It did not pause.",
    ),
    Verb(
        "/api/agencies/{agency}/close",
        Close,
        Event,
        lambda crew, book, clock, agency, body: close_agency(crew.floor, book, clock, agency, body),
        "Give no more numbers of this agency today; who waits is called.",
    ),
    Verb(
        "/api/agencies/{agency}/reopen",
        Nothing,
        Event,
        lambda crew, book, clock, agency, body: reopen_agency(crew.floor, book, clock, agency, body),
        "Give numbers of this agency again; 204 where it was open.",
        nothing="It was open.",
    ),
    Verb(
        "/api/agencies/{agency}/paper-roll",
        BeginRoll,
        Event,
        lambda crew, book, clock, agency, body: begin_roll(crew.floor, book, clock, agency, body),
        "The ticket machine is broken: visitors tear numbers off a printed roll, and `next` calls them in turn.",
        refusals=(404, 409),
    ),
    Verb(
        "/api/agencies/{agency}/end-paper-roll",
        EndRoll,
        Event,
        lambda crew, book, clock, agency, body: end_roll(crew.floor, book, clock, agency, body),
        "No more numbers of the roll are torn off; who holds one waits as all others. 204 where no roll was on.",
        refusals=(404, 409),
        nothing="No roll was on.",
    ),
    Verb(
        "/api/counters/{counter}/call",
        CallChosen,
        Call,
        lambda crew, book, clock, counter, body: crew.desk.call(book, clock, counter, body),
        "Call one chosen number out of turn, and keep why; finishes who is at the counter, as `next` does.",
        refusals=(404, 409),
    ),
    Verb(
        "/api/counters/{counter}/issue",
        Issue,
        Ticket,
        lambda crew, book, clock, counter, body: crew.desk.issue(book, clock, counter, body),
        "Give a number at the counter, also past closing time and quota. It has no paper.",
        status=201,
        refusals=(404, 409),
    ),
    Verb(
        "/api/counters/{counter}/walk-in",
        WalkIn,
        Ticket,
        lambda crew, book, clock, counter, body: walk_in(crew.floor, book, clock, counter, body),
        "Serve somebody without a number at once, at a free counter: nothing is printed, nobody is called.",
        status=201,
        refusals=(404, 409),
    ),
    Verb(
        "/api/counters/{counter}/reprint",
        Reprint,
        Event,
        lambda crew, book, clock, counter, body: ask_reprint(crew.floor, book, clock, counter, body),
        "Have a kiosk print a further paper of a number; it says SALINAN. What became of it is an event `reprinted`.",
        refusals=(404, 409),
    ),
    Verb(
        "/api/counters/{counter}/undo-no-show",
        OnTicket,
        Ticket,
        lambda crew, book, clock, counter, body: crew.desk.undo_no_show(book, clock, counter, body),
        "Who did not come is here after all, the same day: the visitor waits at the old place again.",
        refusals=(404, 409),
    ),
    Verb(
        "/api/counters/{counter}/hold",
        Hold,
        Ticket,
        lambda crew, book, clock, counter, body: crew.desk.hold(book, clock, counter, body),
        "Set the visitor aside for some minutes; then the ticket waits at the old place again by itself.",
        refusals=(404, 409),
    ),
    Verb(
        "/api/counters/{counter}/unhold",
        OnTicket,
        Ticket,
        lambda crew, book, clock, counter, body: crew.desk.unhold(book, clock, counter, body),
        "Bring who is held back before the time.",
        refusals=(404, 409),
    ),
    Verb(
        "/api/counters/{counter}/transfer",
        Transfer,
        Ticket,
        lambda crew, book, clock, counter, body: crew.desk.transfer(book, clock, counter, body),
        "Send the visitor to wait for another service, agency or counter, with the time waited so far.",
        refusals=(404, 409),
    ),
    Verb(
        "/api/counters/{counter}/plan",
        Plan,
        Ticket,
        lambda crew, book, clock, counter, body: crew.desk.plan(book, clock, counter, body),
        "Say which services follow this visit, in order; none: the journey ends with it.",
        refusals=(404, 409),
    ),
    Verb(
        "/api/counters/{counter}/sign-in",
        SignIn,
        Session,
        lambda crew, book, clock, counter, body: crew.claims.sign_in(book, clock, counter, body),
        "This app has the counter from now on; 409 while another that is alive has it, unless `take_over`.",
        refusals=(401, 403, 404, 409, 423),
        mints="token",
    ),
    Verb(
        "/api/counters/{counter}/sign-out",
        SignOut,
        Event,
        lambda crew, book, clock, counter, body: crew.claims.sign_out(book, clock, counter, body),
        "The app leaves the counter, and what is there stays there.",
        refusals=(401, 403, 404),
        nothing="The app did not have the counter.",
    ),
    Verb(
        "/api/staff",
        AddStaff,
        Staff,
        lambda crew, book, clock, _, body: add_staff(crew.claims, book, clock, body),
        "Put somebody on the list of staff. An administrator's verb at every hub, or the hub PC's own key.",
        status=201,
        refusals=(401, 403, 409),
    ),
    Verb(
        "/api/staff/{staff}/pin",
        SetPin,
        Staff,
        lambda crew, book, clock, staff, body: set_pin(crew.claims, book, clock, staff, body),
        "Give a new PIN, and unlock; who is signed in by the old one is out.",
        refusals=(401, 403, 404),
    ),
    Verb(
        "/api/staff/{staff}/role",
        SetRole,
        Staff,
        lambda crew, book, clock, staff, body: set_role(crew.claims, book, clock, staff, body),
        "Give another role, from the next verb on.",
        refusals=(401, 403, 404),
    ),
    Verb(
        "/api/staff/{staff}/disable",
        Nothing,
        Staff,
        lambda crew, book, clock, staff, body: disable_staff(crew.claims, book, clock, staff, body),
        "Take somebody off the list: out at once, and never in again.",
        refusals=(401, 403, 404),
    ),
    Verb(
        "/api/technician-pin",
        SetPin,
        Event,
        lambda crew, book, clock, _, body: set_technician_pin(crew.claims, book, clock, body),
        "Give the technicians a PIN for the kiosks, or another; each kiosk asks for what it checks it by.",
        refusals=(401, 403),
    ),
    Verb(
        "/api/pairings",
        OpenPairing,
        Pairing,
        lambda crew, book, clock, _, body: tell_code(crew.claims, book, clock, body),
        "A code to be typed at a device of the hall within ten minutes, once. 409 at a hub that listens on loopback.",
        status=201,
        refusals=(401, 403, 404, 409),
        mints="code",
    ),
    Verb(
        "/api/pair",
        Pair,
        Paired,
        lambda crew, book, clock, _, body: pair(crew.claims, book, clock, body),
        "A device shows that it knows its code, and gets its key with the hub's proof that it knew it too.",
        refusals=(401,),
        mints="key",
    ),
    Verb(
        "/api/unpair",
        Unpair,
        Event,
        lambda crew, book, clock, _, body: unpair(crew.claims, book, clock, body),
        "End a device's key, and the session at it.",
        refusals=(401, 403),
        nothing="It had no key.",
    ),
    Verb(
        "/api/systems",
        AddSystem,
        SystemKey,
        lambda crew, book, clock, _, body: add_system(crew.claims, book, clock, body),
        "A key for another system of the LAN, which may read the hall and send, cancel and list bookings.",
        status=201,
        refusals=(401, 403),
        mints="key",
    ),
    Verb(
        "/api/systems/{system}/end",
        Nothing,
        Event,
        lambda crew, book, clock, system, _: end_system(crew.claims, book, clock, system),
        "End a system's key.",
        refusals=(401, 403),
        nothing="It had no key.",
    ),
)
