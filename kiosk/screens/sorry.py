"""'Maaf': why no number can be had now, and what to do. It goes by itself when the reason has gone."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from kiosk.check_in import OWN_STEP, TO_MEND
from kiosk.scene import Scene
from kiosk.screens.buttons import DARK, WHITE, Pill
from kiosk.screens.dressed import Dressed, Shrinking
from kiosk.screens.names import service_name
from kiosk.screens.paint import BalancedLabel, Panel, Sign, brush, paint_panel, paint_sign, set_ink
from shared.qt.theme import Theme
from shared.trouble import WHEN, Trouble
from shared.words import Words


class SorrySign(Dressed):
    """A calm sign: no red, nothing blinks."""

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`."""
        super().dress(theme)
        self.setFixedSize(theme.px(124), theme.px(124))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the sign on a disc."""
        with brush(self) as painter:
            box = QRectF(self.rect())
            paint_panel(painter, box, Panel(self.theme.resting, box.height() / 2))
            inset = box.width() / 4
            sign = box.adjusted(inset, inset, -inset, -inset)
            paint_sign(painter, sign, Sign.NOTE, self.theme.resting_reason)


class SorryPage(Shrinking):
    """A sentence, the next step, and a way back where there is one.

    back_wanted()       the visitor does not want to wait for it
    ordinary_wanted()   the appointment's code does not help: a number as everybody takes one
    """

    back_wanted = Signal()
    ordinary_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = SorrySign()
        self.heading, self.sentence, self.step, self.code = BalancedLabel(), QLabel(), QLabel(), QLabel()
        for label, name in (
            (self.heading, "heading-sorry"),
            (self.sentence, "sorry-sentence"),
            (self.step, "sorry-step"),
            (self.code, "sorry-code"),
        ):
            label.setObjectName(name)
            label.setWordWrap(label is not self.heading)  # which breaks its lines itself
        self.back = Pill("sorry-back", DARK, Sign.BACK)
        self.back.clicked.connect(self.back_wanted)
        self.ordinary = Pill("sorry-ordinary", WHITE)
        self.ordinary.clicked.connect(self.ordinary_wanted)
        self._buttons = QHBoxLayout()
        for button in (self.back, self.ordinary):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.addStretch(1)
        for part in (self._sign, self.heading, self.sentence, self.step):
            self._column.addWidget(part)
        self._column.addLayout(self._buttons)
        self._column.addStretch(1)
        self._below = self._column.count() - 1
        self._column.addWidget(self.code)

    def _dress(self, theme: Theme) -> None:
        for label, step, weight in (
            (self.heading, 84, 800),
            (self.sentence, 36, 500),
            (self.step, 36, 700),
            (self.code, 20, 500),
        ):
            label.setFont(theme.font(step, weight))
            set_ink(label, theme.soft if weight == 500 else theme.ink)  # noqa: PLR2004  -- the weight of running text
        self._sign.dress(theme)
        self._buttons.setSpacing(theme.px(20))
        for button in (self.back, self.ordinary):
            button.dress(theme)
        side = theme.room(76 if theme.portrait else 224)
        self._column.setContentsMargins(side, theme.room(28), side, theme.room(28))
        self._column.setStretch(self._below, 0 if theme.low else 1)
        self._column.setSpacing(theme.px(28))

    def tell(self, words: Words, scene: Scene) -> None:
        """Show `scene` in the language of `words`."""
        trouble = scene.trouble
        if trouble is None:
            return
        self._say_ways(words, scene)
        is_told = trouble.code in WHEN or trouble.code in OWN_STEP
        self.code.setText("" if is_told else words.say("Untuk petugas: {code}", code=_code(trouble)))
        if trouble.code == "hub_away":
            self.heading.write(words.say("Maaf, tunggu sebentar"))
            self.sentence.setText(words.say("Layar ini sedang menyambung kembali ke sistem antrean."))
            self.step.setText(_while_away(words, scene))
        elif trouble.code == "no_paper_here":
            self.heading.write(words.say("Maaf, mesin ini sedang berhenti"))
            self.sentence.setText(trouble.sentence(words))
            self.step.setText(_elsewhere(trouble, words))
        else:
            self.heading.write(_heading(trouble, words))
            self.sentence.setText(_about(words, scene) + trouble.sentence(words))
            ask = words.say("Silakan coba lagi, atau minta bantuan petugas.")
            self.step.setText(trouble.step(words) if is_told else ask)
        self._fit()

    def _say_ways(self, words: Words, scene: Scene) -> None:
        """Back; from a code that may be mended also on, to a number as everybody takes one."""
        code = scene.trouble.code if scene.trouble else ""
        goes_on = code in OWN_STEP and code not in TO_MEND and code != "booking_used"  # who has a number needs no other
        self.back.write(words.say("Ambil nomor biasa") if goes_on else words.say("Kembali"))
        self.back.setVisible(scene.stay is not None)
        self.ordinary.write(words.say("Ambil nomor biasa"))
        self.ordinary.setVisible(scene.stay is not None and code == "unknown_booking" and scene.code is not None)


def _heading(trouble: Trouble, words: Words) -> str:
    if trouble.code == "booking_used":
        return words.say("Anda sudah punya nomor")
    return words.say("Maaf, nomor belum dapat diambil")


def _about(words: Words, scene: Scene) -> str:
    """Of several services, the one that is not given: its name before the reason."""
    if scene.several is None or scene.service is None:
        return ""
    return service_name(scene.service, words) + ": "


def _code(trouble: Trouble) -> str:
    """What the staff look up: the printer's own trouble, where it is the cause."""
    return str(trouble.values.get("cause", trouble.code))


def _elsewhere(trouble: Trouble, words: Words) -> str:
    """Where numbers are given instead: as the site says it, or at the staff's desk."""
    where = trouble.values["where"] or words.say("meja petugas")
    return words.say("Silakan ambil nomor di {where}.", where=where)


def _while_away(words: Words, scene: Scene) -> str:
    if scene.several is not None or scene.code is not None:
        return words.say("Setelah tersambung, sentuh lagi tombol yang sama. Nomor Anda tetap satu, tidak akan ganda.")
    if scene.service is not None:
        return words.say("Setelah tersambung, sentuh lagi layanan yang sama. Nomor Anda tetap satu, tidak akan ganda.")
    return words.say("Bila lama, silakan minta nomor kepada petugas.")
