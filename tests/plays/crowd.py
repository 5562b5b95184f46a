"""Several small processes at one hub, begun together, read along, and ended."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from demo.play import PlayFailed
from demo.programs import Hall, Program
from tests.plays.leash import Holder
from tests.plays.notes import Heard, Note, Notebook

END_S = 30.0


class Crowd:
    """Processes of one module at the hub of `hall`, each on the same leash."""

    def __init__(self, hall: Hall, module: str) -> None:
        self._hall, self._module = hall, module
        self._holder = Holder()
        self._members: list[tuple[Program, Notebook]] = []

    def add(self, name: str, *arguments: str) -> None:
        """Start one more."""
        common = ("--hub", self._hall.address, "--leash", str(self._holder.port), "--name", name)
        program = self._hall.start(name, self._module, *arguments, *common)
        self._members.append((program, Notebook(program.out)))

    def gather(self) -> None:
        """Wait until all are ready."""
        self._holder.take(len(self._members))

    def say(self, word: str) -> None:
        """Say a word to all."""
        self._holder.say(word)

    def finish(self) -> None:
        """Wait until all have done what they were to do. Raises PlayFailed with what one said that could not."""
        for program, _ in self._members:
            if program.process.wait(END_S):
                raise PlayFailed(f"{program.name}: {program.said()[-2000:]}")
        self.read_on()

    def dismiss(self) -> None:
        """Let all go and wait for their end. Raises as `finish`."""
        self._holder.let_go()
        self.finish()

    def read_on(self) -> list[Note]:
        """What all have noted since the last look."""
        return [note for _, notebook in self._members for note in notebook.read_on()]

    @property
    def notes(self) -> list[Note]:
        """All that was noted so far."""
        return [note for _, notebook in self._members for note in notebook.notes]

    @property
    def heard(self) -> list[Heard]:
        """What each listener told at its end."""
        return [heard for _, notebook in self._members for heard in notebook.heard]

    def let_go(self) -> None:
        """Let all go, whatever they are doing."""
        self._holder.let_go()


@contextmanager
def crowds(hall: Hall, modules: Iterable[str]) -> Iterator[list[Crowd]]:
    """A crowd of each of these modules; let go at the end, however that comes."""
    all_of_them = [Crowd(hall, module) for module in modules]
    try:
        yield all_of_them
    finally:
        for crowd in all_of_them:
            crowd.let_go()
