"""The hall's pictures over the kiosk's window: when they pass, and what stands below them then."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from kiosk.attraction import Attraction
from kiosk.kiosk import Kiosk
from kiosk.screens.attraction import AttractionPage, said_of
from shared.qt.link import HubLink
from shared.qt.pictures import Pictures
from shared.words import Words


class Attracting(QObject):
    """Puts the page of pictures over `window` while nobody stands there."""

    def __init__(
        self, window: QWidget, kiosk: Kiosk, link: HubLink, *, attraction: Attraction, pictures: Pictures
    ) -> None:
        super().__init__(window)
        self._kiosk, self._link = kiosk, link
        self._zone = ZoneInfo(kiosk.hall.timezone)
        self.page = AttractionPage(kiosk.hall, pictures, window)
        self.page.looked.connect(attraction.hear)
        self.page.touched.connect(kiosk.touched)
        attraction.changed.connect(self._let_pass)

    def _let_pass(self, on: bool) -> None:  # noqa: FBT001  -- a signal's payload has no name
        self._tell()
        self.page.let_pass(on=on)

    def tick(self) -> None:
        """A second has passed."""
        if self.page.passing:
            self._tell()

    def _tell(self) -> None:
        kiosk = self._kiosk
        language = kiosk.scene.language
        words, people = Words(language), kiosk.people()
        languages = [language, *(one for one in kiosk.hall.languages if one != language)]
        said = said_of(kiosk.offers(), {queue.agency.id for queue in kiosk.queues()}, languages)
        waiting = words.count("{n} orang menunggu", "{n} orang menunggu", people) if people else ""
        self.page.tell(said, waiting, words.clock(self._link.now().astimezone(self._zone)))
