"""The walk through a hall's events stops at each step that the rules do not allow."""

from datetime import UTC, date, datetime

import pytest

from shared.model import Kind, State
from shared.wire import Event, Ticket
from tests.plays.walk import Misstep, walk

NOON = datetime(2026, 2, 12, 12, tzinfo=UTC)
Step = tuple[Kind, int, State, str | None]

TAKEN: list[Step] = [(Kind.TAKEN, ticket, State.WAITING, None) for ticket in (1, 2, 3)]
CALL_1: Step = (Kind.CALLED, 1, State.CALLED, "loket-1")
CALL_2: Step = (Kind.CALLED, 2, State.CALLED, "loket-1")
END_1: Step = (Kind.FINISHED, 1, State.FINISHED, "loket-1")
RETURN_2: Step = (Kind.RETURNED, 2, State.WAITING, "loket-1")
REOPEN_1: Step = (Kind.REOPENED, 1, State.CALLED, "loket-1")


def events(steps: list[Step]) -> list[Event]:
    return [
        Event(id=n, kind=kind, at=NOON, ticket=a_ticket(ticket, state), counter=counter)
        for n, (kind, ticket, state, counter) in enumerate(steps, 1)
    ]


def a_ticket(ticket: int, state: State) -> Ticket:
    return Ticket(
        id=ticket,
        number=f"A-{ticket:03d}",
        service="bpjs-layanan",
        agency="bpjs",
        priority=False,
        language="id",
        state=state,
        taken_at=NOON,
        day=date(2026, 2, 12),
    )


def test_an_undone_call_leaves_all_as_it_was() -> None:
    way = walk(events([*TAKEN, CALL_1, END_1, CALL_2, RETURN_2, REOPEN_1]))
    assert way.there == {"loket-1": 1}
    assert way.waiting == 2
    assert way.reopened == [("loket-1", 1)]


@pytest.mark.parametrize(
    ("steps", "what"),
    [
        ([CALL_1, (Kind.CALLED, 1, State.CALLED, "loket-2")], "from called"),
        ([CALL_1, CALL_2], "while 1 is there"),
        ([CALL_2], "out of turn"),
        ([CALL_1, END_1, END_1], "from finished"),
        ([CALL_1, (Kind.FINISHED, 1, State.FINISHED, "loket-2")], "while None is there"),
        ([CALL_1, (Kind.SERVED, 1, State.WAITING, "loket-1")], "to waiting"),
        ([CALL_1, (Kind.SERVED, 1, State.SERVING, "loket-1"), (Kind.RETURNED, 1, State.WAITING, "loket-1")], "serving"),
        ([CALL_1, END_1, CALL_2, REOPEN_1], "while 2 is there"),
        ([CALL_1, END_1, (Kind.REOPENED, 1, State.SERVING, "loket-1")], "back as another"),
        ([(Kind.TAKEN, 1, State.WAITING, None)], "from waiting"),
        ([(Kind.CALLED, 9, State.CALLED, "loket-1")], "from None"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_step_against_the_rules_is_named(steps: list[Step], what: str) -> None:
    with pytest.raises(Misstep, match=what):
        walk(events([*TAKEN, *steps]))
