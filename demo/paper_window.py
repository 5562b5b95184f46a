"""Printed tickets as paper, the newest on top."""

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QVBoxLayout, QWidget

from shared.qt.theme import Theme
from shared.words import Words, msg

TITLE = msg("Kertas yang tercetak")
KEPT = 12
"""So many tickets lie on the table; older ones are cleared away."""


class PaperWindow(QWidget):
    """A table on which the printer's tickets fall."""

    def __init__(self) -> None:
        super().__init__()
        title = Words("id").say(TITLE)
        self.setWindowTitle(title)
        self.laid = 0
        self._heading = QLabel(title)
        self._table = QWidget()
        self._pile = QVBoxLayout(self._table)
        self._pile.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._table)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        column = QVBoxLayout(self)
        column.addWidget(self._heading)
        column.addWidget(self._scroll)

    def lay(self, tickets: list[Image.Image]) -> None:
        """Lay new tickets on the pile."""
        for picture in tickets:
            self._lay(picture)
        self.laid += len(tickets)

    def _lay(self, picture: Image.Image) -> None:
        paper = picture.convert("RGB")
        image = QImage(paper.tobytes(), paper.width, paper.height, 3 * paper.width, QImage.Format.Format_RGB888)
        label = QLabel()
        wide = max(1, min(paper.width, self._scroll.viewport().width() * 4 // 5))
        label.setPixmap(QPixmap.fromImage(image).scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation))
        label.setObjectName("paper")
        self._pile.insertWidget(0, label)
        while self._pile.count() > KEPT and (oldest := self._pile.takeAt(self._pile.count() - 1)) is not None:
            widget = oldest.widget()
            if widget is not None:
                widget.deleteLater()
        self._scroll.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Dress in the theme of the whole screen, since this window is a part of it."""
        theme = Theme(self.screen().size())
        look = theme.palette
        self._heading.setFont(theme.font(24, 700))
        self._pile.setSpacing(theme.px(28))
        self.setStyleSheet(
            f"QWidget {{ background: {look.resting}; color: {look.ink}; }}"
            f"#paper {{ border: {theme.px(1)}px solid {look.line}; background: {look.card}; }}"
        )
        super().resizeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the paper ends the demo."""
        super().closeEvent(event)
        QApplication.quit()
