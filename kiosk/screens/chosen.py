"""Several services, one number: what was chosen so far, in order; one more, one less, or the number for all of them."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.queues import AgencyQueue
from kiosk.scene import Scene
from kiosk.screens.buttons import MAIN, Pill
from kiosk.screens.grid import Pattern, TileGrid
from kiosk.screens.question import Question
from kiosk.screens.services import service_face
from kiosk.screens.tile import Face
from kiosk.several import MOST, Several
from shared.qt.theme import Theme
from shared.wire import Offers
from shared.words import Words

ROWS = Pattern(most=(2, 3), upright=(1, 6), smallest=(560, 128), smallest_upright=(560, 128), fills=False)


class ChosenPage(Question):
    """The services of one number as tiles; a touch takes one out.

    dropped(str)    the service that is not wanted after all, by its id
    take_wanted()   these it is
    """

    dropped = Signal(str)
    take_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(with_back=True, grid=TileGrid(pattern=ROWS), parent=parent)
        self._scene = Scene("id")
        self._offers: Offers | None = None
        self.heading.setObjectName("heading-chosen")
        self.sentence.setObjectName("chosen-line")
        self.take = Pill("take-several", MAIN)
        self.take.step = 36
        self.take.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.take.clicked.connect(self.take_wanted)
        self._column.insertWidget(self._column.count() - 1, self.take)
        self.foot.several.show()
        self.chosen.connect(lambda name: self.dropped.emit(name.removeprefix("chosen-")))

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`."""
        super().dress(theme)
        self.take.dress(theme)

    def tell(self, words: Words, scene: Scene) -> None:
        """Show `scene` in the language of `words`."""
        self._scene = scene
        if scene.several is not None and scene.several.chosen:
            self._say(words, scene.several)
        super().tell(words, scene)
        self._show_chosen()

    def _say(self, words: Words, several: Several) -> None:
        count = len(several.chosen)
        heading = words.say("Satu nomor untuk {n} layanan", n=count)
        self.heading.setText(words.say("Satu layanan dipilih") if count == 1 else heading)
        self.sentence.write([(_advice(words, several), False)])
        for_all = words.say("Ambil satu nomor untuk {n} layanan", n=count)
        self.take.write(words.say("Ambil nomor") if count == 1 else for_all)
        self.foot.several.setVisible(not several.is_full)

    def show_offers(self, offers: Offers) -> None:
        """Show which services numbers are given of."""
        self._offers = offers
        self._show_chosen()

    def show_queues(self, _queues: Sequence[AgencyQueue]) -> None:
        """How many wait at an agency says nothing of a service."""

    def _show_chosen(self) -> None:
        several = self._scene.several
        if several is not None and several.listed:
            self.show_faces(_faces(several, self.words, self._offers))


def _faces(several: Several, words: Words, offers: Offers | None) -> list[Face]:
    faces = []
    for place, one in enumerate(several.chosen, start=1):
        face = service_face(one.service, words, offers)
        face = replace(face, name=f"chosen-{one.service.id}", title=f"{place}. {face.title}", mark=one.agency.prefix)
        faces.append(replace(face, more=one.agency.short_name, stays=True, removes=words.say("Hapus dari daftar")))
    return faces


def _advice(words: Words, several: Several) -> str:
    if several.is_full:
        return words.say("Satu nomor untuk paling banyak {most} layanan.", most=MOST)
    if len(several.chosen) == 1:
        return words.say("Tambah layanan berikutnya, atau ambil nomor untuk yang ini saja.")
    return words.say("Anda dipanggil menurut urutan ini, dengan nomor yang sama.")
