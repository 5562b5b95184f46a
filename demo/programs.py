"""The real programs as processes: started, watched, ended by pid; nothing is left running."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from demo.play import START_S, Actor, PlayFailed, wait_until
from shared.site import SiteErrors, load

ROOT = Path(__file__).resolve().parent.parent
END_S = 5.0


class Program:
    """One process with its output in `folder/NAME.out`; `under`: a command that runs it, e.g. a tracer."""

    def __init__(
        self,
        name: str,
        arguments: list[str],
        folder: Path,
        *,
        env: dict[str, str] | None = None,
        under: Sequence[str] = (),
    ) -> None:
        self.name = name
        self.out = folder / f"{name}.out"
        with self.out.open("ab") as out:
            self.process = subprocess.Popen(  # noqa: S603  -- our own programs
                [*under, sys.executable, "-m", *arguments],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **(env or {})},
            )

    def said(self) -> str:
        """What it has written so far."""
        return self.out.read_text(encoding="utf-8", errors="replace")

    def end(self) -> int:
        """Ask it to end, then make it; returns its exit status."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(END_S)
            except subprocess.TimeoutExpired:
                self.process.kill()
        return self.process.wait(END_S)


def _own_copy(site: Path, folder: Path) -> Path:
    """The hall's file for this play alone: what is changed from its counter app stays in it."""
    if not site.is_file():
        return site
    folder.mkdir(exist_ok=True)
    copy = folder / site.name
    shutil.copyfile(site, copy)
    with suppress(SiteErrors):  # the hub says so itself
        logo = load(site).file.hall.logo
        if logo and (site.parent / logo).is_file():
            (folder / logo).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(site.parent / logo, folder / logo)
    return copy


class Hall:
    """The programs of one hall on this machine, in a data folder of their own; `under`: as of `Program`."""

    def __init__(
        self, folder: Path, site: Path, *, env: dict[str, str] | None = None, under: Sequence[str] = ()
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.site = _own_copy(site, folder / "site")
        self.address = ""
        self.programs: list[Program] = []
        self._env = env or {}
        self._under = under

    def start(self, name: str, *arguments: str, env: dict[str, str] | None = None) -> Program:
        """Start a program under `name`; it ends with the hall. `env`: besides the hall's."""
        program = Program(name, list(arguments), self.folder, env=self._env | (env or {}), under=self._under)
        self.programs.append(program)
        return program

    def use(self, env: dict[str, str]) -> None:
        """With this beside the rest, from the next program on."""
        self._env = self._env | env

    def open_hub(self, *, listen: str = "127.0.0.1:0") -> Program:
        """Start the hub and wait for its address. Raises PlayFailed with what it said when it ends instead."""
        before = len(self._hub_lines())
        where = ("--site", str(self.site), "--data", str(self.folder / "hub"), "--listen", listen)
        hub = self.start("hub", "hub", *where, "--always-open")  # a try-out is not only for office hours

        def ready() -> bool:
            if hub.process.poll() is not None:
                raise PlayFailed(f"the hub ended: {hub.said()}")
            return len(self._hub_lines()) > before

        wait_until(ready, "the hub's address", patience_s=START_S)
        self.address = self._hub_lines()[-1]
        return hub

    def _hub_lines(self) -> list[str]:
        out = self.folder / "hub.out"
        if not out.exists():
            return []
        return [line for line in out.read_text(encoding="utf-8").splitlines() if line.startswith("http://")]

    def open_app(self, name: str, room: str, *arguments: str, env: dict[str, str] | None = None) -> Actor:
        """Start an app of `room` against this hall's hub; returns the play's hands on it."""
        socket = self.folder / f"{name}.drive"
        common = ("--hub", self.address, "--data", str(self.folder / name), "--drive", str(socket))
        self.start(name, room, *common, *arguments, env=env)
        return Actor(name, socket)

    def close(self) -> None:
        """End every program, the last started first."""
        for program in reversed(self.programs):
            if program.process.poll() is None:
                program.process.terminate()
        deadline = time.monotonic() + END_S
        for program in reversed(self.programs):
            if time.monotonic() > deadline:
                program.process.kill()
            program.end()
