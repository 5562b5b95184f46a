"""Where a kiosk stands. Pure."""

from dataclasses import dataclass

from shared.hall import Agency, Hall, KioskSettings

FEW = 12
"""So many services are seen at a glance, and not searched for."""


@dataclass(frozen=True)
class Place:
    """A kiosk's hall, its settings there, and the language it greets in ('': the hall's first)."""

    hall: Hall
    settings: KioskSettings
    language: str = ""

    @property
    def greeting(self) -> str:
        """The language of a screen before which nobody stands."""
        return self.language if self.language in self.hall.languages else self.hall.languages[0]

    @property
    def agencies(self) -> list[Agency]:
        """The agencies this kiosk offers, in the hall's order; all where its settings name none."""
        offered = self.settings.agencies
        return [agency for agency in self.hall.agencies if not offered or agency.id in offered]

    @property
    def has_search(self) -> bool:
        """Whether there is so much here that one may type what one needs."""
        return self._services > FEW

    @property
    def has_several(self) -> bool:
        """Whether there are services enough for a number that is for several."""
        return self._services > 1

    @property
    def takes_appointments(self) -> bool:
        """Whether an agency here is visited with an appointment."""
        return any(agency.appointments or self.hall.appointments for agency in self.agencies)

    @property
    def _services(self) -> int:
        return sum(len(agency.services) for agency in self.agencies)

    @property
    def has_printer(self) -> bool:
        """Whether tickets come on paper here."""
        return self.settings.prints
