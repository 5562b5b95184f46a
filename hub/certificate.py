"""The hub's own certificate: made once, at the first start that other PCs can reach, and pinned by every device.

Nobody vouches for it, and nobody has to: a device learns it when it is paired. It stays the same when the hub's
address changes, so the names in it are for browsers and other programs.
"""

import socket
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from ssl import PEM_cert_to_DER_cert
from typing import TYPE_CHECKING, NamedTuple

from hub.lock import usable
from hub.vault import write_private
from shared.pairing import fingerprint

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.x509 import Certificate, GeneralName

CERTIFICATE_NAME = "certificate.pem"
PRIVATE_NAME = "certificate.key"
_YEARS = 20
_NAME = "Antre"


class Identity(NamedTuple):
    """Where the hub's certificate and its private key stand, and the certificate's fingerprint."""

    certificate: Path
    private: Path
    fingerprint: bytes


def identity(data: Path, address: str) -> Identity:
    """The hub's certificate, made where there is none; `address`: the host that others find it at.

    Raises Trouble('data_unusable').
    """
    certificate, private = data / CERTIFICATE_NAME, data / PRIVATE_NAME
    with usable(data):
        if not (certificate.exists() and private.exists()):
            _make(certificate, private, {address, socket.gethostname(), "localhost", "127.0.0.1"})
        return Identity(certificate, private, fingerprint_of(certificate))


def fingerprint_of(certificate: Path) -> bytes:
    """The fingerprint of a certificate in a file. Raises OSError."""
    return fingerprint(PEM_cert_to_DER_cert(certificate.read_text(encoding="ascii")))


def _make(certificate: Path, private: Path, names: Iterable[str]) -> None:
    # A hub on loopback alone loads none of it: half a second on a slow PC.
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415  -- see above
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415  -- see above

    key = ec.generate_private_key(ec.SECP256R1())
    made = _signed(key, sorted(filter(None, names)))
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    write_private(private, secret)
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))


def _signed(key: "EllipticCurvePrivateKey", names: list[str]) -> "Certificate":
    from cryptography import x509  # noqa: PLC0415  -- as in _make
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415  -- as in _make
    from cryptography.x509.oid import NameOID  # noqa: PLC0415  -- as in _make

    us = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _NAME)])
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(us)
        .issuer_name(us)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=2))  # the PCs' clocks differ
        .not_valid_after(now + timedelta(days=365 * _YEARS))
        .add_extension(x509.SubjectAlternativeName([_alternative(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )


def _alternative(name: str) -> "GeneralName":
    from cryptography import x509  # noqa: PLC0415  -- as in _make

    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)
