"""The hub's own secret: the file `hub.key` in the data folder, from which all else that must stay secret is made.

Who may read the data folder may do everything: the file's text is the hub PC's own key. What the hub makes for others
(tokens, keys, codes) is derived from it and from the order's Idempotency-Key, so that an order repeated after a lost
answer gets the same again, though it is kept nowhere.
"""

import hmac
import os
import secrets
from base64 import urlsafe_b64encode
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from hub.lock import usable
from shared.pairing import code_of

KEY_NAME = "hub.key"
_BYTES = 32


class Vault:
    """The hub's secrets. Raises Trouble('data_unusable') when the file can neither be read nor made."""

    def __init__(self, data: Path) -> None:
        with usable(data):
            self.own_key = _kept(data / KEY_NAME)
        self._secret = self.own_key.encode()
        self.salt = self._derived(b"fingerprints")
        """Keys the fingerprints of bodies: a plain hash of ten thousand PINs is none."""
        self.pepper = self._derived(b"pins")

    def mint(self, what: str, order: bytes) -> str:
        """A secret of 32 bytes, made for that order (see Ask.order): the same each time."""
        return urlsafe_b64encode(self._derived(b"%s\n%s" % (what.encode(), order))).decode().rstrip("=")

    def mint_code(self, what: str, order: bytes) -> str:
        """As `mint`, a code that a person types."""
        return code_of(self._derived(b"%s\n%s" % (what.encode(), order)))

    def _derived(self, what: bytes) -> bytes:
        return hmac.new(self._secret, what, sha256).digest()


def _kept(path: Path) -> str:
    """The secret in that file, made when it is not there; nobody else of the PC may read it."""
    with suppress(FileNotFoundError):
        if text := path.read_text(encoding="ascii").strip():
            return text
    text = secrets.token_urlsafe(_BYTES)
    write_private(path, text.encode())
    return text


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only the hub's user may read, whole or not at all."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(file, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)
