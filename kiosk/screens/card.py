"""The ticket on the screen: the same things as on the paper, and in their order."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from kiosk.screens.big_text import BigText
from kiosk.screens.dressed import Dressed, Written
from kiosk.screens.names import service_name
from kiosk.screens.paint import (
    MIDDLE,
    SHADOW,
    Panel,
    Sign,
    brush,
    fitting_font,
    paint_panel,
    paint_shadow,
    paint_sign,
    set_ink,
)
from kiosk.screens.qr_code import QrCode
from shared import appointments, waits
from shared.hall import Agency, Hall, Service
from shared.qt.theme import Theme
from shared.wire import Ticket
from shared.words import Words, zone_name


class Figure(Dressed):
    """A figure with its caption on a tinted ground: people ahead, minutes."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._figure, self._caption = "", ""

    def text(self) -> str:
        """What it says, figure and caption."""
        return f"{self._figure} {self._caption}"

    def write(self, figure: str, caption: str) -> None:
        """Change both."""
        self._figure, self._caption = figure, caption
        self.setAccessibleName(self.text())
        self.update()

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`."""
        super().dress(theme)
        self.setMinimumSize(theme.px(220), theme.px(136))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, figure and caption."""
        theme = self.theme
        with brush(self) as painter:
            paint_panel(painter, QRectF(self.rect()), Panel(theme.tint, theme.px(20)))
            room = self.rect().adjusted(theme.px(12), theme.px(16), -theme.px(12), -theme.px(16))
            middle = room.top() + round(room.height() * 0.6)
            painter.setPen(theme.main)
            upper = room.adjusted(0, 0, 0, middle - room.bottom())
            painter.setFont(fitting_font(theme, self._figure, upper.size(), (52, 48, 40, 32, 28), 800))
            painter.drawText(upper, MIDDLE, self._figure)
            lower = room.adjusted(0, middle - room.top(), 0, 0)
            painter.setFont(fitting_font(theme, self._caption, lower.size(), (24, 22, 20, 18), 700))
            painter.drawText(lower, MIDDLE, self._caption)


class PriorityBadge(Written):
    """Says that this is a priority ticket: a heart and the word."""

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`."""
        super().dress(theme)
        self.setFixedHeight(theme.px(52))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a pill in the middle with heart and word."""
        theme = self.theme
        font = theme.font(24, 700)
        with brush(self) as painter:
            painter.setFont(font)
            words = painter.fontMetrics().horizontalAdvance(self._text)
            size, gap, pad = theme.px(24), theme.px(12), theme.px(28)
            box = QRectF(0, 0, words + size + gap + 2 * pad, self.height())
            box.moveCenter(QRectF(self.rect()).center())
            paint_panel(painter, box, Panel(theme.priority, box.height() / 2))
            sign = QRectF(box.left() + pad, box.center().y() - size / 2, size, size)
            paint_sign(painter, sign, Sign.HEART, theme.on_priority)
            painter.setPen(theme.on_priority)
            painter.drawText(box.adjusted(pad + size + gap, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), self._text)


class TicketCard(Dressed):
    """Agency, service, number, who is ahead, how long, when; with a QR code where there is no paper."""

    def __init__(self, hall: Hall, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._hall = hall
        self.agency, self.service, self.moment = QLabel(), QLabel(), QLabel()
        self.agency.setObjectName("ticket-agency")
        self.service.setObjectName("ticket-service")
        self.journey, self.appointment = QLabel(), QLabel()
        self.moment.setObjectName("ticket-moment")
        self.journey.setObjectName("journey")
        self.appointment.setObjectName("ticket-appointment")
        self.badge, self.number, self.qr = PriorityBadge("priority-badge"), BigText("number"), QrCode()
        self.ahead, self.estimate = Figure("ahead"), Figure("estimate")
        self._figures = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._figures.addWidget(self.ahead)
        self._figures.addWidget(self.estimate)
        self._lower = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lower.addWidget(self.qr)
        self._lower.addLayout(self._figures, 1)
        self._column = QVBoxLayout(self)
        self._fill_column()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def _fill_column(self) -> None:
        for label in (self.agency, self.service, self.appointment, self.moment, self.journey):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.journey.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._column.addWidget(self.agency)
        self._column.addWidget(self.service)
        self._column.addWidget(self.journey)
        self._column.addWidget(self.badge)
        self._column.addWidget(self.number, 1)
        self._column.addWidget(self.appointment)
        self._column.addLayout(self._lower)
        self._column.addWidget(self.moment)

    def dress(self, theme: Theme) -> None:
        """Take the sizes of `theme`."""
        super().dress(theme)
        for label, step, weight in (
            (self.agency, 36, 700),
            (self.service, 28, 500),
            (self.journey, 24, 700),
            (self.appointment, 28, 700),
            (self.moment, 26, 700),
        ):
            label.setFont(theme.font(step, weight))
            set_ink(label, theme.soft if label is self.service else theme.ink)
        for part in (self.badge, self.number, self.qr, self.ahead, self.estimate):
            part.dress(theme)
        shadow = theme.room(SHADOW)
        pad = theme.room(56) + shadow
        self._column.setContentsMargins(pad, theme.room(48) + shadow, pad, theme.room(48) + shadow)
        self._column.setSpacing(theme.room(16))
        self.number.setContentsMargins(0, theme.room(12), 0, theme.room(12))
        self._figures.setSpacing(theme.px(16))
        self._lower.setSpacing(theme.px(28))

    def show_ticket(self, ticket: Ticket, words: Words, *, with_qr: bool) -> None:
        """Show `ticket`; `with_qr`: with its code to photograph, and its figures one above the other."""
        agency, service = self._hall.agency(ticket.agency), self._hall.service(ticket.service)
        self.agency.setText(agency.short_name)
        self.service.setText(_service_name(service, agency, words))
        self._say_journey(ticket, words)
        self.appointment.setText(appointments.said(ticket, self._hall.timezone, words))
        self.appointment.setHidden(not self.appointment.text())
        self.badge.write(words.say("Antrean Prioritas"))
        self.badge.setVisible(ticket.priority)
        self.number.write(ticket.number)
        self._say_figures(ticket, words)
        self.qr.encode(ticket.url or "")
        self.qr.setVisible(with_qr and bool(ticket.url))
        down = QBoxLayout.Direction.TopToBottom
        self._figures.setDirection(down if with_qr else QBoxLayout.Direction.LeftToRight)
        taken = ticket.taken_at.astimezone(ZoneInfo(self._hall.timezone))
        self.moment.setText(f"{words.day(taken)} · {words.clock(taken)} {zone_name(self._hall.timezone)}")

    def _say_journey(self, ticket: Ticket, words: Words) -> None:
        """All its services in order, in place of the one; nothing where it is one."""
        services = [(self._hall.agency(step.agency), self._hall.service(step.service)) for step in ticket.steps]
        lines = [
            f"{place}. {agency.short_name}: {service_name(service, words)}"
            for place, (agency, service) in enumerate(services, start=1)
        ]
        self.journey.setText("\n".join(lines))
        for label in (self.agency, self.service):
            label.setHidden(bool(lines))
        self.journey.setHidden(not lines)

    def _say_figures(self, ticket: Ticket, words: Words) -> None:
        ahead, minutes = ticket.ahead, ticket.estimate_minutes
        self.ahead.setVisible(ahead is not None)
        self.estimate.setVisible(minutes is not None)
        caption = words.count("orang di depan", "orang di depan", ahead or 0)
        self.ahead.write(str(ahead), caption)
        figure = waits.minutes(minutes, ticket.estimate_high_minutes, words) if minutes else words.say("Segera")
        self.estimate.write(figure, words.say("perkiraan tunggu"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the card on its shadow."""
        theme = self.theme
        edge = theme.room(SHADOW)
        box = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        with brush(self) as painter:
            paint_shadow(painter, box, theme, radius=theme.px(36))
            paint_panel(painter, box, Panel(theme.card, theme.px(36), theme.line, theme.px(2)))


def _service_name(service: Service, agency: Agency, words: Words) -> str:
    name = service_name(service, words)
    return "" if name == agency.short_name else name
