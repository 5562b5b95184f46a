"""Open codes: who knows one, and for which device it was made."""

import pytest

from hub.pairings import TRIES, Codes
from shared.access_wire import Pair
from shared.model import DeviceKind
from shared.pairing import code_key, device_proof, new_nonce
from shared.trouble import Trouble

LOBBY, GATE, TV = ("kiosk", "lobi"), ("kiosk", "gerbang"), ("display", "tv-1")
KEYS = {
    name: code_key(code, b"0" * 32)
    for name, code in zip((LOBBY, GATE, TV), ("AAAAAAAA", "BBBBBBBB", "CCCCCCCC"), strict=True)
}
NOW = 1_000


@pytest.fixture
def codes() -> Codes:
    """Three devices have a code each."""
    codes = Codes()
    for name, key in KEYS.items():
        codes.open(name, key, NOW)
    return codes


def knows(key: bytes, *, kind: DeviceKind = DeviceKind.KIOSK, device: str = "") -> Pair:
    """What a device asks that knows the code behind `key`."""
    nonce = new_nonce()
    return Pair(kind=kind, id=device, nonce=nonce, proof=device_proof(key, kind, device, nonce))


def is_refused(codes: Codes, asked: Pair, now: int = NOW) -> bool:
    try:
        codes.used(asked, now)
    except Trouble as trouble:
        return trouble.code == "pairing_refused"
    return False


@pytest.mark.parametrize("name", [LOBBY, GATE])
def test_a_kiosk_that_tells_no_id_is_the_one_its_code_was_made_for(codes: Codes, name: tuple[str, str]) -> None:
    assert codes.used(knows(KEYS[name]), NOW)[0] == name


def test_a_device_that_tells_its_id_is_no_other(codes: Codes) -> None:
    assert is_refused(codes, knows(KEYS[LOBBY], device="gerbang"))
    assert codes.used(knows(KEYS[LOBBY], device="lobi"), NOW)[0] == LOBBY


def test_a_code_of_another_kind_is_none(codes: Codes) -> None:
    assert is_refused(codes, knows(KEYS[TV]))


def test_a_code_is_good_once(codes: Codes) -> None:
    codes.used(knows(KEYS[LOBBY]), NOW)
    assert is_refused(codes, knows(KEYS[LOBBY]))


def test_a_wrong_code_without_an_id_counts_against_each_of_its_kind(codes: Codes) -> None:
    for _ in range(TRIES):
        assert is_refused(codes, knows(b"wrong"))
    assert is_refused(codes, knows(KEYS[LOBBY]))
    assert is_refused(codes, knows(KEYS[GATE], device="gerbang"))
    assert codes.used(knows(KEYS[TV], kind=DeviceKind.DISPLAY), NOW)[0] == TV


def test_a_code_ends_after_ten_minutes(codes: Codes) -> None:
    assert is_refused(codes, knows(KEYS[LOBBY]), NOW + 600_000)
