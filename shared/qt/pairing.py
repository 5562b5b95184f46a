"""Pairing an app with its hub by a short code, over a connection trusted only once the hub has proved itself."""

import logging

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkReply, QNetworkRequest, QSslSocket

from shared.access_wire import Pair, Paired
from shared.model import DeviceKind
from shared.pairing import code_key, device_proof, hub_proof, is_proof, new_nonce
from shared.qt.link import ATTEMPT_MS, HubLink
from shared.qt.pinned import Credentials, fingerprint, trusting_nobody
from shared.trouble import Trouble

log = logging.getLogger(__name__)


class Pairing(QObject):
    """One try with the code a person read at the hub.

    Whoever stands between app and hub has another certificate: the proofs are made with the certificate that
    was seen, so such a one learns nothing of the code and cannot answer for the hub.

    done(Credentials, str)  the hub has proved that it knows the code; the str is the id it gave the code for
    failed(Trouble)         wrong, expired, or the hub is away
    """

    done = Signal(object, str)
    failed = Signal(object)

    def __init__(self, address: str, kind: DeviceKind, *, identity: str = "", parent: QObject | None = None) -> None:
        """`identity`: which of the hall's devices this is; empty where the code shall say it."""
        super().__init__(parent)
        self._address, self._kind, self._identity = address, kind, identity
        self._code = ""
        self._pin = ""
        self._nonce = new_nonce()
        self._link: HubLink | None = None
        self._net = QNetworkAccessManager(self)

    def begin(self, code: str) -> None:
        """Look at the hub's certificate; nothing is sent yet."""
        self._code = code
        request = QNetworkRequest(QUrl(f"{self._address}/api/health"))
        request.setSslConfiguration(trusting_nobody(QSslSocket.PeerVerifyMode.VerifyNone))
        request.setTransferTimeout(ATTEMPT_MS)
        self._net.encrypted.connect(self._look)
        # Queued: what follows is not to be done from within the handshake that was broken off.
        self._net.finished.connect(self._looked, Qt.ConnectionType.QueuedConnection)
        self._net.get(request)

    def end(self) -> None:
        """Let go of the hub; no signal comes afterwards."""
        self._net.finished.disconnect(self._looked)
        if self._link is not None:
            self._link.close()
        self.deleteLater()

    def _look(self, reply: QNetworkReply) -> None:
        self._pin = fingerprint(reply.sslConfiguration().peerCertificate())
        reply.abort()

    def _looked(self, reply: QNetworkReply) -> None:
        reply.deleteLater()
        if self._pin:
            self._ask()
        else:
            self.failed.emit(Trouble("hub_away"))

    def _ask(self) -> None:
        key = code_key(self._code, bytes.fromhex(self._pin))
        proof = device_proof(key, self._kind, self._identity, self._nonce)
        order = Pair(kind=self._kind, id=self._identity, nonce=self._nonce, proof=proof)
        self._link = HubLink(self._address, credentials=Credentials(self._pin), parent=self)
        reply = self._link.post("/api/pair", order, Paired)
        reply.done.connect(lambda paired: self._judge(paired, key))
        reply.failed.connect(self.failed)

    def _judge(self, paired: Paired, key: bytes) -> None:
        identity = paired.id or self._identity
        if is_proof(paired.proof, hub_proof(key, self._kind, identity, self._nonce, paired.key)):
            self.done.emit(Credentials(self._pin, paired.key), identity)
            return
        log.warning("%s answered a pairing without knowing its code", self._address)
        self.failed.emit(Trouble("pairing_refused"))
