"""Facts made for speed say what the models of the wire say."""

import pytest

from hub.rows import EventRow, Standing, TicketRow, as_json, event_json, to_call, to_event, to_ms, to_ticket
from shared.wire import Call, Device, Event, Ticket
from tests.hub.small_hall import MORNING, WITA

NOW = to_ms(MORNING)
WAITS = TicketRow(7, "2026-02-12", "A", 12, "dukcapil", "ktp", 1, "en", "kios-1", "x" * 22, NOW)
CALLED = WAITS._replace(
    state="called", counter="2", called_at=NOW + 61_500, calls=1, paper="printed", reason="first_come"
)
DONE = CALLED._replace(state="finished", served_at=NOW + 70_000, ended_at=NOW + 300_000)
HEALTH = Device(kind="kiosk", id="kios-1", alive=True, seen_at=MORNING, troubles=["paper_out"]).model_dump_json()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "said", [Standing(WAITS, 3, 12, "http://hub/t/x"), Standing(WAITS), Standing(CALLED), Standing(DONE)]
)
def test_a_ticket_is_the_bytes_its_model_would_be(said: Standing) -> None:
    assert as_json(said, WITA) == to_ticket(said, WITA).model_dump_json().encode()


@pytest.mark.parametrize("field", list(Ticket.model_fields))
def test_a_ticket_has_every_field(field: str) -> None:
    assert f'"{field}"'.encode() in as_json(Standing(WAITS), WITA)


@pytest.mark.parametrize(("kind", "reason"), [("called", "first_come"), ("recalled", "recall")])
def test_a_call_is_the_bytes_its_model_would_be(kind: str, reason: str) -> None:
    row = EventRow(9, NOW, kind, CALLED, "2", reason)
    assert as_json(row, WITA) == to_call(row, WITA).model_dump_json().encode()
    assert Call.model_validate_json(as_json(row, WITA)) == to_event(row, WITA).as_call()


@pytest.mark.parametrize(
    "row",
    [
        EventRow(1, NOW, "taken", WAITS),
        EventRow(2, NOW, "called", CALLED, "2", "first_come"),
        EventRow(3, NOW, "printed", WAITS, outcome="failed", code="paper_out"),
        EventRow(4, NOW, "finished", DONE, "2"),
        EventRow(5, NOW, "device", health=HEALTH),
    ],
)
def test_an_event_is_the_bytes_its_model_would_be(row: EventRow) -> None:
    text = event_json(row, WITA)
    model = Event.model_validate_json(text)
    assert Event.model_validate_json(model.model_dump_json()) == model
    assert set(model.model_dump(exclude_none=True)) == set(to_event(row, WITA).model_dump(exclude_none=True))
    assert model.id == row.id
    assert model.kind == row.kind


def test_no_token_and_no_address_stand_in_an_event() -> None:
    text = event_json(EventRow(1, NOW, "taken", WAITS), WITA)
    assert b"token" not in text
    assert b"x" * 22 not in text


def test_times_carry_the_halls_offset() -> None:
    assert to_ticket(Standing(WAITS), WITA).taken_at.isoformat() == "2026-02-12T08:00:00+08:00"
