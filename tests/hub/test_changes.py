"""What may change in a hall while people are in it: tables that its manager can read."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from hub.changes import fixed, refusals
from hub.rows import TicketRow
from shared.hall import Agency, Counter, Hall, Service
from shared.model import State
from shared.words import Words
from tests.hub.small_hall import small_hall

Change = Callable[[Hall], Hall]


def nothing(hall: Hall) -> Hall:
    return hall


def a_new_agency(hall: Hall) -> Hall:
    services = [Service(id="paspor", name="Paspor", minutes=9)]
    imigrasi = Agency(id="imigrasi", name="Imigrasi", short_name="imigrasi", prefix="D", zone="l1", services=services)
    counter = Counter(id="4", number="4", zone="l1", agencies=["imigrasi"])
    return hall.model_copy(update={"agencies": [*hall.agencies, imigrasi], "counters": [*hall.counters, counter]})


def without_agency(name: str) -> Change:
    return lambda hall: hall.model_copy(update={"agencies": [one for one in hall.agencies if one.id != name]})


def without_service(name: str) -> Change:
    def change(hall: Hall) -> Hall:
        agencies = [
            agency.model_copy(update={"services": [one for one in agency.services if one.id != name]})
            for agency in hall.agencies
        ]
        return hall.model_copy(update={"agencies": agencies})

    return change


def without_counter(name: str) -> Change:
    return lambda hall: hall.model_copy(update={"counters": [one for one in hall.counters if one.id != name]})


def with_counter(name: str, **changes: object) -> Change:
    def change(hall: Hall) -> Hall:
        counters = [one.model_copy(update=changes) if one.id == name else one for one in hall.counters]
        return hall.model_copy(update={"counters": counters})

    return change


def prefixes(**new: str) -> Change:
    def change(hall: Hall) -> Hall:
        agencies = [one.model_copy(update={"prefix": new[one.id]}) if one.id in new else one for one in hall.agencies]
        return hall.model_copy(update={"agencies": agencies})

    return change


def person(service: str = "ktp", state: State = State.WAITING, **more: object) -> TicketRow:
    agency = {"ktp": "dukcapil", "kk": "dukcapil", "stnk": "samsat", "npwp": "pajak"}[service]
    row = TicketRow(1, "2026-02-12", agency[0].upper(), 7, agency, service, 0, "id", "", "t" * 22, 0, state.value)
    changed: dict[str, Any] = {**row._asdict(), **more}
    return TicketRow(**changed)


KTP, HELD, STNK = person(), person(state=State.HELD), person("stnk")
AT_1 = person(state=State.SERVING, counter="1")
FOR_3 = person(for_counter="3")
BACK_TO_3 = person(state=State.CALLED, counter="1", return_to="3")
THEN_NPWP = person(journey="dukcapil/ktp=now pajak/npwp=next")
WAS_AT_NPWP = person(journey="pajak/npwp=done dukcapil/ktp=now")

TABLE: list[tuple[str, Change, list[TicketRow], str]] = [
    ("nothing changes", nothing, [KTP, HELD, AT_1, FOR_3, BACK_TO_3], ""),
    ("an agency comes", a_new_agency, [KTP, AT_1], ""),
    ("a service nobody waits for goes", without_service("kk"), [KTP, AT_1], ""),
    ("a service one waits for goes", without_service("ktp"), [KTP], "1 orang masih dalam antrean layanan KTP (D-007)"),
    ("a service one is held for goes", without_service("ktp"), [HELD], "1 orang masih dalam antrean layanan KTP"),
    ("a service one is served goes", without_service("ktp"), [AT_1], "1 orang masih dalam antrean layanan KTP"),
    ("a service of a journey's next step goes", without_service("npwp"), [THEN_NPWP], "layanan NPWP (D-007)"),
    ("a service of a journey's past step goes", without_service("npwp"), [WAS_AT_NPWP], ""),
    ("an agency three wait for goes", without_agency("dukcapil"), [KTP] * 3, "3 orang masih dalam antrean layanan KTP"),
    ("an agency nobody waits for goes", without_agency("pajak"), [KTP], ""),
    ("one of two counters goes", without_counter("1"), [KTP], ""),
    ("the last counter goes", without_counter("2"), [STNK], "tidak ada loket lain untuknya"),
    ("the last counter turns to others", with_counter("2", agencies=["dukcapil"]), [STNK], "tidak ada loket lain"),
    ("a counter keeps to some services", with_counter("2", services=["ktp", "stnk"]), [KTP, STNK], ""),
    ("all counters leave one service out", with_counter("3", services=["x"]), [person("npwp")], "tidak ada loket lain"),
    ("a counter with somebody goes", without_counter("1"), [AT_1], "D-007 masih berada di loket 1"),
    ("a counter somebody waits for goes", without_counter("3"), [FOR_3], "1 orang masih menunggu loket 3 (D-007)"),
    ("a counter somebody returns to goes", without_counter("3"), [BACK_TO_3], "1 orang masih menunggu loket 3"),
    ("who waits for one counter alone needs no other", without_counter("2"), [person("stnk", for_counter="1")], ""),
]


@pytest.mark.parametrize(("change", "people", "says"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_nobody_who_waits_or_stands_somewhere_is_lost(change: Change, people: list[TicketRow], says: str) -> None:
    old = small_hall()
    told = [one(Words("id")) for one in refusals(old, change(old), people, {})]
    assert bool(told) == bool(says)
    assert says in " ".join(told)


PREFIXES: list[tuple[str, Change, dict[str, int], str]] = [
    ("no number is out", prefixes(dukcapil="K"), {"A": 0}, ""),
    ("numbers of another agency are out", prefixes(dukcapil="K"), {"B": 12}, ""),
    (
        "its own numbers are out",
        prefixes(dukcapil="K"),
        {"A": 12},
        "12 nomor A milik dukcapil sudah diberikan",
    ),
    ("two change places", prefixes(dukcapil="B", samsat="A"), {"B": 3}, "3 nomor B milik samsat"),
    ("the agency goes, its prefix too", without_agency("pajak"), {"C": 3}, ""),
    (
        "the agency goes, another gets its prefix",
        lambda hall: prefixes(samsat="C")(without_agency("pajak")(hall)),
        {"C": 3},
        "3 nomor C milik pajak",
    ),
]


@pytest.mark.parametrize(("change", "given", "says"), [row[1:] for row in PREFIXES], ids=[row[0] for row in PREFIXES])
def test_a_prefix_of_which_numbers_are_out_stays_until_midnight(
    change: Change, given: dict[str, int], says: str
) -> None:
    old = small_hall()
    told = [one(Words("id")) for one in refusals(old, change(old), [], given)]
    assert bool(told) == bool(says)
    assert says in " ".join(told)


@pytest.mark.parametrize(
    ("change", "is_refused"),
    [(nothing, False), (without_agency("samsat"), False), (without_agency("pajak"), True), (prefixes(pajak="X"), True)],
)
def test_an_agency_whose_numbers_are_torn_off_a_roll_stays(change: Change, is_refused: bool) -> None:
    old = small_hall()
    assert bool(refusals(old, change(old), [], {}, {"pajak"})) is is_refused


def test_who_was_lost_already_is_in_nobodys_way() -> None:
    unknown = person(service="ktp", agency="gone", for_counter="gone")
    hall = small_hall()
    assert refusals(hall, without_service("kk")(hall), [unknown], {}) == []


def test_a_running_hub_keeps_its_time_zone() -> None:
    old = small_hall()
    new = old.model_copy(update={"timezone": "Asia/Jayapura"})
    assert [one(Words("en")) for one in fixed(old, new)] == [
        "The time zone Asia/Jayapura takes effect when the hub is started again"
    ]
    assert fixed(old, old) == []


def _numbers() -> Iterator[TicketRow]:
    return (person(sequence=n) for n in range(1, 9))


def test_of_many_the_first_five_are_named_and_english_counts() -> None:
    old = small_hall()
    (told,) = refusals(old, without_service("ktp")(old), _numbers(), {})
    assert told(Words("en")) == ("8 people are still in the queue for KTP (D-001, D-002, D-003, D-004, D-005, …)")
    (one,) = refusals(old, without_service("ktp")(old), [KTP], {})
    assert one(Words("en")) == "1 person is still in the queue for KTP (D-007)"
