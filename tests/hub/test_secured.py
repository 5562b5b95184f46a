"""A hub that other PCs could reach: keys, PINs, sessions, its two ports."""

import re
import socket
import sqlite3
import ssl
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier
from typing import Any
from uuid import NAMESPACE_OID, uuid4, uuid5

import httpx
import pytest

from hub.access import ACCESS
from hub.certificate import CERTIFICATE_NAME, PRIVATE_NAME, identity
from hub.people import StaffRow
from hub.pins import after_wrong, is_locked
from hub.store import FILE_NAME
from hub.vault import KEY_NAME
from tests.hub.running import PATIENCE_SECONDS, RunningHub, start_hub, until
from tests.hub.secured import LIGHT, Headers, SecuredHub, pinned, start_secured

PIN, OTHER_PIN = "73519264", "4821"
NEXT = "/api/counters/loket-1/next"


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecuredHub]:
    """A hub that tests share: each makes its own people."""
    with start_secured(tmp_path_factory.mktemp("secured") / "data", "--always-open", program=LIGHT) as hub:
        yield hub


@pytest.fixture(scope="module")
def counter(standing: SecuredHub) -> Headers:
    return standing.pair("counter", "loket-1")


@pytest.fixture(scope="module")
def kiosk(standing: SecuredHub) -> Headers:
    return standing.pair("kiosk", "kios-1")


@pytest.fixture
def somebody(standing: SecuredHub, request: pytest.FixtureRequest) -> int:
    """A new officer, whose PIN is 1234."""
    return standing.add_staff(request.node.name[-40:])


def told(reply: httpx.Response) -> tuple[int, str]:
    return reply.status_code, str(reply.json()["code"])


class TestPins:
    def test_five_wrong_ones_lock_also_the_right_one_out(
        self, standing: SecuredHub, counter: Headers, somebody: int
    ) -> None:
        wrong = [standing.enter(counter, "loket-1", somebody, pin="0000") for _ in range(5)]
        assert [told(reply) for reply in wrong[:4]] == [(401, "wrong_pin")] * 4
        assert [reply.json()["values"]["left"] for reply in wrong[:4]] == ["4", "3", "2", "1"]
        assert told(wrong[4]) == (423, "pin_locked")
        right = standing.enter(counter, "loket-1", somebody)
        assert told(right) == (423, "pin_locked")
        assert right.json()["values"]["until"] == wrong[4].json()["values"]["until"]

    def test_a_right_one_forgets_the_wrong_ones_before(
        self, standing: SecuredHub, counter: Headers, somebody: int
    ) -> None:
        for _ in range(2):
            for _ in range(4):
                assert told(standing.enter(counter, "loket-1", somebody, pin="0000"))[0] == 401
            assert standing.enter(counter, "loket-1", somebody, take_over=True).status_code == 200

    def test_a_new_one_unlocks_and_ends_the_session(
        self, standing: SecuredHub, counter: Headers, somebody: int
    ) -> None:
        app = standing.sign_in(counter, "loket-1", somebody, take_over=True)
        for _ in range(5):
            standing.enter(counter, "loket-1", somebody, pin="0000")
        assert standing.post(f"/api/staff/{somebody}/pin", {"pin": OTHER_PIN}).status_code == 200
        assert told(standing.ask(app, NEXT)) == (401, "session_ended")
        assert standing.enter(counter, "loket-1", somebody, pin=OTHER_PIN).status_code == 200

    def test_many_at_once_are_not_many_tries(self, standing: SecuredHub, counter: Headers, somebody: int) -> None:
        def guess(number: int) -> tuple[int, str]:
            return told(standing.enter(counter, "loket-1", somebody, pin=f"00{number:02d}"))

        with ThreadPoolExecutor(12) as guessers:
            answers = list(guessers.map(guess, range(12)))
        assert answers.count((401, "wrong_pin")) == 4
        assert answers.count((423, "pin_locked")) == 8

    def test_one_repeated_after_a_lost_answer_is_one_try(
        self, standing: SecuredHub, counter: Headers, somebody: int
    ) -> None:
        key, app = uuid4(), str(uuid4())
        body = {"app": app, "host": "PC", "staff": somebody, "pin": "0000"}
        replies = [standing.ask(counter, "/api/counters/loket-1/sign-in", body, key=key) for _ in range(7)]
        assert {reply.json()["values"]["left"] for reply in replies} == {"4"}
        other = standing.ask(counter, "/api/counters/loket-1/sign-in", body | {"pin": "1234"}, key=key)
        assert told(other) == (422, "key_reused")

    def test_somebody_who_is_not_on_the_list(self, standing: SecuredHub, counter: Headers) -> None:
        assert told(standing.enter(counter, "loket-1", 999)) == (404, "unknown_staff")

    @pytest.mark.parametrize("pin", ["123", "123456789", "12a4", "", "\uff11\uff12\uff13\uff14"])
    def test_a_pin_is_four_to_eight_figures(self, standing: SecuredHub, pin: str) -> None:
        assert standing.post("/api/staff", {"name": "Siapa", "role": "officer", "pin": pin}).status_code == 422


def test_each_lock_is_twice_as_long_up_to_an_hour() -> None:
    row, now, minutes = StaffRow(1, "Siti", "officer", 1, ""), 0, []
    for _ in range(6):
        for _ in range(5):
            assert not is_locked(row, now)
            row = after_wrong(row, now)
        minutes.append((row.locked_until - now) // 60_000)
        now = row.locked_until
    assert minutes == [5, 10, 20, 40, 60, 60]


@dataclass
class Restarted:
    """A hub after a power cut, and what was said before it."""

    hub: SecuredHub
    fingerprint: bytes
    counter: Headers
    locked: httpx.Response
    staff: int
    asked_in: dict[str, str]
    entered: httpx.Response
    asked_pair: bytes
    paired: httpx.Response


SIGN_IN = "/api/counters/loket-1/sign-in"
KEY = str(uuid4())


@pytest.fixture(scope="module")
def restarted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Restarted]:
    data = tmp_path_factory.mktemp("restarted") / "data"
    with start_secured(data, program=LIGHT) as hub:
        before = hub.fingerprint
        counter, siti, budi = hub.pair("counter", "loket-1"), hub.add_staff("Siti"), hub.add_staff("Budi")
        locked = [hub.enter(counter, "loket-1", siti, pin="0000") for _ in range(5)][-1]
        asked_in: dict[str, Any] = {"app": str(uuid4()), "host": "PC", "staff": budi, "pin": "1234"}
        entered = hub.ask(counter, SIGN_IN, asked_in, key=KEY)
        code, sent = hub.code("kiosk", "kios-1"), list[bytes]()
        hub.bare.event_hooks = {"request": [lambda request: sent.append(request.content)]}
        paired = hub.ask_for_key("kiosk", "kios-1", code, key=uuid5(NAMESPACE_OID, KEY))
        hub.kill()
    with start_secured(data, program=LIGHT) as again:
        yield Restarted(again, before, counter, locked, siti, asked_in, entered, sent[0], paired)


class TestAfterARestart:
    def test_a_lock_still_holds(self, restarted: Restarted) -> None:
        right = restarted.hub.enter(restarted.counter, "loket-1", restarted.staff)
        assert (right.status_code, right.json()["values"]) == (423, restarted.locked.json()["values"])

    def test_a_repeated_sign_in_tells_the_same_token_which_is_still_good(self, restarted: Restarted) -> None:
        again = restarted.hub.ask(restarted.counter, SIGN_IN, restarted.asked_in, key=KEY)
        assert again.json() == restarted.entered.json()
        session = restarted.counter | {"Antre-Session": again.json()["token"]}
        assert restarted.hub.ask(session, NEXT).status_code == 204

    def test_a_repeated_pairing_tells_the_same_key(self, restarted: Restarted) -> None:
        headers = {"Idempotency-Key": str(uuid5(NAMESPACE_OID, KEY))}
        again = restarted.hub.bare.post("/api/pair", content=restarted.asked_pair, headers=headers)
        assert again.json() == restarted.paired.json()

    def test_the_certificate_is_the_same(self, restarted: Restarted) -> None:
        assert restarted.hub.fingerprint == restarted.fingerprint


class TestSessions:
    def test_every_event_says_who(self, standing: SecuredHub, counter: Headers, kiosk: Headers, somebody: int) -> None:
        before = standing.last_event()
        app = standing.sign_in(counter, "loket-1", somebody, take_over=True)
        ticket = standing.ask(kiosk, "/api/tickets", {"service": "kependudukan-ktp"}).json()["id"]
        standing.ask(app, NEXT)
        standing.ask(app, "/api/counters/loket-1/finish", {"ticket": ticket})
        standing.ask(app, "/api/counters/loket-1/issue", {"service": "kependudukan-ktp"})
        with closing(sqlite3.connect(f"file:{standing.data / FILE_NAME}?mode=ro", uri=True)) as file:
            rows = file.execute("SELECT kind, by FROM event WHERE id > ? ORDER BY id", (before,)).fetchall()
        assert rows == [
            ("signed_in", somebody),
            ("taken", None),
            ("called", somebody),
            ("finished", somebody),
            ("taken", somebody),
        ]
        standing.ask(app, NEXT)

    def test_the_feed_tells_the_name(self, standing: SecuredHub, counter: Headers, somebody: int) -> None:
        before = standing.last_event()
        standing.sign_in(counter, "loket-1", somebody, take_over=True)
        with standing.bare.stream("GET", f"/api/events?after={before}", headers=counter) as feed:
            line = next(line for line in feed.iter_lines() if line.startswith("data:") and '"by"' in line)
        assert f'"id":{somebody}' in line
        assert '"name":"test_the_feed_tells_the_name"' in line

    def test_who_was_taken_over_is_out(self, standing: SecuredHub, counter: Headers, somebody: int) -> None:
        first = standing.sign_in(counter, "loket-1", somebody, take_over=True)
        taken = standing.enter(counter, "loket-1", somebody)
        assert told(taken) == (409, "counter_taken")
        assert taken.json()["now"]["staff"]["id"] == somebody
        second = standing.sign_in(counter, "loket-1", somebody, take_over=True)
        assert told(standing.ask(first, NEXT)) == (401, "session_ended")
        assert standing.ask(second, NEXT).status_code in (200, 204)

    def test_who_signs_out_is_out(self, standing: SecuredHub, counter: Headers, somebody: int) -> None:
        app = str(uuid4())
        session = standing.sign_in(counter, "loket-1", somebody, app=app, take_over=True)
        assert standing.ask(session, "/api/counters/loket-1/sign-out", {"app": app}).status_code == 200
        assert told(standing.ask(session, NEXT)) == (401, "session_ended")

    def test_who_is_taken_off_the_list_is_out_and_stays_out(
        self, standing: SecuredHub, counter: Headers, somebody: int
    ) -> None:
        session = standing.sign_in(counter, "loket-1", somebody, take_over=True)
        standing.post(f"/api/staff/{somebody}/disable")
        assert told(standing.ask(session, NEXT)) == (401, "session_ended")
        assert told(standing.enter(counter, "loket-1", somebody)) == (404, "unknown_staff")
        listed = standing.bare.get("/api/staff", headers=counter).json()["staff"]
        assert somebody not in [one["id"] for one in listed]

    def test_another_role_counts_from_the_next_verb_on(
        self, standing: SecuredHub, counter: Headers, somebody: int
    ) -> None:
        session = standing.sign_in(counter, "loket-1", somebody, take_over=True)
        elsewhere = "/api/counters/loket-2/next"
        assert told(standing.ask(session, elsewhere)) == (403, "not_allowed")
        standing.post(f"/api/staff/{somebody}/role", {"role": "supervisor"})
        assert standing.ask(session, elsewhere).status_code in (200, 204)

    def test_two_of_one_name_would_not_be_told_apart(self, standing: SecuredHub) -> None:
        standing.add_staff("Budi Santoso")
        twice = standing.post("/api/staff", {"name": "budi  santoso", "role": "officer", "pin": "1234"})
        assert told(twice) == (409, "name_taken")


class TestKiosk:
    def test_gives_numbers_as_itself_alone(self, standing: SecuredHub, kiosk: Headers) -> None:
        asked = {"service": "kependudukan-ktp", "kiosk": "kios-2"}
        assert told(standing.ask(kiosk, "/api/tickets", asked)) == (403, "not_allowed")
        assert standing.ask(kiosk, "/api/tickets", asked | {"kiosk": "kios-1"}).status_code == 201

    def test_gives_back_no_number_of_another(self, standing: SecuredHub, kiosk: Headers) -> None:
        other = standing.take(kiosk="kios-9")["id"]  # the hub's own key may say so
        assert told(standing.ask(kiosk, f"/api/tickets/{other}/cancel")) == (403, "not_allowed")

    @pytest.mark.parametrize("verb", ["cancel", "printed"])
    def test_has_no_say_about_a_number_no_kiosk_gave(
        self, standing: SecuredHub, kiosk: Headers, counter: Headers, somebody: int, verb: str
    ) -> None:
        app = standing.sign_in(counter, "loket-1", somebody, take_over=True)
        issued = standing.ask(app, "/api/counters/loket-1/issue", {"service": "kependudukan-ktp"}).json()["id"]
        body = {"outcome": "printed"} if verb == "printed" else {}
        assert told(standing.ask(kiosk, f"/api/tickets/{issued}/{verb}", body)) == (403, "not_allowed")

    def test_sees_to_what_it_gave_without_saying_who_it_is(self, standing: SecuredHub, kiosk: Headers) -> None:
        key, asked = uuid4(), {"service": "kependudukan-ktp"}
        ticket = standing.ask(kiosk, "/api/tickets", asked, key=key).json()["id"]
        assert standing.ask(kiosk, "/api/tickets", asked, key=key).json()["id"] == ticket
        assert standing.ask(kiosk, f"/api/tickets/{ticket}/printed", {"outcome": "printed"}).status_code < 300
        assert standing.ask(kiosk, f"/api/tickets/{ticket}/cancel").status_code < 300

    def test_is_told_where_there_is_no_such_number(self, standing: SecuredHub, kiosk: Headers) -> None:
        assert told(standing.ask(kiosk, "/api/tickets/999999/cancel")) == (404, "unknown_ticket")

    @pytest.mark.parametrize("of", ["kiosk/kios-2", "display/tv-1", "counter/loket-1"])
    def test_reports_for_nobody_else(self, standing: SecuredHub, kiosk: Headers, of: str) -> None:
        assert told(standing.ask(kiosk, f"/api/devices/{of}")) == (403, "not_allowed")


def at_once(asks: Sequence[Callable[[], httpx.Response]]) -> list[httpx.Response]:
    """What each is answered when all ask at the same moment."""
    gate = Barrier(len(asks))

    def ask(one: Callable[[], httpx.Response]) -> httpx.Response:
        gate.wait(PATIENCE_SECONDS)
        return one()

    with ThreadPoolExecutor(len(asks)) as crowd:
        return list(crowd.map(ask, asks))


class TestPairing:
    def test_a_device_that_was_shown_another_certificate_is_refused(self, standing: SecuredHub, tmp_path: Path) -> None:
        code = standing.code("display", "tv-1")
        theirs = identity(tmp_path, "127.0.0.1").fingerprint
        assert told(standing.ask_for_key("display", "tv-1", code, seen=theirs)) == (401, "pairing_refused")
        assert standing.ask_for_key("display", "tv-1", code).status_code == 200

    def test_a_code_is_good_for_one_device_once(self, standing: SecuredHub) -> None:
        code = standing.code("display", "tv-1")
        assert told(standing.ask_for_key("kiosk", "kios-1", code)) == (401, "pairing_refused")
        assert standing.ask_for_key("display", "tv-1", code).status_code == 200
        assert told(standing.ask_for_key("display", "tv-1", code)) == (401, "pairing_refused")

    def test_of_eight_who_show_a_code_at_once_one_gets_a_key(self, standing: SecuredHub) -> None:
        standing.pair("display", "tv-1")
        code = standing.code("display", "tv-1")
        replies = at_once([lambda: standing.ask_for_key("display", "tv-1", code)] * 8)
        assert sorted(reply.status_code for reply in replies) == [200, *[401] * 7]
        (won,) = (reply for reply in replies if reply.status_code == 200)
        own = {"Authorization": f"Bearer {won.json()['key']}"}
        assert standing.bare.get("/api/board", headers=own).status_code == 200

    def test_a_code_used_while_another_is_made_leaves_one_that_is_good(self, standing: SecuredHub) -> None:
        first = standing.code("display", "tv-1")
        used, made = at_once(
            [
                lambda: standing.ask_for_key("display", "tv-1", first),
                lambda: standing.post("/api/pairings", {"kind": "display", "id": "tv-1"}),
            ]
        )
        assert used.status_code in {200, 401}
        assert made.status_code == 201
        assert standing.ask_for_key("display", "tv-1", made.json()["code"]).status_code == 200

    def test_a_device_paired_while_its_key_is_ended_has_the_new_key_or_none(self, standing: SecuredHub) -> None:
        old, code = standing.pair("display", "tv-1"), standing.code("display", "tv-1")
        paired, ended = at_once(
            [
                lambda: standing.ask_for_key("display", "tv-1", code),
                lambda: standing.post("/api/unpair", {"kind": "display", "id": "tv-1"}),
            ]
        )
        assert (paired.status_code, ended.status_code) == (200, 200)
        assert standing.bare.get("/api/board", headers=old).status_code == 401
        new = standing.bare.get("/api/board", headers={"Authorization": f"Bearer {paired.json()['key']}"})
        listed = ["tv-1"] if new.status_code == 200 else []
        assert [one["id"] for one in standing.get("/api/pairings")["devices"] if one["kind"] == "display"] == listed

    def test_five_wrong_tries_end_a_code(self, standing: SecuredHub) -> None:
        code = standing.code("display", "tv-1")
        for _ in range(5):
            assert standing.ask_for_key("display", "tv-1", "0000-0000").status_code == 401
        assert told(standing.ask_for_key("display", "tv-1", code)) == (401, "pairing_refused")

    def test_a_new_code_ends_the_one_before(self, standing: SecuredHub) -> None:
        first, second = standing.code("display", "tv-1"), standing.code("display", "tv-1")
        assert standing.ask_for_key("display", "tv-1", first).status_code == 401
        assert standing.ask_for_key("display", "tv-1", second).status_code == 200

    def test_a_new_key_ends_the_old_one_and_its_feed(self, standing: SecuredHub) -> None:
        old = standing.pair("display", "tv-1")
        with standing.bare.stream("GET", "/api/events", headers=old) as feed:
            lines = feed.iter_lines()
            assert next(lines) == "event: clock"
            standing.pair("display", "tv-1")
            list(lines)  # it ends
        assert told(standing.bare.get("/api/board", headers=old)) == (401, "device_unknown")

    def test_a_key_is_ended_at_the_hub(self, standing: SecuredHub) -> None:
        display = standing.pair("display", "tv-1")
        device = {"kind": "display", "id": "tv-1"}
        listed = standing.get("/api/pairings")["devices"]
        assert device in [{name: one[name] for name in device} for one in listed]
        assert standing.post("/api/unpair", device).json()["kind"] == "unpaired"
        assert told(standing.bare.get("/api/board", headers=display)) == (401, "device_unknown")
        assert standing.post("/api/unpair", device).status_code == 204

    def test_a_device_the_hall_does_not_have(self, standing: SecuredHub) -> None:
        assert told(standing.post("/api/pairings", {"kind": "kiosk", "id": "kios-9"})) == (404, "unknown_device")


class TestSecrets:
    def test_stand_in_no_file_but_their_own(self, tmp_path: Path) -> None:
        with start_secured(tmp_path) as hub:
            code = hub.code("counter", "loket-1")
            key = hub.ask_for_key("counter", "loket-1", code).json()["key"]
            counter = {"Authorization": f"Bearer {key}"}
            siti = hub.add_staff("Siti", pin=PIN)
            hub.enter(counter, "loket-1", siti, pin="99887766")
            token = hub.sign_in(counter, "loket-1", siti, pin=PIN)["Antre-Session"]
            hub.post(f"/api/staff/{siti}/pin", {"pin": "55443322"})
            hub.ask(counter | {"Antre-Session": token}, NEXT)
            secrets = [PIN, "99887766", "55443322", key, token, hub.own_key, code, code.replace("-", "")]
            files = [file for file in tmp_path.rglob("*") if file.is_file()]
            kept = {file.name: file.read_bytes() for file in files}
            hub.kill()
        assert kept.keys() >= {FILE_NAME, f"{FILE_NAME}-wal", "hub.log"}
        assert b"$argon2id$v=19$m=65536,t=3,p=4$" in kept[f"{FILE_NAME}-wal"]
        del kept[KEY_NAME]
        found = [(name, secret) for name, held in kept.items() for secret in secrets if secret.encode() in held]
        assert found == []

    @pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="another system's rights")
    def test_are_for_the_hub_s_user_alone(self, standing: SecuredHub) -> None:
        for name in (KEY_NAME, PRIVATE_NAME):
            assert (standing.data / name).stat().st_mode & 0o777 == 0o600

    def test_whoever_has_another_certificate_is_sent_nothing(self, tmp_path: Path, standing: SecuredHub) -> None:
        identity(tmp_path, "127.0.0.1")
        with pytest.raises(httpx.ConnectError), httpx.Client(verify=pinned(tmp_path), trust_env=False) as client:
            client.get(f"{standing.address}/api/health")


class TestPorts:
    @pytest.mark.parametrize("name", sorted(ACCESS))
    def test_the_pages_port_has_nothing_of_the_api_but_the_short_health(self, standing: SecuredHub, name: str) -> None:
        method, _, path = name.partition(" ")
        own = {"Authorization": f"Bearer {standing.own_key}", "Idempotency-Key": str(uuid4())}
        with httpx.Client(base_url=standing.pages, trust_env=False, headers=own) as client:
            reply = client.request(method, re.sub(r"\{\w+\}", "1", path))
        if path == "/api/health":
            assert reply.json().keys() == {"status", "version", "api", "now", "hall"}
        else:
            assert told(reply) == (404, "not_found")

    def test_a_visitor_s_page_is_on_its_port_without_a_key(self, standing: SecuredHub) -> None:
        ticket = standing.take()
        path = f"/t/{ticket['token']}"
        assert ticket["url"].partition("//")[2].endswith(f"{standing.pages.rpartition(':')[2]}{path}")
        page = httpx.get(standing.pages + path, trust_env=False)
        assert (page.status_code, ticket["number"] in page.text) == (200, True)
        assert told(standing.client.get(path)) == (404, "not_found")

    def test_who_shows_no_key_learns_that_a_hub_is_here_and_no_more(self, standing: SecuredHub) -> None:
        assert standing.bare.get("/api/health").json().keys() == {"status", "version", "api", "now", "hall"}
        forged = standing.bare.get("/api/health", headers={"Authorization": "Bearer x"})
        assert "data" not in forged.json()
        assert "data" in standing.get("/api/health")

    def test_the_api_s_port_does_not_speak_without_tls(self, standing: SecuredHub) -> None:
        plain = standing.address.replace("https", "http")
        with pytest.raises(httpx.HTTPError):
            httpx.get(f"{plain}/api/health", trust_env=False)

    @pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
    def test_it_speaks_tls_as_one_should_today(self, standing: SecuredHub, version: ssl.TLSVersion) -> None:
        context = pinned(standing.data)
        context.maximum_version = version
        host, port = standing.address.partition("://")[2].split(":")
        with socket.create_connection((host, int(port)), PATIENCE_SECONDS) as line, context.wrap_socket(line) as tls:
            cipher = tls.cipher()
        assert cipher is not None
        assert "GCM" in cipher[0] or "CHACHA20" in cipher[0]

    def test_ends_within_two_seconds_with_fifty_feeds_open(self, tmp_path: Path) -> None:
        with start_secured(tmp_path) as hub:
            tokens = [hub.take()["token"] for _ in range(5)]
            with httpx.Client(
                verify=pinned(tmp_path), trust_env=False, timeout=PATIENCE_SECONDS, limits=MANY
            ) as client:
                own = {"Authorization": f"Bearer {hub.own_key}"}
                paths = [f"{hub.address}/api/events"] * 25 + [f"{hub.pages}/t/{token}/events" for token in tokens * 5]
                feeds = [client.send(client.build_request("GET", path, headers=own), stream=True) for path in paths]
                assert {feed.status_code for feed in feeds} == {200}
                until(lambda: hub.get("/api/health")["listeners"] == 25)
                assert hub.end() < 2
                for feed in feeds:
                    feed.close()
            log = (tmp_path / "logs" / "hub.log").read_text(encoding="utf-8")
            assert [line for line in log.splitlines() if " ERROR " in line] == []


MANY = httpx.Limits(max_connections=60)


@pytest.fixture(scope="module")
def on_loopback(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    with start_hub(tmp_path_factory.mktemp("open") / "data") as hub:
        yield hub


class TestOnLoopback:
    def test_a_hub_asks_for_nothing_and_makes_no_certificate(self, on_loopback: RunningHub) -> None:
        hub = on_loopback
        assert hub.take()["number"] == "A-001"
        assert hub.post(NEXT).status_code == 200
        assert hub.get("/api/staff") == {"staff": []}
        assert not (hub.data / CERTIFICATE_NAME).exists()

    def test_a_code_is_not_needed(self, on_loopback: RunningHub) -> None:
        hub = on_loopback
        own = {"Authorization": f"Bearer {(hub.data / KEY_NAME).read_text()}"}
        assert told(hub.post("/api/pairings", {"kind": "kiosk", "id": "kios-1"}, **own)) == (409, "no_pairing")

    @pytest.mark.parametrize("name", [name for name, who in ACCESS.items() if who.role == "administrator"])
    def test_only_who_may_read_the_data_folder_writes_the_list_of_staff(
        self, on_loopback: RunningHub, name: str
    ) -> None:
        method, _, path = name.partition(" ")
        reply = on_loopback.client.request(
            method, path.format(staff=1, system="x"), headers={"Idempotency-Key": str(uuid4())}
        )
        assert told(reply) == (401, "device_unknown")

    def test_who_signed_in_without_a_pin_is_out_once_the_hub_asks_for_one(self, tmp_path: Path) -> None:
        with start_hub(tmp_path) as hub:
            token = hub.post("/api/counters/loket-1/sign-in", {"app": str(uuid4()), "host": "PC"}).json()["token"]
            hub.end()
        with start_secured(tmp_path) as secured:
            assert secured.get("/api/counters/loket-1")["session"] is None
            counter = secured.pair("counter", "loket-1")
            assert told(secured.ask(counter | {"Antre-Session": token}, NEXT)) == (401, "session_ended")
