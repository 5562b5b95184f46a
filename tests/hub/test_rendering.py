"""Sentences for browsers: each made once, nobody waits without end, a program that hangs leaves no line behind it."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from hub import rendering
from hub.rendering import MOST_WAITING, Renderer
from shared.trouble import Trouble

STAND_IN = [sys.executable, str(Path(__file__).parents[1] / "shared/voice/stand_ins/synthesis.py")]
PATIENCE_S = 30


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """The texts the program was given."""
    path = tmp_path / "asked"
    monkeypatch.setenv("ASKED", str(path))
    return lambda: path.read_text().splitlines() if path.exists() else []


def played(folder: Path, scene: Callable[[Renderer], Awaitable[None]], *flags: str, timeout_s: float = 20) -> None:
    """Run a scene with a renderer whose program is a stand-in with these flags."""

    async def main() -> None:
        renderer = Renderer(folder / "cache", command=[*STAND_IN, *flags], timeout_s=timeout_s)
        try:
            await asyncio.wait_for(scene(renderer), PATIENCE_S)
        finally:
            await renderer.close()

    asyncio.run(main())


async def refused(*asking: Awaitable[bytes]) -> list[str]:
    told = await asyncio.gather(*asking, return_exceptions=True)
    return [one.code if isinstance(one, Trouble) else "" for one in told]


def test_however_many_ask_for_a_sentence_it_is_made_once(tmp_path: Path, asked: Callable[[], list[str]]) -> None:
    async def scene(renderer: Renderer) -> None:
        made = await asyncio.gather(*(renderer.sentence("id", "satu") for _ in range(50)))
        assert {one[:4] for one in made} == {b"RIFF"}

    played(tmp_path, scene)
    assert asked() == ["satu"]


@pytest.mark.usefixtures("asked")
def test_more_sentences_than_can_be_said_in_time_are_refused_at_once(tmp_path: Path) -> None:
    async def scene(renderer: Renderer) -> None:
        begun = [asyncio.ensure_future(renderer.sentence("id", str(n))) for n in range(MOST_WAITING)]
        await asyncio.sleep(0)  # each has taken its place
        assert await refused(renderer.sentence("id", "satu lagi")) == ["voice_busy"]
        (tmp_path / "mark").touch()
        assert await refused(*begun) == [""] * MOST_WAITING
        assert (await renderer.sentence("id", "satu lagi"))[:4] == b"RIFF"

    played(tmp_path, scene, "--cold", str(tmp_path / "mark"))


def test_while_the_program_hangs_nobody_waits_longer_than_told_and_what_waited_is_left_out(
    tmp_path: Path, asked: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "WAIT_S", 0.2)

    async def scene(renderer: Renderer) -> None:
        hanging = [renderer.sentence("id", text) for text in ("dua", "tiga", "empat")]
        assert await refused(*hanging) == ["voice_busy"] * 3
        (tmp_path / "mark").touch()
        assert await asyncio.gather(*renderer._coming.values()) == [True, False, False]
        monkeypatch.setattr(rendering, "WAIT_S", PATIENCE_S)
        assert (await renderer.sentence("id", "lima"))[:4] == b"RIFF"

    played(tmp_path, scene, "--cold", str(tmp_path / "mark"))
    assert asked() == ["dua", "lima"]


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("flag", ["--hang", "--die", "--refuse"])
def test_a_sentence_that_cannot_be_made_is_refused_and_the_next_is_made(tmp_path: Path, flag: str) -> None:
    async def scene(renderer: Renderer) -> None:
        assert await refused(renderer.sentence("id", "dua")) == ["voice_busy"]
        assert (await renderer.sentence("id", "tiga"))[:4] == b"RIFF"

    played(tmp_path, scene, flag, "dua", timeout_s=1 if flag == "--hang" else 20)


def test_who_is_closed_starts_no_program_for_what_waits(tmp_path: Path, asked: Callable[[], list[str]]) -> None:
    async def scene(renderer: Renderer) -> None:
        waiting = [asyncio.ensure_future(renderer.sentence("id", text)) for text in ("dua", "tiga")]
        while asked() != ["dua"]:  # noqa: ASYNC110  -- what another program writes
            await asyncio.sleep(0.01)
        await renderer.close()
        assert await refused(*waiting) == ["voice_busy"] * 2
        assert await refused(renderer.sentence("id", "empat")) == ["voice_busy"]
        assert renderer._program is None

    played(tmp_path, scene, "--hang", "dua")
    assert asked() == ["dua"]
