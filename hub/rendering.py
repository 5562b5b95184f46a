"""Sentences as WAV files for browsers, made by the synthesis program: the same words and voice as on the TVs."""

import asyncio
import hashlib
import json
import logging
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from shared.trouble import Trouble
from shared.voice.sound import Unreadable, wav_seconds
from shared.voice.synthesis import WORDS_A_MINUTE
from shared.voice.worker import worker_command

log = logging.getLogger(__name__)

TIMEOUT_S = 3.0
"""How long one sentence may take. It takes 30 ms, and 300 ms more where the program must start first."""

KEPT = 64
"""WAV files kept: about 12 MB, for the calls of the last minutes."""

_ROOT = Path(__file__).resolve().parent.parent


class Renderer:
    """Renders one sentence at a time. The program is started by the first who asks, and again when it hangs or dies."""

    def __init__(self, cache: Path, *, command: Sequence[str] | None = None, timeout_s: float = TIMEOUT_S) -> None:
        self._cache = cache.resolve()
        self._command = command or worker_command("synthesis")
        self._timeout_s = timeout_s
        self._program: Process | None = None
        self._one_at_a_time = asyncio.Lock()

    async def sentence(self, language: str, text: str) -> bytes:
        """The sentence as WAV. Raises Trouble('no_voice') where two programs, one after the other, could not."""
        path = self._path(language, text)
        async with self._one_at_a_time:
            if not _is_whole(path) and not (await self._made(language, text) or await self._made(language, text)):
                raise Trouble("no_voice")
            return await asyncio.to_thread(path.read_bytes)

    async def close(self) -> None:
        """End the program."""
        program, self._program = self._program, None
        if program is not None:
            with suppress(ProcessLookupError):
                program.kill()
            await program.wait()

    def _path(self, language: str, text: str) -> Path:
        name = hashlib.sha256(f"{language} {WORDS_A_MINUTE} {text}".encode()).hexdigest()[:24]
        return self._cache / f"{name}.wav"

    async def _made(self, language: str, text: str) -> bool:
        path = self._path(language, text)
        try:
            answer = await asyncio.wait_for(self._asked(language, text, path), self._timeout_s)
        except (OSError, TimeoutError, ValueError) as error:
            log.info("the synthesis program is started anew: %r", error)
            await self.close()
            return False
        if "error" in answer:
            log.info("not rendered: %s", answer["error"])
        self._tidy()
        return _is_whole(path)

    async def _asked(self, language: str, text: str, path: Path) -> dict[str, object]:
        program = await self._running()
        if program.stdin is None or program.stdout is None:
            raise OSError("no pipes")
        order = {"language": language, "text": text, "path": str(path)}
        program.stdin.write(json.dumps(order).encode() + b"\n")
        await program.stdin.drain()
        return dict(json.loads(await program.stdout.readline()))  # ValueError: it has ended

    async def _running(self) -> Process:
        if self._program is None or self._program.returncode is not None:
            self._cache.mkdir(parents=True, exist_ok=True)
            self._program = await asyncio.create_subprocess_exec(*self._command, stdin=PIPE, stdout=PIPE, cwd=_ROOT)
        return self._program

    def _tidy(self) -> None:
        """Keep the newest files."""
        files = sorted(self._cache.glob("*.wav"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in files[KEPT:]:
            path.unlink(missing_ok=True)


def _is_whole(path: Path) -> bool:
    try:
        wav_seconds(path)
    except Unreadable:  # not there, or cut off by a power cut
        return False
    return True
