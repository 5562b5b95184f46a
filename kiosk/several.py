"""Several services under one number: what a visitor has chosen so far, in order. Pure."""

from dataclasses import dataclass, replace

from shared.hall import Agency, Service
from shared.wire import LONGEST_JOURNEY

MOST = 1 + LONGEST_JOURNEY
"""So many services at most have one number."""


@dataclass(frozen=True)
class Chosen:
    """A service, and whose it is."""

    agency: Agency
    service: Service


@dataclass(frozen=True)
class Several:
    """The services of one number, in the order in which they were chosen: so the visitor is called to them.

    `listed`: they are on the screen as a list; else the next one is being chosen.
    """

    chosen: tuple[Chosen, ...] = ()
    listed: bool = False

    @property
    def is_full(self) -> bool:
        """Whether one number can have no more."""
        return len(self.chosen) >= MOST

    def has(self, service: Service) -> bool:
        """Whether `service` is among them: one visit to it is enough."""
        return any(one.service == service for one in self.chosen)

    def with_(self, one: Chosen) -> "Several":
        """These and `one` as the last, as a list; the same where it is among them, or they are full."""
        more = () if self.is_full or self.has(one.service) else (one,)
        return Several((*self.chosen, *more), listed=True)

    def without(self, service_id: str) -> "Several":
        """These without that service."""
        return replace(self, chosen=tuple(one for one in self.chosen if one.service.id != service_id))

    def services(self) -> tuple[str, tuple[str, ...]]:
        """The first and the further ones, by their ids, as the hub is asked for them."""
        first, *then = (one.service.id for one in self.chosen)
        return first, tuple(then)
