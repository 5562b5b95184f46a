"""A sheet that lies over the screen: what is below it is veiled and not touched."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from kiosk.screens.dressed import Dressed
from kiosk.screens.paint import Panel, brush, paint_panel, paint_shadow
from shared.qt.theme import Theme

VEIL = 150
"""Opacity of the veil over the screen, of 255."""


class Overlay(Dressed):
    """Covers the screen; `sheet` holds what is asked. Who must reach low finds it at the bottom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.sheet = QFrame(self)
        self.hide()

    def dress(self, theme: Theme) -> None:
        """Take the sizes and colours of `theme`."""
        super().dress(theme)
        self.place()

    def place(self) -> None:
        """Put the sheet in the middle, or low, as large as what is on it."""
        theme = self.theme
        self.sheet.adjustSize()
        size = self.sheet.sizeHint().expandedTo(QSize(theme.room(880), 0)).boundedTo(self.size())
        box = QRectF(0, 0, size.width(), size.height())
        box.moveCenter(QRectF(self.rect()).center())
        if theme.low:
            box.moveBottom(self.height() - theme.room(56))
        self.sheet.setGeometry(box.toRect())

    def touched_beside(self) -> None:
        """A touch beside the sheet."""

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """What lies below is not touched."""
        self.touched_beside()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the veil and the sheet."""
        theme = self.theme
        veil = theme.veil
        veil.setAlpha(VEIL)
        with brush(self) as painter:
            painter.fillRect(self.rect(), veil)
            box = QRectF(self.sheet.geometry())
            paint_shadow(painter, box, theme, radius=theme.px(36))
            paint_panel(painter, box, Panel(theme.card, theme.px(36), theme.line, theme.px(2)))
