"""The values every room speaks of: a ticket's state, an event's kind, a number as it is written. Pure."""

from enum import StrEnum

API_VERSION = "1"
"""Version of the LAN contract, as it stands in OpenAPI and in `/api/health`."""

CANCEL_SECONDS = 20
"""How long 'Salah pilih?' is offered on the kiosk's last screen, in seconds."""

CANCEL_GRACE_SECONDS = 60
"""How long after the taking the hub still accepts a ticket back: the 20 s on the screen, printing, a slow LAN.

A number of which no `printed` was told, whatever its outcome, was seen by nobody: it is accepted all day.
"""


class State(StrEnum):
    """Where a ticket stands."""

    WAITING = "waiting"
    HELD = "held"
    """Set aside by an officer for some minutes; waits at the old place again by itself."""
    CALLED = "called"
    """At a counter, nobody has come yet."""
    SERVING = "serving"
    FINISHED = "finished"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    """Given back at the kiosk ('Salah pilih?')."""
    EXPIRED = "expired"
    """Still waiting when the hall's day ended."""

    @property
    def at_counter(self) -> bool:
        """Whether a ticket in this state occupies a counter."""
        return self in (State.CALLED, State.SERVING)


class Kind(StrEnum):
    """What happened: the kinds of event, in the past tense."""

    TAKEN = "taken"
    PRINTED = "printed"
    """Its kiosk has told what became of the paper, whatever that is."""
    REPRINT_ASKED = "reprint_asked"
    """An officer asks a kiosk, named by `code`, for a further paper."""
    REPRINTED = "reprinted"
    """What became of a further paper of it, which says SALINAN."""
    CALLED = "called"
    RECALLED = "recalled"
    SERVED = "served"
    """The visitor has come: service began."""
    FINISHED = "finished"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    RETURNED = "returned"
    """The last 'next' was undone: the visitor waits again at the old place."""
    REOPENED = "reopened"
    """The 'next' that ended this visit was undone: the visitor is at the counter again, as before."""
    HELD = "held"
    """Set aside: the visitor left the counter for some minutes."""
    UNHELD = "unheld"
    """The hold is over, who did not come is here after all, or a midnight was none: waits again at the old place."""
    TRANSFERRED = "transferred"
    """Left the event's counter and waits elsewhere: at the ticket's agency, or for its `for_counter` alone.

    Also of one who waited for that counter alone when it was closed.
    """
    MOVED_ON = "moved_on"
    """The visit was one of a journey: left the event's counter and waits for the ticket's next service."""
    PLANNED = "planned"
    """An officer changed what follows this visit; the visitor stays at the counter."""
    REJOINED = "rejoined"
    """The 'next' that sent this visitor on was undone: no longer waits, is at the event's counter again."""
    CORRECTED = "corrected"
    """Something else came of a visit that has ended at the event's counter; nobody moves."""
    CLOSED = "closed"
    """An agency or a counter gives no more numbers, or calls nobody, for the rest of the day."""
    OPENED = "opened"
    """What was closed for the day is open again."""
    WALKED_IN = "walked_in"
    """Served at once without having waited: got a number at the event's counter, called by nobody."""
    WALK_IN_UNDONE = "walk_in_undone"
    """That was a slip: the number is given back."""
    PAUSED = "paused"
    """A counter calls nobody until its officer goes on, at the latest until midnight."""
    RESUMED = "resumed"
    """A counter that paused calls again."""
    ALARM = "alarm"
    """The officer at the event's counter calls for help."""
    ALARM_ANSWERED = "alarm_answered"
    """Somebody comes to help there."""
    EXPIRED = "expired"
    """The day ended while the visitor waited: the number is worth nothing any more."""
    CARRIED = "carried"
    """The day ended while the visitor waited: the number waits again today."""
    ROLL_BEGUN = "roll_begun"
    """An agency's visitors tear their numbers off a printed paper roll from now on."""
    ROLL_ENDED = "roll_ended"
    """No more numbers are torn off: ended by somebody, used up, or by the day's end."""
    DEVICE = "device"
    """A kiosk, display or counter app reported a change of its health."""
    SIGNED_IN = "signed_in"
    """The event's `app` has the counter from now on, whoever had it."""
    SIGNED_OUT = "signed_out"
    """The event's `app` has left the counter, or was idle too long; what is at the counter stays there."""
    STAFF = "staff"
    """The list of staff changed: `code` tells how (added, pin, role, disabled), `words` whose place in it.

    `technician_pin`: the technicians have another PIN.
    """
    PAIRED = "paired"
    """A device got a key; `words` names it: `kiosk/kios-1`."""
    UNPAIRED = "unpaired"
    """A device's key was ended."""
    CONFIGURED = "configured"
    """The hall has another configuration: ask for it anew."""
    QUIETED = "quieted"
    """No calls are said in a zone, or in the hall, until a time; numbers are shown as ever."""
    QUIET_ENDED = "quiet_ended"
    """Somebody ended that before its time. Nothing is told when the time is over."""
    VOICED = "voiced"
    """A TV told what became of saying the event's `call`: `code` is a `Voiced`."""


class Voiced(StrEnum):
    """What became of saying a call in its zone."""

    SPOKEN = "spoken"
    """Said to its end, on a sound device."""
    LATE = "late"
    """Too old when its turn came: shown only."""
    CROWDED = "crowded"
    """More waited to be said than the voice keeps."""
    NO_VOICE = "no_voice"
    """There was nothing to say it with."""
    NO_SOUND = "no_sound"
    """The sound device was missing, or was lost on the way."""
    QUIET = "quiet"
    """It was quiet in the zone, for prayer or a ceremony: shown only."""
    UNDONE = "undone"
    """The call was taken back before it was said to its end."""


TECHNICIAN_PIN = "technician_pin"
"""The `code` of an event of kind `staff` that tells of another technicians' PIN."""


class StepState(StrEnum):
    """Where one service of a journey stands."""

    DONE = "done"
    SKIPPED = "skipped"
    """An officer took it out."""
    NOW = "now"
    """The visitor waits for it, or is there."""
    BACK = "back"
    """Left for another service for a while: the visitor comes back to it."""
    NEXT = "next"


class Outcome(StrEnum):
    """What became of the paper, told once somebody has seen the number.

    A silent printer is `unknown`: neither fine nor empty.
    """

    PRINTED = "printed"
    FAILED = "failed"
    """It was begun and did not come out whole."""
    UNKNOWN = "unknown"
    PAPERLESS = "paperless"
    """Nothing was sent to a printer: the number stood on the screen, to be photographed."""


class Origin(StrEnum):
    """Where a number was given."""

    KIOSK = "kiosk"
    COUNTER = "counter"
    """By an officer."""
    PAPER_ROLL = "paper_roll"
    """Torn off a printed roll while the ticket machine is broken; known here from its call on."""
    WALK_IN = "walk_in"
    """Of a visitor served at once at a free counter; on no paper."""


class Reason(StrEnum):
    """Why this ticket was called: the rule that decided, or what an officer did."""

    FIRST_COME = "first_come"
    RATIO = "ratio"
    """Its class's turn among priority and regular visitors."""
    WEIGHTED = "weighted"
    """Its waiting time weighed most."""
    LONGEST = "longest"
    """It has waited as long as anybody may."""
    RECALL = "recall"
    CHOSEN = "chosen"
    """An officer chose the number, and said why."""
    PAPER_ROLL = "paper_roll"
    """The next number of the paper roll, called when nobody else waits."""


class Role(StrEnum):
    """What a member of the staff may do; each may all that those before it may."""

    OFFICER = "officer"
    """Calls and serves at the counter signed in at."""
    SUPERVISOR = "supervisor"
    """Does every counter's verbs, closes agencies and counters."""
    ADMINISTRATOR = "administrator"
    """Also sees to staff, devices and the configuration."""

    @property
    def rank(self) -> int:
        """Its place among the roles, the least first."""
        return list(Role).index(self)


class Post(StrEnum):
    """How a counter stands at a moment."""

    FREE = "free"
    CALLING = "calling"
    """A number was called here, nobody has come yet."""
    SERVING = "serving"
    PAUSED = "paused"
    CLOSED = "closed"
    """For the rest of the day."""


class BookingState(StrEnum):
    """Where a booking stands."""

    BOOKED = "booked"
    """Nobody has come yet; or who came gave the number back ('Salah pilih?')."""
    CHECKED_IN = "checked_in"
    CANCELLED = "cancelled"


class DeviceKind(StrEnum):
    """The kinds of device that report their health to the hub."""

    KIOSK = "kiosk"
    COUNTER = "counter"
    DISPLAY = "display"


def number_text(prefix: str, sequence: int) -> str:
    """The number as printed, shown and spoken: `A-012`; after `A-999` comes `A-1000`."""
    return f"{prefix}-{sequence:03d}"
