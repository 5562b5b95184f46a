"""Something a technician can do, as a tile: what it is, and in a second line how it stands."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.inspection import Choice
from kiosk.screens.buttons import WHITE, Button
from kiosk.screens.paint import LEFT_TOP, WRAP, brush, fitting_font, text_size


class ActionTile(Button):
    """Two texts at the left, in the middle of its height."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", WHITE, parent)
        self.choice = Choice("", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_choice(self, choice: Choice) -> None:
        """Be that choice."""
        self.choice = choice
        self.setObjectName(f"technician-{choice.name}")
        self.setText(choice.text)
        self.setAccessibleName(f"{choice.text}. {choice.more}")
        self.update()

    def sizeHint(self) -> QSize:
        """Room for two lines of each, and no smaller than a touch."""
        theme = self.theme
        return QSize(max(theme.touch, theme.px(300)), max(theme.touch, theme.px(150)))

    def minimumSizeHint(self) -> QSize:
        """A touch."""
        return QSize(self.theme.touch, self.theme.touch)

    def radius(self, box: QRectF) -> float:
        """A tile's corners."""
        return min(box.height() / 2, self.theme.px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the panel and the two texts."""
        theme = self.theme
        with brush(self) as painter:
            box = self.paint_body(painter)
            pad = theme.room(28)
            wide = round(box.width()) - 2 * pad
            name = fitting_font(theme, self.text(), QSize(wide, self.height() // 2 - pad // 2), (32, 28, 24, 20), 700)
            more = fitting_font(theme, self.choice.more, QSize(wide, self.height() // 2 - pad), (22, 20, 18), 500)
            name_high = text_size(name, self.text(), wide).height()
            more_high = text_size(more, self.choice.more, wide).height()
            gap = theme.room(8)
            top = (box.height() - name_high - gap - more_high) / 2
            painter.setFont(name)
            painter.setPen(self.colour("ink"))
            painter.drawText(QRectF(pad, top, wide, name_high), LEFT_TOP | WRAP, self.text())
            painter.setFont(more)
            painter.setPen(self.colour("soft") if not self.isDown() else self.colour("ink"))
            painter.drawText(QRectF(pad, top + name_high + gap, wide, more_high), LEFT_TOP | WRAP, self.choice.more)
