"""What the desk's values say of a counter."""

from dataclasses import replace

from counter.desk import Desk, Verb
from shared.model import DeviceKind, Reason, State
from shared.wire import CounterView, Device, Nothing
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
    view = called(hub)
    again = view.history[0].model_copy(update={"reason": Reason.RECALL, "kind": "recalled"})
    view = view.model_copy(update={"history": [again, *view.history]})
    assert live(view).reason is Reason.FIRST_COME


def test_a_recall_alone_is_no_reason() -> None:
    view = called(SmallHub())
    again = view.history[0].model_copy(update={"reason": Reason.RECALL, "kind": "recalled"})
    assert live(view.model_copy(update={"history": [again]})).reason is None


def test_a_call_older_than_the_history_has_no_reason_to_show() -> None:
    assert live(called(SmallHub()).model_copy(update={"history": []})).reason is None


def test_who_has_come_is_neither_recalled_nor_absent() -> None:
    view = called(SmallHub())
    assert view.current is not None
    serving = view.current.model_copy(update={"state": State.SERVING})
    desk = live(view.model_copy(update={"current": serving, "undoable": False}))
    assert desk.offered == {Verb.FINISH, Verb.NEXT}


def test_next_alone_rests() -> None:
    desk = live(called(SmallHub()))
    assert desk.offered - replace(desk, resting=True).offered == {Verb.NEXT}


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
