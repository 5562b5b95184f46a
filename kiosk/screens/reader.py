"""Reads a screen out and works it: what is on it becomes texts and choices, walked through one by one."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from kiosk.kiosk import Kiosk
from kiosk.modes import AS_USUAL
from kiosk.narration import Choice, choice_text, screen_text
from kiosk.narrator import Narrator
from kiosk.scene import Scene
from kiosk.screens.big_text import BigText
from kiosk.screens.card import Figure
from kiosk.screens.dressed import Written
from kiosk.screens.information import Entries
from kiosk.screens.zones import Zones
from shared.qt.later import later
from shared.words import Words

WAYS_BACK = ("back", "sorry-back", "modes-done", "done")
"""The buttons that lead back from a screen, by name."""


NOT_READ = ("sorry-code",)
"""What is only for the staff, by name."""


class Reader(QObject):
    """What the zones and the keys do while a screen is read out.

    It knows no screen: it reads the visible texts of the layer that lies on top and offers its visible buttons.
    """

    def __init__(self, kiosk: Kiosk, narrator: Narrator, zones: Zones, parent: QObject) -> None:
        super().__init__(parent)
        self._kiosk, self._narrator, self._zones = kiosk, narrator, zones
        self._layer: QWidget | None = None
        self._others: tuple[QAbstractButton, ...] = ()
        self._seen: Scene | None = None
        self._place = -1
        zones.before.connect(self.before)
        zones.after.connect(self.after)
        zones.choose.connect(self.choose)
        zones.leave.connect(self.leave)
        narrator.known.connect(self._known)

    def look_at(self, scene: Scene, layer: QWidget, others: tuple[QAbstractButton, ...]) -> None:
        """`scene` is shown now: `layer` lies on top; `others` stand on every screen."""
        self._layer, self._others = layer, others
        if not (scene.modes.spoken or scene.choosing_modes):
            self._narrator.close()
            self._seen = None
            return
        self._narrator.open(scene.language)
        if not scene.modes.spoken or self._seen == _what_matters(scene):
            return
        first = self._seen is None
        self._seen = _what_matters(scene)
        if self._narrator.there:
            later(self, 0, lambda: self._read(first=first))  # once its buttons are laid out

    def _known(self, there: bool) -> None:  # noqa: FBT001  -- a signal's payload has no name
        """The first words wait until there is a voice; where there is none, the screen becomes visible again."""
        if not there:
            self._kiosk.mute()
        elif self._kiosk.scene.modes.spoken:
            self._read(first=True)

    # -------------------------------------------------------- reading

    @property
    def _words(self) -> Words:
        return Words(self._kiosk.scene.language)

    def _read(self, *, first: bool = False) -> None:
        """Read the whole screen, from its beginning; `first`: say how it is moved through."""
        self._place = -1
        if self._layer is None:
            return
        text = screen_text(list(texts(self._layer, self._words)), len(self._buttons()), self._words)
        self._say(f"{how(self._words)} {text}" if first else text)

    def _say(self, text: str) -> None:
        self._zones.saying.write(text)
        self._narrator.say(self._kiosk.scene.language, text)

    def _buttons(self) -> list[QAbstractButton]:
        layer = self._layer
        own = layer.findChildren(QAbstractButton) if layer is not None else []
        return [button for button in (*own, *self._others) if button.isVisible()]

    # -------------------------------------------------------- moving

    def before(self) -> None:
        """The choice before; before the first one the screen is read again."""
        self._unless_asked(lambda: self._move(-1))

    def after(self) -> None:
        """The next choice; after the last one the screen is read again."""
        self._unless_asked(lambda: self._move(1))

    def choose(self) -> None:
        """Press the choice that was said last."""
        self._unless_asked(self._press)

    def leave(self) -> None:
        """Back by one screen; from the first one the visit ends, and with it the reading."""
        self._unless_asked(self._go_back)

    def _unless_asked(self, act: Callable[[], None]) -> None:
        """Whatever is touched while the screen asks 'Masih di sana?' is the answer, and nothing else."""
        asked = self._kiosk.scene.still_there
        self._kiosk.touched()
        if not asked:
            act()

    def _move(self, by: int) -> None:
        buttons = self._buttons()
        self._place += by
        if self._place < -1:
            self._place = len(buttons) - 1
        if not 0 <= self._place < len(buttons):
            self._read()
            return
        self._say(choice_text(_choice(buttons[self._place]), self._place + 1, self._words))

    def _press(self) -> None:
        buttons, before = self._buttons(), self._seen
        if not 0 <= self._place < len(buttons):
            self._say(self._words.say("Pilih dulu dengan Berikutnya."))
            return
        button = buttons[self._place]
        if not button.isEnabled():
            self._move(0)
            return
        names = [_choice(one).name for one in buttons]
        button.click()
        if self._seen == before:
            later(self, 0, lambda: self._after_choice(names))

    def _after_choice(self, names: list[str]) -> None:
        """The same screen: another page of it is read; a switch says what it is now."""
        if [_choice(one).name for one in self._buttons()] != names and self._is_page_turned(names):
            self._read()
        else:
            self._move(0)

    def _is_page_turned(self, names: list[str]) -> bool:
        """Whether most choices are others now: a switch that changed its name is not another page."""
        now = [_choice(one).name for one in self._buttons()]
        return sum(name not in names for name in now) > 1

    def _go_back(self) -> None:
        ways = {button.objectName(): button for button in self._buttons() if button.isEnabled()}
        for name in WAYS_BACK:
            if name in ways:
                ways[name].click()
                return
        self._kiosk.home()


def texts(layer: QWidget, words: Words) -> Iterator[str]:
    """What there is to read in `layer`, the number first."""
    found = [widget for widget in layer.findChildren(QWidget) if widget.isVisible()]
    for number in found:
        if isinstance(number, BigText):
            yield words.say("Nomor Anda: {number}.", number=number.text())
    for widget in found:
        if isinstance(widget, BigText) or widget.objectName() in NOT_READ:
            continue
        if isinstance(widget, (QLabel, Written, Figure, Entries)) and not _is_in_button(widget, layer):
            yield widget.accessibleName() or widget.text()


def how(words: Words) -> str:
    """How one moves through a screen that is read out."""
    return words.say(
        "Layar dibacakan. Sentuh kanan atas untuk berikutnya, kiri atas untuk sebelumnya, kanan bawah untuk memilih, "
        "kiri bawah untuk kembali."
    )


def _is_in_button(widget: QWidget, layer: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and parent is not layer:
        if isinstance(parent, QAbstractButton):
            return True
        parent = parent.parentWidget()
    return False


def _choice(button: QAbstractButton) -> Choice:
    checked = button.isChecked() if button.isCheckable() else None
    return Choice(button.accessibleName() or button.text(), button.isEnabled(), checked)


def _what_matters(scene: Scene) -> Scene:
    """The scene without what changes while one reads."""
    spoken = replace(AS_USUAL, spoken=scene.modes.spoken)
    query, code = (None if text is None else "" for text in (scene.query, scene.code))
    return replace(
        scene,
        query=query,
        code=code,
        stay=None,
        visiting=True,
        priority=False,
        giving_back=False,
        can_give_back=False,
        modes=spoken,
    )
