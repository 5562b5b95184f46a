"""What an app's window is built from, and where on the screens it is put."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from shared.hall import DisplaySettings, Hall, KioskSettings, Screen
from shared.qt.link import HubLink
from shared.settings import Settings
from shared.words import Words


@dataclass(frozen=True)
class Launch:
    """What an app's window is built from. `data`: the data folder of this PC."""

    args: argparse.Namespace
    link: HubLink
    hall: Hall
    words: Words
    settings: Settings
    data: Path
    id: str
    """Which device of the hall this is; empty where the app asks for it itself."""
    reopen: Callable[[Hall], None] | None = None
    """Puts a new window of this app in the place of this one, for the hall as it is now."""
    other_hub: Callable[[], None] | None = None
    """Asks for another address of the hub; None where it is not remembered here but told."""
    own_hub: Path | None = None
    """What the hub of this very PC printed when it was started; None where the hub stands elsewhere."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """Of this start, for the hub's health page."""


Build = Callable[[Launch], QWidget]
Devices = Callable[[Hall], Sequence[KioskSettings] | Sequence[DisplaySettings]]


def place(window: QWidget, windowed: str | None) -> None:
    """Put `window` on the whole screen, or where `WxH+X+Y` says."""
    if windowed:
        size, *corner = windowed.split("+")
        width, height = (int(part) for part in size.split("x"))
        x, y = (int(part) for part in corner) if corner else (0, 0)
        window.setGeometry(QRect(x, y, width, height))
        window.show()
        return
    # Without a window manager (Xvfb, a bare kiosk session) showFullScreen alone keeps the small size.
    window.setGeometry(QGuiApplication.primaryScreen().geometry())
    window.showFullScreen()


def real_size(screen: Screen | None, *, windowed: bool) -> tuple[float, float] | None:
    """The screen's size in mm: from the site file, else from the screen itself, else None.

    A window that is not the whole screen stands for a usual kiosk's screen (None).
    """
    if screen is not None:
        return (screen.width_mm, screen.height_mm)
    if windowed:
        return None
    told = QGuiApplication.primaryScreen().physicalSize()
    plausible = told.width() > 100 and told.height() > 60  # noqa: PLR2004  -- mm; smaller is a screen that does not know
    return (told.width(), told.height()) if plausible else None
