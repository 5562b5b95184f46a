"""'Cetak ulang': what officers ask this kiosk to print once more. Each such paper says SALINAN."""

from PySide6.QtCore import QObject

from kiosk.outlets import Paper
from kiosk.print_desk import PrintDesk
from kiosk.reports import Reports
from shared.model import Kind
from shared.qt.link import HubLink
from shared.trouble import Trouble
from shared.wire import Event, OpenReprints


class Reprinting(QObject):
    """Prints the copies that the hub has open for this kiosk, each once, and tells what became of it.

    Asked for when the feed tells of one, and when the hub is back: one that came meanwhile is printed then.
    """

    def __init__(self, link: HubLink, desk: PrintDesk, reports: Reports, kiosk: str) -> None:
        super().__init__(reports)
        self._link, self._desk, self._reports, self._kiosk = link, desk, reports, kiosk
        self._begun: set[int] = set()
        self._missed = False
        link.caught_up.connect(self.look)
        link.event_came.connect(self._event_came)
        desk.copy_came.connect(self._copy_came)

    def look(self) -> None:
        """Ask the hub what there is to print."""
        self._missed = False
        reply = self._link.get(f"/api/devices/kiosk/{self._kiosk}/reprints", OpenReprints)
        reply.done.connect(self._found)
        reply.failed.connect(self._not_found)

    def look_again(self) -> None:
        """Ask once more, where the last question got no answer."""
        if self._missed and self._link.up:
            self.look()

    def _event_came(self, event: Event) -> None:
        if event.kind is Kind.REPRINT_ASKED and event.code == self._kiosk:
            self.look()

    def _found(self, told: OpenReprints) -> None:
        for one in told.reprints:
            if one.id not in self._begun:
                self._begun.add(one.id)
                self._desk.print_copy(one.id, one.ticket)

    def _not_found(self, trouble: Trouble) -> None:
        self._missed = trouble.is_undecided

    def _copy_came(self, order: int, paper: Paper) -> None:
        self._reports.paper(paper, reprint=order)
