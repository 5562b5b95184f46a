"""When the hall's pictures pass: nobody has touched this kiosk for a while, and it is ready for who comes."""

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.kiosk import Kiosk
from kiosk.printer_watch import Aside
from kiosk.scene import Scene, Stage
from shared.qt.pictures import Found

BROKEN, MISSING = "picture_broken", "pictures_missing"


def may_pass(scene: Scene) -> bool:
    """Whether nobody stands here and a touch would begin a visit: not while the hub is away or paper is out."""
    return scene.stage is Stage.CHOOSING and not scene.visiting and not scene.choosing_modes


class Attraction(QObject):
    """Waits `after_s` from when nobody stands here any more; then pictures may pass until somebody comes.

    changed(bool)   they may pass now, or may no longer
    """

    changed = Signal(bool)

    def __init__(self, kiosk: Kiosk, *, after_s: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kiosk = kiosk
        self.on = self._held = False
        self._wait = QTimer(self, singleShot=True)
        self._wait.setInterval(round(after_s * 1000))
        self._wait.timeout.connect(lambda: self._turn(on=True))
        kiosk.scene_changed.connect(self._look_at)
        self._look_at(kiosk.scene)

    def _look_at(self, scene: Scene) -> None:
        if self._held or not may_pass(scene):
            self._wait.stop()
            self._turn(on=False)
        elif not self.on and not self._wait.isActive():
            self._wait.start()

    def hold(self, *, held: bool) -> None:
        """None may pass while a technician is at work here."""
        self._held = held
        self._look_at(self._kiosk.scene)

    def _turn(self, *, on: bool) -> None:
        if on != self.on:
            self.on = on
            self.changed.emit(on)

    def hear(self, found: Found) -> None:
        """Have the hub told which pictures are none, and of a folder that cannot be read."""
        troubles = ((BROKEN,) if found.broken else ()) + ((MISSING,) if found.missing else ())
        facts = {"broken_pictures": ", ".join(found.broken)} if found.broken else {}
        self._kiosk.also_tell(Aside(troubles, facts))
