"""The hall as this PC heard it last: an app that starts while the hub is away still has something calm to show."""

import logging
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from shared.hall import Hall
from shared.whole_file import write_whole

log = logging.getLogger(__name__)

UNTOLD = 0
"""The configuration of a hall that nobody has confirmed yet: whatever id the hub tells has the app ask for it."""


class _Heard(BaseModel):
    """What stands in the file: the hall, and at which address it was heard."""

    model_config = ConfigDict(frozen=True)

    address: str
    hall: Hall


class KeptHall:
    """One app's file; a damaged one counts as none."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, addresses: tuple[str, ...]) -> tuple[str, Hall] | None:
        """Where it was heard, if that is one of `addresses`, and the hall, its configuration `UNTOLD`."""
        try:
            heard = _Heard.model_validate_json(self._path.read_bytes())
        except (OSError, ValidationError):
            return None
        if heard.address not in addresses:
            return None
        return heard.address, heard.hall.model_copy(update={"configuration": UNTOLD})

    def keep(self, address: str, hall: Hall) -> None:
        """Keep it, where it is another one; a disk that refuses costs the calm page of a later start, and no more."""
        content = _Heard(address=address, hall=hall).model_dump_json().encode()
        try:
            if self._path.exists() and self._path.read_bytes() == content:
                return
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, content)
        except OSError as error:
            log.warning("the hall is not kept for a start without the hub: %s", error)
