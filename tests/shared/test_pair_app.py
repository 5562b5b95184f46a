"""Pairing: the app trusts the hub only once it has proved that it knows the code, and tells nobody else anything."""

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from shared.model import DeviceKind
from shared.qt.pairing import Pairing
from shared.qt.pinned import Credentials
from shared.trouble import Trouble
from tests.shared.false_hub import CODE, KEY, Identity, an_identity, tls_server


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Identity:
    return an_identity(tmp_path_factory.mktemp("hub"), "hub")


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Identity:
    return an_identity(tmp_path_factory.mktemp("other"), "other")


def become(qtbot: QtBot, app: QCoreApplication, address: str, code: str = CODE, *, identity: str = "") -> list[object]:
    """What becomes of one try: the credentials and the id, or the trouble."""
    said: list[object] = []
    pairing = Pairing(address, DeviceKind.KIOSK, identity=identity, parent=app)
    pairing.done.connect(lambda credentials, device: said.extend([credentials, device]))
    pairing.failed.connect(said.append)
    pairing.begin(code)
    qtbot.waitUntil(lambda: bool(said), timeout=9000)
    pairing.end()
    return said


def code_of(said: list[object]) -> str:
    assert isinstance(said[0], Trouble)
    return said[0].code


def test_the_right_code_gives_key_pin_and_which_device_this_is(
    qtbot: QtBot, qapp: QCoreApplication, hub: Identity
) -> None:
    with tls_server(hub) as (address, _):
        assert become(qtbot, qapp, address) == [Credentials(hub.pin, KEY), "lobi"]


def test_a_wrong_code_is_refused(qtbot: QtBot, qapp: QCoreApplication, hub: Identity) -> None:
    with tls_server(hub) as (address, _):
        assert code_of(become(qtbot, qapp, address, "00000000")) == "pairing_refused"


def test_the_code_itself_never_leaves_the_app(qtbot: QtBot, qapp: QCoreApplication, hub: Identity) -> None:
    with tls_server(hub) as (address, heard):
        become(qtbot, qapp, address)
        assert heard.paths() == ["/api/pair"]
        assert CODE not in str(heard.requests)


def test_who_stands_between_cannot_pass_the_proof_on(
    qtbot: QtBot, qapp: QCoreApplication, hub: Identity, other: Identity
) -> None:
    with tls_server(other) as (address, heard):
        heard.fingerprint = hub.fingerprint  # what the true hub would compare it with
        assert code_of(become(qtbot, qapp, address)) == "pairing_refused"


@pytest.mark.allow_log("answered a pairing without knowing its code")
def test_who_does_not_know_the_code_is_not_believed(qtbot: QtBot, qapp: QCoreApplication, hub: Identity) -> None:
    lie = {"id": "lobi", "key": KEY, "proof": "0" * 64}
    with tls_server(hub) as (address, heard):
        heard.answers["/api/pair"] = (200, lie)
        assert code_of(become(qtbot, qapp, address)) == "pairing_refused"


@pytest.mark.allow_log("answered a pairing without knowing its code")
def test_a_proof_for_one_device_is_none_for_another(qtbot: QtBot, qapp: QCoreApplication, hub: Identity) -> None:
    with tls_server(hub) as (address, heard):
        heard.names = "tv-1"
        assert code_of(become(qtbot, qapp, address)) == "pairing_refused"


def test_a_hub_that_is_not_there_is_away(qtbot: QtBot, qapp: QCoreApplication) -> None:
    assert code_of(become(qtbot, qapp, "https://127.0.0.1:1")) == "hub_away"
