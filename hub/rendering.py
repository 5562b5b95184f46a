"""Sentences as WAV files for browsers, made by the synthesis program: the same words and voice as on the TVs."""

import asyncio
import hashlib
import json
import logging
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic

from shared.trouble import Trouble
from shared.voice.pieces import written
from shared.voice.sound import Part, Unreadable, Word, wav_seconds
from shared.voice.synthesis import WORDS_A_MINUTE
from shared.voice.worker import worker_command

log = logging.getLogger(__name__)

TIMEOUT_S = 3.0
"""How long one sentence may take. It takes 30 ms."""

COLD_S = 10.0
"""How long the program may take to be ready. It takes 300 ms; seconds on a PC that was just switched on."""

WAIT_S = 8.0
"""How long whoever asks waits: by then a page shows the call without it."""

MOST_WAITING = 32
"""Sentences that wait at a time: 16 calls in two languages, more than are said while they are new."""

KEPT = 64
"""WAV files kept: about 12 MB, for the calls of the last minutes."""

_END_S = 0.5
_ROOT = Path(__file__).resolve().parent.parent


class Renderer:
    """Renders one sentence at a time. The program is started by the first who asks, and again when it hangs or dies.

    However many ask for a sentence, it is rendered once. One that has waited for longer than anybody waits is left out,
    so that a program that hangs leaves no line behind it.

    `identity` tells the voice of a language from others that write into the same `cache`. `tries`: so many programs,
    one after the other, are given a sentence.
    """

    def __init__(
        self,
        cache: Path,
        *,
        command: Sequence[str] | None = None,
        identity: Callable[[str], str] = lambda _language: str(WORDS_A_MINUTE),
        timeout_s: float = TIMEOUT_S,
        tries: int = 2,
    ) -> None:
        self._cache = cache.resolve()
        self._command = command or worker_command("synthesis")
        self._identity = identity
        self._timeout_s = timeout_s
        self._tries = tries
        self._program: Process | None = None
        self._is_closed = False
        self._one_at_a_time = asyncio.Lock()
        self._coming: dict[Path, asyncio.Task[bool]] = {}

    async def sentence(self, language: str, text: str) -> bytes:
        """The sentence as WAV.

        Raises Trouble('voice_busy') where it did not come in time, or the programs, one after the other, could not.
        """
        path = self._path(f"{language} {self._identity(language)} {text}")
        return await self._file(path, {"language": language, "text": text})

    async def joined(self, parts: Sequence[Part]) -> bytes:
        """Recorded clips as one WAV. Raises Trouble('voice_busy') where they could not be joined in time."""
        clips = [part.clip for part in parts if isinstance(part, Word)]
        try:
            changed = [clip.stat().st_mtime_ns for clip in clips]
        except OSError as error:
            raise Trouble("voice_busy") from error
        order: dict[str, object] = {"parts": [written(part) for part in parts]}
        return await self._file(self._path(json.dumps([order, changed])), order)

    async def proves(self, language: str, text: str) -> bool:
        """Whether the program says a text now, though it may have said it before."""
        async with self._one_at_a_time:
            path = self._path(f"{language} {self._identity(language)} {text}")
            path.unlink(missing_ok=True)
            return await self._made(path, {"language": language, "text": text})

    async def close(self) -> None:
        """End the program for good: who still waits, or asks later, is refused."""
        self._is_closed = True
        await self._end()

    async def _end(self) -> None:
        """End the program; it ends by itself when nobody speaks to it any more, with whatever it started."""
        program, self._program = self._program, None
        if program is None:
            return
        if program.stdin is not None:
            program.stdin.close()
        try:
            await asyncio.wait_for(program.wait(), _END_S)
        except TimeoutError:
            with suppress(ProcessLookupError):
                program.kill()
            await program.wait()

    def _path(self, what: str) -> Path:
        return self._cache / f"{hashlib.sha256(what.encode()).hexdigest()[:24]}.wav"

    async def _file(self, path: Path, order: Mapping[str, object]) -> bytes:
        if not _is_whole(path) and not await self._in_time(path, order):
            raise Trouble("voice_busy")
        try:
            return await asyncio.to_thread(path.read_bytes)
        except OSError as error:  # so many came since that it was one of the oldest
            raise Trouble("voice_busy") from error

    async def _in_time(self, path: Path, order: Mapping[str, object]) -> bool:
        if path not in self._coming:
            if len(self._coming) >= MOST_WAITING:
                return False
            task = asyncio.create_task(self._rendered(path, order, monotonic() + WAIT_S))
            task.add_done_callback(lambda _task: self._coming.pop(path, None))
            self._coming[path] = task
        with suppress(TimeoutError):
            return await asyncio.wait_for(asyncio.shield(self._coming[path]), WAIT_S)
        return False

    async def _rendered(self, path: Path, order: Mapping[str, object], until: float) -> bool:
        async with self._one_at_a_time:
            for _ in range(self._tries if monotonic() < until else 0):
                if _is_whole(path) or await self._made(path, order):
                    return True
        return False

    async def _made(self, path: Path, order: Mapping[str, object]) -> bool:
        try:
            program = await asyncio.wait_for(self._running(), COLD_S)
            answer = await asyncio.wait_for(_asked(program, {**order, "path": str(path)}), self._timeout_s)
        except (OSError, TimeoutError, ValueError) as error:
            log.info("the synthesis program failed: %r", error)
            await self._end()
            return False
        if "error" in answer:
            log.info("not rendered: %s", answer["error"])
        self._tidy()
        return _is_whole(path)

    async def _running(self) -> Process:
        if not self._is_closed and (self._program is None or self._program.returncode is not None):
            self._cache.mkdir(parents=True, exist_ok=True)
            self._program = await asyncio.create_subprocess_exec(*self._command, stdin=PIPE, stdout=PIPE, cwd=_ROOT)
            await _answer(self._program)  # that it is ready
        if self._is_closed or self._program is None:  # closed meanwhile: whoever asked ends what was started
            raise OSError("closed")
        return self._program

    def _tidy(self) -> None:
        """Keep the newest files."""
        files = sorted(self._cache.glob("*.wav"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in files[KEPT:]:
            path.unlink(missing_ok=True)


async def _asked(program: Process, order: Mapping[str, object]) -> dict[str, object]:
    if program.stdin is None:
        raise OSError("no pipe")
    program.stdin.write(json.dumps(order).encode() + b"\n")
    await program.stdin.drain()
    return await _answer(program)


async def _answer(program: Process) -> dict[str, object]:
    if program.stdout is None:
        raise OSError("no pipe")
    return dict(json.loads(await program.stdout.readline()))  # ValueError: it has ended


def _is_whole(path: Path) -> bool:
    try:
        wav_seconds(path)
    except Unreadable:  # not there, or cut off by a power cut
        return False
    return True
