"""Bookings as types of the LAN contract: appointments made before their day, known by a code and nothing else.

Who the visitor is, the hub is never told: no name, no number of a phone or of an identity card.
"""

import re
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Field

from shared.model import BookingState
from shared.wire import Answer, Asked, Further, ServiceId

SHORTEST_CODE, LONGEST_CODE = 4, 20
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
LONGEST_TYPED = 60
"""Characters of a code as somebody types it, with blanks and dashes."""


def normal_code(text: str) -> str | None:
    """A code as the hub keeps it: capitals and digits without blanks and dashes; None for what cannot be one."""
    code = "".join(letter for letter in text.upper() if not letter.isspace() and letter not in _DASHES)
    is_code = code.isascii() and code.isalnum() and SHORTEST_CODE <= len(code) <= LONGEST_CODE
    return code if is_code else None


_PERSONAL = re.compile(r"\d{16}|(?:0|62)8\d{7,11}")


def is_personal(code: str) -> bool:
    """Whether a code looks like the number of an identity card (NIK, 16 digits) or of a mobile phone."""
    return _PERSONAL.fullmatch(code) is not None


def _code(text: str) -> str:
    code = normal_code(text)
    if code is None:
        raise ValueError(f"a code is {SHORTEST_CODE} to {LONGEST_CODE} letters and digits")
    if is_personal(code):
        raise ValueError("a code is no number of an identity card or a phone")
    return code


Code = Annotated[str, Field(max_length=LONGEST_TYPED), AfterValidator(_code)]


class MakeBooking(Asked):
    """POST /api/bookings: somebody will come at `at` for this service, and `then` for further ones.

    `code`: by which the visitor is known, 4 to 20 letters and digits; blanks, dashes and letters' case do not count.
    Without it the hub makes one.
    """

    code: Code | None = None
    service: ServiceId
    then: Further = ()
    at: AwareDatetime
    priority: bool = False


class CheckIn(Asked):
    """POST /api/check-in: the visitor with that code is here.

    `kiosk`: at which; without it an officer gives the number, also past closing time and quota, as `issue` does.
    `priority`: the visitor asks for it now, whatever was booked.
    """

    code: str = Field(max_length=LONGEST_TYPED)
    priority: bool = False
    kiosk: str = Field(default="", max_length=40)
    language: str = Field(default="id", min_length=2, max_length=8)


class Booking(Answer):
    """An appointment that was made. `ticket` and `number`: what its visitor took, once `checked_in`."""

    code: str
    service: str
    then: tuple[str, ...] = ()
    at: datetime
    priority: bool = False
    state: BookingState
    ticket: int | None = None
    number: str | None = None


class Bookings(Answer):
    """GET /api/bookings?day=: the bookings of a day, by time."""

    bookings: list[Booking]


LONGEST_LIST = 2_000_000
"""Characters of a list that is imported: 20,000 bookings have some 1,200,000."""


class ImportBookings(Asked):
    """POST /api/bookings/import: a list as CSV, whose first line names its columns. `dry_run`: only look at it."""

    text: str = Field(max_length=LONGEST_LIST)
    dry_run: bool = False


class Imported(Answer):
    """What an import did, or would do: how many bookings are `new`, how many were there already as they are."""

    new: int
    same: int
    dry_run: bool = False
