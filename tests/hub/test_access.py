"""Who may: the table, and the same asked of a real hub, verb by verb."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import pytest

from hub.access import ACCESS, Who, check, place
from hub.house import House
from hub.people import Asker, DeviceKey, SessionRow, StaffRow
from hub.routes import api
from hub.store import FILE_NAME, Store
from shared.model import DeviceKind, Role
from shared.trouble import Trouble
from tests.hub.running import ROOT
from tests.hub.secured import LIGHT, Headers, SecuredHub, start_secured
from tests.hub.small_hall import small_hall

PASER = ROOT / "config" / "paser.toml"
REFUSALS = {"device_unknown", "session_ended", "not_allowed"}

HALL = ["GET /api/hall"]
READ = [
    "GET /api/board",
    "GET /api/offers",
    "GET /api/events",
    "GET /api/counters/{counter}",
    "GET /openapi.json",
]
KIOSK = [
    "POST /api/tickets",
    "POST /api/tickets/{ticket}/printed",
    "POST /api/tickets/{ticket}/cancel",
    "GET /api/devices/{kind}/{device}/reprints",
    "GET /api/devices/{kind}/{device}/technician-pin",
]
EVERYBODY = ["GET /api/health", "POST /api/pair"]
COUNTER_APP = [
    "GET /api/staff",
    "POST /api/counters/{counter}/sign-in",
    "POST /api/counters/{counter}/sign-out",
    "POST /api/counters/{counter}/alarm",
    "POST /api/alarms/{alarm}/answer",
]
BOOKINGS = [
    "GET /api/bookings",
    "POST /api/bookings",
    "POST /api/bookings/{code}/cancel",
    "POST /api/bookings/import",
]
CHECK_IN = ["POST /api/check-in"]
SUPERVISOR = [
    "POST /api/counters/{counter}/close",
    "POST /api/counters/{counter}/reopen",
    "POST /api/agencies/{agency}/close",
    "POST /api/agencies/{agency}/reopen",
    "POST /api/agencies/{agency}/paper-roll",
    "POST /api/agencies/{agency}/end-paper-roll",
    "POST /api/quiet",
    "POST /api/quiet/end",
    "GET /api/overview",
    "GET /api/voices",
    "GET /api/configurations",
    "GET /api/configurations/{number}",
    "POST /api/configuration",
    "POST /api/configuration/undo",
    "POST /api/configuration/check",
]
ADMINISTRATOR = [
    "POST /api/staff",
    "POST /api/staff/{staff}/pin",
    "POST /api/staff/{staff}/role",
    "POST /api/staff/{staff}/disable",
    "POST /api/technician-pin",
    "GET /api/pairings",
    "POST /api/pairings",
    "POST /api/unpair",
    "GET /api/systems",
    "POST /api/systems",
    "POST /api/systems/{system}/end",
]
OF_ITSELF = ["POST /api/devices/{kind}/{device}"]
OF_A_TV = ["POST /api/calls/{call}/voiced"]
OF_THAT_TV = ["POST /api/devices/{kind}/{device}/voice"]
OF_DEVICES = {*OF_ITSELF, *OF_A_TV, *OF_THAT_TV}
ELSE = {*READ, *KIOSK, *EVERYBODY, *COUNTER_APP, *CHECK_IN, *BOOKINGS, *HALL, *SUPERVISOR, *ADMINISTRATOR, *OF_DEVICES}
OFFICER = sorted(set(ACCESS) - ELSE)
"""What is left: all that is done with visitors at a counter."""

DEVICES = {"kiosk", "display", "counter"}
AT_COUNTERS = {"officer", "officer next door", "supervisor", "administrator"}
STRANGERS = {"nobody", "forged key", "revoked key"}
OUT = {"signed out", "another app's session"}
EVERY = {"system"} | DEVICES | AT_COUNTERS | STRANGERS | OUT
WHO_MAY = [
    (READ, DEVICES | AT_COUNTERS | OUT),
    (HALL, {"system"} | DEVICES | AT_COUNTERS | OUT),
    (BOOKINGS, {"system", "supervisor", "administrator"}),
    (KIOSK, {"kiosk"}),
    (EVERYBODY, EVERY),
    (COUNTER_APP, {"counter"} | AT_COUNTERS | OUT),
    (CHECK_IN, {"kiosk"} | AT_COUNTERS),
    (OFFICER, AT_COUNTERS - {"officer next door"}),
    (SUPERVISOR, {"supervisor", "administrator"}),
    (ADMINISTRATOR, {"administrator"}),
    (OF_ITSELF, {"kiosk"}),  # the matrix reports for the kiosk
    (OF_A_TV, {"display"}),
    (OF_THAT_TV, set()),  # of the kiosk there is no voice
]
MAY = {name: who for names, who in WHO_MAY for name in names}


class TestTable:
    def test_every_verb_and_every_route_stands_in_it_and_nothing_else(self, tmp_path: Path) -> None:
        store = Store(tmp_path / FILE_NAME)
        house = House(small_hall(), store=store, clock=datetime.now, data=tmp_path, is_open=False)
        told = import_module("hub.openapi").contract(api(house))["paths"]  # no other test needs FastAPI for it
        store.close()
        asked = {f"{method.upper()} {path}" for path, methods in told.items() for method in methods}
        assert asked | {"GET /openapi.json"} == set(ACCESS)

    def test_visitors_work_at_counters_is_an_officer_s(self) -> None:
        assert {path.rpartition("/")[0] for path in OFFICER} == {"POST /api/counters/{counter}"}

    @pytest.mark.parametrize(
        ("method", "path", "found"),
        [
            ("GET", "/api/counters/loket-1", ("GET /api/counters/{counter}", ["loket-1"])),
            ("POST", "/api/devices/kiosk/k", ("POST /api/devices/{kind}/{device}", ["kiosk", "k"])),
            ("POST", "/api/hall", None),
            ("GET", "/api/counters/", None),
            ("GET", "/api", None),
            ("GET", "//api/hall", None),
        ],
    )
    def test_a_path_is_found_by_its_shape(self, method: str, path: str, found: object) -> None:
        assert place(method, path) == found

    @pytest.mark.parametrize("role", Role)
    @pytest.mark.parametrize("least", Role)
    def test_each_role_may_what_those_before_it_may(self, role: Role, least: Role) -> None:
        asker = an_asker(role)
        if role.rank >= least.rank:
            check(Who(role=least), asker, "1")
        else:
            with pytest.raises(Trouble):
                check(Who(role=least), asker, "1")

    def test_only_an_officer_is_bound_to_one_counter(self) -> None:
        check(Who(role=Role.OFFICER), an_asker(Role.SUPERVISOR), "2")
        with pytest.raises(Trouble):
            check(Who(role=Role.OFFICER), an_asker(Role.OFFICER), "2")

    def test_what_stands_nowhere_is_nobody_s(self) -> None:
        with pytest.raises(Trouble):
            check(Who(), an_asker(Role.ADMINISTRATOR), None)


def an_asker(role: Role) -> Asker:
    """Somebody of that role, signed in at counter 1."""
    return Asker(
        is_guarded=True,
        key=DeviceKey(1, DeviceKind.COUNTER.value, "1", 0),
        staff=StaffRow(1, "Siti", role.value, 1, ""),
        session=SessionRow("1", "app", "PC", 1, 1, 0, bytes(32)),
    )


# ------------------------------------------------------------ asked of a real hub


@dataclass
class Hall:
    """A secured hub with one of each who may ask, each by its headers."""

    hub: SecuredHub
    askers: dict[str, Headers]
    ticket: int

    def ask(self, who: str, name: str) -> httpx.Response:
        method, _, path = name.partition(" ")
        path = path.format(
            counter="loket-1",
            agency="umum",
            ticket=self.ticket,
            staff=999,
            kind="kiosk",
            device="kios-1",
            number=1,
            alarm=1,
            code="NONE",
            system="no-such",
            call=1,
        )
        if method == "POST":
            return self.hub.ask(self.askers[who], path, BODIES.get(name, {}))
        with self.hub.bare.stream(method, path, headers=self.askers[who]) as reply:
            if not is_feed(reply):
                reply.read()
        return reply

    def state(self) -> list[Any]:
        """All that verbs may change."""
        with closing(sqlite3.connect(f"file:{self.hub.data / FILE_NAME}?mode=ro", uri=True)) as file:
            last = file.execute("SELECT max(id) FROM event").fetchall()
            tables = ("ticket", "staff", "session", "device_key", "closing", "reprint", "booking", "quiet", "answer")
            return [last, *(file.execute(f"SELECT * FROM {table}").fetchall() for table in tables)]  # noqa: S608  -- our own names


def is_feed(reply: httpx.Response) -> bool:
    """Whether it goes on for ever."""
    return str(reply.headers.get("content-type", "")).startswith("text/event-stream")


BODIES: dict[str, object] = {
    "POST /api/tickets": {"service": "bpjs-kesehatan-informasi", "kiosk": "kios-1"},
    "POST /api/tickets/{ticket}/printed": {"outcome": "printed"},
    "POST /api/counters/{counter}/reprint": {"number": "A-999"},
    "POST /api/bookings": {"service": "bpjs-kesehatan-informasi", "at": "2026-01-01T08:00:00+08:00"},
    "POST /api/bookings/import": {"text": "", "dry_run": True},
    "POST /api/check-in": {"code": "NONE"},
    "POST /api/calls/{call}/voiced": {"outcome": "late"},
    "POST /api/devices/{kind}/{device}/voice": {"sound": True},
    "POST /api/pair": {"kind": "kiosk", "id": "kios-1", "nonce": "0" * 64, "proof": "0" * 64},
    "POST /api/counters/{counter}/sign-in": {"app": "0" * 36, "host": "PC", "staff": 999, "pin": "1234"},
    "POST /api/staff": {"name": "Baru", "role": "officer", "pin": "1234"},
    "POST /api/technician-pin": {"pin": "471100"},
    "POST /api/pairings": {"kind": "display", "id": "tv-1"},
    "POST /api/systems": {"name": "other"},
    "POST /api/unpair": {"kind": "display", "id": "no-such"},
}


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with start_secured(tmp_path_factory.mktemp("secured") / "data", "--always-open", site=PASER, program=LIGHT) as hub:
        kiosk, display = hub.pair("kiosk", "kios-1"), hub.pair("display", "tv-1")
        here, next_door = hub.pair("counter", "loket-1"), hub.pair("counter", "loket-2")
        revoked = hub.pair("kiosk", "kios-1")
        kiosk = hub.pair("kiosk", "kios-1")
        people = {role: hub.add_staff(f"{role} 1", role) for role in ("officer", "supervisor", "administrator")}
        out = hub.sign_in(next_door, "loket-2", people["officer"])
        ticket = hub.ask(kiosk, "/api/tickets", {"service": "bpjs-kesehatan-informasi"}).json()["id"]
        system = hub.post("/api/systems", {"name": "simpel"})
        askers = {
            "nobody": {},
            "forged key": {"Authorization": "Bearer " + "A" * 43},
            "revoked key": revoked,
            "kiosk": kiosk,
            "display": display,
            "counter": here,
            "system": {"Authorization": f"Bearer {system.json()['key']}"},
            "officer next door": hub.sign_in(next_door, "loket-2", people["officer"], take_over=True),
            "supervisor": hub.sign_in(next_door, "loket-3", people["supervisor"]),
            "administrator": hub.sign_in(next_door, "loket-4", people["administrator"]),
            "officer": hub.sign_in(here, "loket-1", people["officer"]),
            "signed out": out,
        }
        askers["another app's session"] = next_door | {"Antre-Session": askers["officer"]["Antre-Session"]}
        yield Hall(hub, askers, ticket)


def refusal_of(who: str, name: str) -> set[str]:
    """What somebody is told who may not."""
    if who in STRANGERS:
        return {"device_unknown"}
    is_people_s = name in {*OFFICER, *CHECK_IN, *BOOKINGS, *SUPERVISOR, *ADMINISTRATOR}
    return {"session_ended"} if is_people_s and who in {"counter", *OUT} else {"not_allowed"}


STATUS = {"device_unknown": 401, "session_ended": 401, "not_allowed": 403}


def test_a_kiosk_has_a_say_about_the_copy_it_was_asked_for_alone(hall: Hall) -> None:
    officer, kiosk, hub = hall.askers["officer"], hall.askers["kiosk"], hall.hub
    issued = hub.ask(officer, "/api/counters/loket-1/issue", {"service": "bpjs-kesehatan-informasi"}).json()["id"]
    wanted = {"ticket": issued, "kiosk": "kios-1"}
    copy = {"outcome": "printed", "is_copy": True}
    copy["reprint"] = hub.ask(officer, "/api/counters/loket-1/reprint", wanted).json()["id"]
    other = hub.take(service="bpjs-kesehatan-informasi", kiosk="kios-2")["id"]
    assert hub.ask(kiosk, f"/api/tickets/{other}/printed", copy).status_code == 403
    assert hub.ask(kiosk, f"/api/tickets/{issued}/printed", copy).status_code < 300


@pytest.mark.parametrize("name", MAY)
def test_who_may_not_is_refused_and_changes_nothing(hall: Hall, name: str) -> None:
    before = hall.state()
    for who in sorted(EVERY - MAY[name]):
        reply = hall.ask(who, name)
        code = reply.json()["code"]
        assert (who, {code}, reply.status_code) == (who, refusal_of(who, name), STATUS[code])
    assert hall.state() == before


@pytest.mark.parametrize("name", sorted(MAY, key=lambda name: name in COUNTER_APP))
def test_who_may_is_let_in(hall: Hall, name: str) -> None:
    for who in sorted(MAY[name]):
        reply = hall.ask(who, name)
        code = "" if is_feed(reply) or reply.status_code < 400 else reply.json().get("code")
        assert (who, code not in REFUSALS) == (who, True)
        assert reply.status_code < 500
