"""Inside the playing program: orders → QAudioSink → answers (shared/qt/voice/speaker.py says which).

QAudioSink and not QMediaPlayer: measured on a null sink the first sound leaves 3–11 ms after the order (QMediaPlayer:
40–200 ms, and it swallowed one of eight sounds); QSoundEffect errors where there is no device.
"""

import json
import queue
import sys
import time
from array import array

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QObject, QTimer, Signal
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSink, QMediaDevices, QtAudio

from shared.qt.later import later
from shared.qt.obey import obey
from shared.qt.voice.speaker import server_answers, server_socket
from shared.voice.pieces import joined
from shared.voice.sound import Sound, Unreadable, at_rate, levels

LOST = 3
"""Exit status: the sound server or the last device went away; another process can find what is there now."""

_TICK_MS = 20
_WATCH_MS = 2000  # another TV takes over within 5 s of when this one cannot be heard
_WARM_MS = 400
_STALLED_S = 1.5
_DUMMY = b"auto_null"  # what PulseAudio offers where there is no device: 'Dummy Output'
_FADE = (0.7, 0.45, 0.25, 0.1, *[0.0] * 15)  # of what is broken off, tick by tick; then a breath before the next call


def run(orders: "queue.SimpleQueue[str]") -> int:
    """Play what `orders` bring until no device can be reached any more; returns the exit status."""
    QCoreApplication.setLibraryPaths([])  # no media backend: FFmpeg would cost 12 MB, and QAudioSink needs none
    app = QCoreApplication(["Antre"])
    playback = Playback()
    QTimer.singleShot(0, playback.begin)
    obey(orders, playback.came)
    return app.exec()


class Playback(QObject):
    """Plays one order at a time.

    came(str)  an order, as a line of JSON
    """

    came = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._devices = QMediaDevices(self)
        self._devices.audioOutputsChanged.connect(self._look)
        self._told: str | None = None
        self._volume = 1.0
        self._playing: _Playing | None = None
        self._warm: _Playing | None = None
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._check)
        self._server = server_socket() if sys.platform == "linux" else None
        self._watch = QTimer(self, interval=_WATCH_MS)
        self._watch.timeout.connect(self._watch_server)
        self.came.connect(self._order)

    def begin(self) -> None:
        """Say which device there is, and play a silence: the first sound of a process would be 0.2 s late."""
        self._look()
        if self._told:
            self._warm = _Playing(0, Sound(array("h", bytes(4000)), 22_050))
            later(self, _WARM_MS, self._cool)
        if self._server is not None:
            self._watch.start()

    def _cool(self) -> None:
        self._warm = None  # an open stream, even with nothing in it, wakes this process 80 times a second

    def _look(self) -> None:
        device = QMediaDevices.defaultAudioOutput()
        name = "" if device.isNull() or bytes(device.id().data()) == _DUMMY else device.description()
        if name != self._told:
            self._told = name
            _tell(device=name)
        if sys.platform == "linux" and not QMediaDevices.audioOutputs():
            _leave()

    def _watch_server(self) -> None:
        # Qt does not tell that the server has gone; the next sound would abort this process.
        if self._server is not None and not server_answers(self._server):
            _tell(device="")
            _leave()

    def _order(self, line: str) -> None:
        order = json.loads(line)
        if "volume" in order:
            self._set_volume(order["volume"])
            return
        if "hush" in order:
            self._hush(order["hush"])
            return
        try:
            sound = joined(order["parts"])
        except Unreadable as why:
            _tell(failed=order["play"], why=str(why))
            return
        self._playing = _Playing(order["play"], sound, self._volume)
        _tell(playing=order["play"], seconds=round(sound.seconds, 3), levels=levels(sound))
        self._tick.start()

    def _set_volume(self, volume: float) -> None:
        scale = QtAudio.VolumeScale
        self._volume = QtAudio.convertVolume(volume, scale.LogarithmicVolumeScale, scale.LinearVolumeScale)
        if self._playing is not None:
            self._playing.set_volume(self._volume)

    def _hush(self, order: int) -> None:
        if self._playing is not None and self._playing.order == order:
            self._playing.fade()

    def _check(self) -> None:
        if self._playing is None:
            self._tick.stop()
        elif self._playing.stalled():
            _leave()
        elif self._playing.over():
            _tell(done=self._playing.order)
            self._playing = None


class _Playing:
    """One sound on its way to the device."""

    def __init__(self, order: int, sound: Sound, volume: float = 1.0) -> None:
        device = QMediaDevices.defaultAudioOutput()
        form, fitting = _fit(device, sound)
        self.order = order
        self._seconds = sound.seconds
        self._buffer = QBuffer()
        self._buffer.setData(fitting.tobytes())
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._sink = QAudioSink(device, form)
        self._begun = self._moved = time.monotonic()
        self._heard_us = 0
        self._fading: list[float] | None = None
        self._volume = volume
        if volume < 1:
            self._sink.setVolume(volume)
        self._sink.start(self._buffer)

    def set_volume(self, volume: float) -> None:
        """Go on that loud, 0–1 of the samples."""
        self._volume = volume
        if self._fading is None:
            self._sink.setVolume(volume)

    def fade(self) -> None:
        """Fall silent within a tenth of a second, a step at each `over`: broken off in mid-wave it would click."""
        self._fading = list(_FADE)

    def over(self) -> bool:
        """Whether all of it has been heard that is to be."""
        if self._fading is not None:
            return self._faded(self._fading)
        idle = self._sink.state() is not QtAudio.State.ActiveState
        return idle and time.monotonic() >= self._begun + self._seconds

    def _faded(self, left: list[float]) -> bool:
        if left:
            self._sink.setVolume(left.pop(0) * self._volume)
        return not left

    def stalled(self) -> bool:
        """Whether the device stopped taking sound before the end."""
        now, heard_us = time.monotonic(), self._sink.processedUSecs()
        if heard_us != self._heard_us or self._sink.state() is QtAudio.State.IdleState:
            self._heard_us, self._moved = heard_us, now
        return now - self._moved > _STALLED_S


def _fit(device: QAudioDevice, sound: Sound) -> tuple[QAudioFormat, "array[int]"]:
    """The sound in a format the device takes: as it is, or at the device's own rate and channels."""
    form = QAudioFormat()
    form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    form.setSampleRate(sound.rate)
    form.setChannelCount(1)
    if device.isFormatSupported(form):
        return form, sound.samples
    own = device.preferredFormat()
    form.setSampleRate(own.sampleRate())
    form.setChannelCount(own.channelCount())
    mono = at_rate(sound, own.sampleRate()).samples
    return form, array("h", (sample for sample in mono for _ in range(own.channelCount())))


def _tell(**answer: object) -> None:
    print(json.dumps(answer), flush=True)  # noqa: T201  -- standard output is how it answers


def _leave() -> None:
    QCoreApplication.exit(LOST)
