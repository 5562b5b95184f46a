"""How the kiosk's program ends: started anew, or left to the desktop. Its watchdog goes by the exit status."""

from PySide6.QtWidgets import QApplication

from shared.watch_rules import RESTART

__all__ = ["RESTART", "leave", "restart"]


def restart() -> None:
    """Begin anew at once, as after power-up: what is under way at the printer comes out first."""
    QApplication.setQuitOnLastWindowClosed(False)  # its own end would have the status 0
    QApplication.closeAllWindows()
    QApplication.exit(RESTART)


def leave() -> None:
    """End for the desktop; nothing starts it again but a person, or the next power-up."""
    QApplication.quit()
