"""Talking only to the hub that was pinned at pairing: its certificate is judged before anything is sent to it.

A hall's hub has a certificate of its own making, which no authority vouches for. So none is trusted: every
certificate is an error to Qt, which ends the connection, unless it is byte for byte the one pinned.
"""

from dataclasses import dataclass, field

from PySide6.QtCore import QCryptographicHash, QObject
from PySide6.QtNetwork import (
    QNetworkAccessManager,
    QNetworkReply,
    QNetworkRequest,
    QSslCertificate,
    QSslConfiguration,
    QSslError,
    QSslSocket,
)

from shared.trouble import Trouble

_STRANGER = "stranger"


@dataclass(frozen=True)
class Credentials:
    """How an app knows its hub, and what it shows it.

    `pin`: SHA-256 of the hub's certificate (DER) in 64 hex digits; empty: not paired. `key`: this device's.
    `session`: of the app at a counter. The key goes to the pinned hub alone, the session to the hub that gave it.
    """

    pin: str = ""
    key: str = field(default="", repr=False)
    session: str = field(default="", repr=False)


NOT_PAIRED = Credentials()


def fingerprint(certificate: QSslCertificate) -> str:
    """SHA-256 of a certificate's DER in 64 hex digits; empty where there is none."""
    if certificate.isNull():
        return ""
    return bytes(certificate.digest(QCryptographicHash.Algorithm.Sha256).data()).hex()


class PinnedNet(QNetworkAccessManager):
    """A road to one hub. Over https only the certificate of `pin` is spoken to; without a pin none is."""

    def __init__(self, pin: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pin = pin
        self.sslErrors.connect(self._judge)
        self.encrypted.connect(self._look_again)

    def _judge(self, reply: QNetworkReply, errors: list[QSslError]) -> None:
        if self._is_ours(reply):
            # These errors of this certificate, not 'all errors': another connection is judged anew.
            reply.ignoreSslErrors(errors)
        else:
            self._mark(reply)

    def _look_again(self, reply: QNetworkReply) -> None:
        # The handshake is done and no byte of ours is sent yet: whatever let it pass, this has the last word.
        if not self._is_ours(reply):
            self._mark(reply)
            reply.abort()

    def _mark(self, reply: QNetworkReply) -> None:
        reply.setProperty(_STRANGER, "other_certificate" if self.pin else "device_unknown")

    def _is_ours(self, reply: QNetworkReply) -> bool:
        return bool(self.pin) and fingerprint(reply.sslConfiguration().peerCertificate()) == self.pin


def stranger(reply: QNetworkReply) -> Trouble | None:
    """Why `reply` was ended at the sight of a certificate, if it was: no hub is known yet, or it is another's."""
    code = reply.property(_STRANGER)
    return Trouble(code) if isinstance(code, str) else None


def sign(request: QNetworkRequest, credentials: Credentials) -> None:
    """Put on `request` what the hub asks of this app: the key only on a road of TLS to the pinned hub."""
    request.setAttribute(
        QNetworkRequest.Attribute.RedirectPolicyAttribute, QNetworkRequest.RedirectPolicy.ManualRedirectPolicy.value
    )
    if credentials.session:
        request.setRawHeader(b"Antre-Session", credentials.session.encode())
    if request.url().scheme() != "https":
        return
    request.setSslConfiguration(trusting_nobody())
    if credentials.key:
        request.setRawHeader(b"Authorization", f"Bearer {credentials.key}".encode())


def trusting_nobody(mode: QSslSocket.PeerVerifyMode = QSslSocket.PeerVerifyMode.VerifyPeer) -> QSslConfiguration:
    """TLS in which no certificate is good by itself, not even one of the system's authorities."""
    tls = QSslConfiguration.defaultConfiguration()
    tls.setCaCertificates([])
    tls.setPeerVerifyMode(mode)
    return tls
