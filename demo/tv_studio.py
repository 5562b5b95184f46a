"""The lobby TV's real window before a camera: it shows any scene, without a hub, a clock or a voice."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageDraw
from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtGui import QImage

from demo.kiosk_studio import letters_as_drawn
from demo.photograph import photograph
from demo.tv_scenes import NOTICE, NOW, TvMorning, TvScene
from display.screens.notice import page_of
from display.screens.wall import Wall
from shared.hall import DisplaySettings
from shared.qt.pictures import File, Found, decoded
from shared.qt.theme import install_fonts

PICTURE, FILM = "balai.png", "profil.png"


@dataclass(frozen=True)
class TvLook:
    """How a screen is seen: in which hall, on how many pixels, in which languages; `small`: its picture's size."""

    site: str
    size: tuple[int, int]
    languages: tuple[str, ...]
    small: tuple[int, int]

    @property
    def caption(self) -> str:
        """What stands above it."""
        return f"{'×'.join(map(str, self.size))} · {' + '.join(self.languages)}"


class TvStudio:
    """One window after the other, and its camera."""

    def __init__(self, look: TvLook, folder: Path) -> None:
        install_fonts()
        self.look, self._folder = look, folder
        self.morning = TvMorning(look.site)

    def picture(self, scene: TvScene) -> Image.Image:
        """The scene's picture, as large as on a sheet."""
        wall = self._wall(scene)
        try:
            return photograph(wall, self.look.small)
        finally:
            wall.close_media()
            wall.close()
            wall.deleteLater()

    def _wall(self, scene: TvScene) -> Wall:
        own = self.morning.own if scene.layout == "sign" else None
        media = str(self._folder) if scene.layout == "media" else None
        settings = DisplaySettings(
            id="tv", name="TV", layout=scene.layout, counter=own, media=media, languages=list(self.look.languages)
        )
        wall = Wall(self.morning.hall, settings, now=lambda: NOW)
        wall.resize(QSize(*self.look.size))
        wall.show()
        wall.setUpdatesEnabled(False)  # only the camera has it painted: once a picture
        wall.show_view(scene.view)
        if wall.sign is not None:
            wall.show_desks([replace(one, serving="", call=0) for one in scene.desks])
        wall.show_desks(scene.desks)
        self._still(wall)
        if wall.media is not None:
            wall.media.close_folder()
            wall.media._came(self._found(scene, wall.media.size()))  # noqa: SLF001  -- as its thread would, at once
        QCoreApplication.processEvents()
        self._still(wall)
        return wall

    @staticmethod
    def _still(wall: Wall) -> None:
        """Nothing moves: the running text at its beginning, the level sign at rest."""
        if wall.ribbon is not None:
            wall.ribbon.rest()
        if wall.sign is not None:
            wall.sign.level.move_while(speaking=False)

    def _found(self, scene: TvScene, room: QSize) -> Found:
        name = {"picture": PICTURE, "video": FILM}.get(scene.shows, "pengumuman.txt")
        make = page_of if scene.shows == "notice" else decoded  # a film's frame is fitted as a picture is
        made: QImage | None = make(self._folder / name, room)
        return Found(File(name, 1, 1), made)


@contextmanager
def tv_studio(look: TvLook) -> Iterator[TvStudio]:
    """Windows seen so as long as this lasts, with letters that are the same on every machine."""
    with letters_as_drawn(), TemporaryDirectory() as place:
        folder = Path(place)
        _landscape().save(folder / PICTURE)
        _landscape().crop((0, 60, 1600, 960)).resize((1280, 720)).save(folder / FILM)
        (folder / "pengumuman.txt").write_text(NOTICE, "utf-8")
        yield TvStudio(look, folder)


def _landscape() -> Image.Image:
    """A picture such as halls have: hills and a sun, drawn by us."""
    picture = Image.new("RGB", (1600, 1000), "#9CC7D8")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((1180, 120, 1400, 340), fill="#FFD98A")
    for step, (left, top, colour) in enumerate(((-300, 520, "#5E9C76"), (500, 600, "#3F7F60"), (-100, 740, "#2B5F4B"))):
        pen.ellipse((left, top, left + 1500 + 300 * step, top + 1200), fill=colour)
    return picture
