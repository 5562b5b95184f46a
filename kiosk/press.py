"""A visitor's touch on a service or code of an appointment, and where one whose answer was lost is kept. No Qt."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shared.booking_wire import CheckIn
from shared.whole_file import write_over
from shared.wire import TakeTicket

log = logging.getLogger(__name__)

SETTLED_WITHIN = timedelta(hours=20)
"""A press older than this is forgotten: the hub knows a key for 24 hours, and yesterday's number means nothing."""

Boot = str | float
"""Which run of a PC: the name its system gave it; or when it began, in seconds since 1970."""

SAME_BOOT_S = 60.0
"""By so much the clock may be set right while a PC runs whose runs have no name; a start of the PC takes longer."""

_NAMED = Path("/proc/sys/kernel/random/boot_id")
"""Linux names each run (random(4)): neither standby nor another time of day changes that."""


def this_boot(named: Path = _NAMED) -> Boot:
    """This run of the PC.

    Elsewhere by its monotonic clock, which counts from the start; that of Windows goes on in standby.
    """
    try:
        return named.read_text(encoding="ascii").strip()
    except OSError:
        return time.time() - time.monotonic()


def is_same(boot: Boot, other: Boot) -> bool:
    """Whether the PC was not started anew between them."""
    if isinstance(boot, str) or isinstance(other, str):
        return boot == other
    return abs(boot - other) <= SAME_BOOT_S


Wish = TakeTicket | CheckIn
"""What a visitor asks for: a number of a service, or that of an appointment."""


class Press(BaseModel):
    """One touch on a service, or one code: what is asked, and the keys that make asking, and giving back, harmless.

    `at`: the hub's time of the touch.
    """

    model_config = ConfigDict(frozen=True)

    body: Wish
    at: datetime
    key: UUID = Field(default_factory=uuid4)
    cancel_key: UUID = Field(default_factory=uuid4)

    def is_for(self, body: Wish) -> bool:
        """Whether `body` is the same wish, be it in another language."""
        return self.body.model_copy(update={"language": body.language}) == body

    @property
    def path(self) -> str:
        """Whom of the hub it asks."""
        return "/api/check-in" if isinstance(self.body, CheckIn) else "/api/tickets"

    def is_old(self, now: datetime) -> bool:
        """Whether asking again would mean nothing any more."""
        return now - self.at > SETTLED_WITHIN


class _Noted(BaseModel):
    """A press in its file. `boot`: in which run of this PC it was written and not flushed; None: it is on the disk."""

    model_config = ConfigDict(frozen=True)

    press: Press
    boot: Boot | None = None


class KeptPress:
    """The press without an answer, in a file of this PC: a kiosk that was started anew still gives its place back.

    Before it asks the hub a kiosk notes its press without waiting for the disk (some 40 µs, where a flush takes 2 to
    20 ms): that outlives the program, killed between question and answer. A press that got no answer is flushed, and
    outlives the power, too. A note counts only until the PC is started anew: of what the power cut took away, the
    erasing may be the later half, and the number would be taken back from a visitor who has it in hand.
    """

    def __init__(self, folder: Path, kiosk: str, *, boot: Callable[[], Boot] = this_boot) -> None:
        """`boot`: which run of the PC it is now."""
        self._path, self._boot = folder / f"press-{kiosk}.json", boot
        with suppress(OSError):  # the first press says so
            folder.mkdir(parents=True, exist_ok=True)
        self._flushed = True
        """Whether what stands there is on the disk, so that erasing it has to be as well."""

    def read(self) -> Press | None:
        """What was kept, if there is anything that can be read and still counts."""
        try:
            noted = _Noted.model_validate_json(self._path.read_bytes())
        except (OSError, ValidationError):
            return None
        counts = noted.boot is None or is_same(noted.boot, self._boot())
        return noted.press if counts else None

    def note(self, press: Press) -> None:
        """Before it is asked; `press` may stand there already, flushed when it got no answer."""
        if not (self._flushed and self.read() == press):
            self._write(_Noted(press=press, boot=self._boot()).model_dump_json().encode(), flushed=False)

    def keep(self, press: Press) -> None:
        """It got no answer."""
        self._write(_Noted(press=press).model_dump_json().encode(), flushed=True)

    def forget(self) -> None:
        """It is decided."""
        if self._path.exists():
            self._write(b"", flushed=self._flushed)

    def _write(self, content: bytes, *, flushed: bool) -> None:
        """A disk that refuses costs nothing but this."""
        try:
            write_over(self._path, content, flushed=flushed)
            self._flushed = flushed
        except OSError as error:
            log.warning("the press is kept in memory only: %s", error)
