"""Whose voice browsers hear: recordings, else the site's Piper, else espeak-ng, as on the TVs."""

import asyncio
import io
import sys
import wave
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from hub import board_voice, rendering
from hub.board_voice import BoardVoice
from shared.hall import VoiceSettings
from shared.speech import Speech, call_speech
from shared.voice.clips import Clips, parts_seconds
from tests.shared.voice.piper_folder import piper_folder
from tests.shared.voice.test_clips import record

SYNTHESIS = Path(__file__).parents[1] / "shared/voice/stand_ins/synthesis.py"
ESPEAK_S, PIPER_S = 0.05, 0.5
"""How long the stand-ins' sentences last."""


def call(number: str = "A-012") -> Speech:
    return call_speech(number, "5", language="id", counter_word="loket")


def seconds(told: bytes) -> float:
    with wave.open(io.BytesIO(told)) as file:
        return float(round(file.getnframes() / file.getframerate(), 2))


def heard(folder: Path, play: Callable[[BoardVoice], Awaitable[list[bytes]]], **settings: str) -> list[float]:
    """How long each sentence lasts that a browser is told in the course of a play."""

    async def played() -> list[bytes]:
        voice = BoardVoice(folder / "cache")
        try:
            await voice.take_up(VoiceSettings(**settings))  # type: ignore[arg-type]
            return await play(voice)
        finally:
            await voice.close()

    return [seconds(told) for told in asyncio.run(played())]


async def proved(voice: BoardVoice) -> bytes:
    """The first sentence, after which Piper has said a word to itself."""
    first = await voice.sentence(call())
    while voice._piper is not None and voice._piper._trial is not None:
        await asyncio.wait_for(voice._piper._trial, 20)
    return first


@pytest.fixture
def espeak(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ASKED", str(tmp_path / "asked"))
    monkeypatch.setattr(rendering, "worker_command", lambda _program: [sys.executable, str(SYNTHESIS)])


def test_recordings_are_joined_for_browsers_too(tmp_path: Path) -> None:
    record(tmp_path / "clips", *call().clips)
    parts = Clips(tmp_path / "clips").sentence(call())
    assert parts is not None

    async def play(voice: BoardVoice) -> list[bytes]:
        told = [await voice.sentence(call())]
        assert voice.troubles() == []
        return told

    assert heard(tmp_path, play, clips=str(tmp_path / "clips")) == [pytest.approx(parts_seconds(parts), abs=0.02)]


@pytest.mark.usefixtures("espeak")
def test_piper_speaks_for_browsers_once_it_has_proved_itself(tmp_path: Path) -> None:
    async def play(voice: BoardVoice) -> list[bytes]:
        return [await proved(voice), await voice.sentence(call())]

    folder = piper_folder(tmp_path / "piper")
    assert heard(tmp_path, play, piper=str(folder)) == [ESPEAK_S, PIPER_S]


@pytest.mark.usefixtures("espeak")
def test_a_sentence_on_which_piper_dies_is_said_by_espeak_and_piper_rests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def play(voice: BoardVoice) -> list[bytes]:
        told = [await proved(voice), await voice.sentence(call("B-013")), await proved(voice)]
        assert voice.troubles() == ["piper_unready"]
        monkeypatch.setattr(board_voice, "monotonic", lambda: 1e12)
        told += [await proved(voice), await voice.sentence(call())]
        assert voice.troubles() == []
        return told

    folder = piper_folder(tmp_path / "piper", "--die", "B,")
    assert heard(tmp_path, play, piper=str(folder)) == [*[ESPEAK_S] * 4, PIPER_S]
