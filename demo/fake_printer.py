"""A thermal printer made of software: listens as on port 9100, answers as a real one, keeps what it prints.

    python -m demo.fake_printer --port 9100 --keep DIR

then takes orders on its standard input, one a line: a fault (`paper_out`, `cover_open`, `paper_low`, `error`,
`silent`, `refuse`, `drop`, `slow`), if wanted with the bytes of print it still takes before (`drop 3000`);
`well` ends them all; `power_cycle` forgets what was not printed.
"""

import argparse
import socket
import sys
import threading
from collections.abc import Callable, Collection
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Self

from PIL import Image

from demo.mechanism import KNOWS, Mechanism
from shared.receipt.commands import split
from shared.receipt.escpos import Paper, papers

_SLOW_S = 0.1
"""What a slow printer takes for each piece it reads."""
_PIECE = 512
_DOTS = {58: 384, 80: 576}
_END_S = 5.0


class FakePrinter:
    """One printer on 127.0.0.1, from making it to `close`; a context manager.

    `knows`: which questions it answers, of `status`, `report`, `proof` and `graphics` (it keeps pictures). `keep`: a
    folder for each job's bytes and picture.
    """

    def __init__(
        self, port: int = 0, *, keep: Path | None = None, knows: Collection[str] = KNOWS, paper_mm: int = 80
    ) -> None:
        self._dots, self._keep = _DOTS[paper_mm], keep
        self._mechanism = Mechanism(knows, self._printed)
        self._changed = threading.Condition(threading.RLock())
        self._ended = threading.Event()
        self._links: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._server: socket.socket | None = None
        self.port = self._listen(port)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -------------------------------------------------------- what it printed

    @property
    def address(self) -> str:
        """`127.0.0.1:port`."""
        return f"127.0.0.1:{self.port}"

    @property
    def jobs(self) -> list[bytes]:
        """The bytes of each printed job: up to and with its cut."""
        with self._changed:
            return list(self._mechanism.jobs)

    @property
    def questions(self) -> int:
        """How often it was asked for its status."""
        return self._mechanism.questions

    @property
    def stored(self) -> dict[bytes, tuple[bytes, bytes]]:
        """The graphics in its own memory, by key: size and dots. Clear it, and it has forgotten them."""
        return self._mechanism.stored

    @property
    def writes(self) -> int:
        """How often something was written to that memory, which wears."""
        return self._mechanism.writes

    @property
    def times(self) -> list[tuple[float, float]]:
        """Of each job, when its first command came and when its cut (time.monotonic)."""
        with self._changed:
            return list(self._mechanism.times)

    def papers(self) -> list[Paper]:
        """The printed tickets, to be read."""
        return [paper for job in self.jobs for paper in papers(job)]

    def tickets(self, since: int = 0) -> list[Image.Image]:
        """The printed tickets, as they look, without the first `since`: drawing takes a while."""
        return [_picture(job, self._dots) for job in self.jobs[since:]]

    def wait_for_jobs(self, count: int, within_s: float = 10.0) -> list[bytes]:
        """The jobs, once there are `count`. Raises TimeoutError when there are not in time."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._mechanism.jobs) >= count, within_s):
                raise TimeoutError(f"{len(self._mechanism.jobs)} jobs of {count} in {within_s:g} s")
            return list(self._mechanism.jobs)

    def _printed(self, job: bytes) -> None:
        if self._keep is not None:
            self._keep.mkdir(parents=True, exist_ok=True)
            name = f"{len(self._mechanism.jobs):04d}"
            (self._keep / f"{name}.bin").write_bytes(job)
            _picture(job, self._dots).save(self._keep / f"{name}.png")
        self._changed.notify_all()

    # -------------------------------------------------------- faults

    def fault(self, name: str, *, after: int = 0) -> None:
        """Have a fault from now on, or once `after` more bytes of print were taken. Raises ValueError."""
        with self._changed:
            self._mechanism.fault(name, after=after)
            if name == "refuse":
                self._stop_listening()
                self._hang_up()

    def well(self) -> None:
        """No fault any more: what was held is printed."""
        with self._changed:
            self._mechanism.well()
            if self._server is None:
                self._listen(self.port)

    def power_cycle(self) -> None:
        """Off and on again: what was not printed yet is lost."""
        with self._changed:
            self._mechanism.power_cycle()
            self._hang_up()

    def order(self, line: str) -> str:
        """Carry out a line of the command's standard input; returns what to answer."""
        name, _, after = line.strip().partition(" ")
        try:
            if name == "well":
                self.well()
            elif name == "power_cycle":
                self.power_cycle()
            else:
                self.fault(name, after=int(after or 0))
        except ValueError as error:
            return f"? {error}"
        return f"ok {line.strip()}"

    # -------------------------------------------------------- listening

    def _listen(self, port: int) -> int:
        self._server = socket.create_server(("127.0.0.1", port))
        self._start(self._accept, self._server)
        return int(self._server.getsockname()[1])

    def _start(self, work: Callable[[socket.socket], None], on: socket.socket) -> None:
        thread = threading.Thread(target=work, args=(on,), daemon=True)
        self._threads.append(thread)
        thread.start()

    def _stop_listening(self) -> None:
        if self._server is not None:
            self._server.shutdown(socket.SHUT_RDWR)  # wakes the thread that accepts
            self._server.close()
            self._server = None

    def _hang_up(self) -> None:
        for link in self._links:
            with suppress(OSError):
                link.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Stop listening, hang up, and wait for the threads."""
        self._ended.set()
        with self._changed:
            self._stop_listening()
            self._hang_up()
        for thread in self._threads:
            thread.join(_END_S)

    def _accept(self, server: socket.socket) -> None:
        with suppress(OSError):  # closed
            while True:
                link, _ = server.accept()
                with self._changed:
                    self._links.add(link)
                    self._start(self._serve, link)

    def _serve(self, link: socket.socket) -> None:
        try:
            with link, suppress(OSError):
                self._read(link)
        finally:
            with self._changed:
                self._links.discard(link)

    def _read(self, link: socket.socket) -> None:
        rest = b""
        while data := link.recv(_PIECE):
            if self._mechanism.has("slow"):
                self._ended.wait(_SLOW_S)
            commands, rest = split(rest + data)
            with self._changed:
                for command in commands:
                    if self._mechanism.has("drop"):
                        return
                    self._mechanism.obey(command, lambda answer: _answer(link, answer))


def _answer(link: socket.socket, answer: bytes) -> None:
    with suppress(OSError):  # whoever asked may have left long ago
        link.sendall(answer)


@lru_cache(maxsize=64)
def _picture(job: bytes, dots: int) -> Image.Image:
    return papers(job)[0].picture(dots)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m demo.fake_printer", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--port", type=int, default=9100, help="TCP port (0 picks one; default 9100)")
    parser.add_argument("--keep", type=Path, help="folder for the bytes and the picture of each ticket")
    parser.add_argument("--paper", type=int, choices=sorted(_DOTS), default=80, help="width in mm (default 80)")
    told = parser.parse_args(arguments)
    with FakePrinter(told.port, keep=told.keep, paper_mm=told.paper) as printer, suppress(KeyboardInterrupt):
        _say(f"printer on {printer.address}")
        for line in sys.stdin:
            _say(printer.order(line))
        threading.Event().wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
