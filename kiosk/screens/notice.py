"""A line of news above the tiles: a number that was given back, or could not be, or that there is no paper."""

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.scene import Scene
from kiosk.screens.dressed import Written
from kiosk.screens.names import service_name
from kiosk.screens.paint import LEFT_MIDDLE, WRAP, Panel, Sign, brush, paint_panel, paint_sign, text_size
from kiosk.several import Several
from shared.words import Words


class NoticeLine(Written):
    """One sentence with a sign, on a quiet ground; gone when there is no news."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("notice", parent)
        self._good = True
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def tell(self, words: Words, scene: Scene) -> None:
        """Say what `scene` has of news."""
        self.write(_news(words, scene))
        self._good = bool(scene.given_back) or not (scene.still_valid or scene.paperless)
        self.setHidden(not self.text())

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self.theme.px(600), self.theme.px(96))

    def hasHeightForWidth(self) -> bool:
        """It wraps where it must."""
        return True

    def heightForWidth(self, width: int) -> int:
        """What the sentence needs at that width."""
        words = text_size(self.theme.font(24, 700), self.text(), width - self.theme.px(104))
        return max(words.height() + self.theme.px(40), self.theme.px(96))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, sign and sentence."""
        theme = self.theme
        ink = theme.well if self._good else theme.resting_reason
        with brush(self) as painter:
            box = QRectF(self.rect())
            paint_panel(painter, box, Panel(theme.tint if self._good else theme.resting, theme.px(16)))
            size = theme.px(30)
            sign = QRectF(theme.px(24), box.center().y() - size / 2, size, size)
            paint_sign(painter, sign, Sign.CHECK if self._good else Sign.NOTE, ink)
            painter.setFont(theme.font(24, 700))
            painter.setPen(ink)
            room: QRect = self.rect().adjusted(theme.px(72), 0, -theme.px(24), 0)
            painter.drawText(room, LEFT_MIDDLE | WRAP, self.text())


def _news(words: Words, scene: Scene) -> str:
    if scene.given_back:
        return words.say("Nomor {number} sudah dikembalikan. Silakan pilih lagi.", number=scene.given_back)
    if scene.still_valid:
        return words.say("Nomor {number} tidak dapat dikembalikan dan tetap berlaku.", number=scene.still_valid)
    if scene.paperless:
        return words.say("Tiket kertas sedang tidak tersedia. Nomor Anda akan tampil di layar untuk difoto.")
    if scene.several is not None and not scene.several.listed:
        return _several(words, scene.several)
    if scene.priority:
        return words.say("Nomor Anda akan didahulukan. Tidak perlu bukti, dan alasannya tidak dicatat.")
    return ""


def _several(words: Words, several: Several) -> str:
    if not several.chosen:
        return words.say("Pilih layanan satu per satu. Nomornya satu untuk semuanya.")
    last = service_name(several.chosen[-1].service, words)
    if len(several.chosen) == 1:
        return words.say("Sudah dipilih: {last}.", last=last)
    return words.say("Sudah dipilih {n} layanan, terakhir {last}.", n=len(several.chosen), last=last)
