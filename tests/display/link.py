"""A link to no hub: it keeps what is asked until the test answers. Two questions for a board at once trip it."""

from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel

from shared.model import DeviceKind
from shared.qt.link import HubLink, Reply
from shared.trouble import Trouble
from shared.wire import Asked, Device, DeviceReport

T = TypeVar("T", bound=BaseModel)


class StandInLink(HubLink):
    """`asked`: paths in order; `reports`: health told so far; `listened_after`: where the feed was begun."""

    def __init__(self) -> None:
        super().__init__("http://127.0.0.1:1")
        self.asked: list[str] = []
        self.reports: list[tuple[str, DeviceReport]] = []
        self.listened_after: list[int | None] = []
        self._open: Reply | None = None
        self._reporting: list[Reply] = []

    def listen(self, after: int | None = None) -> None:
        assert not self.listened_after, "the feed was begun twice"
        self.listened_after.append(after)

    def comes_up(self) -> None:
        self.up = True
        self.up_changed.emit(True)
        self.caught_up.emit()

    def goes_away(self) -> None:
        self.up = False
        self.up_changed.emit(False)

    def get(self, path: str, answer: type[T]) -> Reply:  # noqa: ARG002  -- the test gives the answer
        assert self._open is None, f"{path} was asked before the question before was answered"
        self.asked.append(path)
        self._open = Reply(self)
        return self._open

    def answer(self, value: BaseModel | Trouble) -> None:
        """Answer the question that is open."""
        reply, self._open = self._open, None
        assert reply is not None, "nothing was asked"
        if isinstance(value, Trouble):
            reply.failed.emit(value)
        else:
            reply.done.emit(value)

    def post(
        self,
        path: str,
        body: Asked,
        answer: type[T],  # noqa: ARG002  -- always a Device
        *,
        key: UUID | None = None,  # noqa: ARG002  -- a report decides nothing
        patience_s: float = 5.0,  # noqa: ARG002  -- nothing is lost here
    ) -> Reply:
        assert isinstance(body, DeviceReport)
        self.reports.append((path, body))
        self._reporting.append(Reply(self))
        return self._reporting[-1]

    def report_arrives(self, trouble: Trouble | None = None) -> None:
        """The oldest report on its way arrives, or is lost."""
        reply = self._reporting.pop(0)
        if trouble is not None:
            reply.failed.emit(trouble)
        else:
            reply.done.emit(Device(kind=DeviceKind.DISPLAY, id="tv-1", alive=True))
