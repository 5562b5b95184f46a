"""What takes the desk's place in the officer's window."""

from PySide6.QtWidgets import QWidget

from shared.qt.theme import Theme


class Page(QWidget):
    """A page of the window: it has the sizes of the window's theme, and takes its own keys."""

    def dress(self, theme: Theme) -> None:
        """Sizes and colours."""
        raise NotImplementedError
