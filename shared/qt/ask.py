"""The calm sheets of an app that cannot begin yet: why this PC's hub has ended, and which device am I."""

from collections.abc import Sequence
from ipaddress import IPv6Address, ip_address
from pathlib import Path
from typing import Protocol, runtime_checkable
from urllib.parse import urlsplit

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from shared.qt.theme import Theme
from shared.words import Words, msg

ASK_DEVICE = msg("Perangkat ini yang mana?")
ASK_DEVICE_HOW = msg("Pilih sekali; aplikasi mengingatnya.")
HUB_ENDED = msg("Hub di PC ini berhenti sebelum siap.")
HUB_ENDED_SILENT = msg("Hub tidak menyebutkan sebabnya.")
HUB_ENDED_HOW = msg("Perbaiki sebabnya, lalu tekan Coba lagi. Keluaran hub selengkapnya ada di {path}.")

USUAL_PORT = 8080
USUAL_TLS_PORT = 8443


@runtime_checkable
class Dressing(Protocol):
    """What stands below a notice and has parts of its own to dress."""

    def dress(self, theme: Theme) -> None:
        """Take the sizes of this window."""


class Notice(QWidget):
    """A calm sheet: a heading, a sentence, and what stands below them. Scales with its window."""

    def __init__(self, heading: str, sentence: str, *, dark: bool = False) -> None:
        super().__init__()
        self._dark = dark
        self._heading, self._sentence = QLabel(heading), QLabel(sentence)
        self._heading.setObjectName("notice-heading")
        self._sentence.setObjectName("notice-sentence")
        self.below: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.addStretch(1)  # not by alignment: a layout then gives wrapped lines the height of one
        for label in (self._heading, self._sentence):
            label.setWordWrap(True)
            self._column.addWidget(label)
        self._column.addStretch(1)

    @property
    def heading(self) -> str:
        """What stands above the sentence."""
        return self._heading.text()

    def set_heading(self, heading: str) -> None:
        """Change what stands above the sentence."""
        self._heading.setText(heading)

    def add(self, widget: QWidget) -> None:
        """Put `widget` below what stands there."""
        self.below.append(widget)
        self._column.insertWidget(self._column.count() - 1, widget)
        self._dress(self.size())

    def say(self, sentence: str) -> None:
        """Change the sentence."""
        self._sentence.setText(sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Dress in the theme of the new size."""
        self._dress(event.size())

    def _dress(self, size: QSize) -> None:
        theme = Theme(size, dark=self._dark)
        side = max(theme.px(56), (size.width() - theme.px(1100)) // 2)
        self._column.setContentsMargins(side, theme.px(56), side, theme.px(56))
        self._column.setSpacing(theme.px(20))
        self._heading.setFont(theme.font(60, 800))
        self._sentence.setFont(theme.font(28))
        for widget in self.below:
            if isinstance(widget, Dressing):
                widget.dress(theme)
            else:
                widget.setFont(theme.font(28, 700))
                widget.setMinimumHeight(theme.px(84))
        self.setStyleSheet(_style(theme))


def _style(theme: Theme) -> str:
    look = theme.palette
    radius, pad = theme.px(16), theme.px(20)
    return (
        f"QWidget {{ background: {look.ground}; color: {look.ink}; }}"
        f"#notice-sentence {{ color: {look.soft}; }}"
        f"QLineEdit {{ background: {look.card}; border: {theme.px(2)}px solid {look.soft};"
        f" border-radius: {radius}px; padding: 0 {pad}px; }}"
        f"QPushButton {{ background: {look.main}; color: {look.on_main}; border: none;"
        f" border-radius: {radius}px; padding: 0 {pad}px; }}"
        f"QPushButton:focus {{ border: {theme.px(4)}px solid {look.called}; }}"
        f"#hub-quiet {{ background: {look.card}; color: {look.soft}; border: {theme.px(2)}px solid {look.line}; }}"
        f"#hub-quiet:focus {{ border: {theme.px(4)}px solid {look.soft}; }}"  # amber is a call's
        f"#hub-quiet:pressed {{ background: {look.tint}; }}"
        f"AddressKeys QPushButton {{ background: {look.card}; color: {look.ink};"
        f" border: {theme.px(2)}px solid {look.line}; padding: 0; }}"
        f"AddressKeys QPushButton:pressed {{ background: {look.tint}; }}"
    )


class HubEnded(Notice):
    """Says why this PC's own hub has ended before it was ready. `why`: what it printed last, in its own words.

    again()  a person wants it started once more
    """

    again = Signal()

    def __init__(self, words: Words, why: str, out: Path, *, dark: bool = False) -> None:
        said = f"{why or words.say(HUB_ENDED_SILENT)}\n\n{words.say(HUB_ENDED_HOW, path=out)}"
        super().__init__(words.say(HUB_ENDED), said, dark=dark)
        again = QPushButton(words.say(msg("Coba lagi")))
        again.setObjectName("hub-again")
        again.clicked.connect(self.again)
        self.add(again)


class AskDevice(Notice):
    """Asks which of the hall's devices this is.

    chosen(str)  the id of one
    """

    chosen = Signal(str)

    def __init__(self, words: Words, devices: Sequence[tuple[str, str]], *, dark: bool = False) -> None:
        super().__init__(words.say(ASK_DEVICE), words.say(ASK_DEVICE_HOW), dark=dark)
        for identity, name in devices:
            button = QPushButton(name)
            button.setObjectName(f"device-{identity}")
            button.clicked.connect(lambda _checked=False, identity=identity: self.chosen.emit(identity))
            self.add(button)


def hub_urls(text: str) -> tuple[str, ...]:
    """Where a hub may be that a person wrote as `text`, the likeliest first: `https://host:8443`, `http://host:8080`.

    A hub speaks plain HTTP on its own PC alone, else TLS. A scheme or a port that was written stands. An IPv6
    address may stand without its brackets.
    """
    scheme, separator, rest = text.strip().rpartition("://")
    host, slash, path = rest.rstrip("/").partition("/")
    if _is_bare_ipv6(host):
        host = f"[{host}]"
    has_port = ":" in host.rpartition("]")[2]
    tls = f"https://{host}{'' if has_port or separator else f':{USUAL_TLS_PORT}'}{slash}{path}"
    plain = f"http://{host}{'' if has_port else f':{USUAL_PORT}'}{slash}{path}"
    if separator:
        return (tls,) if scheme.lower() == "https" else (plain,)
    return (plain, tls) if is_loopback(plain) else (tls, plain)


def is_loopback(url: str) -> bool:
    """Whether `url` is of this very PC."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _is_bare_ipv6(host: str) -> bool:
    try:
        return bool(IPv6Address(host))
    except ValueError:
        return False
