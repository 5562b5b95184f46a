from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from display.board import Board
from shared.model import Kind, State
from shared.wire import Event
from tests.display.day import HALL, TV, Day, Speaker, ticket_of

STEPS = st.lists(
    st.sampled_from(["call", "recall", "undo", "move", "slip", "rejoin", "said", "answer", "cut", "back"]), max_size=60
)


class Told:
    """What the hub says and what reaches the TV: while the feed is cut, events come later, in order."""

    def __init__(self, board: Board, day: Day) -> None:
        self.board, self.day = board, day
        self.standing: list[Event] = []
        self.moved: list[Event] = []
        self.undone: set[int] = set()
        self.kept_back: list[Event] | None = None

    def tell(self, event: Event) -> None:
        if self.kept_back is None:
            self.board.take(event)
        else:
            self.kept_back.append(event)

    def call(self) -> None:
        self.standing.append(self.day.called())
        self.tell(self.standing[-1])

    def recall(self) -> None:
        if self.standing:
            event = self.day.recalled(self.standing[-1])
            self.standing[-1] = event
            self.tell(event)

    def undo(self) -> None:
        if self.standing:
            gone = ticket_of(self.standing.pop())
            self.undone |= {event.id for event in self.day.events if ticket_of(event).id == gone.id}
            self.tell(self.day.happens(Kind.RETURNED, gone.model_copy(update={"state": State.WAITING})))

    def move(self) -> None:
        """The newest one's visit is over, and its ticket goes on to the next service."""
        if self.standing:
            self.moved.append(self.standing.pop())
            gone = ticket_of(self.moved[-1])
            self.undone |= {event.id for event in self.day.events if ticket_of(event).id == gone.id}
            self.tell(self.day.happens(Kind.FINISHED, gone, self.moved[-1].counter))
            self.tell(self.day.happens(Kind.MOVED_ON, gone, self.moved[-1].counter))

    def slip(self) -> None:
        """It is called to the next service, which is undone."""
        if self.moved:
            gone = ticket_of(self.moved[-1])
            slip = self.day.happens(Kind.CALLED, gone, self.moved[-1].counter)
            self.undone.add(slip.id)
            self.tell(slip)
            self.tell(self.day.happens(Kind.RETURNED, gone))

    def rejoin(self) -> None:
        """It is at the counter again, by an undo."""
        if self.moved:
            self.standing.append(self.moved.pop())
            back = self.standing[-1]
            self.tell(self.day.happens(Kind.REJOINED, ticket_of(back), back.counter))

    def answer(self) -> None:
        self.board.merge(self.day.answer(*self.standing))

    def back(self) -> None:
        late, self.kept_back = self.kept_back or [], None
        self.answer()
        for event in late:
            self.board.take(event)


def play(steps: list[str]) -> tuple[Told, Speaker, list[int]]:
    """The steps, then everything told and said to the end; and the events announced, in order."""
    day = Day()
    board = Board(HALL, TV, now=day.now)
    told, voice, announced = Told(board, day), Speaker(board), list[int]()
    board.announced.connect(announced.append)
    for step in steps:
        if step == "said" and voice.queue:
            voice.finish()
        elif step == "cut" and told.kept_back is None:
            told.kept_back = []
        elif step not in ("said", "cut"):
            getattr(told, step)()
    told.back()
    while voice.queue:
        voice.finish()
    return told, voice, announced


@given(STEPS)
def test_each_call_is_announced_once_however_it_reaches_the_tv(qapp: QApplication, steps: list[str]) -> None:
    assert qapp is not None
    told, voice, announced = play(steps)
    calls = {event.id for event in told.day.events if event.as_call() is not None}
    assert len(announced) == len(set(announced))
    assert calls - told.undone <= set(announced) <= calls
    assert set(announced) <= set(voice.said)


@given(STEPS)
def test_in_the_end_the_newest_call_is_large_and_dark_and_the_others_stand_in_rows(
    qapp: QApplication, steps: list[str]
) -> None:
    assert qapp is not None
    told, _, _ = play(steps)
    view = told.board.view
    shown = [view.called.ticket] if view.called else []
    shown += [row.entry.ticket for row in view.rows]
    newest_first = sorted(told.standing, key=lambda event: -event.id)
    assert shown[:12] == [ticket_of(event).id for event in newest_first][:12]
    assert not view.lit


@given(st.integers(min_value=1, max_value=12))
def test_calls_that_come_in_order_are_said_in_order(qapp: QApplication, calls: int) -> None:
    assert qapp is not None
    _, voice, announced = play(["call"] * calls)
    assert voice.said == announced == sorted(announced)
