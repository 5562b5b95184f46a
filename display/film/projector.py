"""Inside the film program: a file → Qt's decoder → frames in shared memory (display/film/player.py says how told)."""

import json
import queue
import sys
from typing import Any

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QObject, QPoint, QRect, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtMultimedia import (
    QAudioOutput,
    QMediaDevices,
    QMediaMetaData,
    QMediaPlayer,
    QtAudio,
    QVideoFrame,
    QVideoSink,
)

from display.ducking import RAMP_MS, ramp
from display.film.frames import SLOTS, Frames, drawn_size, join_frames
from display.film.scaling import Scaler, upright_size
from shared.qt.obey import obey
from shared.qt.pictures import fit, surrounded

MOST_PIXELS = 9_000_000
"""Of a frame: 4K has 8.3 million. More would want memory and time that a TV's PC has not."""
LEAST_BETWEEN_US = 24_000
"""Time of the film between two frames that are drawn: of 50 or 60 a second each other one."""
STANDS_STILL = 8
"""Seconds without progress after which it is given up: by the file's fault, or as its sound server has gone."""
STUCK = 3
LEAST_CUT_MS, LEAST_CUT_SHARE = 2_000, 0.1
"""What must be missing at its end for a film to count as cut short: some tell their length in round figures."""
_BEAT_MS = 1_000
_STEP_MS = 20


def run(orders: "queue.SimpleQueue[str]") -> int:
    """Show the film of the first order; returns the exit status once it has ended."""
    app = QCoreApplication(["Antre"])
    projector = Projector()
    obey(orders, projector.came)
    return app.exec()


class Projector(QObject):
    """Shows one film.

    came(str)  an order, as a line of JSON
    """

    came = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._player = QMediaPlayer(self)
        self._sink = QVideoSink(self)
        self._player.setVideoSink(self._sink)
        self._sink.videoFrameChanged.connect(self._frame)
        self._player.mediaStatusChanged.connect(self._status)
        self._player.errorOccurred.connect(self._error)
        self._frames: Frames | None = None
        self._room, self._place = QSize(), QRect()
        self._size, self._seen = QSize(), QRect()
        self._scaler = Scaler()
        self._free = list(range(SLOTS))
        self._from_ms = 0
        self._drawn_us = -LEAST_BETWEEN_US
        self._last_us = 0
        self._beat = QTimer(self, interval=_BEAT_MS)
        self._beat.timeout.connect(self._tell_place)
        self._at, self._still = -1, 0
        self._sound: _Sound | None = None
        self.came.connect(self._order)

    # ------------------------------------------------------------ orders

    def _order(self, line: str) -> None:
        order = json.loads(line)
        if "show" in order:
            self._show(order)
        elif "free" in order:
            self._free.append(order["free"])
        elif self._sound is not None:
            self._sound.turn(order["volume"], order["share"])

    def _show(self, order: dict[str, Any]) -> None:
        self._room = QSize(order["width"], order["height"])
        self._frames = join_frames(order["frames"], self._room)
        self._from_ms = order["from_ms"]
        if order["sound"]:
            self._sound = _Sound(self._player, order["volume"], order["share"])
        self._beat.start()
        self._player.setSource(QUrl.fromLocalFile(order["show"]))

    # ------------------------------------------------------------ the film

    def _status(self, status: QMediaPlayer.MediaStatus) -> None:
        if status is QMediaPlayer.MediaStatus.LoadedMedia and self._place.isNull() and not self._player.isPlaying():
            self._begin()
        elif status is QMediaPlayer.MediaStatus.EndOfMedia:
            self._end()
        elif status is QMediaPlayer.MediaStatus.InvalidMedia:
            _leave(failed=self._player.errorString() or "not a film")

    def _begin(self) -> None:
        size = self._player.metaData().value(QMediaMetaData.Key.Resolution)
        if not self._player.hasVideo() or not isinstance(size, QSize):
            _leave(failed="no moving picture in it")
        elif size.width() * size.height() > MOST_PIXELS:
            _leave(failed=f"too large: {size.width()}×{size.height()}")
        else:
            if 0 < self._from_ms < self._player.duration() and self._player.isSeekable():
                self._player.setPosition(self._from_ms)
            self._player.play()

    def _end(self) -> None:
        if self._place.isNull():
            _leave(failed="no frame could be decoded")
            return
        missing = self._player.duration() - self._last_us / 1000
        _leave(ended=missing <= max(LEAST_CUT_MS, LEAST_CUT_SHARE * self._player.duration()))

    def _error(self, _error: QMediaPlayer.Error, why: str) -> None:
        if self._place.isNull() and not self._player.isPlaying():
            _leave(failed=why or "cannot be played")
        # A film that breaks off later ends then, and `_end` sees what is missing.

    def _tell_place(self) -> None:
        at = self._player.position()
        self._still = self._still + 1 if at == self._at else 0
        self._at = at
        if self._still >= STANDS_STILL:
            QCoreApplication.exit(STUCK)
        else:
            _tell(at_ms=at)

    def _frame(self, frame: QVideoFrame) -> None:
        if not frame.isValid() or self._frames is None:
            return
        self._last_us = max(self._last_us, frame.endTime(), frame.startTime())
        since = frame.startTime() - self._drawn_us
        if self._free and not 0 <= since < LEAST_BETWEEN_US:  # else the TV has no time for it, or it is one too many
            self._drawn_us = frame.startTime()
            self._draw(frame, self._frames)

    def _draw(self, frame: QVideoFrame, frames: Frames) -> None:
        if self._place.isNull():
            self._draw_first(frame, frames)
            return
        if frame.size() != self._size:
            self._look_at(frame, self._place.size())
        slot = self._free[0]
        if self._scaler.draw(frame, self._seen, frames.image(slot, drawn_size(self._place.size()))):
            self._free.remove(slot)
            _tell(frame=slot, at_ms=self._player.position())

    def _look_at(self, frame: QVideoFrame, shape: QSize) -> None:
        """Know what is seen of frames of this size, which may change in the middle of a film."""
        self._size, self._seen = frame.size(), _seen(shape, upright_size(frame))

    def _draw_first(self, frame: QVideoFrame, frames: Frames) -> None:
        """The frame with what surrounds it, as of a photograph; and where later frames go."""
        picture = upright_size(frame)
        if picture.isEmpty():
            return
        size = fit(picture, self._room).seen.size()
        self._look_at(frame, size)
        first = QImage(drawn_size(size), QImage.Format.Format_RGB32)
        if not self._scaler.draw(frame, self._seen, first):
            return
        at = self._place = QRect(QPoint(), size)
        at.moveTo((self._room.width() - size.width()) // 2, (self._room.height() - size.height()) // 2)
        slot = self._free.pop(0)
        onto = frames.image(slot, self._room)
        with QPainter(onto) as painter:
            painter.drawImage(0, 0, surrounded(first.copy(QRect(QPoint(), size)), self._room))
        _tell(begun=slot, place=[at.x(), at.y(), at.width(), at.height()])


class _Sound:
    """The film's own sound, on the device that also speaks; louder and quieter by a soft ramp."""

    def __init__(self, player: QMediaPlayer, volume: float, share: float) -> None:
        self._output = QAudioOutput(QMediaDevices.defaultAudioOutput(), player)
        player.setAudioOutput(self._output)
        self._end = self._begin = _amplitude(volume, share)
        self._output.setVolume(self._end)
        self._since = QElapsedTimer()
        self._step = QTimer(player, interval=_STEP_MS)
        self._step.timeout.connect(self._go)

    def turn(self, volume: float, share: float) -> None:
        """Be so loud from now on."""
        self._begin, self._end = self._output.volume(), _amplitude(volume, share)
        self._since.start()
        self._step.start()

    def _go(self) -> None:
        elapsed = self._since.elapsed()
        self._output.setVolume(ramp(self._begin, self._end, elapsed))
        if elapsed >= RAMP_MS:
            self._step.stop()


def _amplitude(volume: float, share: float) -> float:
    scale = QtAudio.VolumeScale
    return share * float(QtAudio.convertVolume(volume, scale.LogarithmicVolumeScale, scale.LinearVolumeScale))


def _seen(shape: QSize, picture: QSize) -> QRect:
    """As much of a picture as has that shape, its middle: between even lines and columns, as colours stand for two."""
    whole = shape.scaled(picture, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
    wide, tall = (side // 2 * 2 or side for side in (whole.width(), whole.height()))
    left, top = (room // 4 * 2 for room in (picture.width() - wide, picture.height() - tall))
    return QRect(left, top, wide, tall)


def _leave(**last: object) -> None:
    _tell(**last)
    QCoreApplication.quit()


def _tell(**answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
