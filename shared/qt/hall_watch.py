"""The hall's configuration as an app follows it: fetched anew when the hub says that it is another one."""

from PySide6.QtCore import QObject, Signal

from shared.hall import Hall
from shared.qt.link import HubLink
from shared.qt.watched import long_work
from shared.trouble import Trouble


class HallWatch(QObject):
    """Keeps an app's hall the hub's.

    The hub tells which configuration is in force by an event, and with every sign of life: none is missed.

    changed(Hall)   the hall as it is from now on
    """

    changed = Signal(object)

    def __init__(self, link: HubLink, hall: Hall, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link, self._hall = link, hall
        self._is_asking = False
        link.configured.connect(self._told)

    def _told(self, configuration: int) -> None:
        if configuration != self._hall.configuration and not self._is_asking:
            self._is_asking = True
            reply = self._link.get("/api/hall", Hall)
            reply.done.connect(self._came)
            reply.failed.connect(self._stayed_away)

    def _came(self, hall: Hall) -> None:
        self._is_asking = False
        before, self._hall = self._hall, hall
        if hall != before.model_copy(update={"configuration": hall.configuration}):
            with long_work():  # a window is laid out anew
                self.changed.emit(hall)

    def _stayed_away(self, _: Trouble) -> None:
        self._is_asking = False  # the next sign of life asks again
