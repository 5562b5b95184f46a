"""'Hari ini mau mengurus apa?': the agencies, most used first, each with how many wait."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kiosk.queues import AgencyQueue
from kiosk.scene import Scene
from kiosk.screens.question import Question
from kiosk.screens.resting import all_rest, resting_line
from kiosk.screens.tile import Face
from kiosk.several import MOST
from shared.hall import Agency
from shared.waits import minutes
from shared.wire import Offers
from shared.words import Words

NO_WAIT = 3
"""Fewer minutes are no waiting."""


class AgenciesPage(Question):
    """The agencies as tiles.

    agency_chosen(Agency)   one was touched
    """

    agency_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(with_back=False, parent=parent)
        self._queues: tuple[AgencyQueue, ...] = ()
        self._offers: Offers | None = None
        self.heading.setObjectName("heading-agencies")
        self.chosen.connect(self._choose)

    def tell(self, words: Words, scene: Scene) -> None:
        """Show `scene` in the language of `words`."""
        self.heading.setText(which_one(words, scene) or words.say("Hari ini mau mengurus apa?"))
        super().tell(words, scene)
        self._say_what_to_do()
        self.show_queues(self._queues)

    def show_offers(self, offers: Offers) -> None:
        """Show which agencies give numbers."""
        self._offers = offers
        self._say_what_to_do()
        self.show_queues(self._queues)

    def _say_what_to_do(self) -> None:
        """To touch a tile; where all of them rest for the same reason, that reason."""
        resting = all_rest(self._offers, self.words)
        self.sentence.write([(resting or self.words.say("Sentuh instansi yang Anda tuju."), bool(resting))])

    def show_queues(self, queues: Sequence[AgencyQueue]) -> None:
        """Show how many wait where, in this order."""
        self._queues = tuple(queues)
        self.show_faces([agency_face(queue, self.words, self._offers) for queue in queues])

    def _choose(self, name: str) -> None:
        for queue in self._queues:
            if _name(queue.agency) == name:
                self.grid.light(name)
                self.agency_chosen.emit(queue.agency)
                return


def which_one(words: Words, scene: Scene) -> str:
    """Where several are chosen for one number: which one now, as a heading; else ''."""
    if scene.several is None:
        return ""
    return words.say("Pilih layanan ke-{n}", n=min(len(scene.several.chosen) + 1, MOST))


def agency_face(queue: AgencyQueue, words: Words, offers: Offers | None = None) -> Face:
    """An agency's tile: short name, full name below it where it says more, who waits or until when it is closed."""
    agency = queue.agency
    resting = resting_line(offers.by_agency.get(agency.id), offers.now, words) if offers else ()
    return Face(
        name=_name(agency),
        title=agency.short_name,
        more=full_name(agency, words),
        mark=agency.prefix,
        foot=resting or waiting_line(queue, words),
        rests=bool(resting),
    )


def full_name(agency: Agency, words: Words) -> str:
    """An agency's whole name in the language of `words`; '' where its short name says as much."""
    name = agency.name_en if words.language == "en" and agency.name_en else agency.name
    return "" if name == agency.short_name else name


def waiting_line(queue: AgencyQueue, words: Words) -> tuple[tuple[str, bool], ...]:
    """How many wait and about how long, in pieces plain or strong: `14 menunggu · sekitar 25–40 mnt`.

    Where nobody waits but each counter has somebody: `Anda berikutnya · sekitar 12 mnt`.
    """
    if queue.waiting is None:
        return ()
    if queue.waiting == 0 and queue.estimate_minutes < NO_WAIT:
        return ((words.say("Tanpa menunggu"), True),)
    waiting: tuple[tuple[str, bool], ...] = ((words.say("Anda berikutnya"), True),)
    if queue.waiting:
        waiting = ((str(queue.waiting), True), (" " + words.say("menunggu"), False))
    if queue.open_counters == 0 or queue.estimate_minutes == 0:
        return waiting
    about = (" · " + words.say("sekitar") + " ", False)
    return (*waiting, about, (minutes(queue.estimate_minutes, queue.estimate_high_minutes, words), True))


def _name(agency: Agency) -> str:
    return f"agency-{agency.id}"
