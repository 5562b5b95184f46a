"""An appointment's code as a visitor brings it: scanned, or typed on the screen. Pure."""

import re

from shared.booking_wire import LONGEST_CODE, normal_code

GROUP = 4
"""Letters that are read at a glance."""

_OF_BOOKING = {"unknown_booking", "booking_used", "booking_other_day", "booking_cancelled"}
OWN_STEP = frozenset(_OF_BOOKING | {"no_appointments", "appointments_full"})
"""Refusals that tell a visitor with a code what to do now."""
TO_MEND = frozenset({"unknown_booking", "hub_away", "hub_fault", "storage_failed", "data_busy"})
"""After these the code is worth another look, or another try."""

_OURS = re.compile(r"ANTRE\W+", re.IGNORECASE)


def scanned_code(text: str) -> str | None:
    """The code in what a QR holds: the code alone, `ANTRE:CODE`, or an address that ends in it. None: it is none.

    After ANTRE any sign will do: a PC whose keyboard is laid out otherwise makes another one of the colon.
    """
    last = re.split(r"[?#]", text.strip())[0].rstrip("/").rpartition("/")[2]
    return normal_code(_OURS.sub("", last, count=1))


def typed_code(text: str) -> str:
    """What of a text may stand in a code, as it is shown: capitals and digits, no more than a code has."""
    return "".join(letter for letter in text.upper() if letter.isascii() and letter.isalnum())[:LONGEST_CODE]


def grouped(code: str) -> str:
    """A code to read: `7K2M 9QXA`."""
    return " ".join(code[begin : begin + GROUP] for begin in range(0, len(code), GROUP))
