"""What the desk's values say of a counter."""

from dataclasses import replace

from counter.desk import CALLING, Desk, Verb
from shared.model import DeviceKind, Reason, State
from shared.wire import CounterView, Device, Nothing, OnTicket
from tests.counter.stand_in import COUNTER, SmallHub


def live(view: CounterView) -> Desk:
    return Desk(COUNTER, view=view, live=True)


def called(hub: SmallHub) -> CounterView:
    hub._carry_out("next", Nothing())
    return hub.view()


def test_a_desk_without_a_view_knows_nothing() -> None:
    desk = Desk(COUNTER, live=True)
    assert (desk.current, desk.following, desk.waiting_count, desk.reason, desk.troubled) == (None, None, 0, None, ())
    assert desk.offered == set()


def test_who_waits_first_is_who_follows() -> None:
    following = live(SmallHub().view()).following
    assert following is not None
    assert following.number == "K-013"


def test_the_reason_is_the_calls_not_the_recalls() -> None:
    hub = SmallHub()
    first = called(hub).current
    assert first is not None
    hub._carry_out("recall", OnTicket(ticket=first.id))
    view = hub.view().model_copy(update={"history": hub.history[:1]})
    assert view.history[0].reason is Reason.RECALL
    assert live(view).reason is Reason.FIRST_COME


def test_a_desk_is_left_only_with_no_order_out() -> None:
    desk = live(SmallHub().view())
    assert desk.may_leave
    assert not replace(desk, busy=Verb.NEXT).may_leave


def test_a_desk_is_not_left_while_an_order_without_an_answer_can_be_pressed_again() -> None:
    lost = replace(live(SmallHub().view()), kept=frozenset({Verb.NEXT}))
    assert not lost.may_leave
    assert not replace(lost, resting=True).may_leave
    assert not replace(lost, live=False).may_leave
    assert replace(lost, view=SmallHub(waiting=0).view()).may_leave


def test_who_has_come_is_neither_recalled_nor_absent() -> None:
    view = called(SmallHub())
    assert view.current is not None
    serving = view.current.model_copy(update={"state": State.SERVING})
    desk = live(view.model_copy(update={"current": serving, "undoable": False}))
    assert desk.offered == {
        Verb.FINISH,
        Verb.HOLD,
        Verb.TRANSFER,
        Verb.PLAN,
        Verb.ISSUE,
        Verb.REPRINT,
        Verb.PAUSE,
        *CALLING,
    }


def test_what_calls_rests_alone() -> None:
    desk = live(called(SmallHub()))
    assert desk.offered - replace(desk, resting=True).offered == CALLING


def test_nothing_is_offered_while_a_verb_is_under_way_or_the_hub_away() -> None:
    desk = live(called(SmallHub()))
    assert replace(desk, busy=Verb.RECALL).offered == set()
    assert replace(desk, live=False).offered == set()


def test_devices_that_are_well_are_not_named() -> None:
    well = Device(kind=DeviceKind.KIOSK, id="a", alive=True)
    empty = Device(kind=DeviceKind.KIOSK, id="b", alive=True, troubles=["paper_out"])
    gone = Device(kind=DeviceKind.DISPLAY, id="c", alive=False)
    hub = SmallHub()
    hub.devices = [well, empty, gone]
    assert live(hub.view()).troubled == (empty, gone)
