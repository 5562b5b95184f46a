"""How long one waits: learnt from those who waited, the site file's minutes until there is something to learn from."""

from itertools import pairwise
from math import inf

import pytest

from hub.callers import hands_of
from hub.estimates import Estimates, Front, Hands, Seen, Slot, Table, Wait, said
from hub.learner import LEAST_SEEN, Learner
from shared.hall import Service
from tests.hub.small_hall import small_hall

HALL = small_hall()
DUKCAPIL = HALL.agency("dukcapil")
KTP, KK = DUKCAPIL.services
MONDAY_9 = Slot(0, 9)
TWO_BUSY = Hands(2, Front.BUSY)


def seen(minutes: float, ahead: int = 3, hands: Hands = TWO_BUSY, slot: Slot = MONDAY_9, service: str = "ktp") -> Seen:
    return Seen("dukcapil", service, slot, ahead, hands, minutes)


def learnt(*numbers: Seen) -> Estimates:
    learner = Learner(HALL)
    for show in (learner.count, learner.spread):
        for one in numbers:
            show(one)
    return Estimates(learner.table())


def told(
    estimates: Estimates, ahead: int = 3, hands: Hands = TWO_BUSY, slot: Slot = MONDAY_9, service: Service = KTP
) -> Wait:
    return estimates.wait(DUKCAPIL, service, slot, ahead, hands)


class TestBeforeAnythingIsLearnt:
    @pytest.mark.parametrize(
        ("ahead", "minutes", "opened", "likely"),
        [(0, 7, 1, 0), (1, 7, 1, 7), (1, 7, 2, 4), (4, 10, 3, 14), (9, 5, 9, 5)],
    )
    def test_it_is_ahead_times_minutes_over_open_counters_rounded_up(
        self, ahead: int, minutes: int, opened: int, likely: int
    ) -> None:
        service = Service(id="s", name="S", minutes=minutes)
        wait = Estimates().wait(DUKCAPIL, service, MONDAY_9, ahead, Hands(opened, Front.BUSY))
        assert wait == Wait(likely, None)

    def test_an_agency_as_a_whole_takes_the_mean_of_its_services(self) -> None:
        assert Estimates().wait(DUKCAPIL, None, MONDAY_9, 2, Hands(1, Front.BUSY)) == Wait(17)  # 2 × (7 + 10) ÷ 2

    def test_too_few_numbers_teach_nothing(self) -> None:
        assert told(learnt(*[seen(60)] * (LEAST_SEEN - 1))).most is None


class TestLearning:
    def test_what_always_took_so_long_will_take_so_long(self) -> None:
        wait = told(learnt(*[seen(30)] * 2000))
        assert (28 <= wait.likely <= 32, wait.most) == (True, 35)

    def test_nine_of_ten_wait_no_longer_than_most(self) -> None:
        wait = told(learnt(*[seen(20)] * 1700, *[seen(50)] * 300))
        assert wait.likely < 25
        assert 45 <= (wait.most or 0) <= 60

    def test_a_slow_hour_is_told_as_slow(self) -> None:
        slow, fast = Slot(0, 11), Slot(0, 9)
        estimates = learnt(*[seen(40, slot=slow)] * 500, *[seen(10, slot=fast)] * 500)
        assert told(estimates, slot=slow).likely > 2 * told(estimates, slot=fast).likely

    def test_a_slow_weekday_is_told_as_slow(self) -> None:
        monday, friday = Slot(0, 9), Slot(4, 9)
        estimates = learnt(*[seen(40, slot=monday)] * 500, *[seen(20, slot=friday)] * 500)
        assert told(estimates, slot=monday).likely > told(estimates, slot=friday).likely

    def test_an_hour_nobody_has_seen_is_as_the_whole_day(self) -> None:
        estimates = learnt(*[seen(30)] * 1000)
        assert told(estimates, slot=Slot(2, 14)).likely == pytest.approx(30, abs=4)

    def test_a_service_nobody_came_for_is_as_its_agency(self) -> None:
        estimates = learnt(*[seen(30)] * 1000)
        assert told(estimates, service=KK).likely == pytest.approx(30, abs=5)

    def test_one_visitor_does_not_turn_what_many_have_shown(self) -> None:
        many = [seen(20)] * 1000
        assert told(learnt(*many, seen(300, service="kk")), service=KK).likely < 40

    def test_a_service_that_is_new_since_is_told_by_its_minutes(self) -> None:
        new = Service(id="new", name="Baru", minutes=10)
        assert told(learnt(*[seen(30)] * 500), service=new, ahead=2) == Wait(10, None)

    def test_who_meets_an_empty_counter_waits_until_somebody_looks_up(self) -> None:
        free, quiet = Hands(1, Front.FREE), Hands(1, Front.QUIET)
        estimates = learnt(*[seen(1, 0, free)] * 500, *[seen(12, 0, quiet)] * 500)
        assert told(estimates, 0, free).likely == 1
        assert told(estimates, 0, quiet).likely == pytest.approx(12, abs=3)

    def test_numbers_of_an_agency_that_is_gone_teach_nothing(self) -> None:
        gone = Seen("gone", "old", MONDAY_9, 3, TWO_BUSY, 30.0)
        assert told(learnt(*[gone] * 500)).most is None


class TestWhatIsTold:
    def test_more_open_counters_mean_a_shorter_wait(self) -> None:
        estimates = learnt(*[seen(30)] * 1000)
        assert told(estimates, hands=Hands(4, Front.BUSY)).likely < told(estimates, hands=TWO_BUSY).likely

    def test_it_falls_as_one_moves_up_and_is_never_less_than_nothing(self) -> None:
        numbers = [seen(3 + n % 40, ahead=n % 23, hands=Hands(1 + n % 3, Front.BUSY)) for n in range(5000)]
        estimates = learnt(*numbers)
        waits = [told(estimates, ahead) for ahead in range(60)]
        assert all(a.likely <= b.likely and (a.most or 0) <= (b.most or 0) for a, b in pairwise(waits))
        assert all(0 <= wait.likely <= (wait.most or 0) for wait in waits)

    @pytest.mark.parametrize(
        ("minutes", "likely", "most"),
        [(0.2, 0, 1), (7.4, 7, 8), (9.9, 10, 10), (12.4, 10, 15), (33, 35, 35), (58, 60, 60), (73, 70, 80)],
    )
    def test_minutes_are_rounded_as_people_say_them(self, minutes: float, likely: int, most: int) -> None:
        assert (said(minutes), said(minutes, up=True)) == (likely, most)

    def test_a_table_knows_only_numbers_that_json_can_hold(self) -> None:
        learner = Learner(HALL)
        for _ in range(LEAST_SEEN):
            learner.count(seen(30))
        table = learner.table()
        assert isinstance(table, Table)
        assert not any(value == inf for rows in table.spread.values() for row in rows for value in row)


class TestHands:
    @pytest.mark.parametrize(
        ("lately", "occupied", "hands"),
        [
            (set(), set(), Hands(3, Front.FREE)),  # before the first call all count
            ({"1"}, set(), Hands(1, Front.FREE)),
            ({"1"}, {"1"}, Hands(1, Front.QUIET)),  # the others have called nobody for half an hour
            ({"1", "2"}, {"1"}, Hands(2, Front.FREE)),
            ({"1", "2"}, {"1", "2", "3"}, Hands(2, Front.BUSY)),
            ({"9"}, {"9"}, Hands(3, Front.FREE)),  # another agency's
        ],
    )
    def test_open_is_who_called_lately_and_free_where_nobody_is(
        self, lately: set[str], occupied: set[str], hands: Hands
    ) -> None:
        assert hands_of(("1", "2", "3"), lately, occupied) == hands

    def test_with_every_counter_resting_one_is_counted_and_none_is_free(self) -> None:
        assert hands_of((), set(), set()) == Hands(1, Front.BUSY)
