from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from shared.model import Kind
from shared.qt import link as link_module
from shared.qt.link import FIRST_PAUSE_MS, LONGEST_PAUSE_MS, HubLink, Reply, pause_ms
from shared.trouble import Trouble
from shared.wire import Event, HubTime, Nothing
from tests.shared.slow_hub import Script, slow_hub

KEY = UUID("12345678-1234-4234-8234-123456789abc")


@pytest.fixture
def hub() -> Iterator[tuple[str, Script]]:
    with slow_hub() as running:
        yield running


@pytest.fixture
def link(qapp: QCoreApplication, hub: tuple[str, Script]) -> Iterator[HubLink]:
    assert qapp is not None
    link = HubLink(hub[0])
    yield link
    let_go(link)


def let_go(link: HubLink) -> None:
    """End a link as an app does: by the event loop, not by Python in the midst of its events."""
    link.close()
    link.deleteLater()


def outcome(qtbot: QtBot, reply: Reply) -> object:
    """What became of `reply`: its answer, or its trouble."""
    said: list[object] = []
    reply.done.connect(said.append)
    reply.failed.connect(said.append)
    qtbot.waitUntil(lambda: bool(said), timeout=9000)
    return said[0]


def message(identity: int) -> bytes:
    event = Event(id=identity, kind=Kind.TAKEN, at=datetime(2026, 2, 12, 9, 42, tzinfo=UTC))
    return f"id: {identity}\nevent: taken\ndata: {event.model_dump_json()}\n\n".encode()


def test_an_answer_arrives_as_its_model(qtbot: QtBot, link: HubLink) -> None:
    answer = outcome(qtbot, link.post("/api/x", Nothing(), HubTime))
    assert isinstance(answer, HubTime)


def test_a_lost_answer_is_asked_for_again_with_the_same_key(
    qtbot: QtBot, hub: tuple[str, Script], link: HubLink
) -> None:
    hub[1].posts = ["lose", "lose"]
    answer = outcome(qtbot, link.post("/api/x", Nothing(), HubTime, key=KEY))
    assert isinstance(answer, HubTime)
    assert hub[1].keys == [str(KEY)] * 3


def test_two_orders_have_two_keys(qtbot: QtBot, hub: tuple[str, Script], link: HubLink) -> None:
    outcome(qtbot, link.post("/api/x", Nothing(), HubTime))
    outcome(qtbot, link.post("/api/x", Nothing(), HubTime))
    assert len({UUID(key) for key in hub[1].keys}) == 2


def test_nobody_waits_is_none(qtbot: QtBot, hub: tuple[str, Script], link: HubLink) -> None:
    hub[1].posts = [(204, None)]
    assert outcome(qtbot, link.post("/api/x", Nothing(), HubTime)) is None


def test_a_refusal_keeps_its_code_its_values_and_what_is_true_now(
    qtbot: QtBot, hub: tuple[str, Script], link: HubLink
) -> None:
    problem = {"type": "urn:antre:unknown_service", "title": "", "status": 404, "detail": "", "step": ""}
    hub[1].posts = [(404, problem | {"code": "unknown_service", "values": {"service": "x"}, "now": 5})]
    trouble = outcome(qtbot, link.post("/api/x", Nothing(), HubTime))
    assert isinstance(trouble, Trouble)
    assert (trouble.code, trouble.values, trouble.now) == ("unknown_service", {"service": "x"}, 5)


def test_a_link_closed_in_mid_question_says_nothing_more(qtbot: QtBot, hub: tuple[str, Script], link: HubLink) -> None:
    hub[1].posts = ["lose"] * 9
    said: list[object] = []
    reply = link.post("/api/x", Nothing(), HubTime)
    reply.failed.connect(said.append)
    qtbot.waitUntil(lambda: len(hub[1].keys) >= 2, timeout=5000)
    link.close()
    asked = len(hub[1].keys)
    outcome(qtbot, HubLink(hub[0], parent=link).get("/api/y", HubTime))
    assert (said, len(hub[1].keys)) == ([], asked)


def test_patience_ends_with_hub_away(qtbot: QtBot) -> None:
    link = HubLink("http://127.0.0.1:1")
    trouble = outcome(qtbot, link.post("/api/x", Nothing(), HubTime, patience_s=0.3))
    assert isinstance(trouble, Trouble)
    assert trouble.code == "hub_away"
    let_go(link)


def test_the_language_is_asked_for(qtbot: QtBot, hub: tuple[str, Script], link: HubLink) -> None:
    link.language = "en"
    outcome(qtbot, link.post("/api/x", Nothing(), HubTime))
    assert hub[1].languages == ["en"]


def test_the_feed_resumes_after_the_last_event_it_gave(qtbot: QtBot, hub: tuple[str, Script], link: HubLink) -> None:
    hub[1].feeds = [[message(1), message(2)], [message(3), b"hold"]]
    came: list[int] = []
    link.event_came.connect(lambda event: came.append(event.id))
    link.listen()
    qtbot.waitUntil(lambda: came == [1, 2, 3], timeout=20_000)
    assert set(hub[1].resumed_after) == {None, "2"}  # a slow first try may be made again
    assert hub[1].resumed_after[-1] == "2"


def test_a_message_in_two_pieces_is_one_event(qtbot: QtBot, hub: tuple[str, Script], link: HubLink) -> None:
    whole = message(5)
    hub[1].feeds = [[whole[:20], whole[20:], b"hold"]]
    with qtbot.waitSignal(link.event_came, timeout=5000) as caught:
        link.listen(after=4)
    assert caught.args[0].id == 5
    assert hub[1].resumed_after == ["4"]


def test_an_event_of_a_newer_hub_does_not_cost_those_behind_it(
    qtbot: QtBot, hub: tuple[str, Script], link: HubLink
) -> None:
    unknown = b'id: 6\nevent: lent\ndata: {"id": 6, "kind": "lent", "at": "2026-02-12T09:42:00+08:00"}\n\n'
    hub[1].feeds = [[unknown + message(7)], [b"hold"]]
    with qtbot.waitSignal(link.event_came, timeout=5000) as caught:
        link.listen(after=5)
    assert caught.args[0].id == 7
    qtbot.waitUntil(lambda: hub[1].resumed_after[-1:] == ["7"], timeout=20_000)
    assert set(hub[1].resumed_after) == {"5", "7"}  # a slow first try may be made again


def test_each_connection_says_caught_up_and_each_loss_says_down(
    qtbot: QtBot, hub: tuple[str, Script], link: HubLink
) -> None:
    hub[1].feeds = [[message(1)], [b"hold"]]
    ups: list[bool] = []
    caught_up: list[bool] = []
    link.up_changed.connect(ups.append)
    link.caught_up.connect(lambda: caught_up.append(link.up))
    link.listen()
    qtbot.waitUntil(lambda: ups == [True, False, True], timeout=5000)
    assert caught_up == [True, True]


def test_a_hub_that_is_away_is_told_once(qtbot: QtBot) -> None:
    link = HubLink("http://127.0.0.1:1")
    with qtbot.waitSignal(link.up_changed, timeout=5000) as caught:
        link.listen()
    assert caught.args == [False]
    assert link.trouble is not None
    link.close()


def test_a_feed_stopped_in_the_pause_after_a_loss_stays_stopped(
    qtbot: QtBot, hub: tuple[str, Script], link: HubLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    pause = 50
    monkeypatch.setattr(link_module, "pause_ms", lambda _failures: pause)
    hub[1].feeds = [[message(1)]]
    with qtbot.waitSignals([link.up_changed] * 2, timeout=5000):
        link.listen()
    link.stop()
    with qtbot.assertNotEmitted(link.up_changed, wait=4 * pause):
        pass
    assert hub[1].resumed_after == [None]


def test_the_hubs_time_is_kept_in_the_halls_zone(qtbot: QtBot, hub: tuple[str, Script], link: HubLink) -> None:
    hall_time = datetime.fromisoformat("2020-02-12T09:42:00+08:00")
    clock = f"event: clock\ndata: {HubTime(now=hall_time).model_dump_json()}\n\n".encode()
    hub[1].feeds = [[clock, message(1), b"hold"]]
    with qtbot.waitSignal(link.event_came, timeout=5000):
        link.listen()
    assert timedelta(0) <= link.now() - hall_time < timedelta(seconds=5)
    assert link.now().utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize("failures", [0, 1, 4, 5, 50])
def test_pauses_grow_from_a_quarter_second_to_three(failures: int) -> None:
    assert LONGEST_PAUSE_MS <= 4000
    longest = min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2**failures)
    assert longest / 2 <= pause_ms(failures) <= longest
