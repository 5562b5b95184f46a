"""The tone of a neighbour's call for help, played once: `python -m counter.ring`. Silent where there is no device."""

import sys
import wave

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QTimer
from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices

from shared.assets import ASSETS

TONE = ASSETS / "sounds" / "help.wav"
LONGEST_MS = 3000
"""Then it ends, whatever the sound device does."""


def main() -> int:
    """Play the tone; returns the exit status."""
    QCoreApplication.setLibraryPaths([])  # no media backend: QAudioSink needs none
    app = QCoreApplication(["Antre"])
    device = QMediaDevices.defaultAudioOutput()
    if device.isNull():
        return 0
    with wave.open(str(TONE), "rb") as file:
        rate, samples = file.getframerate(), file.readframes(file.getnframes())
    form = QAudioFormat()
    form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    form.setSampleRate(rate)
    form.setChannelCount(1)
    buffer = QBuffer()
    buffer.setData(samples)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    sink = QAudioSink(device, form)
    sink.start(buffer)
    QTimer.singleShot(min(LONGEST_MS, len(samples) // 2 * 1000 // rate + 300), app.quit)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
