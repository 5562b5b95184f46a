"""A text that is never cut."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

SMALLEST_PART = 0.7
"""Down to this part of its size a text shrinks before it is shortened."""
SMALLEST_PX = 10


def figures(font: QFont) -> QFont:
    """`font` with all digits of one width: columns stand straight, and a running clock does not tremble."""
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


class FitLabel(QLabel):
    """A plain text that takes up to `lines` lines, then a smaller size, before it would be cut.

    Only what does not fit even then ends in '…', and shows whole as a tool tip. `grow`: it takes the room
    that is left, else no more than it needs.
    """

    def __init__(
        self,
        name: str = "",
        *,
        lines: int = 1,
        grow: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._lines = lines
        self._align = align | Qt.AlignmentFlag.AlignVCenter
        self._full = QFont(self.font())
        self._full.setPixelSize(SMALLEST_PX)  # until it is dressed
        self._fitted = self._full
        self._ink = QColor(Qt.GlobalColor.black)
        self._cut = False
        self._fitted_to: tuple[str, QSize] | None = None
        self._hint: QSize | None = None
        self._heights: dict[int, int] = {}
        across = QSizePolicy.Policy.Expanding if grow else QSizePolicy.Policy.Preferred
        self.setSizePolicy(across, QSizePolicy.Policy.Preferred)

    def dress(self, font: QFont, ink: QColor) -> None:
        """The size it should have, and its colour."""
        if font == self._full and ink == self._ink:
            return
        self._full, self._ink = font, ink
        self._measure_anew()

    @property
    def cut(self) -> bool:
        """Whether the text had to be shortened."""
        self._fit()
        return self._cut

    def setText(self, text: str) -> None:  # noqa: N802  -- Qt's name
        """Show `text`."""
        if text != self.text():
            super().setText(text)
            self._measure_anew()

    def _measure_anew(self) -> None:
        # Layouts ask for the same measures again and again, hidden pages too: each is taken once, when it is asked for.
        self._hint = self._fitted_to = None
        self._heights.clear()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the text on one line, as high as its lines may be."""
        if self._hint is None:
            metrics = QFontMetrics(self._full)
            width = max(metrics.horizontalAdvance(self.text()), metrics.boundingRect(self.text()).width())
            self._hint = QSize(width + 4, metrics.lineSpacing() * self._lines)
        return self._hint

    def hasHeightForWidth(self) -> bool:
        """A text of several lines needs fewer when it is wide."""
        return self._lines > 1

    def heightForWidth(self, width: int) -> int:
        """As many lines as the text takes at that width, at most those it may."""
        if width not in self._heights:
            metrics = QFontMetrics(self._full)
            needed = metrics.boundingRect(0, 0, width, 10_000, self._flags(), self.text()).height()
            self._heights[width] = max(metrics.lineSpacing(), min(needed, self.sizeHint().height()))
        return self._heights[width]

    def minimumSizeHint(self) -> QSize:
        """Hardly anything: a long text must never push a screen apart."""
        return QSize(0, self.sizeHint().height() // self._lines)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the text in the size that fits."""
        self._fit()
        painter = QPainter(self)
        painter.setFont(self._fitted)
        painter.setPen(self._ink)
        text = self.text()
        if self._cut:
            text = QFontMetrics(self._fitted).elidedText(text, Qt.TextElideMode.ElideRight, self.width() * self._lines)
        painter.drawText(self.rect(), self._flags(), text)

    def _flags(self) -> int:
        wrap = Qt.TextFlag.TextWordWrap if self._lines > 1 else Qt.TextFlag.TextSingleLine
        return int(self._align.value) | int(wrap.value)

    def _fit(self) -> None:
        """Find the size, once for each text and room: when it is to be seen, or asked about."""
        if self._fitted_to == (wanted := (self.text(), self.size())):
            return
        self._fitted_to = wanted
        full = self._full.pixelSize()
        smallest = max(SMALLEST_PX, round(full * SMALLEST_PART))
        fitted = QFont(self._full)
        for size in range(full, min(smallest, full) - 1, -1):
            fitted.setPixelSize(size)
            if self._holds(QFontMetrics(fitted)):
                break
        self._fitted = fitted
        self._cut = not self._holds(QFontMetrics(fitted))
        self.setToolTip(self.text() if self._cut else "")

    def _holds(self, metrics: QFontMetrics) -> bool:
        needed = metrics.boundingRect(self.rect(), self._flags(), self.text())
        lines = round(needed.height() / max(1, metrics.lineSpacing()))
        return needed.width() <= self.width() and needed.height() <= self.height() + 1 and lines <= self._lines
