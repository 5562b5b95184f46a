"""The pictures of a folder, one after the other: looked for and decoded at the screen's size in a thread of its own.

What counts as one is told by the makers: a TV also draws pages of text.

A folder on a share that hangs, or a picture of 50 megapixels, never holds up the screen.
"""

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, QRect, QSize, Qt, QThread, Signal, Slot
from PySide6.QtGui import QColor, QImage, QImageIOHandler, QImageReader, QPainter

SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")
MOST_CUT = 0.2
"""Of a picture's height or width that may fall beyond the screen's edge; what would lose more gets margins instead."""
MOST_BYTES = 40_000_000
MOST_PIXELS = {b"jpeg": 100_000_000, b"webp": 50_000_000}
MOST_PIXELS_WHOLE = 20_000_000
"""Pixels a picture may have: JPEG and WebP are made smaller while they are decoded, others (80 MB) after it."""
PATIENCE_MS = 3000
BLUR = QSize(9, 9)
"""Pixels that a picture's surroundings are made of."""
DARKENED = 90
"""By so much, of 255."""


@dataclass(frozen=True)
class Fit:
    """How a picture comes to its room: scaled to `size`, of which `seen` is shown."""

    size: QSize
    seen: QRect


def fit(picture: QSize, room: QSize) -> Fit:
    """Fill the room where no more than `MOST_CUT` of the picture is lost by it; else show all of it."""
    filled = picture.scaled(room, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    lost = max(1 - room.width() / max(filled.width(), 1), 1 - room.height() / max(filled.height(), 1))
    if lost > MOST_CUT:
        whole = picture.scaled(room, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
        return Fit(whole, QRect(0, 0, whole.width(), whole.height()))
    seen = QRect(0, 0, room.width(), room.height())
    seen.moveCenter(QRect(0, 0, filled.width(), filled.height()).center())
    return Fit(filled, seen)


def decoded(path: Path, room: QSize) -> QImage | None:
    """The picture in the size of `room`, as its camera was held; None for one that is broken or gigantic."""
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    whole = reader.size()
    most = MOST_PIXELS.get(bytes(reader.format().data()), MOST_PIXELS_WHOLE)
    if whole.isEmpty() or whole.width() * whole.height() > most:
        return None
    turned = bool(reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90)
    fitted = fit(whole, room.transposed() if turned else room)
    reader.setScaledSize(fitted.size)
    reader.setScaledClipRect(fitted.seen)
    picture = reader.read()
    return None if picture.isNull() else surrounded(picture, room)


def surrounded(picture: QImage, room: QSize) -> QImage:
    """`picture` in the middle of `room`; where it does not fill it, on a soft, darkened reflection of itself."""
    if picture.size() == room:
        return picture.convertToFormat(QImage.Format.Format_RGB32)
    ignore, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    soft = picture.scaled(BLUR, ignore, smooth).scaled(room, ignore, smooth)
    whole = soft.convertToFormat(QImage.Format.Format_RGB32)
    place = QRect(0, 0, picture.width(), picture.height())
    place.moveCenter(whole.rect().center())
    with QPainter(whole) as painter:
        painter.fillRect(whole.rect(), QColor(0, 0, 0, DARKENED))
        painter.drawImage(place, picture)
    return whole


Maker = Callable[[Path, QSize], QImage | None]
"""Makes of a file the picture that fills a room; None of a broken one. Called in the thread."""
MAKERS: Mapping[str, Maker] = dict.fromkeys(SUFFIXES, decoded)


def _any(_name: str) -> bool:
    return True


@dataclass(frozen=True)
class File:
    """One version of a picture on the disk: a file that is replaced is another."""

    name: str
    changed: int
    size: int


@dataclass(frozen=True)
class Found:
    """What came of looking for the next picture.

    `picture`: None where there is none, or it is the one on the screen already (`file` tells). `broken`: the files
    that are there and no pictures. `missing`: the folder cannot be read. `film`: the file is one, and there.
    """

    file: File | None = None
    picture: QImage | None = None
    broken: tuple[str, ...] = ()
    missing: bool = False
    film: Path | None = None


@dataclass
class Folder:
    """A folder of pictures, looked into anew each time: pictures may come and go.

    `makers`: by the ending of a file's name, in small letters; `shows`: whether a file of that name is shown now.
    `films`: endings of what is not made into a picture but played; whoever plays it says what is unfit.
    """

    path: Path
    makers: Mapping[str, Maker] = field(default_factory=lambda: MAKERS)
    shows: Callable[[str], bool] = _any
    films: Collection[str] = ()
    _unfit: set[File] = field(default_factory=set)

    def next(self, shown: File | None, room: QSize) -> Found:
        """The picture that comes after `shown` by name, after the last the first."""
        try:
            files = sorted(self._files(), key=lambda file: file.name.casefold())
        except OSError:
            return Found(missing=True)
        self._unfit &= set(files)
        after = shown.name.casefold() if shown else ""
        later = [file for file in files if file.name.casefold() > after]
        for file in [*later, *(file for file in files if file not in later)]:
            if self._is_film(file.name):
                if file.size and file not in self._unfit:
                    return self._found(file, None, self.path / file.name)
                self._unfit.add(file)
                continue
            if file == shown:
                return self._found(file, None)
            picture = self._picture(file, room)
            if picture is not None:
                return self._found(file, picture)
        return self._found(None, None)

    def reject(self, file: File) -> None:
        """That version of a file is unfit."""
        self._unfit.add(file)

    def holds(self, file: File) -> bool:
        """Whether that version of a file is there, and to be shown now."""
        try:
            return file in self._files()
        except OSError:
            return False

    def _found(self, file: File | None, picture: QImage | None, film: Path | None = None) -> Found:
        return Found(file, picture, tuple(sorted(one.name for one in self._unfit)), film=film)

    def _is_film(self, name: str) -> bool:
        return Path(name).suffix.lower() in self.films

    def _picture(self, file: File, room: QSize) -> QImage | None:
        if file in self._unfit:
            return None
        make = self.makers[Path(file.name).suffix.lower()]
        picture = make(self.path / file.name, room) if file.size <= MOST_BYTES else None
        if picture is None:
            self._unfit.add(file)
        return picture

    def _files(self) -> Iterator[File]:
        with os.scandir(self.path) as entries:
            for entry in entries:
                if self._is_one(entry.name) and entry.is_file():
                    told = entry.stat()
                    yield File(entry.name, told.st_mtime_ns, told.st_size)

    def _is_one(self, name: str) -> bool:
        is_known = Path(name).suffix.lower() in self.makers or self._is_film(name)
        return is_known and not name.startswith(".") and self.shows(name)


class _Looker(QObject):
    """Lives in the thread."""

    found = Signal(object)
    stayed = Signal(object, bool)

    def __init__(self, folder: Folder) -> None:
        super().__init__()
        self._folder = folder

    @Slot(object, QSize)
    def look(self, shown: File | None, room: QSize) -> None:
        self.found.emit(self._folder.next(shown, room))

    @Slot(object)
    def reject(self, file: File) -> None:
        self._folder.reject(file)

    @Slot(object)
    def see(self, file: File) -> None:
        self.stayed.emit(file, self._folder.holds(file))


class Pictures(QObject):
    """The pictures of `folder`. At most two are decoded: the one on the screen, and the one that is asked for.

    came(Found)           the answer to `ask_next`; nothing is asked twice at once
    stayed(File, bool)    the answer to `ask_after`: whether it is still there and to be shown
    """

    came = Signal(object)
    stayed = Signal(object, bool)
    _asked = Signal(object, QSize)
    _asked_after = Signal(object)
    _rejected = Signal(object)

    def __init__(self, folder: Path | Folder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waits = self._is_closed = False
        self._looker = _Looker(folder if isinstance(folder, Folder) else Folder(folder))
        self._looker.found.connect(self._found)
        self._thread = QThread(self)
        self._looker.moveToThread(self._thread)
        self._looker.stayed.connect(self.stayed)
        self._asked.connect(self._looker.look)
        self._asked_after.connect(self._looker.see)
        self._rejected.connect(self._looker.reject)
        self._thread.start(QThread.Priority.LowPriority)

    def ask_next(self, shown: File | None, room: QSize) -> None:
        """Look for the picture after `shown`, for a screen of `room` pixels."""
        if not self._waits:
            self._waits = True
            self._asked.emit(shown, room)

    def ask_after(self, file: File) -> None:
        """Look whether that version of a file is still there."""
        self._asked_after.emit(file)

    def reject(self, file: File) -> None:
        """That version of a file turned out to be unfit; it is passed over from now on, and told as broken."""
        self._rejected.emit(file)

    def close(self) -> bool:
        """End the thread, and tell nothing more that it found; False when it did not end in time."""
        self._is_closed = True
        self._thread.quit()
        return self._thread.wait(PATIENCE_MS)

    @Slot(object)
    def _found(self, found: Found) -> None:
        self._waits = False
        if not self._is_closed:
            self.came.emit(found)
