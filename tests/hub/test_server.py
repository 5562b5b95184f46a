"""The real hub, as its own process."""

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from hub.access import ACCESS
from hub.program import _listener
from shared.hall import Hall
from shared.site import load
from shared.start_hub import HUSHED, IN_USE
from shared.trouble import Trouble
from shared.wire import Board, Call, CounterView, Device, Event, Health, Problem, Ticket, Voices
from tests.hub.running import ROOT, SITE, RunningHub, command, start_hub, until

NEXT = "/api/counters/loket-1/next"


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """A hub that tests share, where they leave each other alone."""
    with start_hub(tmp_path_factory.mktemp("hub")) as hub:
        yield hub


@pytest.fixture
def quiet(standing: RunningHub) -> RunningHub:
    """The shared hub with nobody waiting and nobody at its first counter."""
    while standing.post(NEXT).status_code == 200:
        pass
    return standing


PC_1, PC_2 = ({"app": str(uuid4()), "host": f"PC {number}"} for number in (1, 2))


class TestCounterInUse:
    def test_is_refused_taken_over_and_left(self, quiet: RunningHub) -> None:
        path = "/api/counters/loket-2"
        first = quiet.post(f"{path}/sign-in", PC_1)
        assert (first.status_code, first.json()["idle_minutes"]) == (200, 0)
        refused = quiet.post(f"{path}/sign-in", PC_2)
        assert (refused.status_code, refused.json()["now"]["host"]) == (409, "PC 1")
        assert quiet.post(f"{path}/sign-in", PC_2 | {"take_over": True}).status_code == 200
        assert quiet.get(path)["session"] | {"since": ""} == {"staff": None, "since": "", **PC_2}
        assert quiet.post(f"{path}/sign-out", {"app": PC_1["app"]}).status_code == 204
        assert quiet.post(f"{path}/sign-out", {"app": PC_2["app"]}).json()["app"] == PC_2["app"]
        assert quiet.get(path)["session"] is None

    def test_a_repeated_sign_in_tells_the_same_token_which_is_kept_nowhere(self, hub: RunningHub) -> None:
        key, path = uuid4(), "/api/counters/loket-2/sign-in"
        token = hub.post(path, PC_1, key=key).json()["token"]
        hub.kill()
        kept = b"".join(file.read_bytes() for file in hub.data.rglob("*") if file.is_file())
        assert token.encode() not in kept
        with start_hub(hub.data) as again:
            assert again.post(path, PC_1, key=key).json()["token"] == token
            assert again.post(path, PC_1).json()["token"] not in ("", token)


class TestContract:
    def test_every_answer_fits_its_type(self, quiet: RunningHub) -> None:
        ticket = Ticket.model_validate(quiet.take())
        call = Call.model_validate(quiet.post(NEXT).json())
        assert call.ticket.id == ticket.id
        assert ticket.url == f"{quiet.address}/t/{ticket.token}"
        for path, kind in (
            ("/api/hall", Hall),
            ("/api/board", Board),
            ("/api/counters/loket-1", CounterView),
            ("/api/health", Health),
        ):
            kind.model_validate(quiet.get(path))

    def test_nobody_waits_is_204_without_a_body(self, quiet: RunningHub) -> None:
        reply = quiet.post(NEXT)
        assert (reply.status_code, reply.content) == (204, b"")

    @pytest.mark.parametrize(
        ("verb", "state"), [("recall", "called"), ("serve", "serving"), ("finish", "finished"), ("no-show", "no_show")]
    )
    def test_verbs_on_a_ticket(self, quiet: RunningHub, verb: str, state: str) -> None:
        ticket = quiet.take()["id"]
        quiet.post(NEXT)
        said = quiet.post(f"/api/counters/loket-1/{verb}", {"ticket": ticket}).json()
        assert said.get("ticket", said)["state"] == state

    def test_a_number_is_given_back(self, quiet: RunningHub) -> None:
        ticket = quiet.take()["id"]
        assert quiet.post(f"/api/tickets/{ticket}/cancel").json()["state"] == "cancelled"
        assert quiet.post(f"/api/tickets/{ticket}/cancel").status_code == 409

    def test_the_last_next_is_undone(self, quiet: RunningHub) -> None:
        ticket = quiet.take()["id"]
        quiet.post(NEXT)
        assert quiet.post("/api/counters/loket-1/undo-next", {"ticket": ticket}).json()["state"] == "waiting"
        assert quiet.get("/api/counters/loket-1")["waiting_count"] == 1

    def test_who_is_transferred_and_held_is_called_again(self, quiet: RunningHub) -> None:
        path, ticket = "/api/counters/loket-1", quiet.take()["id"]
        quiet.post(NEXT)
        held = quiet.post(f"{path}/hold", {"ticket": ticket, "minutes": 5}).json()
        assert (held["state"], [one["id"] for one in quiet.get(path)["held"]]) == ("held", [ticket])
        assert quiet.post(f"{path}/unhold", {"ticket": ticket}).json()["state"] == "waiting"
        quiet.post(NEXT)
        sent = quiet.post(f"{path}/transfer", {"ticket": ticket, "counter": "loket-1"}).json()
        assert (sent["for_counter"], quiet.get(path)["waiting_count"]) == ("loket-1", 1)
        quiet.post(NEXT)
        quiet.post(f"{path}/no-show", {"ticket": ticket})
        assert quiet.post(f"{path}/undo-no-show", {"ticket": ticket}).json()["state"] == "waiting"

    def test_one_number_goes_through_its_services(self, quiet: RunningHub) -> None:
        taken = quiet.take(then=["kependudukan-kk"])
        assert [step["state"] for step in taken["steps"]] == ["now", "next"]
        quiet.post(NEXT)
        planned = quiet.post("/api/counters/loket-1/plan", {"ticket": taken["id"], "then": []}).json()
        assert [step["state"] for step in planned["steps"]] == ["now", "skipped"]
        finished = quiet.post("/api/counters/loket-1/finish", {"ticket": taken["id"]}).json()
        assert (finished["state"], [step["state"] for step in finished["steps"]]) == ("finished", ["done", "skipped"])

    def test_one_chosen_is_called_with_its_reason(self, quiet: RunningHub) -> None:
        ticket = quiet.take()["id"]
        call = quiet.post("/api/counters/loket-1/call", {"ticket": ticket, "why": "sakit"}).json()
        assert (call["ticket"]["id"], call["why"]["words"]) == (ticket, "sakit")
        quiet.post("/api/counters/loket-1/finish", {"ticket": ticket})

    def test_a_transfer_to_nowhere_is_refused(self, quiet: RunningHub) -> None:
        assert quiet.post("/api/counters/loket-1/transfer", {"ticket": 1}).status_code == 422

    def test_what_became_of_the_paper_is_told(self, quiet: RunningHub) -> None:
        ticket = quiet.take()["id"]
        listener = quiet.listen()
        quiet.post(f"/api/tickets/{ticket}/printed", {"outcome": "failed", "code": "paper_out"})
        assert listener.events(1)[0]["code"] == "paper_out"
        listener.close()

    def test_openapi_tells_of_every_path(self, quiet: RunningHub) -> None:
        told = quiet.get("/openapi.json")
        assert told["info"]["version"] == "1"
        assert set(told["paths"]) == {name.partition(" ")[2] for name in ACCESS} - {"/openapi.json"}

    def test_openapi_tells_of_key_body_and_answers_of_every_verb(self, quiet: RunningHub) -> None:
        for path, methods in quiet.get("/openapi.json")["paths"].items():
            for verb in filter(None, [methods.get("post")]):
                assert any(one["name"] == "Idempotency-Key" and one["required"] for one in verb["parameters"]), path
                assert verb["requestBody"]["content"]["application/json"]["schema"]["$ref"], path
                assert {"400", "422", "503", "507"} <= set(verb["responses"]), path


class TestRefusals:
    @pytest.mark.parametrize(
        ("path", "body", "status", "code"),
        [
            ("/api/tickets", {"service": "x"}, 404, "unknown_service"),
            ("/api/tickets", {}, 422, "bad_request"),
            ("/api/tickets", {"service": "umum-surat", "nik": "640"}, 422, "bad_request"),
            ("/api/tickets/4711/cancel", {}, 404, "unknown_ticket"),
            ("/api/tickets/x/cancel", {}, 404, "unknown_ticket"),
            ("/api/counters/9/next", {}, 404, "unknown_counter"),
            ("/api/counters/loket-1/recall", {"ticket": 4711}, 404, "unknown_ticket"),
            ("/api/counters/loket-1/recall", {"ticket": "one"}, 422, "bad_request"),
            ("/api/devices/kiosk/x", {}, 404, "unknown_device"),
            ("/api/nothing", {}, 404, "not_found"),
            ("/t/counters/loket-1/next", {}, 404, "not_found"),
            ("/nonsense/tickets", {"service": "umum-surat"}, 404, "not_found"),
            ("/api/tickets/100000000000000000000/cancel", {}, 404, "unknown_ticket"),
            ("/api/counters/loket-1/recall", {"ticket": 10**20}, 422, "bad_request"),
            ("/api/tickets", {"service": "x" * 41}, 422, "bad_request"),
            ("/api/devices/kiosk/kios-1", {"troubles": ["x" * 41]}, 422, "bad_request"),
            ("/api/devices/kiosk/kios-1", {"facts": {"x" * 41: ""}}, 422, "bad_request"),
        ],
    )
    def test_are_problems_with_a_stable_type(
        self, quiet: RunningHub, path: str, body: dict[str, Any], status: int, code: str
    ) -> None:
        reply = quiet.post(path, body)
        problem = Problem.model_validate(reply.json())
        assert reply.headers["content-type"] == "application/problem+json"
        assert (reply.status_code, problem.status, problem.type) == (status, status, f"urn:antre:{code}")

    @pytest.mark.parametrize("path", ["/api/tickets", "/api/counters/loket-1/next", "/api/devices/kiosk/kios-1"])
    @pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "again"}])
    def test_a_verb_without_a_key_is_refused(self, quiet: RunningHub, path: str, headers: dict[str, str]) -> None:
        reply = quiet.client.post(path, json={}, headers=headers)
        assert (reply.status_code, reply.json()["code"]) == (400, "key_missing")

    @pytest.mark.parametrize(
        ("asked", "word"),
        [
            ("id", "Layanan"),
            ("en", "service"),
            ("de, en;q=0.8, id;q=0.5", "service"),
            ("fr", "Layanan"),
            ("en;q=x", "Layanan"),
        ],
    )
    def test_speak_the_asked_language(self, quiet: RunningHub, asked: str, word: str) -> None:
        assert word in quiet.post("/api/tickets", {"service": "x"}, Accept_Language=asked).json()["detail"]

    def test_a_conflict_says_what_is_true_now(self, quiet: RunningHub) -> None:
        ticket = quiet.take()["id"]
        quiet.post(NEXT)
        reply = quiet.post("/api/counters/loket-2/serve", {"ticket": ticket})
        assert reply.status_code == 409
        assert Ticket.model_validate(reply.json()["now"]).counter == "loket-1"

    @pytest.mark.parametrize(
        ("path", "body"),
        [
            ("/api/tickets", {"service": "umum-surat", "x" * 60_000: 1}),
            (f"/api/counters/{'x' * 30_000}/next", {}),
            (f"/api/devices/kiosk/{'x' * 30_000}", {}),
        ],
    )
    def test_say_little_of_a_long_request(self, quiet: RunningHub, path: str, body: dict[str, Any]) -> None:
        reply = quiet.post(path, body)
        assert reply.status_code in (404, 422)
        assert "xxx" in reply.json()["title"]
        assert max(map(len, reply.json()["values"].values())) == 80
        assert len(reply.content) < 1000

    def test_a_body_beyond_all_measure_is_refused(self, quiet: RunningHub) -> None:
        assert quiet.post("/api/tickets", {"service": "x" * 100_000}).json()["code"] == "bad_request"

    def test_another_method_is_a_problem_too(self, quiet: RunningHub) -> None:
        reply = quiet.client.delete("/api/board")
        problem = Problem.model_validate(reply.json())
        assert (reply.status_code, problem.status, problem.code) == (405, 405, "method_not_allowed")
        assert "DELETE" in problem.title
        assert reply.headers["allow"] == "GET"


class TestKeys:
    def test_a_repeat_takes_no_second_number(self, quiet: RunningHub) -> None:
        key = uuid4()
        body = {"service": "umum-surat"}
        first, again = (quiet.post("/api/tickets", body, key=key) for _ in range(2))
        assert (first.status_code, first.content) == (again.status_code, again.content)
        assert quiet.take("umum-surat")["id"] == first.json()["id"] + 1

    def test_with_another_body_it_is_refused(self, quiet: RunningHub) -> None:
        key = uuid4()
        quiet.post("/api/tickets", {"service": "umum-surat"}, key=key)
        reply = quiet.post("/api/tickets", {"service": "kependudukan-kk"}, key=key)
        assert (reply.status_code, reply.json()["code"]) == (422, "key_reused")

    def test_repeats_that_come_at_once_are_one(self, quiet: RunningHub) -> None:
        quiet.take()
        quiet.take()
        key = uuid4()
        with ThreadPoolExecutor(16) as fingers:
            replies = list(fingers.map(lambda _: quiet.post(NEXT, key=key).content, range(16)))
        assert len(set(replies)) == 1
        assert quiet.get("/api/counters/loket-1")["waiting_count"] == 1

    def test_answers_outlive_a_kill_and_a_restart(self, tmp_path: Path) -> None:
        asked: list[tuple[str, object, object]] = [
            ("/api/tickets", {"service": "umum-surat"}, uuid4()),
            (NEXT, {}, uuid4()),
            (NEXT, {}, uuid4()),
            ("/api/tickets", {"service": "paspor"}, uuid4()),
            ("/api/tickets/1/cancel", {}, uuid4()),
        ]
        with start_hub(tmp_path) as hub:
            first = [hub.post(path, body, key=key) for path, body, key in asked]
            hub.kill()
        with start_hub(tmp_path) as hub:
            again = [hub.post(path, body, key=key) for path, body, key in asked]
            assert hub.take("umum-surat")["number"] == "B-002"
        assert [reply.status_code for reply in again] == [201, 200, 204, 404, 409]
        assert [reply.content for reply in again] == [reply.content for reply in first]


class TestFeed:
    def test_resumes_from_any_id_without_a_gap(self, quiet: RunningHub) -> None:
        start = quiet.last_event()
        live = quiet.listen(f"/api/events?after={start}")
        for _ in range(20):
            quiet.take()
            quiet.post(NEXT)
        events = live.events(59)  # twenty taken, twenty called, nineteen finished
        assert [event["id"] for event in events] == list(range(start + 1, start + 60))
        for after in (0, 1, 30, 58):
            resumed = quiet.listen(Last_Event_ID=str(start + after))
            assert resumed.events(59 - after) == events[after:]
            resumed.close()
        live.close()
        for event in events:
            Event.model_validate(event)

    def test_resumes_after_a_kill_and_a_restart(self, tmp_path: Path) -> None:
        with start_hub(tmp_path) as hub:
            taken = hub.take()["id"]
            hub.kill()
        with start_hub(tmp_path) as hub:
            hub.take()
            listener = hub.listen("/api/events?after=0")
            events = listener.events(2)
            listener.close()
        assert [event["ticket"]["id"] for event in events] == [taken, taken + 1]

    def test_without_an_id_starts_now_with_the_time(self, quiet: RunningHub) -> None:
        quiet.take()
        listener = quiet.listen()
        first = listener.message()
        assert first["event"] == "clock"
        assert "now" in json.loads(first["data"])
        second = quiet.take()
        assert listener.events(1)[0]["ticket"]["id"] == second["id"]
        listener.close()

    def test_carries_no_token(self, quiet: RunningHub) -> None:
        start = quiet.last_event()
        token = quiet.take()["token"]
        listener = quiet.listen(f"/api/events?after={start}")
        assert token not in json.dumps(listener.events(1))
        listener.close()

    def test_the_header_goes_before_the_address(self, quiet: RunningHub) -> None:
        start = quiet.last_event()
        for _ in range(3):
            quiet.take()
        listener = quiet.listen("/api/events?after=0", Last_Event_ID=str(start + 2))
        assert listener.events(1)[0]["id"] == start + 3
        listener.close()

    def test_one_that_does_not_read_holds_up_nobody(self, quiet: RunningHub) -> None:
        start = quiet.last_event()
        deaf, keen = (quiet.listen(f"/api/events?after={start}") for _ in range(2))
        with ThreadPoolExecutor(8) as kiosks:
            list(kiosks.map(lambda _: quiet.take(), range(400)))
        assert len(keen.events(400)) == 400
        assert [event["id"] for event in deaf.events(400)] == list(range(start + 1, start + 401))
        deaf.close()
        keen.close()

    def test_an_id_that_is_no_number_is_refused(self, quiet: RunningHub) -> None:
        assert quiet.client.get("/api/events?after=x").json()["code"] == "bad_request"


class TestDevices:
    def test_a_change_is_told_and_stands_in_the_health(self, quiet: RunningHub) -> None:
        listener = quiet.listen()
        path = "/api/devices/kiosk/kios-1"
        for troubles in (["cover_open"], ["cover_open"], ["paper_out"], ["paper_out"]):
            Device.model_validate(quiet.post(path, {"troubles": troubles}).json())
        events = listener.events(2)
        listener.close()
        assert [event["health"]["troubles"] for event in events] == [["cover_open"], ["paper_out"]]
        health = Health.model_validate(quiet.get("/api/health"))
        assert health.status == "trouble"
        assert [one.troubles for one in health.devices if one.id == "kios-1"] == [["paper_out"]]
        assert quiet.get("/api/counters/loket-1")["devices"][0]["id"] == "kios-1"

    def test_a_long_fact_is_cut(self, quiet: RunningHub) -> None:
        facts = {"missing_clips": "x" * 1000, "version": "1"}
        told = quiet.post("/api/devices/display/tv-1", {"facts": facts}).json()["facts"]
        assert told == {"missing_clips": "x" * 199 + "…", "version": "1"}

    def test_a_tv_is_the_voice_of_its_zone_once_it_has_asked(self, quiet: RunningHub) -> None:
        (zone,) = (one["id"] for one in quiet.get("/api/hall")["zones"])
        path, key, before = "/api/devices/display/tv-1/voice", uuid4(), quiet.last_event()
        lease = quiet.post(path, {"sound": True}, key=key)
        assert lease.json()["holds"] == [zone]
        assert quiet.post(path, {"sound": True}, key=key).content == lease.content
        assert quiet.post(path, {"sound": False}, key=key).json()["code"] == "key_reused"
        assert quiet.post("/api/devices/kiosk/kios-1/voice", {"sound": True}).json()["code"] == "unknown_device"
        for told in (quiet.get("/api/health"), quiet.get("/api/overview")):
            assert told["voices"] == [{"zone": zone, "display": "tv-1", "candidates": ["tv-1"]}]
        assert quiet.last_event() == before, "nothing is written"

    def test_a_call_that_was_not_said_is_listed(self, quiet: RunningHub) -> None:
        quiet.take()
        call = quiet.post(NEXT).json()
        assert quiet.post(f"/api/calls/{call['event']}/voiced", {"outcome": "late"}).json()["call"] == call["event"]
        told = Voices.model_validate(quiet.get("/api/voices"))
        assert (told.unspoken[0].number, told.unspoken[0].why) == (call["ticket"]["number"], "late")
        on_board = {one["event"]: one["voiced"] for one in quiet.get("/api/board")["calls"]}
        assert on_board[call["event"]] == "late"

    def test_a_repeated_report_gets_the_same_bytes(self, quiet: RunningHub) -> None:
        path = "/api/devices/display/tv-1"
        for _ in range(2):  # the first is news, the second is not
            key = uuid4()
            first, again = (quiet.post(path, {}, key=key).content for _ in range(2))
            assert first == again


class TestHeldFile:
    def test_by_another_program_refuses_orders_in_a_sentence_while_health_answers(self, hub: RunningHub) -> None:
        thief = sqlite3.connect(hub.data / "antre.db", isolation_level=None)
        thief.execute("BEGIN IMMEDIATE")
        with ThreadPoolExecutor(1) as kiosk:
            asked = kiosk.submit(hub.post, "/api/tickets", {"service": "umum-surat"})
            answers = 0
            with httpx.Client(base_url=hub.address, trust_env=False) as other:
                while not asked.done():
                    assert other.get("/api/health").status_code == 200
                    answers += 1
            reply = asked.result()
        assert (reply.status_code, reply.json()["code"]) == (503, "data_busy")
        assert answers > 20, "2 s, and each answer within 0.1 s"
        assert "data_busy" in hub.get("/api/health")["troubles"]
        thief.close()
        assert hub.take("umum-surat")["number"] == "B-001"


class TestRunning:
    def test_prints_its_address_first_and_where_the_log_is(self, tmp_path: Path) -> None:
        process = subprocess.Popen(
            command(tmp_path, "--listen", "127.0.0.1:0"),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout
        address, second = (process.stdout.readline() for _ in range(2))
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
        assert process.returncode == 0
        assert address.startswith("http://127.0.0.1:")
        assert str(tmp_path / "logs" / "hub.log") in second
        assert "ponsel" in errors  # no phone reaches 127.0.0.1
        assert "listens on" in (tmp_path / "logs" / "hub.log").read_text(encoding="utf-8")

    def test_hushed_it_prints_nothing_once_it_listens(self, tmp_path: Path) -> None:
        process = subprocess.Popen(
            command(tmp_path, "--listen", "127.0.0.1:0", HUSHED),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout
        host, port = process.stdout.readline().strip().removeprefix("http://").split(":")
        until(lambda: "listens on" in (tmp_path / "logs" / "hub.log").read_text(encoding="utf-8"))
        with socket.create_connection((host, int(port)), timeout=20) as garbler:
            garbler.sendall(b"nonsense\r\n\r\n")
            assert b" 400 " in garbler.recv(100)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
        assert "Invalid HTTP request" in (tmp_path / "logs" / "hub.log").read_text(encoding="utf-8")
        assert "Invalid HTTP request" not in errors

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_ends_within_two_seconds_with_50_open_feeds(self, hub: RunningHub, number: int) -> None:
        listeners = [hub.listen() for _ in range(40)]
        token = hub.take()["token"]
        listeners += [hub.listen(f"/t/{token}/events") for _ in range(10)]
        seconds = hub.end(number)
        for listener in listeners:
            listener.close()
        assert seconds < 2
        assert hub.process.returncode == 0
        log = (hub.data / "logs" / "hub.log").read_text(encoding="utf-8")
        assert "ERROR" not in log

    def test_leaves_one_whole_file_behind(self, hub: RunningHub) -> None:
        hub.take()
        hub.end()
        assert sorted(path.name for path in hub.data.iterdir()) == ["antre.db", "hub.key", "hub.lock", "logs"]

    def test_a_second_hub_on_the_same_data_refuses_and_names_the_first(self, quiet: RunningHub) -> None:
        hub = quiet
        second = subprocess.run(
            command(hub.data, "--listen", "127.0.0.1:0"),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
        assert second.returncode == IN_USE
        assert second.stdout == ""
        assert f"pid {hub.process.pid}" in second.stderr
        assert hub.address in second.stderr
        hub.take()

    def test_a_killed_hub_leaves_no_lock(self, hub: RunningHub) -> None:
        hub.kill()
        with start_hub(hub.data) as next_one:
            next_one.take()

    def test_an_address_that_cannot_be_is_said_in_a_sentence(self, tmp_path: Path) -> None:
        listen = "192.0.2.1:0"
        failed = subprocess.run(
            command(tmp_path, "--listen", listen), cwd=ROOT, capture_output=True, text=True, timeout=20, check=False
        )
        assert failed.returncode == 1
        assert listen in failed.stderr
        assert "Traceback" not in failed.stderr

    @pytest.mark.parametrize("listen", ["127.0.0.1:99999", "nohost", "192.0.2.1:0"])
    def test_such_an_address_is_trouble(self, listen: str) -> None:
        with pytest.raises(Trouble, match=re.escape(listen)) as refused:
            _listener(listen)
        assert refused.value.code == "cannot_listen"

    @pytest.mark.parametrize("taken", ["", "logs"])
    def test_a_data_folder_that_cannot_be_is_said_in_a_sentence(self, tmp_path: Path, taken: str) -> None:
        data = tmp_path / "data"
        if taken:
            data.mkdir()
        (data / taken).write_text("a file")
        failed = subprocess.run(
            command(data, "--listen", "127.0.0.1:0"),
            cwd=ROOT, capture_output=True, text=True, timeout=20, check=False,
        )  # fmt: skip
        assert failed.returncode == 1
        assert failed.stderr.startswith(f"Folder data {data} tidak dapat dipakai")
        assert "--data" in failed.stderr
        assert "Traceback" not in failed.stderr

    def test_a_port_in_use_is_said_in_a_sentence(self, quiet: RunningHub, tmp_path: Path) -> None:
        failed = subprocess.run(
            command(tmp_path / "other", "--listen", quiet.address.removeprefix("http://")),
            cwd=ROOT, capture_output=True, text=True, timeout=20, check=False,
        )  # fmt: skip
        assert failed.returncode == 1
        assert "Traceback" not in failed.stderr

    def test_a_wrong_site_file_is_said_with_its_line(self, tmp_path: Path) -> None:
        site = tmp_path / "wrong.toml"
        site.write_text(SITE.read_text(encoding="utf-8").replace("timezone", "timezon"), encoding="utf-8")
        failed = subprocess.run(
            command(tmp_path / "data", site=site), cwd=ROOT, capture_output=True, text=True, timeout=20, check=False
        )
        assert failed.returncode == 1
        assert "wrong.toml" in failed.stderr
        assert "Traceback" not in failed.stderr

    def test_listens_on_loopback_where_nothing_is_told(self) -> None:
        assert "\nlisten" not in SITE.read_text(encoding="utf-8")
        assert load(SITE).listen == "127.0.0.1:8080"

    @pytest.mark.parametrize(("host", "is_open"), [("127.0.0.1", False), ("0.0.0.0", True)])  # noqa: S104  -- the control
    def test_without_a_switch_listens_where_its_site_says_and_nowhere_else(
        self, tmp_path: Path, host: str, is_open: bool
    ) -> None:
        site = tmp_path / "site.toml"
        told = SITE.read_text(encoding="utf-8").replace("[hall]\n", f'[hall]\nlisten = "{host}:0"\n', 1)
        site.write_text(told, encoding="utf-8")
        with start_hub(tmp_path / "data", site=site, listen=None) as hub, socket.socket() as outside:
            outside.settimeout(5)
            port = int(hub.address.rpartition(":")[2])
            assert (outside.connect_ex((_own_address(), port)) == 0) is is_open

    @pytest.mark.skipif(not Path("/proc").exists(), reason="another system")
    def test_holds_its_memory_small_after_two_thousand_tickets_before_50_listeners(self, hub: RunningHub) -> None:
        listeners = [hub.listen("/api/events?after=0") for _ in range(50)]
        with ThreadPoolExecutor(8) as kiosks:
            list(kiosks.map(lambda _: hub.take(), range(2000)))
        listeners += [hub.listen("/api/events?after=0") for _ in range(10)]
        assert [listener.count(b"\nevent: taken\n", 2000) for listener in listeners] == [2000] * 60
        status = Path(f"/proc/{hub.process.pid}/status").read_text(encoding="ascii")
        resident = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
        print(f"resident: {resident} kB")
        assert resident < 120_000
        for listener in listeners:
            listener.close()


def _own_address() -> str:
    """An address of this machine that is not loopback; 127.0.0.2 where there is none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.2"
        return str(asking.getsockname()[0])


def test_a_hub_that_ends_finishes_what_was_asked(tmp_path: Path) -> None:
    with start_hub(tmp_path) as hub:
        acknowledged: list[int] = []

        def take(_: int) -> None:
            with suppress(httpx.HTTPError):  # not acknowledged
                acknowledged.append(hub.take()["id"])

        with ThreadPoolExecutor(8) as kiosks:
            asked = [kiosks.submit(take, n) for n in range(200)]
            until(lambda: len(acknowledged) > 20)
            os.kill(hub.process.pid, signal.SIGTERM)
            for one in asked:
                one.result()
    with start_hub(tmp_path) as hub:
        listener = hub.listen("/api/events?after=0")
        kept = {event["ticket"]["id"] for event in listener.events(len(acknowledged))}
        listener.close()
    assert set(acknowledged) <= kept
