"""What holds the processes of a play together: they begin at one word, and end when the play lets go or dies."""

import select
import socket

READY_S = 60.0
"""How long a process may take until it is ready to begin; a busy machine starts twenty at once."""


class Holder:
    """The play's hand on several processes."""

    def __init__(self) -> None:
        self._door = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._door.settimeout(READY_S)
        self._held: list[socket.socket] = []
        self.port: int = self._door.getsockname()[1]

    def take(self, count: int) -> None:
        """Wait until so many more processes are ready. Raises TimeoutError."""
        self._held += [self._door.accept()[0] for _ in range(count)]

    def say(self, word: str) -> None:
        """Say a word to all that are held."""
        for held in self._held:
            held.sendall(f"{word}\n".encode())

    def let_go(self) -> None:
        """Let them end."""
        self._door.close()
        for held in self._held:
            held.close()


class Leash:
    """The process's end."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=READY_S)
        self._rest = b""

    def word(self) -> str:
        """The next word, waited for; '' when the play let go."""
        while b"\n" not in self._rest:
            self.socket.settimeout(None)  # bounded by the play: its end, however it comes, closes the leash
            piece = self.socket.recv(1024)
            if not piece:
                return ""
            self._rest += piece
        word, _, self._rest = self._rest.partition(b"\n")
        return word.decode()

    def pulled(self, seconds: float) -> bool:
        """Whether the play said something or let go; waits so long for it."""
        return bool(self._rest or select.select([self.socket], [], [], seconds)[0])
