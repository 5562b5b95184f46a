"""Changing the configuration of a real hub while it is open: by its file, from an app, back again, and under load."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from shared.hall import Hall
from tests.hub.running import SITE, RunningHub, start_hub, until
from tests.hub.secured import start_secured

KK = "kependudukan-kk"
PASSPORT = """
[[agency.service]]  # baru
id = "umum-paspor"
name = "Surat Pengantar Paspor"
minutes = 6
"""


class Hallway:
    """A hall's file and its hub."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "gedung.toml"
        self.data = folder / "data"
        self.path.write_bytes(SITE.read_bytes())

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    def edit(self, old: str, new: str) -> str:
        """As an editor does; returns the new text."""
        text = self.edited(old, new)
        self.path.write_text(text, encoding="utf-8")
        return text

    def edited(self, old: str, new: str) -> str:
        assert self.text.count(old) == 1, old
        return self.text.replace(old, new)

    def with_passport(self) -> str:
        """The file with one service more, under its last agency."""
        return self.edited('[[counter]]\nid = "loket-1"', f'{PASSPORT}\n[[counter]]\nid = "loket-1"')

    def without_kk(self) -> str:
        before, _, after = self.text.partition(f'[[agency.service]]\nid = "{KK}"')
        return before + "[[agency.service]]" + after.partition("[[agency.service]]")[2]

    def open(self) -> AbstractContextManager[RunningHub]:
        return start_hub(self.data, site=self.path)


@pytest.fixture
def hallway(tmp_path: Path) -> Hallway:
    return Hallway(tmp_path)


@pytest.fixture
def hub(hallway: Hallway) -> Iterator[RunningHub]:
    with hallway.open() as hub:
        yield hub


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Hallway, RunningHub]]:
    """A hall that tests share."""
    hallway = Hallway(tmp_path_factory.mktemp("hallway"))
    with hallway.open() as hub:
        yield hallway, hub


def configure(hub: RunningHub, text: str, base: int, *, key: object = None, **headers: str) -> httpx.Response:
    return hub.post("/api/configuration", {"text": text, "base": base}, key=key, **headers)


def in_force(hub: RunningHub) -> int:
    return int(hub.get("/api/health")["configuration"])


def services(hub: RunningHub) -> set[str]:
    hall = Hall.model_validate(hub.get("/api/hall"))
    return {service.id for agency in hall.agencies for service in agency.services}


class TestByItsFile:
    def test_a_new_service_can_be_taken_within_five_seconds_while_people_take_and_are_called(
        self, hub: RunningHub, hallway: Hallway
    ) -> None:
        load = Load(hub)
        with load:
            hallway.path.write_text(hallway.with_passport(), encoding="utf-8")
            until(lambda: in_force(hub) == 2, what="it was not taken up", seconds=5)
            ticket = hub.take("umum-paspor")
        assert ticket["number"].startswith("B-")
        assert load.failures == []
        load.assert_nobody_is_lost()

    def test_all_hear_of_it_by_an_event_and_by_the_clock(self, hub: RunningHub, hallway: Hallway) -> None:
        listening = hub.listen("/api/events")
        assert '"configuration":1' in listening.message()["data"]
        hallway.edit('tagline = "Antre tertib', 'tagline = "Antre tenang')
        (event,) = listening.events(1)
        assert (event["kind"], event["configuration"]) == ("configured", 2)
        assert hub.get("/api/hall")["configuration"] == 2
        assert hub.get("/api/hall")["tagline"].startswith("Antre tenang")
        listening.close()

    def test_a_wrong_file_changes_nothing_and_says_why(self, hub: RunningHub, hallway: Hallway) -> None:
        hallway.edit('timezone = "Asia/Makassar"', 'timezon = "Asia/Makassar"')
        until(lambda: hub.get("/api/health")["refused_configuration"])
        health = hub.get("/api/health")
        assert (health["status"], health["troubles"]) == ("trouble", ["configuration_refused"])
        assert "Kunci 'timezon' tidak dikenal di [hall]" in health["refused_configuration"][0]
        told = hub.get("/api/counters/loket-1")["refused_configuration"]
        assert told.startswith("gedung.toml, baris 8: Kunci 'timezon' tidak dikenal di [hall]. Maksudnya 'timezone'?")
        assert in_force(hub) == 1
        said = [line for line in _log(hub) if "is not taken up" in line]
        assert len(said) == 1
        hallway.edit("timezon =", "timezone =")
        until(lambda: hub.get("/api/health")["troubles"] == [])
        assert in_force(hub) == 1

    def test_who_waits_keeps_the_old_configuration_in_force_until_the_end_of_the_visit(
        self, hub: RunningHub, hallway: Hallway
    ) -> None:
        ticket = hub.take(KK)
        hallway.path.write_text(hallway.without_kk(), encoding="utf-8")
        until(lambda: hub.get("/api/health")["refused_configuration"])
        (why,) = hub.get("/api/health")["refused_configuration"]
        assert why == f"1 orang masih dalam antrean layanan Kartu Keluarga (KK) ({ticket['number']})"
        assert KK in services(hub)
        assert hub.post("/api/counters/loket-1/next").json()["ticket"]["id"] == ticket["id"]
        assert hub.post("/api/counters/loket-1/finish", {"ticket": ticket["id"]}).status_code == 200
        until(lambda: KK not in services(hub))
        assert hub.get("/api/health")["refused_configuration"] == []
        assert hub.post("/api/tickets", {"service": KK}).status_code == 404

    def test_what_was_done_at_an_agency_that_is_gone_can_still_be_looked_at(
        self, hub: RunningHub, hallway: Hallway
    ) -> None:
        ticket = hub.take("umum-surat")
        hub.post("/api/counters/loket-1/next")
        hub.post("/api/counters/loket-1/finish", {"ticket": ticket["id"]})
        before, _, after = hallway.text.partition('[[agency]]\nid = "umum"')
        rest = "[[counter]]" + after.partition("[[counter]]")[2]
        hallway.path.write_text((before + rest).replace(', "umum"]', "]"), encoding="utf-8")
        until(lambda: "umum-surat" not in services(hub))
        page = hub.client.get(f"/t/{ticket['token']}")
        assert page.status_code == 200
        assert ticket["number"] in page.text
        for path in ("/api/board", "/api/offers", "/api/overview", "/api/counters/loket-1", "/api/health"):
            assert hub.get(path)
        assert hub.get("/api/counters/loket-1")["history"][0]["ticket"]["number"] == ticket["number"]
        assert hub.take(KK)["number"].startswith("A-")

    def test_another_time_zone_waits_for_a_restart(self, hub: RunningHub, hallway: Hallway) -> None:
        hallway.edit('timezone = "Asia/Makassar"', 'timezone = "Asia/Jayapura"')
        until(lambda: hub.get("/api/health")["refused_configuration"])
        assert "setelah hub dinyalakan ulang" in hub.get("/api/health")["refused_configuration"][0]
        hub.end()
        with hallway.open() as again:
            assert again.get("/api/hall")["timezone"] == "Asia/Jayapura"

    def test_a_new_logo_is_taken_up_as_well(self, hub: RunningHub, hallway: Hallway) -> None:
        logos = SITE.parent.parent / "assets" / "logos"
        logo = hallway.path.parent / "logo.png"
        logo.write_bytes((logos / "paser.png").read_bytes())
        hallway.edit("single_pc = true", 'logo = "logo.png"\nsingle_pc = true')
        until(lambda: in_force(hub) == 2)
        first = hub.get("/api/hall")["logo"]
        logo.write_bytes((logos / "balikpapan.png").read_bytes())
        until(lambda: in_force(hub) == 3)
        assert hub.get("/api/hall")["logo"] not in ("", first)

    def test_an_idle_hub_that_is_left_alone_keeps_one_configuration(self, hub: RunningHub, hallway: Hallway) -> None:
        hallway.path.touch()
        listening = hub.listen("/api/events")
        clocks = [listening.message()["data"] for _ in range(2)]
        listening.close()
        assert all('"configuration":1' in clock for clock in clocks)
        assert hub.last_event() == 0


class TestFromAnApp:
    """Before one hub, which begins each test with the configuration that it had first."""

    @pytest.fixture
    def hallway(self, standing: tuple[Hallway, RunningHub]) -> Hallway:
        return standing[0]

    @pytest.fixture
    def hub(self, standing: tuple[Hallway, RunningHub]) -> RunningHub:
        hallway, hub = standing
        first = SITE.read_text(encoding="utf-8")
        assert hallway.text == first or configure(hub, first, in_force(hub)).status_code == 200
        return hub

    @pytest.fixture
    def base(self, hub: RunningHub) -> int:
        return in_force(hub)

    def test_a_text_is_in_force_and_in_the_file_with_its_comments(
        self, hub: RunningHub, hallway: Hallway, base: int
    ) -> None:
        text = hallway.with_passport()
        assert configure(hub, text, base).json()["id"] == base + 1
        assert "umum-paspor" in services(hub)
        assert hallway.text == text
        assert "# baru" in hallway.text
        assert hub.get(f"/api/configurations/{base + 1}")["text"] == text

    def test_a_wrong_text_is_refused_with_every_line(self, hub: RunningHub, hallway: Hallway, base: int) -> None:
        before = hallway.text
        wrong = before.replace("timezone =", "timezon =").replace("minutes = 9", 'minutes = "9"')
        reply = configure(hub, wrong, base, Accept_Language="en")
        assert (reply.status_code, reply.json()["code"]) == (422, "configuration_wrong")
        faults = reply.json()["now"]
        assert [fault["line"] for fault in faults] == [8, wrong.split('minutes = "9"')[0].count("\n") + 1]
        assert faults[0]["hint"] == "Did you mean 'timezone'?"
        assert (hallway.text, in_force(hub)) == (before, base)
        checked = hub.post("/api/configuration/check", {"text": wrong}, Accept_Language="en").json()
        assert checked["faults"] == faults

    def test_checking_tells_what_waits_for_a_restart_and_changes_nothing(
        self, hub: RunningHub, hallway: Hallway, base: int
    ) -> None:
        text = hallway.edited("single_pc = true", 'single_pc = true\nlisten = "127.0.0.1:8099"')
        checked = hub.post("/api/configuration/check", {"text": text}).json()
        assert checked["faults"] == []
        assert "listen berlaku setelah hub dinyalakan ulang." in checked["warnings"]
        assert in_force(hub) == base

    def test_of_two_who_edit_the_same_one_is_refused(self, hub: RunningHub, hallway: Hallway, base: int) -> None:
        mine, theirs = hallway.with_passport(), hallway.edited("Antre tertib", "Antre tenang")
        assert configure(hub, mine, base).status_code == 200
        reply = configure(hub, theirs, base)
        assert (reply.status_code, reply.json()["code"]) == (409, "configuration_moved")
        assert reply.json()["now"]["id"] == base + 1
        assert hallway.text == mine

    def test_the_same_key_gets_the_same_answer(self, hub: RunningHub, hallway: Hallway, base: int) -> None:
        key, text = uuid4(), hallway.with_passport()
        first, again = (configure(hub, text, base, key=key) for _ in range(2))
        assert (first.content, first.status_code) == (again.content, 200)
        assert configure(hub, text + "\n", base, key=key).json()["code"] == "key_reused"
        assert in_force(hub) == base + 1

    def test_who_waits_is_not_lost(self, hub: RunningHub, hallway: Hallway, base: int) -> None:
        ticket, before = hub.take(KK), hallway.text
        reply = configure(hub, hallway.without_kk(), base)
        assert (reply.status_code, reply.json()["code"]) == (409, "configuration_refused")
        assert ticket["number"] in reply.json()["title"]
        assert (hallway.text, in_force(hub)) == (before, base)

    def test_a_file_edited_by_hand_is_not_written_over(self, hub: RunningHub, hallway: Hallway, base: int) -> None:
        mine, wrong = hallway.with_passport(), hallway.edit("timezone =", "timezon =")
        until(lambda: hub.get("/api/health")["refused_configuration"])
        assert configure(hub, mine, base).json()["code"] == "file_edited"
        assert hallway.text == wrong
        assert hub.post("/api/configuration/undo", {"to": base}).json()["id"] == base
        assert hallway.text == SITE.read_text(encoding="utf-8")
        until(lambda: hub.get("/api/health")["troubles"] == [])

    def test_an_earlier_one_comes_back_as_the_newest(self, hub: RunningHub, hallway: Hallway, base: int) -> None:
        before = hallway.text
        configure(hub, hallway.with_passport(), base)
        assert hub.post("/api/configuration/undo", {"to": base}).json()["id"] == base + 2
        assert hallway.text == before
        assert "umum-paspor" not in services(hub)
        told = hub.get("/api/configurations")
        newest, before_it, *_, first = [(one["id"], one["origin"]) for one in told["configurations"]]
        assert (newest, before_it, first) == ((base + 2, "undo"), (base + 1, "app"), (1, "file"))
        assert told["refused"] == []
        assert hub.post("/api/configuration/undo", {"to": 999}).json()["code"] == "unknown_configuration"

    def test_a_folder_that_refuses_is_told(self, hub: RunningHub, hallway: Hallway, base: int) -> None:
        text = hallway.with_passport()
        in_its_way = hallway.path.parent / "gedung.draft"
        in_its_way.mkdir()
        reply = configure(hub, text, base)
        in_its_way.rmdir()
        assert (reply.status_code, reply.json()["code"]) == (409, "file_unwritable")
        assert in_force(hub) == base

    def test_the_largest_hall_fits_in_one_body(self, hub: RunningHub, hallway: Hallway, base: int) -> None:
        many = "".join(
            f'[[agency.service]]\nid = "umum-{n}"\nname = "Layanan nomor {n} dari banyak layanan"\n'
            f'name_en = "Service number {n} of a great many"\nminutes = 7  # keterangan panjang tentang layanan ini\n\n'
            for n in range(450)
        )
        text = hallway.edited('[[counter]]\nid = "loket-1"', f'{many}[[counter]]\nid = "loket-1"')
        assert len(text) > 64 * 1024
        assert configure(hub, text, base).status_code == 200
        ticket = hub.take("umum-449")
        assert ticket["service"] == "umum-449"
        assert hub.post(f"/api/tickets/{ticket['id']}/cancel").status_code == 200

    def test_what_is_no_body_of_it_is_refused(self, hub: RunningHub) -> None:
        assert hub.client.post("/api/configuration", json={"text": "", "base": 1}).json()["code"] == "key_missing"
        assert hub.post("/api/configuration", {"text": "x"}).json()["code"] == "bad_request"
        assert hub.post("/api/configuration", {"text": "x" * 3_000_000, "base": 1}).json()["code"] == "bad_request"
        assert hub.client.get("/api/configurations/x").json()["code"] == "unknown_configuration"
        assert hub.client.get("/api/configurations/999").status_code == 404


class TestOverARestart:
    def test_a_hub_killed_in_the_middle_of_a_change_has_one_of_the_two_afterwards(self, hallway: Hallway) -> None:
        text = hallway.with_passport()
        for pause in (0.02, 0.1):
            with hallway.open() as hub:
                base, new = in_force(hub), f"{text}\n# {pause}\n"
                asking = threading.Thread(target=_try, args=(lambda base=base, new=new: configure(hub, new, base),))
                asking.start()
                asking.join(pause)
                hub.kill()
                asking.join()
            with hallway.open() as again:
                now = again.get("/api/configurations")["configurations"][0]["id"]
                assert again.get("/api/health")["troubles"] == []
                assert again.get("/api/hall")["configuration"] == now
                assert again.get(f"/api/configurations/{now}")["text"] == hallway.text

    def test_a_file_written_while_the_hub_was_off_is_told_to_who_comes_back(self, hallway: Hallway) -> None:
        with hallway.open() as hub:
            hub.end()
        hallway.path.write_text(hallway.with_passport(), encoding="utf-8")
        with hallway.open() as again:
            listening = again.listen("/api/events?after=0")
            assert [event["kind"] for event in listening.events(1)] == ["configured"]
            listening.close()
            assert in_force(again) == 2

    def test_a_wrong_file_leaves_the_hub_with_what_it_had(self, hallway: Hallway) -> None:
        with hallway.open() as hub:
            hub.end()
        hallway.edit("timezone =", "timezon =")
        with hallway.open() as again:
            assert in_force(again) == 1
            until(lambda: again.get("/api/health")["troubles"] == ["configuration_refused"])
            hallway.edit("timezon =", "timezone =")
            until(lambda: again.get("/api/health")["troubles"] == [])

    def test_a_file_without_what_people_wait_for_leaves_the_hub_with_what_it_had(self, hallway: Hallway) -> None:
        with hallway.open() as hub:
            ticket = hub.take(KK)
            hub.end()
        hallway.path.write_text(hallway.without_kk(), encoding="utf-8")
        with hallway.open() as again:
            assert KK in services(again)
            assert again.post("/api/counters/loket-1/next").json()["ticket"]["id"] == ticket["id"]


def test_a_supervisor_changes_it_and_is_named_and_an_officer_may_not(hallway: Hallway) -> None:
    with start_secured(hallway.data, site=hallway.path) as hub:
        app = hub.pair("counter", "loket-1")
        officer = hub.sign_in(app, "loket-1", hub.add_staff("Budi"))
        body = {"text": hallway.with_passport(), "base": 1}
        assert hub.ask(officer, "/api/configuration", body).json()["code"] == "not_allowed"
        assert hub.ask(app, "/api/configuration/undo", {"to": 1}).json()["code"] == "session_ended"
        supervisor = hub.sign_in(app, "loket-1", hub.add_staff("Siti", "supervisor"), take_over=True)
        assert hub.ask(supervisor, "/api/configuration", body).json()["by"] == "Siti"
        told = hub.get("/api/configurations")["configurations"]
        assert [(one["id"], one["by"]) for one in told] == [(2, "Siti"), (1, "")]


def _log(hub: RunningHub) -> list[str]:
    return (hub.data / "logs" / "hub.log").read_text(encoding="utf-8").splitlines()


def _try(ask: Callable[[], object]) -> None:
    try:
        ask()
    except Exception:  # noqa: BLE001  -- the hub was killed under its hands
        logging.getLogger(__name__).debug("no answer")


class Load:
    """Two visitors and two officers who never rest."""

    def __init__(self, hub: RunningHub) -> None:
        self.hub = hub
        self.taken: list[int] = []
        self.called: list[int] = []
        self.failures: list[str] = []
        self._over = threading.Event()
        self._threads = [
            *(threading.Thread(target=self._take, args=(service,)) for service in (KK, "umum-surat")),
            *(threading.Thread(target=self._call, args=(counter,)) for counter in ("loket-1", "loket-2")),
        ]

    def __enter__(self) -> None:
        for thread in self._threads:
            thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(20)

    def _take(self, service: str) -> None:
        while not self._over.wait(0.01):
            reply = self.hub.post("/api/tickets", {"service": service})
            if reply.status_code == 201:
                self.taken.append(reply.json()["id"])
            else:
                self.failures.append(reply.text)

    def _call(self, counter: str) -> None:
        while not self._over.wait(0.01):
            reply = self.hub.post(f"/api/counters/{counter}/next")
            if reply.status_code == 200:
                self.called.append(reply.json()["ticket"]["id"])
            elif reply.status_code != 204:
                self.failures.append(reply.text)

    def assert_nobody_is_lost(self) -> None:
        """Every ticket was called once, or waits."""
        assert self.taken
        assert len(self.called) == len(set(self.called))
        views = [self.hub.get(f"/api/counters/{counter}") for counter in ("loket-1", "loket-2")]
        waiting = {ticket["id"] for view in views for ticket in view["waiting"]}
        counted = sum(one["waiting"] for one in self.hub.get("/api/board")["waiting"])
        assert len(set(self.taken) - set(self.called) - waiting) <= max(0, counted - len(waiting))
