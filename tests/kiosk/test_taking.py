"""One press is one number, whatever is lost on the way."""

import os
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from kiosk.press import Boot, KeptPress, Press, this_boot
from kiosk.taking import Taking
from shared.model import State
from shared.trouble import Trouble
from shared.wire import TakeTicket, Ticket
from tests.kiosk.conftest import Until
from tests.kiosk.stand_in import MORNING, SmallHub, StandInLink

KTP = TakeTicket(service="k-0")
KK = TakeTicket(service="k-1")


class Hand(QObject):
    """Takes tickets and remembers what came of it."""

    def __init__(self, link: StandInLink, until: Until, *, data: Path | None = None) -> None:
        super().__init__(link)
        kept = KeptPress(data, "kiosk-1") if data else None
        self.taking = Taking(link, self, kept=kept)
        self.tickets: list[Ticket] = []
        self.troubles: list[Trouble] = []
        self._until = until
        self.taking.taken.connect(self.tickets.append)
        self.taking.refused.connect(self.troubles.append)

    def takes(self, body: TakeTicket) -> Ticket:
        before = len(self.tickets)
        self.taking.take(body)
        self._until(lambda: len(self.tickets) > before)
        return self.tickets[-1]

    def fails(self, body: TakeTicket) -> Trouble:
        before = len(self.troubles)
        self.taking.take(body)
        self._until(lambda: len(self.troubles) > before)
        return self.troubles[-1]


@pytest.fixture
def hand(link: StandInLink, until: Until) -> Hand:
    link.comes_up()
    return Hand(link, until)


def takes_asked(hub: SmallHub) -> list[object]:
    return [key for path, key in hub.orders if path == "/api/tickets"]


def test_each_press_has_a_key_of_its_own(hand: Hand, hub: SmallHub) -> None:
    assert hand.takes(KTP).number == "K-001"
    assert hand.takes(KTP).number == "K-002"
    assert len(set(takes_asked(hub))) == 2


def test_a_press_while_another_is_on_its_way_is_none(hand: Hand, link: StandInLink, hub: SmallHub) -> None:
    link.slow = True
    hand.taking.take(KTP)
    hand.taking.take(KTP)
    hand.taking.take(KK)
    link.deliver()
    assert len(hand.tickets) == len(hub.tickets) == 1


@pytest.mark.parametrize("lost", ["deaf", "lossy"])
def test_the_same_errand_keeps_its_key_until_an_answer_comes(
    hand: Hand, link: StandInLink, hub: SmallHub, lost: str
) -> None:
    setattr(link, lost, True)
    for _ in range(3):
        assert hand.fails(KTP).code == "hub_away"
    link.comes_up()
    setattr(link, lost, False)
    assert hand.takes(KTP).number == "K-001"
    assert len(hub.tickets) == len(set(takes_asked(hub))) == 1


def test_the_same_errand_in_another_language_is_the_same_errand(hand: Hand, link: StandInLink, hub: SmallHub) -> None:
    link.lossy = True
    hand.fails(KTP)
    link.lossy = False
    assert hand.takes(TakeTicket(service="k-0", language="en")).number == "K-001"
    assert len(hub.tickets) == 1


def test_after_an_answer_the_same_errand_is_a_new_one(hand: Hand, link: StandInLink, hub: SmallHub) -> None:
    link.lossy = True
    hand.fails(KTP)
    link.lossy = False
    hand.takes(KTP)
    assert hand.takes(KTP).number == "K-002"
    assert len(hub.tickets) == 2


@pytest.mark.parametrize("other", [KK, TakeTicket(service="k-0", priority=True)])
def test_another_errand_first_gives_back_what_was_lost(
    hand: Hand, link: StandInLink, hub: SmallHub, other: TakeTicket
) -> None:
    link.lossy = True
    hand.fails(KTP)
    link.lossy = False
    ticket = hand.takes(other)
    assert (ticket.service, ticket.priority) == (other.service, other.priority)
    assert [waiting.id for waiting in hub.waiting] == [ticket.id]
    assert hub.tickets[1].state is State.CANCELLED


def test_another_errand_while_the_hub_is_away_takes_nothing_and_forgets_nothing(
    hand: Hand, link: StandInLink, hub: SmallHub
) -> None:
    link.lossy = True
    hand.fails(KTP)
    hand.fails(KK)
    link.lossy = False
    assert hand.takes(KTP).number == "K-001"
    assert len(hub.tickets) == 1


def test_whoever_leaves_without_an_answer_leaves_no_place_behind(
    hand: Hand, link: StandInLink, hub: SmallHub, until: Until
) -> None:
    link.lossy = True
    hand.fails(KTP)
    link.lossy = False
    hand.taking.leave()
    until(lambda: hub.tickets[1].state is State.CANCELLED)
    assert hand.tickets == []


def test_the_place_is_given_back_once_the_hub_is_there_again(
    hand: Hand, link: StandInLink, hub: SmallHub, until: Until
) -> None:
    link.lossy = True
    hand.fails(KTP)
    link.goes_away()
    hand.taking.leave()
    assert [ticket.state for ticket in hub.waiting] == [State.WAITING]
    link.comes_up()
    until(lambda: hub.tickets[1].state is State.CANCELLED)


def test_the_next_visitor_never_gets_the_number_of_one_who_left(
    hand: Hand, link: StandInLink, hub: SmallHub, until: Until
) -> None:
    link.lossy = True
    hand.fails(KTP)
    link.goes_away()
    hand.taking.leave()
    link.lossy = link.deaf = False  # orders arrive again, sooner than the feed
    assert hand.takes(KTP).number == "K-002"
    until(lambda: hub.tickets[1].state is State.CANCELLED)


def test_the_next_visitor_waits_for_the_settling_and_is_served(
    hand: Hand, link: StandInLink, hub: SmallHub, until: Until
) -> None:
    link.lossy = True
    hand.fails(KTP)
    link.lossy, link.slow = False, True
    hand.taking.leave()
    hand.taking.take(KK)
    link.slow = False
    link.deliver()
    until(lambda: hand.tickets)
    assert [ticket.service for ticket in hub.waiting] == ["k-1"]


def test_a_refusal_while_settling_is_an_answer_too(hand: Hand, link: StandInLink, hub: SmallHub) -> None:
    link.deaf = True
    hand.fails(KTP)
    link.deaf = False
    hub.refuses = Trouble("storage_failed", why="penuh")
    assert hand.fails(KK).code == "storage_failed"
    hub.refuses = None
    assert hand.takes(KTP).number == "K-001"
    assert len(hub.tickets) == 1


def test_leaving_with_an_answer_asks_nothing(hand: Hand, hub: SmallHub) -> None:
    hand.takes(KTP)
    asked = len(hub.orders)
    hand.taking.leave()
    hand.taking.settle()
    assert len(hub.orders) == asked


# ---------------------------------------------------------------- until the hub has decided


def cancels_asked(hub: SmallHub) -> list[object]:
    return [key for path, key in hub.orders if path.endswith("/cancel")]


def loses_a_place(hand: Hand, link: StandInLink) -> None:
    """A press without an answer, and everything works again."""
    link.lossy = True
    hand.fails(KTP)
    link.lossy = False


def test_giving_back_keeps_its_key_until_the_hub_has_decided(
    hand: Hand, link: StandInLink, hub: SmallHub, until: Until
) -> None:
    loses_a_place(hand, link)
    link.loses = "/cancel"
    hand.taking.leave()
    until(lambda: len(cancels_asked(hub)) == 1 and not hand.taking._settling)
    link.goes_away()
    link.comes_up()
    until(lambda: len(cancels_asked(hub)) == 2 and not hand.taking._settling)
    link.loses = "nothing"
    hand.taking.settle()
    until(lambda: len(cancels_asked(hub)) == 3 and not hand.taking._settling)
    hand.taking.settle()
    assert not hand.taking._settling, "what is decided is not asked again"
    assert len(set(cancels_asked(hub))) == 1


def test_a_number_that_may_be_given_back_already_is_nobodys(hand: Hand, link: StandInLink, hub: SmallHub) -> None:
    loses_a_place(hand, link)
    link.loses = "/cancel"
    assert hand.fails(KK).code == "hub_away"
    link.loses = "nothing"
    assert hand.takes(KTP).number == "K-002"
    assert [ticket.number for ticket in hub.waiting] == ["K-002"]


def test_a_fault_in_giving_back_keeps_no_visitor_waiting(hand: Hand, link: StandInLink, hub: SmallHub) -> None:
    loses_a_place(hand, link)
    hub.faulty = True
    assert hand.takes(KK).number == "K-002"


# ---------------------------------------------------------------- over a restart


@pytest.fixture
def mindful(link: StandInLink, until: Until, tmp_path: Path) -> Hand:
    """A hand whose kiosk keeps a lost press on its disk."""
    link.comes_up()
    return Hand(link, until, data=tmp_path)


def restarted(link: StandInLink, until: Until, data: Path) -> Hand:
    """The same kiosk, started anew before it has found the hub."""
    link.goes_away()
    return Hand(link, until, data=data)


def kept(data: Path) -> bool:
    return KeptPress(data, "kiosk-1").read() is not None


def test_a_kiosk_started_anew_gives_back_what_was_lost_before(
    mindful: Hand, link: StandInLink, hub: SmallHub, until: Until, tmp_path: Path
) -> None:
    loses_a_place(mindful, link)
    mindful.deleteLater()
    again = restarted(link, until, tmp_path)
    link.comes_up()
    until(lambda: hub.tickets[1].state is State.CANCELLED)
    until(lambda: not kept(tmp_path))
    assert (len(hub.tickets), again.tickets) == (1, [])


def test_after_a_restart_the_same_errand_is_another_visitors(
    mindful: Hand, link: StandInLink, hub: SmallHub, until: Until, tmp_path: Path
) -> None:
    loses_a_place(mindful, link)
    mindful.deleteLater()
    again = restarted(link, until, tmp_path)
    link.deaf = False  # orders arrive again, sooner than the feed
    assert again.takes(KTP).number == "K-002"
    assert [ticket.number for ticket in hub.waiting] == ["K-002"]


def test_an_answered_press_is_kept_no_longer(mindful: Hand, link: StandInLink, tmp_path: Path) -> None:
    loses_a_place(mindful, link)
    assert kept(tmp_path)
    mindful.takes(KTP)
    assert not kept(tmp_path)


def test_a_press_of_yesterday_is_not_asked_about(
    mindful: Hand, link: StandInLink, hub: SmallHub, until: Until, tmp_path: Path
) -> None:
    link.deaf = True
    mindful.fails(KTP)
    mindful.deleteLater()
    hub.now += timedelta(hours=21)
    again = restarted(link, until, tmp_path)
    link.comes_up()
    assert (hub.orders, kept(tmp_path)) == ([], False)
    again.takes(KTP)
    assert len(takes_asked(hub)) == 1


def test_a_press_that_stood_overnight_is_pressed_anew(hand: Hand, link: StandInLink, hub: SmallHub) -> None:
    loses_a_place(hand, link)
    hub.now += timedelta(hours=21)
    hand.takes(KTP)
    assert len(set(takes_asked(hub))) == 2


@pytest.mark.parametrize("text", ["", "{}", "not a press", '{"body": {"service": 7}}'])
def test_what_cannot_be_read_is_no_press(tmp_path: Path, text: str) -> None:
    (tmp_path / "press-kiosk-1.json").write_text(text)
    assert KeptPress(tmp_path, "kiosk-1").read() is None


def test_a_kiosk_killed_between_question_and_answer_gives_the_number_back(
    mindful: Hand, link: StandInLink, hub: SmallHub, until: Until, tmp_path: Path
) -> None:
    link.slow = True
    mindful.taking.take(KTP)
    assert (hub.waiting[0].number, mindful.troubles, kept(tmp_path)) == ("K-001", [], True)
    link.slow = False
    mindful.deleteLater()  # the answer finds nobody
    restarted(link, until, tmp_path)
    link.comes_up()
    until(lambda: hub.tickets[1].state is State.CANCELLED)


@pytest.mark.parametrize(
    ("flushed", "boots", "counts"),
    [
        (False, (1000.0, 1000.0), True),  # the program was started anew
        (False, (1000.0, 1040.0), True),  # and the clock was set right meanwhile
        (False, (1000.0, 1120.0), False),  # the PC was: the erasing may be lost, and the number in a visitor's hand
        (True, (1000.0, 1120.0), True),
        (False, ("7b1f", "7b1f"), True),  # where the system names its runs, whatever became of its clock
        (False, ("7b1f", "c09a"), False),
        (False, ("7b1f", 1000.0), False),
    ],
)
def test_what_was_not_flushed_counts_until_the_pc_is_started_anew(
    tmp_path: Path, *, flushed: bool, boots: tuple[Boot, Boot], counts: bool
) -> None:
    press = Press(body=KTP, at=MORNING)
    before = KeptPress(tmp_path, "kiosk-1", boot=lambda: boots[0])
    before.note(press)
    if flushed:
        before.keep(press)
    assert KeptPress(tmp_path, "kiosk-1", boot=lambda: boots[1]).read() == (press if counts else None)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux names its runs")
def test_a_press_counts_after_standby_and_a_clock_set_right_by_hours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    press = Press(body=KTP, at=MORNING)
    KeptPress(tmp_path, "kiosk-1").note(press)
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + 7200)  # in standby time goes on, monotonic does not
    assert KeptPress(tmp_path, "kiosk-1").read() == press


def test_where_no_run_has_a_name_it_is_told_by_when_it_began(tmp_path: Path) -> None:
    assert isinstance(this_boot(tmp_path / "boot_id"), float)


def test_asking_again_leaves_a_flushed_press_flushed_and_erases_it_from_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushes: list[int] = []
    monkeypatch.setattr(os, "fsync", flushes.append)
    press, file = Press(body=KTP, at=MORNING), KeptPress(tmp_path, "kiosk-1")
    for step, so_far in ((file.note, 0), (file.keep, 1), (file.note, 1)):
        step(press)
        assert len(flushes) == so_far
    file.forget()
    assert (len(flushes), file.read()) == (2, None)
    file.note(Press(body=KK, at=MORNING))
    file.forget()
    assert len(flushes) == 2, "a press that is answered waits for no disk"


def test_each_kiosk_keeps_its_own(mindful: Hand, link: StandInLink, tmp_path: Path) -> None:
    loses_a_place(mindful, link)
    assert KeptPress(tmp_path, "kiosk-2").read() is None


@pytest.mark.allow_log("kept in memory only")
def test_a_disk_that_refuses_costs_the_visitor_nothing(
    link: StandInLink, hub: SmallHub, until: Until, tmp_path: Path
) -> None:
    link.comes_up()
    (tmp_path / "file").write_text("")
    hand = Hand(link, until, data=tmp_path / "file")  # a folder cannot stand there
    loses_a_place(hand, link)
    assert hand.takes(KTP).number == "K-001"
    assert len(hub.tickets) == 1
