"""The last screen: the number, large, from the moment the hub has given it; what to do next beside it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from kiosk.scene import Scene, Stage
from kiosk.screens.buttons import DARK, PLAIN, WHITE, Pill
from kiosk.screens.card import TicketCard
from kiosk.screens.paint import BalancedLabel, Prose, Sign, set_ink
from shared.hall import Hall
from shared.model import Outcome
from shared.places import where_to_wait
from shared.qt.theme import Theme
from shared.words import Words


class TicketPage(QWidget):
    """Printing and done.

    done_wanted() · another_wanted() · give_back_wanted(): 'Salah pilih?'
    held()   a finger is on one of these buttons
    """

    done_wanted = Signal()
    another_wanted = Signal()
    give_back_wanted = Signal()
    held = Signal()

    def __init__(self, hall: Hall, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hall = hall
        self._theme = self._dressed = Theme(QSize(1920, 1080))
        self.heading, self.place, self.sentence, self.trouble = BalancedLabel(), QLabel(), Prose(), QLabel()
        self.heading.setObjectName("heading-ticket")
        self.place.setObjectName("where-to-wait")
        self.sentence.setObjectName("what-next")
        self.trouble.setObjectName("trouble")
        self.done, self.another = Pill("done", DARK), Pill("another", WHITE)
        self.wrong_choice = Pill("wrong-choice", PLAIN, Sign.BACK)
        self.card = TicketCard(hall)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._left = QVBoxLayout()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._fill()
        for button in (self.done, self.another, self.wrong_choice):
            button.pressed.connect(self.held)
        self.done.clicked.connect(self.done_wanted)
        self.another.clicked.connect(self.another_wanted)
        self.wrong_choice.clicked.connect(self.give_back_wanted)

    def _fill(self) -> None:
        self._left.addStretch(1)
        for label in (self.heading, self.place, self.sentence, self.trouble):
            self._left.addWidget(label)
        for label in (self.place, self.trouble):
            label.setWordWrap(True)
        for button in (self.done, self.another, self.wrong_choice):
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)  # nothing jumps when a button comes or goes
            button.setSizePolicy(policy)
        self._buttons.addWidget(self.done)
        self._buttons.addWidget(self.another)
        self._buttons.addStretch(1)
        self._left.addLayout(self._buttons)
        self._left.addWidget(self.wrong_choice, 0, Qt.AlignmentFlag.AlignLeft)
        self._left.addStretch(1)
        self._row.addLayout(self._left, 10)
        self._row.addWidget(self.card, 11)

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`, or as many smaller as its words need: the longest names are not cut."""
        self._theme = self._dressed = theme
        self._dress(theme)
        self._fit()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """See whether everything fits."""
        self._fit()

    def _fit(self) -> None:
        if self._dressed is self._theme and self._fits():
            return
        for theme in self._theme.tighter():
            self._dressed = theme
            self._dress(theme)
            if self._fits():
                return

    def _fits(self) -> bool:
        return self._row.minimumHeightForWidth(self.width()) <= self.height()

    def _dress(self, theme: Theme) -> None:
        """Upright, the card stands above the words."""
        upright = theme.portrait
        self._row.setDirection(QBoxLayout.Direction.BottomToTop if upright else QBoxLayout.Direction.LeftToRight)
        for label, step, weight in ((self.heading, 84, 800), (self.place, 36, 700), (self.trouble, 28, 700)):
            label.setFont(theme.font(step, weight))
            set_ink(label, theme.resting_reason if label is self.trouble else theme.ink)
        self.sentence.dress(theme.font(36), soft=theme.soft, ink=theme.ink)
        self.done.step = self.another.step = 30
        for part in (self.done, self.another, self.wrong_choice, self.card):
            part.dress(theme)
        side = theme.room(56 if upright else 112)
        self._row.setContentsMargins(side, 0, theme.room(56), theme.room(28))  # the card's shadow brings its own room
        self._left.setStretch(self._left.count() - 1, 0 if theme.low else 1)
        self._row.setSpacing(theme.px(28))
        self._left.setSpacing(theme.room(28))
        self._buttons.setSpacing(theme.px(20))

    def tell(self, words: Words, scene: Scene) -> None:
        """Show `scene` in the language of `words`."""
        if scene.ticket is None:
            return
        self._row.setStretch(1, 16 if scene.to_photograph else 11)
        self.card.show_ticket(scene.ticket, words, with_qr=scene.to_photograph)
        self.heading.write(_heading(words, scene))
        self.place.setText(f"{where_to_wait(self._hall.agency(scene.ticket.agency), self._hall, words)}.")
        self.place.setVisible(not scene.unsure)  # who may have no number any more is not sent to wait
        self.sentence.write([(_kept(words, scene), False)])
        self.trouble.setText(_trouble(words, scene))
        self.trouble.setVisible(scene.trouble is not None)
        self._say_buttons(words, scene)
        self._fit()

    def _say_buttons(self, words: Words, scene: Scene) -> None:
        self.done.write(words.say("Selesai"))
        self.another.write(words.say("Urus layanan lain"))
        self.wrong_choice.write(words.say("Salah pilih? Kembalikan nomor ini"))
        done = scene.stage is Stage.DONE
        for button in (self.done, self.another):
            button.setVisible(done)
            button.setEnabled(not scene.giving_back)
        self.wrong_choice.setVisible(done and scene.can_give_back)
        self.wrong_choice.setEnabled(not scene.giving_back)


def _heading(words: Words, scene: Scene) -> str:
    if scene.unsure:
        return words.say("Pengembalian nomor belum pasti")
    if scene.stage is Stage.PRINTING:
        return words.say("Tiket Anda sedang dicetak")
    if scene.paper is Outcome.UNKNOWN and scene.paper_code:
        return words.say("Ini nomor Anda")
    if scene.paper in (Outcome.PRINTED, Outcome.UNKNOWN):
        return words.say("Silakan ambil tiket Anda")
    return words.say("Foto nomor Anda")


def _kept(words: Words, scene: Scene) -> str:
    """What becomes of the number, in a sentence."""
    if scene.unsure:
        return words.say(
            "Jawabannya belum sampai; mesin ini terus bertanya. Nomor ini mungkin sudah tidak berlaku. "
            "Bila Anda tidak dapat menunggu, tanyakan kepada petugas."
        )
    if not scene.to_photograph:
        return words.say("Nomor Anda akan tampil di layar dan dipanggil dengan suara.")
    if scene.paper is None:
        return words.say("Nomor Anda sudah tercatat. Foto layar ini atau ingat nomornya.")
    if scene.paper in (Outcome.FAILED, Outcome.PAPERLESS):
        return words.say(
            "Tiket kertas sedang tidak tersedia, tetapi nomor Anda sudah tercatat. "
            "Foto layar ini atau ingat nomornya. Petugas sudah diberi tahu."
        )
    if scene.paper_code:
        return words.say(
            "Nomor Anda sudah tercatat. Bila tiket tidak keluar, foto layar ini. Petugas sudah diberi tahu."
        )
    return words.say("Nomor Anda sudah tercatat. Bila tiket tidak keluar, foto layar ini.")


def _trouble(words: Words, scene: Scene) -> str:
    if scene.trouble is None:
        return ""
    return f"{scene.trouble.sentence(words)} {scene.trouble.step(words)}"
