"""What a kiosk keeps on this PC's disk until the hub has decided it. No Qt."""

import logging
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from shared.settings import Settings

log = logging.getLogger(__name__)

T = TypeVar("T", bound=BaseModel)


class Kept(Generic[T]):
    """One value under one name of the settings, read back after a restart."""

    def __init__(self, settings: Settings, name: str, model: type[T]) -> None:
        self._settings, self._name, self._model = settings, name, model

    def read(self) -> T | None:
        """What was kept, if there is anything that can be read."""
        try:
            return self._model.model_validate_json(self._settings.get(self._name) or "")
        except ValidationError:
            return None

    def keep(self, value: T | None) -> None:
        """Keep `value`; None: there is nothing any more. A disk that refuses costs nothing but this."""
        text = value.model_dump_json() if value else ""
        if text == (self._settings.get(self._name) or ""):
            return
        try:
            self._settings.set(self._name, text)
        except OSError as error:
            log.warning("%s is kept in memory only: %s", self._name, error)
