"""What a struck key does: it writes where one types, else it works the reading, as a keypad of four keys does."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QStackedWidget

from kiosk.kiosk import Kiosk
from kiosk.modes import Mode
from kiosk.scanning import Stroke
from kiosk.screens.code_page import CodePage
from kiosk.screens.keys import is_one_of
from kiosk.screens.reader import Reader
from kiosk.screens.search import SearchPage


class Strokes(QObject):
    """Hears the keys that no button and no scanner has taken. `reader`: None where the kiosk has no voice."""

    def __init__(self, kiosk: Kiosk, reader: Reader | None, pages: QStackedWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._kiosk, self._reader, self._pages = kiosk, reader, pages

    def hear(self, stroke: Stroke) -> None:
        """A key: whoever types writes; else it is the keypad's, and the first one begins the reading."""
        scene, page = self._kiosk.scene, self._pages.currentWidget()
        if isinstance(page, (SearchPage, CodePage)) and not scene.modes.spoken and _types(page, stroke):
            return
        act, begins = self._act_of(stroke)
        if act is None or self._reader is None:
            return
        if scene.modes.spoken:
            act()
        elif begins:
            self._kiosk.switch(Mode.SPOKEN)

    def _act_of(self, stroke: Stroke) -> tuple[Callable[[], None] | None, bool]:
        """The keypad: arrows (also by digits) move, Enter or 5 chooses, Escape or 0 goes back. An arrow turns it on."""
        reader, key = self._reader, Qt.Key
        if reader is None:
            return None, False
        for keys, digits, act, begins in (
            ((key.Key_Left, key.Key_Up), "48", reader.before, True),
            ((key.Key_Right, key.Key_Down), "62", reader.after, True),
            ((key.Key_Return, key.Key_Enter, key.Key_Space), "5", reader.choose, False),
            ((key.Key_Escape, key.Key_Backspace), "0", reader.leave, False),
        ):
            if is_one_of(stroke, keys, digits):
                return act, begins
        return None, False


def _types(page: SearchPage | CodePage, stroke: Stroke) -> bool:
    """Whether a real keyboard's key was for what is typed on a page. Enter takes nothing in the search."""
    if stroke.key == Qt.Key.Key_Backspace:
        page.erase()
    elif stroke.key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(page, CodePage):
        page.take.click()
    elif stroke.text and stroke.text.isprintable():
        page.type(stroke.text)
    else:
        return False
    return True
