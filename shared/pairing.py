"""How a device and its hub find out that both know the code, without telling it. Pure.

The code is the password of an exchange of proofs over TLS with a certificate nobody has vouched for yet. The
certificate's fingerprint is the salt of what both derive from the code: who stands between them with a certificate
of its own gets a proof that is worth nothing at the hub, would have to try 2**40 codes at some 40 ms each to learn
the code from it, and cannot answer with the hub's proof. So the device pins the certificate once that proof is right.
"""

import hashlib
import hmac
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: no I, L, O, U, which are taken for others or make words."""

CODE_LENGTH = 8
CODE_BYTES = 5
NONCE_BYTES = 32
KEY_BYTES = 32

_BITS = 5
_HALF = CODE_LENGTH // 2
_LOOKS_LIKE = str.maketrans("ILO", "110")
_SCRYPT_N, _SCRYPT_R, _SCRYPT_P = 2**14, 8, 1
"""16 MB and some 40 ms a try on a small PC."""


def code_of(random: bytes) -> str:
    """The code of 5 random bytes: `K7QF-93MD`."""
    number = int.from_bytes(random[:CODE_BYTES])
    letters = [ALPHABET[number >> _BITS * place & 31] for place in reversed(range(CODE_LENGTH))]
    return f"{''.join(letters[:_HALF])}-{''.join(letters[_HALF:])}"


def letters(text: str) -> str:
    """The characters of a code among what a person types, in capitals; I and L count as 1, O as 0."""
    return "".join(letter for letter in text.upper().translate(_LOOKS_LIKE) if letter in ALPHABET)


def typed(text: str) -> str | None:
    """What a person typed as the code's 8 characters, in capitals and without the dash; None where it is none.

    I and L count as 1, O as 0.
    """
    code = "".join(text.split()).replace("-", "").upper().translate(_LOOKS_LIKE)
    return code if len(code) == CODE_LENGTH and set(code) <= set(ALPHABET) else None


def fingerprint(certificate: bytes) -> bytes:
    """A certificate's (DER) SHA-256: 32 bytes, what a device pins."""
    return hashlib.sha256(certificate).digest()


def new_nonce() -> str:
    """A device's nonce for one try, in hex."""
    return secrets.token_hex(NONCE_BYTES)


def code_key(code: str, certificate_fingerprint: bytes) -> bytes:
    """What both derive from the code; takes some 40 ms. Raises ValueError for a text that is no code."""
    known = typed(code)
    if known is None:
        raise ValueError("no code")
    return hashlib.scrypt(
        known.encode(), salt=certificate_fingerprint, n=_SCRYPT_N, r=_SCRYPT_R, p=_SCRYPT_P, dklen=KEY_BYTES
    )


def device_proof(key: bytes, kind: str, device: str, nonce: str) -> str:
    """The device's proof that it knows the code, in hex. `key`: see `code_key`."""
    return _proof(key, "device", kind, device, nonce)


def hub_proof(key: bytes, kind: str, device: str, nonce: str, device_key: str) -> str:
    """The hub's proof that it knew the code and gave this device key, in hex."""
    return _proof(key, "hub", kind, device, nonce, device_key)


def is_proof(told: str, right: str) -> bool:
    """Whether a proof is right, in a time that tells nothing."""
    return hmac.compare_digest(told.encode(), right.encode())


def _proof(key: bytes, *told: str) -> str:
    return hmac.new(key, "\n".join(told).encode(), hashlib.sha256).hexdigest()
