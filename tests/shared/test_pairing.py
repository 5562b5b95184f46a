"""The exchange that pairs a device, as both sides reckon it."""

import secrets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.pairing import code_key, code_of, device_proof, fingerprint, hub_proof, is_proof, new_nonce, typed

HERE, ELSEWHERE = fingerprint(b"our certificate"), fingerprint(b"another's")


@given(st.binary(min_size=5, max_size=5))
@settings(max_examples=50)
def test_a_code_is_typed_as_it_is_read(random: bytes) -> None:
    code = code_of(random)
    assert typed(code) == code.replace("-", "")
    assert typed(f" {code.lower()} ") == typed(code)


def test_forty_bits_make_forty_bits() -> None:
    assert (code_of(bytes(5)), code_of(b"\xff" * 5)) == ("0000-0000", "ZZZZ-ZZZZ")
    assert len({code_of(number.to_bytes(5)) for number in range(1000)}) == 1000


@pytest.mark.parametrize(("written", "read"), [("iloi-0000", "11010000"), ("K7QF 93MD", "K7QF93MD")])
def test_letters_that_look_like_figures_count_as_them(written: str, read: str) -> None:
    assert typed(written) == read


@pytest.mark.parametrize("written", ["", "K7QF-93M", "K7QF-93MDX", "K7QF-93MU", "K7QF.93MD"])
def test_what_is_no_code_is_none(written: str) -> None:
    assert typed(written) is None
    with pytest.raises(ValueError, match="no code"):
        code_key(written, HERE)


def test_a_proof_is_of_this_code_certificate_device_and_nonce_alone() -> None:
    nonce, other = new_nonce(), new_nonce()
    key = code_key("K7QF-93MD", HERE)
    right = device_proof(key, "kiosk", "kios-1", nonce)
    assert is_proof(right, device_proof(code_key("k7qf93md", HERE), "kiosk", "kios-1", nonce))
    wrong = [
        device_proof(code_key("K7QF-93MD", ELSEWHERE), "kiosk", "kios-1", nonce),
        device_proof(code_key("K7QF-93ME", HERE), "kiosk", "kios-1", nonce),
        device_proof(key, "display", "kios-1", nonce),
        device_proof(key, "kiosk", "kios-2", nonce),
        device_proof(key, "kiosk", "kios-1", other),
        hub_proof(key, "kiosk", "kios-1", nonce, "key"),
    ]
    assert not any(is_proof(told, right) for told in wrong)


def test_the_hub_s_proof_is_of_the_key_it_gives() -> None:
    key, nonce = code_key("K7QF-93MD", HERE), new_nonce()
    given_key = secrets.token_urlsafe(32)
    told = hub_proof(key, "kiosk", "kios-1", nonce, given_key)
    assert not is_proof(told, hub_proof(key, "kiosk", "kios-1", nonce, secrets.token_urlsafe(32)))
