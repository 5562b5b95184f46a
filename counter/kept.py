"""The keys of orders that may still be without an answer: ordered again within minutes, it is the same order."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from shared.wire import Asked

KEPT_FOR = timedelta(minutes=2)
"""Whoever presses again because no answer came does so in seconds; later the same words mean a new order."""


class Kept:
    """One key for each order that is not decided yet. `now`: the hub's time."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._keys: dict[tuple[str, str], tuple[UUID, datetime]] = {}

    def key(self, path: str, body: Asked) -> UUID:
        """The key of this order: that of its first press while it is kept, else a new one."""
        order, now = (path, body.model_dump_json()), self._now()
        key, since = self._keys.get(order, (None, now))
        if key is None or not timedelta(0) <= now - since < KEPT_FOR:
            key, since = uuid4(), now
        self._keys[order] = (key, since)
        return key

    def forget(self) -> None:
        """An order was decided: what was ordered before it must not be told again as if it were done now."""
        self._keys.clear()
