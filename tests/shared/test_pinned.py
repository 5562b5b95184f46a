"""Over TLS an app speaks to the one hub whose certificate it has pinned, and tells nobody else anything."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from shared.qt.link import HubLink
from shared.qt.pinned import Credentials
from shared.trouble import Trouble
from shared.wire import HubTime, Nothing
from tests.shared.false_hub import Identity, an_identity, problem, tls_server
from tests.shared.slow_hub import slow_hub
from tests.shared.test_link import let_go, outcome

Link = Callable[..., HubLink]


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Identity:
    return an_identity(tmp_path_factory.mktemp("hub"), "hub")


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Identity:
    return an_identity(tmp_path_factory.mktemp("other"), "other")


@pytest.fixture
def link_to(qapp: QCoreApplication) -> Iterator[Link]:
    links: list[HubLink] = []

    def make(address: str, pin: str = "", **more: str) -> HubLink:
        links.append(HubLink(address, credentials=Credentials(pin, key="secret-key", **more), parent=qapp))
        return links[-1]

    yield make
    for link in links:
        let_go(link)


def refusal(qtbot: QtBot, link: HubLink, *, patience_s: float = 0) -> str:
    answer = outcome(qtbot, link.post("/api/x", Nothing(), HubTime, patience_s=patience_s))
    assert isinstance(answer, Trouble)
    return answer.code


def test_the_pinned_hub_is_asked_with_the_devices_key(qtbot: QtBot, hub: Identity, link_to: Link) -> None:
    with tls_server(hub) as (address, heard):
        assert isinstance(outcome(qtbot, link_to(address, hub.pin).post("/api/x", Nothing(), HubTime)), HubTime)
        assert heard.header("Authorization") == ["Bearer secret-key"]
        assert heard.header("Antre-Session") == [None]


def test_who_has_signed_in_is_told_with_each_request_also_of_the_feed(
    qtbot: QtBot, hub: Identity, link_to: Link
) -> None:
    with tls_server(hub) as (address, heard):
        link = link_to(address, hub.pin)
        link.open_session("token")
        outcome(qtbot, link.get("/api/x", HubTime))
        link.listen()
        qtbot.waitUntil(lambda: "/api/events" in heard.paths(), timeout=5000)
        assert set(heard.header("Antre-Session")) == {"token"}
        assert set(heard.header("Authorization")) == {"Bearer secret-key"}
        link.close()


def test_another_certificate_hears_nothing(qtbot: QtBot, hub: Identity, other: Identity, link_to: Link) -> None:
    with tls_server(other) as (address, heard):
        assert refusal(qtbot, link_to(address, hub.pin), patience_s=0.5) == "other_certificate"
        assert heard.requests == []


def test_another_certificate_is_told_nothing_on_the_feed(
    qtbot: QtBot, hub: Identity, other: Identity, link_to: Link
) -> None:
    with tls_server(other) as (address, heard):
        link = link_to(address, hub.pin)
        with qtbot.waitSignal(link.up_changed, timeout=5000):
            link.listen()
        assert link.trouble is not None
        assert link.trouble.code == "other_certificate"
        link.close()
        assert heard.requests == []


def test_a_hub_whose_place_another_takes_hears_nothing_more(
    qtbot: QtBot, hub: Identity, other: Identity, link_to: Link
) -> None:
    with tls_server(hub) as (address, heard):
        link = link_to(address, hub.pin)
        outcome(qtbot, link.get("/api/x", HubTime))
        assert len(heard.requests) == 1
    with tls_server(other, port=int(address.rpartition(":")[2])) as (_, stranger):
        assert refusal(qtbot, link) in ("hub_away", "other_certificate")  # the old connection may end first
        assert refusal(qtbot, link) == "other_certificate"
        link.expect_away()
        link.listen()
        qtbot.waitUntil(lambda: link.why is not None and link.why.code == "other_certificate", timeout=5000)
        link.close()
        assert stranger.requests == []


def test_without_a_pin_no_certificate_is_spoken_to(qtbot: QtBot, hub: Identity, link_to: Link) -> None:
    with tls_server(hub) as (address, heard):
        link = link_to(address)
        with qtbot.waitSignal(link.barred, timeout=5000):
            assert refusal(qtbot, link) == "device_unknown"
        assert heard.requests == []


def test_a_clock_that_is_wrong_does_not_make_the_hub_a_stranger(qtbot: QtBot, tmp_path: Path, link_to: Link) -> None:
    over = an_identity(tmp_path, "over", days=-30)
    with tls_server(over) as (address, _):
        assert isinstance(outcome(qtbot, link_to(address, over.pin).get("/api/x", HubTime)), HubTime)


def test_the_key_never_goes_over_plain_http(qtbot: QtBot, hub: Identity, link_to: Link) -> None:
    with slow_hub() as (address, script):
        outcome(qtbot, link_to(address, hub.pin).get("/api/x", HubTime))
        assert script.authorized == [None]


@pytest.mark.parametrize("code", ["device_unknown", "session_ended"])
def test_who_is_barred_is_told_once_for_each_question(qtbot: QtBot, hub: Identity, link_to: Link, code: str) -> None:
    with tls_server(hub) as (address, heard):
        heard.answers["/api/x"] = (401, problem(code))
        link = link_to(address, hub.pin)
        told: list[Any] = []
        link.barred.connect(told.append)
        assert refusal(qtbot, link) == code
        assert [trouble.code for trouble in told] == [code]


def test_a_feed_that_is_refused_tells_that_the_device_is_unknown(qtbot: QtBot, hub: Identity, link_to: Link) -> None:
    with tls_server(hub) as (address, heard):
        heard.answers["/api/events"] = (401, problem("device_unknown"))
        link = link_to(address, hub.pin)
        with qtbot.waitSignal(link.barred, timeout=5000) as caught:
            link.listen()
        assert caught.args[0].code == "device_unknown"
        link.close()


def test_nobody_is_followed_to_another_address(qtbot: QtBot, hub: Identity, other: Identity, link_to: Link) -> None:
    with tls_server(hub) as (address, heard), tls_server(other) as (elsewhere, stranger):
        heard.answers["/api/x"] = (307, {})
        heard.location = f"{elsewhere}/api/x"
        refusal(qtbot, link_to(address, hub.pin))
        assert stranger.requests == []


def test_what_is_secret_is_not_told_where_it_is_printed() -> None:
    assert "secret" not in repr(Credentials("pin", key="secret-key", session="secret-session"))
