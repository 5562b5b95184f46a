"""Whose voice says a sentence: recordings before the site's Piper model before espeak-ng, and never silence."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from display.ranking import Ranking, Sentence
from shared.hall import DisplaySettings
from shared.qt.voice.renderer import Renderer
from shared.speech import call_speech, clip_names
from tests.shared.voice.piper_folder import piper_folder
from tests.shared.voice.test_clips import record

SYNTHESIS = Path(__file__).parents[1] / "shared/voice/stand_ins/synthesis.py"
INDONESIAN = call_speech("A-012", "5", language="id", counter_word="loket")
ENGLISH = call_speech("A-012", "5", language="en", counter_word="loket")

Make = Callable[..., Ranking]


@pytest.fixture
def make(
    tmp_path: Path,
    qtbot: QtBot,  # noqa: ARG001  -- brings the loop that the programs need
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Make]:
    monkeypatch.setenv("ASKED", str(tmp_path / "asked"))
    made: list[Ranking] = []

    def build(*, piper: Path | None = None, clips: Path | None = None) -> Ranking:
        settings = DisplaySettings(id="tv", name="TV", piper=str(piper or ""), clips=str(clips or ""))
        renderer = Renderer(tmp_path / "cache", command=[sys.executable, str(SYNTHESIS)])
        made.append(Ranking(settings, tmp_path / "cache", renderer=renderer))
        return made[-1]

    yield build
    for ranking in made:
        ranking.stop()


def said(ranking: Ranking, qtbot: QtBot, speech: object = INDONESIAN) -> str:
    """Whose voice says it, once it can be said."""
    found: list[Sentence] = []

    def is_there() -> bool:
        sentence = ranking.sentence(speech)  # type: ignore[arg-type]
        found.extend([sentence] if sentence else [])
        return bool(found)

    qtbot.waitUntil(is_there, timeout=20_000)
    return found[0].voice


def speaks(ranking: Ranking, language: str = "id") -> bool:
    return ranking._piper is not None and ranking._piper.can_say(language)


def test_without_recordings_and_model_espeak_says_it(make: Make, qtbot: QtBot) -> None:
    ranking = make()
    assert (said(ranking, qtbot), any(ranking.troubles.values()), ranking.facts) == ("espeak-ng", False, {})


def test_recordings_go_before_a_model_and_a_model_before_espeak(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    clips = tmp_path / "clips"
    record(clips, *clip_names("en", counter_word="loket"))
    ranking = make(piper=piper_folder(tmp_path / "piper", languages=("id", "en")), clips=clips)
    qtbot.waitUntil(lambda: speaks(ranking, "en") and speaks(ranking))
    assert (said(ranking, qtbot), said(ranking, qtbot, ENGLISH)) == ("piper", "clips")
    assert not (tmp_path / "asked").exists()
    assert any(ranking.troubles.values()) is False


def test_a_language_without_a_model_is_said_by_espeak_and_that_is_no_trouble(
    make: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    ranking = make(piper=piper_folder(tmp_path / "piper"))
    qtbot.waitUntil(lambda: speaks(ranking))
    assert (said(ranking, qtbot), said(ranking, qtbot, ENGLISH)) == ("piper", "espeak-ng")
    assert any(ranking.troubles.values()) is False


def test_until_piper_has_proved_itself_nobody_waits_for_it(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    ranking = make(piper=piper_folder(tmp_path / "piper", "--hang", "nol"))
    assert said(ranking, qtbot) == "espeak-ng"


def test_a_sentence_on_which_piper_dies_is_said_by_espeak_and_that_is_told(
    make: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    ranking = make(piper=piper_folder(tmp_path / "piper", "--die", "antrean"))
    qtbot.waitUntil(lambda: speaks(ranking))
    assert said(ranking, qtbot) == "espeak-ng"
    assert ranking.troubles == {"no_voice": False, "clips_missing": False, "piper_unready": True}
    assert ranking.facts == {"piper_lacks": "id"}


def test_a_model_without_its_description_is_told_and_espeak_speaks(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    folder = piper_folder(tmp_path / "piper")
    (folder / "id.onnx.json").unlink()
    ranking = make(piper=folder)
    assert said(ranking, qtbot) == "espeak-ng"
    assert (ranking.troubles["piper_unready"], ranking.facts) == (True, {"piper_lacks": "id.onnx.json"})


def test_a_tv_that_is_told_of_no_model_any_more_goes_on_with_espeak(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    ranking = make(piper=piper_folder(tmp_path / "piper", "--hang", "antrean"))
    qtbot.waitUntil(lambda: speaks(ranking))
    assert ranking.sentence(INDONESIAN) is None
    with qtbot.waitSignal(ranking.changed):
        ranking.take_up(DisplaySettings(id="tv", name="TV"))
    assert said(ranking, qtbot) == "espeak-ng"
