"""How many may listen: bounded in all, for one address, for one ticket; and nobody's seat outlives its feed."""

import subprocess
import sys

import httpx
import pytest
from starlette.requests import Request

from hub import seats as seats_module
from hub.seats import (
    FEEDS_OF_THIS_PC,
    MOST_FEEDS,
    MOST_PAGES,
    PAGES_OF_TICKET,
    Seats,
    of_address,
    open_all_files,
    room_for,
)
from shared.trouble import Trouble
from start import deb
from tests.hub.running import Listener, RunningHub, until


def of(address: str) -> dict[str, int]:
    return of_address(Request({"type": "http", "client": (address, 1)}), 3, here=9)


def test_in_all_there_are_so_many() -> None:
    seats = Seats(1)
    with seats.taken({"a": 5}), pytest.raises(Trouble) as refused, seats.taken({"b": 5}):
        pass
    assert (refused.value.code, refused.value.kind.status) == ("hub_full", 503)


def test_one_address_does_not_hold_the_seats_of_another() -> None:
    seats = Seats(10)
    with seats.taken({"a": 1}):
        with pytest.raises(Trouble), seats.taken({"a": 1}):
            pass
        with seats.taken({"b": 1}):
            pass


def test_a_seat_given_up_is_free_again_and_leaves_no_name_behind() -> None:
    seats = Seats(1)
    for n in range(3):
        with seats.taken({f"address {n}": 1, "ticket t": 1}):
            pass
    assert seats._taken == {}


def test_one_who_is_refused_holds_nothing() -> None:
    seats = Seats(10)
    with seats.taken({"ticket": 1}), pytest.raises(Trouble), seats.taken({"a": 5, "ticket": 1}):
        pass
    assert seats._taken == {}


@pytest.mark.parametrize(
    ("address", "most"),
    [("192.168.10.7", 3), ("::ffff:192.168.10.7", 3), ("127.0.0.1", 9), ("::1", 9), ("::ffff:127.0.0.1", 9), ("", 9)],
)
def test_programs_on_the_hubs_own_pc_have_a_bound_of_their_own(address: str, most: int) -> None:
    assert list(of(address).values()) == [most]


def test_two_addresses_are_two() -> None:
    assert of("192.168.10.7").keys().isdisjoint(of("192.168.10.8"))


@pytest.mark.parametrize(("files", "room"), [(1 << 20, 1000), (1024, 448), (256, 64), (10, 1)])
def test_where_few_files_may_be_open_there_is_less_room(files: int, room: int) -> None:
    assert room_for(MOST_FEEDS, files) == room


@pytest.mark.skipif(sys.platform == "win32", reason="another system")
def test_all_files_the_system_allows_may_be_open() -> None:
    import resource  # noqa: PLC0415  -- another system has none

    script = "from hub.seats import open_all_files; print(open_all_files())"
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    few = min(hard, 4096)
    limits = f"import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (64, {few}))"
    said = subprocess.run(
        [sys.executable, "-c", f"{limits}; {script}"], capture_output=True, text=True, timeout=60, check=True
    )
    assert int(said.stdout) == few
    assert open_all_files() == hard if hard != resource.RLIM_INFINITY else seats_module._NO_LIMIT


def feed_status(hub: RunningHub, path: str) -> httpx.Response | None:
    """The refusal of a feed; None when it opens."""
    with hub.client.stream("GET", path, headers={"Accept-Language": "en"}) as reply:
        if reply.status_code == 200:
            return None
        reply.read()
        return reply


def test_one_tickets_pages_leave_room_for_anothers(hub: RunningHub) -> None:
    mine, yours = (f"/t/{hub.take()['token']}/events" for _ in range(2))
    listeners = [hub.listen(mine) for _ in range(PAGES_OF_TICKET)]
    refused = feed_status(hub, mine)
    assert refused is not None
    assert (refused.status_code, refused.json()["code"]) == (503, "hub_full")
    assert refused.json()["title"] == "Too many screens follow the hub at once."
    assert refused.headers["retry-after"] == "5"
    assert feed_status(hub, yours) is None
    listeners.pop().close()
    until(lambda: feed_status(hub, mine) is None)
    for listener in listeners:
        listener.close()


def test_feeds_are_bounded_and_the_hub_answers_on(hub: RunningHub) -> None:
    listeners: list[Listener] = []
    try:
        while not (refused := feed_status(hub, "/api/events?after=0")):
            listeners += [hub.listen("/api/events?after=0") for _ in range(50)]
            assert len(listeners) <= FEEDS_OF_THIS_PC
        assert refused.json()["code"] == "hub_full"
        assert len(listeners) == FEEDS_OF_THIS_PC
        assert hub.take()["id"] == 1
        assert hub.get("/api/health")["listeners"] == FEEDS_OF_THIS_PC
    finally:
        for listener in listeners:
            listener.close()
    until(lambda: hub.get("/api/health")["listeners"] == 0)


def test_as_a_service_the_hub_may_have_a_file_for_each_seat() -> None:
    limit = next(line for line in deb._UNIT.splitlines() if line.startswith("LimitNOFILE="))
    files = int(limit.partition("=")[2])
    assert (room_for(MOST_FEEDS, files), room_for(MOST_PAGES, files)) == (MOST_FEEDS, MOST_PAGES)
