"""Listeners on the event feed, many in one process: `python -m tests.plays.ears --hub … --leash … --count 50`."""

import time
from argparse import ArgumentParser
from hashlib import blake2b
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Event, Thread

from demo.play import wait_until
from shared.sse import SseParser
from tests.plays.leash import Leash
from tests.plays.notes import Heard, Note, write

RETRY_S = 0.1
SILENCE_S = 12.0
"""The hub says its time every 5 s."""
PIECE = 65_536


class Ear(Thread):
    """One listener; when the line breaks it listens on from where it was."""

    def __init__(self, name: str, host: str) -> None:
        super().__init__(name=name, daemon=True)
        self._host = host
        self.ids: list[int] = []
        self.digest = blake2b()
        self.connected = Event()
        self._rest = Event()

    @property
    def last(self) -> int:
        """The newest event heard."""
        return self.ids[-1] if self.ids else 0

    def run(self) -> None:
        """Listen as long as the process lives."""
        while True:
            line = HTTPConnection(self._host, timeout=SILENCE_S)
            sent_at = time.monotonic()
            try:
                line.request("GET", "/api/events", headers={"Last-Event-ID": str(self.last)})
                self._hear(line.getresponse(), sent_at)
            except (OSError, HTTPException):
                self._rest.wait(RETRY_S)
            finally:
                line.close()

    def _hear(self, reply: HTTPResponse, sent_at: float) -> None:
        parser = SseParser()
        piece = reply.read1(PIECE)
        write(Note(client=self.name, path="/api/events", status=reply.status, sent_at=sent_at, at=time.monotonic()))
        self.connected.set()
        while piece:
            for message in parser.feed(piece):
                if message.id is not None:
                    self.digest.update(message.data.encode())
                    self.ids.append(int(message.id))
            piece = reply.read1(PIECE)


def main() -> None:
    """Listen; at the word 'until N' wait until all have heard event N, then tell what each heard."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--hub", required=True)
    parser.add_argument("--leash", type=int, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--count", type=int, required=True)
    asked = parser.parse_args()
    ears = [Ear(f"{asked.name}-{i}", asked.hub.removeprefix("http://")) for i in range(asked.count)]
    for ear in ears:
        ear.start()
    wait_until(lambda: all(ear.connected.is_set() for ear in ears), "all to listen")
    leash = Leash(asked.leash)
    while word := leash.word():
        do, _, last = word.partition(" ")
        if do == "until":
            tell(ears, int(last))


def tell(ears: list[Ear], last: int) -> None:
    """Say what each has heard, once all have heard the event `last`. Raises PlayFailed."""
    wait_until(lambda: all(ear.last >= last for ear in ears), f"all to hear event {last}")
    for ear in ears:
        write(Heard(client=ear.name, ids=ear.ids, digest=ear.digest.hexdigest()))


if __name__ == "__main__":
    main()
