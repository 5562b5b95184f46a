"""What a person sees in a window and does to it."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from counter.screens.face import Face
from counter.screens.fit_label import FitLabel


def named(window: QWidget, name: str) -> QWidget:
    """The visible widget of that name."""
    found = [widget for widget in window.findChildren(QWidget, name) if widget.isVisible()]
    assert len(found) == 1, f"{len(found)} visible widgets are named {name!r}"
    return found[0]


def text(window: QWidget, name: str) -> str:
    """What the label or button of that name says; nothing where it is not to be seen."""
    widgets = [widget for widget in window.findChildren(QWidget, name) if widget.isVisible()]
    return " ".join(str(widget.text()) for widget in widgets if isinstance(widget, QLabel | Face))


def on(window: QWidget) -> set[str]:
    """The names of the buttons that can be pressed."""
    return {face.objectName() for face in window.findChildren(Face) if face.isVisible() and face.isEnabled()}


def click(window: QWidget, name: str) -> None:
    QTest.mouseClick(named(window, name), Qt.MouseButton.LeftButton)


def strike(window: QWidget, *keys: Qt.Key) -> None:
    """Strike keys where the focus is, as the keyboard would."""
    for key in keys:
        QTest.keyClick(window.focusWidget() or window, key)


def hold(window: QWidget, key: Qt.Key) -> None:
    """What a key held down sends after its first stroke."""
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", autorep=True)
    QApplication.sendEvent(window.focusWidget() or window, event)


def cut(window: QWidget) -> list[str]:
    """The texts that had to be shortened."""
    return [label.text() for label in window.findChildren(FitLabel) if label.isVisible() and label.cut]


def outside(window: QWidget) -> list[str]:
    """The names of what stands, even in part, outside the window."""
    parts = [part for part in window.findChildren(QWidget) if part.isVisible() and not part.isWindow()]
    whole = window.rect()
    return [
        part.objectName()
        for part in parts
        if not whole.contains(part.rect().translated(part.mapTo(window, part.rect().topLeft())))
    ]


def settle() -> None:
    """Let all layouts come to rest; one that is laid out anew may change what is around it."""
    for _ in range(5):
        QApplication.processEvents()


def broken(window: QWidget, sizes: Iterable[tuple[int, int]]) -> dict[tuple[int, int], list[str]]:
    """What is cut or stands outside, by the size at which it is; nothing where the window is whole at all of them."""
    found = {}
    for size in sizes:
        window.resize(*size)
        settle()
        assert window.size().toTuple() == size
        if wrong := cut(window) + outside(window):
            found[size] = wrong
    return found


def nameless(window: QWidget) -> list[str]:
    """The visible buttons of which a screen reader would have nothing to say, or not that they are buttons."""
    told = ((button, QAccessible.queryAccessibleInterface(button)) for button in window.findChildren(QAbstractButton))
    roles = (QAccessible.Role.Button, QAccessible.Role.CheckBox, QAccessible.Role.RadioButton)
    return [
        button.objectName()
        for button, heard in told
        if button.isVisible() and not (heard.text(QAccessible.Text.Name).strip() and heard.role() in roles)
    ]
