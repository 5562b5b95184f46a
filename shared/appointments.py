"""What a visitor with an appointment is told, on paper and page. Pure."""

from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from shared.model import State
from shared.wire import Ticket
from shared.words import Words, msg


class _Ticket(Protocol):
    """A ticket, on the wire or in a book."""

    @property
    def state(self) -> str: ...
    @property
    def appointment(self) -> object: ...
    @property
    def called_at(self) -> object: ...


def is_early(ticket: _Ticket) -> bool:
    """Whether it is held for its appointment, taken before its time; whom an officer holds was called before."""
    return ticket.state == State.HELD and ticket.appointment is not None and ticket.called_at is None


def said(ticket: Ticket, timezone: str, words: Words) -> str:
    """When the appointment is, and what came of being too early or too late; empty where there is none."""

    def clock(moment: datetime) -> str:
        return words.clock(moment.astimezone(ZoneInfo(timezone)))

    if ticket.appointment is None:
        return ""
    time = clock(ticket.appointment)
    if ticket.appointment_missed:
        return words.say(msg("Terlambat untuk janji temu pukul {time}: menunggu seperti tanpa janji."), time=time)
    if is_early(ticket) and ticket.held_until is not None:
        begins = clock(ticket.held_until)
        return words.say(
            msg("Janji temu pukul {time}. Nomor ini mulai menunggu pukul {begins}."), time=time, begins=begins
        )
    return words.say(msg("Janji temu pukul {time}"), time=time)
