"""A button painted in the house's look."""

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from shared.qt.theme import Theme

STILL_MS = 150
"""A button that is off for less than this, while an answer comes, does not change its look: no flicker."""


class Face(QAbstractButton):
    """A rounded surface that can be pressed: by mouse, or by Enter when Tab has come to it.

    It does not take the focus by a click and leaves Space and letters to its window, so that a key means
    the same wherever the focus is. Subclasses say its colours and put what it shows into its layout.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.theme: Theme | None = None
        self.looks_on = True
        self._still = QTimer(self, interval=STILL_MS, singleShot=True)
        self._still.timeout.connect(self._look)

    def fill(self, theme: Theme) -> QColor:
        """The surface's colour now."""
        return theme.card if self.looks_on else theme.ground

    def edge(self, theme: Theme) -> QColor:
        """The colour of its thin line."""
        return theme.line

    def ring(self, theme: Theme) -> QColor:
        """The colour of the ring that shows the focus."""
        return theme.main

    def radius(self, theme: Theme) -> int:
        """The roundness of its corners."""
        return theme.px(16)

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`; subclasses dress their labels too."""
        self.theme = theme
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Look off only when off for a while; look on at once."""
        super().changeEvent(event)
        if event.type() != QEvent.Type.EnabledChange:
            return
        if self.isEnabled():
            self._still.stop()
            self._look()
        elif not self._still.isActive():
            self._still.start()

    def settle(self) -> None:
        """Look now as it is, without the short stillness."""
        self._still.stop()
        self._look()

    def _look(self) -> None:
        self.looks_on = self.isEnabled()
        if self.theme is not None:
            self.dress(self.theme)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses; every other key is the window's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Nothing happens on release."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Surface, line, and the ring when focused."""
        if self.theme is None:
            return
        theme = self.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = theme.px(2) / 2
        box = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.setPen(QPen(self.edge(theme), theme.px(2)))
        painter.setBrush(self._shade(self.fill(theme)))
        painter.drawRoundedRect(box, self.radius(theme), self.radius(theme))
        if self.hasFocus():
            self._paint_ring(painter, box, theme)

    def _shade(self, colour: QColor) -> QColor:
        if self.isDown():
            return colour.darker(112)
        return colour.darker(104) if self.looks_on and self.underMouse() else colour

    def _paint_ring(self, painter: QPainter, box: QRectF, theme: Theme) -> None:
        inset = theme.px(6)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.ring(theme), theme.px(4)))
        radius = max(1, self.radius(theme) - inset)
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)
