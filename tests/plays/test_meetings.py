"""Two press at the same moment, each in a process of its own: whoever is first, nobody is lost or had twice."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import pytest

from hub.access import place as known
from hub.vault import KEY_NAME
from hub.verbs import VERBS
from shared.model import State
from shared.wire import Board, CounterView
from tests.hub.replay import Replay
from tests.hub.running import PATIENCE_SECONDS, ROOT, RunningHub, printing_site, start_hub
from tests.plays.history import history

APART_S = (0.0, 0.0005, -0.0005)
"""How much later the second presses, round by round: so that each is first now and then."""
AHEAD_S = 0.02
"""Time for both hands to read their order."""
A, B = "/api/counters/loket-1", "/api/counters/loket-2"
AGENCY = "/api/agencies/kependudukan"
apps = count(1)


class Order(NamedTuple):
    """What one of the two presses."""

    path: str
    body: dict[str, Any] = {}  # noqa: RUF012  -- never changed


Two = tuple[Order, Order]
Allowed = set[tuple[int, int]]


class Hands:
    """Two processes with a finger on a button each."""

    def __init__(self, hub: RunningHub) -> None:
        command = [sys.executable, "-m", "tests.plays.pusher", hub.address]
        self._bearer = own_key(hub)
        self._hands = [
            subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for _ in range(2)
        ]

    def press(self, orders: Two, *, apart_s: float, key: str = "") -> list[tuple[int, Any]]:
        """Both orders at once, the second later by so much; status and facts of both answers."""
        at = time.monotonic() + AHEAD_S
        for hand, order, later in zip(self._hands, orders, (0.0, apart_s), strict=True):
            body = json.dumps(order.body)
            shown = {"key": key or str(uuid4()), "bearer": self._bearer}
            text = json.dumps({"at": at + later, "path": order.path, "body": body, **shown})
            assert hand.stdin
            hand.stdin.write(f"{text}\n")
            hand.stdin.flush()
        return [self._answer(hand) for hand in self._hands]

    def _answer(self, hand: "subprocess.Popen[str]") -> tuple[int, Any]:
        assert hand.stdout
        status, text = json.loads(hand.stdout.readline())
        return status, json.loads(text) if text else None

    def rest(self) -> None:
        for hand in self._hands:
            hand.communicate(timeout=PATIENCE_SECONDS)


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    folder = tmp_path_factory.mktemp("meetings")
    with start_hub(folder / "data", "--always-open", site=printing_site(folder)) as hub:
        yield hub


@pytest.fixture(scope="module")
def hands(hub: RunningHub) -> Iterator[Hands]:
    hands = Hands(hub)
    yield hands
    hands.rest()


def own_key(hub: RunningHub) -> str:
    return (hub.data / KEY_NAME).read_text(encoding="ascii")


# ---------------------------------------------------------------- how it stands before


def clear(hub: RunningHub) -> None:
    """Nobody waits, nobody is at a counter, all is open and no roll is on."""
    hub.post(f"{AGENCY}/end-paper-roll")
    for place in (A, B, AGENCY):
        hub.post(f"{place}/reopen")
    for desk in (A, B):
        hub.post(f"{desk}/resume")
    while [hub.post(f"{desk}/next").status_code for desk in (A, B)] != [204, 204]:
        pass


def waiting(hub: RunningHub) -> int:
    return int(hub.take()["id"])


def called(hub: RunningHub, desk: str = A) -> int:
    """One who stands at a counter."""
    waiting(hub)
    return int(hub.post(f"{desk}/next").json()["ticket"]["id"])


def rung_out(hub: RunningHub) -> int:
    """A call, by its event."""
    waiting(hub)
    return int(hub.post(f"{A}/next").json()["event"])


def held(hub: RunningHub) -> int:
    ticket = called(hub)
    hub.post(f"{A}/hold", {"ticket": ticket, "minutes": 60})
    return ticket


def absent(hub: RunningHub) -> int:
    ticket = called(hub)
    hub.post(f"{A}/no-show", {"ticket": ticket})
    return ticket


def done(hub: RunningHub) -> int:
    ticket = called(hub)
    hub.post(f"{A}/finish", {"ticket": ticket})
    return ticket


def nobody(_: RunningHub) -> int:
    return 0


def fresh(_: RunningHub) -> int:
    """A number that nothing else has."""
    return next(apps)


def rolled(hub: RunningHub) -> int:
    """Visitors tear numbers off a roll; its first number."""
    first = 100 * next(apps) + 1000
    hub.post(f"{AGENCY}/paper-roll", {"first": first, "last": first + 20})
    return first


def alarmed(hub: RunningHub) -> int:
    return int(hub.post(f"{A}/alarm").json()["id"])


def paused(hub: RunningHub) -> int:
    hub.post(f"{A}/pause", {"why": "Salat"})
    return 0


def signed_in(hub: RunningHub) -> int:
    """An app has the counter: which, as a number."""
    app = next(apps)
    hub.post(f"{A}/sign-in", {"app": str(UUID(int=app)), "host": "PC", "take_over": True})
    return app


def booked(hub: RunningHub) -> int:
    """A booking of today, by a code that is a number."""
    code = 10_000 + next(apps)
    assert hub.post("/api/bookings", _booking(code).body).status_code == 201
    return code


def employed(hub: RunningHub) -> int:
    body = {"name": f"Siti {next(apps)}", "role": "officer", "pin": "1234"}
    return int(hub.post("/api/staff", body, Authorization=f"Bearer {own_key(hub)}").json()["id"])


def on(verb: str, ticket: int, desk: str = A, **more: object) -> Order:
    return Order(f"{desk}/{verb}", {"ticket": ticket, **more})


def of_staff(verb: str, staff: int, **body: object) -> Order:
    return Order(f"/api/staff/{staff}/{verb}", body)


def sign_in(**more: object) -> Order:
    return Order(f"{A}/sign-in", {"app": f"{uuid4()}", "host": "PC", **more})


ONE_OF_TWO = {(200, 409), (409, 200)}
BOTH = {(200, 200)}
TAKE = Order("/api/tickets", {"service": "kependudukan-ktp"})
Before = Callable[[RunningHub], int]
Pair = Callable[[int], Two]

MEETINGS: dict[str, tuple[Before, Pair, Allowed]] = {
    # one who waits is wanted by two
    "next and next": (waiting, lambda _: (Order(f"{A}/next"), Order(f"{B}/next")), {(200, 204), (204, 200)}),
    "next and cancel": (
        waiting,
        lambda t: (Order(f"{A}/next"), Order(f"/api/tickets/{t}/cancel")),
        {(200, 409), (204, 200)},
    ),
    "next and call": (waiting, lambda t: (Order(f"{A}/next"), on("call", t, B, why="sakit")), {(200, 409), (204, 200)}),
    "call and call": (
        waiting,
        lambda t: (on("call", t, A, why="sakit"), on("call", t, B, why="lansia")),
        ONE_OF_TWO,
    ),
    "call and cancel": (
        waiting,
        lambda t: (on("call", t, B, why="sakit"), Order(f"/api/tickets/{t}/cancel")),
        ONE_OF_TWO,
    ),
    "cancel and cancel": (
        waiting,
        lambda t: (Order(f"/api/tickets/{t}/cancel"), Order(f"/api/tickets/{t}/cancel")),
        ONE_OF_TWO,
    ),
    # one who is at a counter is moved by two
    "hold and finish": (called, lambda t: (on("hold", t, minutes=60), on("finish", t)), ONE_OF_TWO),
    "hold and transfer": (
        called,
        lambda t: (on("hold", t, minutes=60), on("transfer", t, counter="loket-2")),
        ONE_OF_TWO,
    ),
    "transfer and finish": (called, lambda t: (on("transfer", t, service="umum-surat"), on("finish", t)), ONE_OF_TWO),
    "transfer and no-show": (called, lambda t: (on("transfer", t, agency="umum"), on("no-show", t)), ONE_OF_TWO),
    "finish and no-show": (called, lambda t: (on("finish", t), on("no-show", t)), ONE_OF_TWO),
    "finish and finish": (called, lambda t: (on("finish", t), on("finish", t)), ONE_OF_TWO),
    "serve and undo": (called, lambda t: (on("serve", t), on("undo-next", t)), ONE_OF_TWO),
    "serve and serve": (called, lambda t: (on("serve", t), on("serve", t)), BOTH),
    "recall and undo": (called, lambda t: (on("recall", t), on("undo-next", t)), {(200, 200), (409, 200)}),
    "undo and undo": (called, lambda t: (on("undo-next", t), on("undo-next", t)), ONE_OF_TWO),
    "undo and hold": (called, lambda t: (on("undo-next", t), on("hold", t, minutes=60)), ONE_OF_TWO),
    "next and finish": (called, lambda t: (Order(f"{A}/next"), on("finish", t)), {(204, 409), (204, 200)}),
    "next and hold": (called, lambda t: (Order(f"{A}/next"), on("hold", t, minutes=60)), {(204, 409), (204, 200)}),
    "plan and finish": (
        called,
        lambda t: (on("plan", t, then=["umum-surat"]), on("finish", t)),
        {(200, 200), (409, 200)},
    ),
    "plan and transfer": (
        called,
        lambda t: (on("plan", t, then=["umum-surat"]), on("transfer", t, counter="loket-2", back=True)),
        {(200, 200), (409, 200)},
    ),
    "undo there and next here": (
        called,
        lambda t: (on("undo-next", t), Order(f"{B}/next")),
        {(200, 200), (200, 204)},
    ),
    "transfer to a counter and its next": (
        called,
        lambda t: (on("transfer", t, counter="loket-2"), Order(f"{B}/next")),
        {(200, 200), (200, 204)},
    ),
    "correct and correct": (
        done,
        lambda t: (on("correct", t, outcome=None), on("correct", t, B, outcome=None)),
        {(200, 409)},
    ),
    # one who is away comes back
    "unhold and unhold": (held, lambda t: (on("unhold", t), on("unhold", t, B)), ONE_OF_TWO),
    "unhold and next": (held, lambda t: (on("unhold", t), Order(f"{B}/next")), {(200, 200), (200, 204)}),
    "undo-no-show and undo-no-show": (
        absent,
        lambda t: (on("undo-no-show", t), on("undo-no-show", t, B)),
        ONE_OF_TWO,
    ),
    # a place is shut while somebody uses it
    "next and close": (
        waiting,
        lambda _: (Order(f"{A}/next"), Order(f"{A}/close", {"why": "Rapat"})),
        {*BOTH, (409, 200)},
    ),
    "next and pause": (
        waiting,
        lambda _: (Order(f"{A}/next"), Order(f"{A}/pause", {"why": "Salat"})),
        {*BOTH, (409, 200)},
    ),
    "call and pause": (
        waiting,
        lambda t: (on("call", t, why="sakit"), Order(f"{A}/pause", {"why": "Salat"})),
        {*BOTH, (409, 200)},
    ),
    "take and close": (nobody, lambda _: (TAKE, Order(f"{AGENCY}/close", {"why": "Rapat"})), {(201, 200), (409, 200)}),
    "close and close": (
        nobody,
        lambda _: (Order(f"{A}/close", {"why": "Rapat"}), Order(f"{A}/close", {"why": "Listrik"})),
        BOTH,
    ),
    "close and reopen": (
        nobody,
        lambda _: (Order(f"{A}/close", {"why": "Rapat"}), Order(f"{A}/reopen")),
        {(200, 200), (200, 204)},
    ),
    "transfer there and close there": (
        called,
        lambda t: (on("transfer", t, counter="loket-2"), Order(f"{B}/close", {"why": "Rapat"})),
        {(200, 200), (409, 200)},
    ),
    "close and reopen of an agency": (
        nobody,
        lambda _: (Order(f"{AGENCY}/close", {"why": "Rapat"}), Order(f"{AGENCY}/reopen")),
        {(200, 200), (200, 204)},
    ),
    "resume and resume": (paused, lambda _: (Order(f"{A}/resume"), Order(f"{A}/resume")), {(200, 204), (204, 200)}),
    # two apps want one counter
    "sign-out and take-over": (
        signed_in,
        lambda app: (Order(f"{A}/sign-out", {"app": str(UUID(int=app))}), sign_in(take_over=True)),
        {(200, 200), (204, 200)},
    ),
    "sign-in and sign-in": (nobody, lambda _: (sign_in(), sign_in()), {*ONE_OF_TWO, (409, 409)}),
    "take-over and take-over": (nobody, lambda _: (sign_in(take_over=True), sign_in(take_over=True)), BOTH),
    "take-over and next": (waiting, lambda _: (sign_in(take_over=True), Order(f"{A}/next")), BOTH),
    # numbers from a roll, from the machine and from a hand
    "roll and roll": (
        nobody,
        lambda _: (_roll(1), _roll(1)),
        ONE_OF_TWO,
    ),
    "roll and take": (nobody, lambda _: (_roll(0), TAKE), {(200, 201), (200, 409), (409, 201)}),
    "next and next off a roll": (rolled, lambda _: (Order(f"{A}/next"), Order(f"{B}/next")), BOTH),
    "next and a paper called out of turn": (
        rolled,
        lambda first: (Order(f"{A}/next"), Order(f"{B}/call", {"number": f"A-{first}", "why": "terlambat"})),
        {(200, 200), (200, 409)},
    ),
    "next off a roll and its end": (
        rolled,
        lambda first: (Order(f"{A}/next"), Order(f"{AGENCY}/end-paper-roll", {"handed_out": first + 2})),
        BOTH,
    ),
    "end and end of a roll": (
        rolled,
        lambda _: (Order(f"{AGENCY}/end-paper-roll"), Order(f"{AGENCY}/end-paper-roll")),
        {(200, 204), (204, 200)},
    ),
    "walk-in and next": (
        waiting,
        lambda _: (Order(f"{A}/walk-in", TAKE.body), Order(f"{A}/next")),
        {(201, 200), (409, 200)},
    ),
    "walk-in and walk-in": (
        nobody,
        lambda _: (Order(f"{A}/walk-in", TAKE.body), Order(f"{A}/walk-in", TAKE.body)),
        {(201, 409), (409, 201)},
    ),
    "walk-in and take": (nobody, lambda _: (Order(f"{A}/walk-in", TAKE.body), TAKE), {(201, 201)}),
    # a copy is asked for, and nobody loses the place
    "reprint and next": (
        waiting,
        lambda first: (Order(f"{A}/reprint", {"ticket": first}), Order(f"{A}/next")),
        BOTH,
    ),
    "printed and printed": (
        waiting,
        lambda t: (
            Order(f"/api/tickets/{t}/printed", {"outcome": "failed"}),
            Order(f"/api/tickets/{t}/printed", {"outcome": "printed", "is_copy": True}),
        ),
        BOTH,
    ),
    "printed and next": (
        waiting,
        lambda t: (Order(f"/api/tickets/{t}/printed", {"outcome": "printed"}), Order(f"{A}/next")),
        BOTH,
    ),
    # help is called, and two come
    "alarm and alarm": (nobody, lambda _: (Order(f"{A}/alarm"), Order(f"{A}/alarm")), BOTH),
    "answer and answer": (
        alarmed,
        lambda alarm: (
            Order(f"/api/alarms/{alarm}/answer", {"counter": "loket-2"}),
            Order(f"/api/alarms/{alarm}/answer"),
        ),
        ONE_OF_TWO,
    ),
    # a voice and the one after it tell of one call
    "voiced and voiced": (
        rung_out,
        lambda call: (
            Order(f"/api/calls/{call}/voiced", {"outcome": "late"}),
            Order(f"/api/calls/{call}/voiced", {"outcome": "spoken"}),
        ),
        {(200, 200), (204, 200)},
    ),
    # two supervisors, at prayer time
    "quiet and quiet": (nobody, lambda _: (_quiet(15), _quiet(30)), BOTH),
    "quiet and its end": (nobody, lambda _: (_quiet(15), Order("/api/quiet/end")), {(200, 200), (200, 204)}),
    # two administrators at one list
    "a key for one system twice": (fresh, lambda n: (_system(n), _system(n)), {(201, 201)}),
    "a system's key and its end": (
        fresh,
        lambda n: (_system(n), Order(f"/api/systems/simpel-{n}/end")),
        {(201, 204), (201, 200)},
    ),
    "one name for two": (fresh, lambda n: (_newcomer(n), _newcomer(n)), {(201, 409), (409, 201)}),
    "pin and disable": (
        employed,
        lambda s: (of_staff("pin", s, pin="1111"), of_staff("disable", s)),
        {(200, 200), (404, 200)},
    ),
    "role and disable": (
        employed,
        lambda s: (of_staff("role", s, role="supervisor"), of_staff("disable", s)),
        {(200, 200), (404, 200)},
    ),
    # one code, shown twice
    "check-in and check-in": (booked, lambda c: (_check_in(c), _check_in(c)), {(201, 409), (409, 201)}),
    "check-in and cancel": (
        booked,
        lambda c: (_check_in(c), Order(f"/api/bookings/{c}/cancel")),
        {(201, 409), (409, 200)},
    ),
    "book and book": (
        fresh,
        lambda n: (_booking(20_000 + n), _booking(20_000 + n, service="umum-surat")),
        {(201, 409), (409, 201)},
    ),
    "two technicians' PINs": (
        nobody,
        lambda _: (Order("/api/technician-pin", {"pin": "1111"}), Order("/api/technician-pin", {"pin": "2222"})),
        BOTH,
    ),
    "issue and take": (nobody, lambda _: (Order(f"{A}/issue", TAKE.body), TAKE), {(201, 201)}),
}


def _quiet(minutes: int) -> Order:
    return Order("/api/quiet", {"minutes": minutes, "why": "Salat"})


def _check_in(code: int) -> Order:
    return Order("/api/check-in", {"code": str(code), "kiosk": "kios-1"})


def _booking(code: int, service: str = "kependudukan-ktp") -> Order:
    soon = datetime.now(UTC) + timedelta(seconds=20)
    return Order("/api/bookings", {"code": str(code), "service": service, "at": soon.isoformat()})


def _newcomer(number: int) -> Order:
    return Order("/api/staff", {"name": f"Budi {number}", "role": "officer", "pin": "1234"})


def _system(number: int) -> Order:
    return Order("/api/systems", {"name": f"simpel-{number}"})


def _roll(fresh: int) -> Order:
    first = 20_000 + 100 * next(apps) if fresh else 60_000 + 100 * next(apps)
    return Order(f"{AGENCY}/paper-roll", {"first": first, "last": first + 3})


@pytest.mark.parametrize("meeting", MEETINGS)
def test_two_who_press_at_once_are_both_answered_as_if_one_had_been_first(
    hub: RunningHub, hands: Hands, meeting: str
) -> None:
    before, pair, allowed = MEETINGS[meeting]
    rounds = APART_S[:1] if before in (employed, fresh) else APART_S  # a PIN is slow to hash, as it is meant to be
    for apart_s in rounds:
        clear(hub)
        answers = hands.press(pair(before(hub)), apart_s=apart_s)
        assert tuple(status for status, _ in answers) in allowed, answers
        one_number_is_at_one_counter(answers)
    views_agree(hub)


def one_number_is_at_one_counter(answers: list[tuple[int, Any]]) -> None:
    calls = [
        (facts.get("ticket") or {}).get("number")
        for status, facts in answers
        if status == 200 and facts and "event" in facts
    ]
    calls = [number for number in calls if number]
    assert len(calls) == len(set(calls)) or len({facts["counter"] for _, facts in answers if facts}) == 1


def views_agree(hub: RunningHub) -> None:
    """What officers, TVs and the events say of who is where is one and the same."""
    replay = Replay()
    for event in history(hub.address):
        replay.hear(event)
    for counter in ("loket-1", "loket-2"):
        view = CounterView.model_validate(hub.get(f"/api/counters/{counter}"))
        assert (view.current and view.current.id) == replay.there.get(counter)
    board = Board.model_validate(hub.get("/api/board"))
    waits = [one for one in replay.tickets.values() if one.state is State.WAITING and one.for_counter is None]
    assert sum(queue.waiting for queue in board.waiting) == len(waits)
    assert len({(one.day, one.number) for one in replay.tickets.values()}) == len(replay.tickets)


@pytest.mark.parametrize("order", [TAKE, Order(f"{A}/next")], ids=["take", "next"])
def test_the_same_order_by_two_hands_is_carried_out_once(hub: RunningHub, hands: Hands, order: Order) -> None:
    clear(hub)
    waiting(hub)
    before = hub.last_event()
    first, second = hands.press((order, order), apart_s=0.0, key=str(uuid4()))
    assert first == second
    assert hub.last_event() == before + 1


def test_every_verb_is_raced() -> None:
    """But those about keys of devices: a hub that others' processes reach without TLS gives none (test_secured)."""
    raced = [known("POST", order.path) for _, pair, _ in MEETINGS.values() for order in pair(1)]
    paths = {found[0].removeprefix("POST ") for found in raced if found}
    assert {verb.path for verb in VERBS} - paths == {"/api/pairings", "/api/pair", "/api/unpair"}


def test_the_hub_said_nothing_of_it(hub: RunningHub) -> None:
    lines = "".join(log.read_text(encoding="utf-8") for log in Path(hub.data, "logs").glob("*.log"))
    assert " ERROR " not in lines
