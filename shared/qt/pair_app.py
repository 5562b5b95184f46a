"""What an app keeps of its pairing, and the tries that lead to it."""

import argparse

from PySide6.QtCore import QObject, Signal

from shared.model import DeviceKind
from shared.pairing import typed
from shared.qt.pairing import Pairing
from shared.qt.pairing_page import PairingPage
from shared.qt.pinned import Credentials
from shared.settings import Settings
from shared.trouble import Trouble
from shared.words import Words

PIN_SETTING = "pin"
KEY_SETTING = "key"
HUB_SETTING = "hub"
ID_SETTING = "id"


class PairApp(QObject):
    """This app's pairing with its hub.

    paired()     the hub is pinned and the key kept: begin anew
    other_hub()  a person means another hub
    """

    paired = Signal()
    other_hub = Signal()

    def __init__(
        self,
        kind: DeviceKind,
        args: argparse.Namespace,
        *,
        settings: Settings,
        dark: bool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind, self._args, self._settings = kind, args, settings
        self._words, self._dark = Words(args.language), dark
        self._code: str | None = args.pair
        # A counter app goes from counter to counter with one key: its --id is where it sits, not what was paired.
        self._told = "" if kind is DeviceKind.COUNTER else args.id or ""
        self._page: PairingPage | None = None
        self._try: Pairing | None = None

    def credentials(self) -> Credentials:
        """The pinned certificate and this device's key, as far as there are any."""
        get = self._settings.get
        told = self._told or get(ID_SETTING) or ""
        key = get(f"{KEY_SETTING}_{told}") if told else None
        is_mine = told == (get(ID_SETTING) or "")  # another device's key is of no use to this one
        return Credentials(get(PIN_SETTING) or "", key or (get(KEY_SETTING) if is_mine else None) or "")

    def page(self, address: str) -> PairingPage:
        """The page for the hub at `address`; a code of the command line is tried at once, the first time."""
        told = self._args.id or self._settings.get(ID_SETTING)
        command = f"antre pair {self._kind} {told or 'ID'}"
        self._page = PairingPage(
            self._words,
            command,
            address="" if self._args.hub else address,
            with_keypad=self._kind is not DeviceKind.COUNTER,
            dark=self._dark,
        )
        self._page.other_hub.connect(self.other_hub)
        self._page.given.connect(lambda code: self._begin(address, code))
        code, self._code = self._code, None
        if code is not None:
            self._page.wait(code)
            self._begin(address, code)
        return self._page

    def end(self) -> None:
        """Let go of a try under way."""
        if self._try is not None:
            self._try.end()
            self._try = None

    def _begin(self, address: str, code: str) -> None:
        self.end()
        if typed(code) is None:
            self._refused(Trouble("pairing_refused"))
            return
        self._try = Pairing(address, self._kind, identity=self._told, parent=self)
        self._try.done.connect(lambda credentials, identity: self._keep(address, credentials, identity))
        self._try.failed.connect(self._refused)
        self._try.begin(code)

    def _keep(self, address: str, credentials: Credentials, identity: str) -> None:
        keep = self._settings.keep
        keep(PIN_SETTING, credentials.pin)
        if self._told:
            keep(f"{KEY_SETTING}_{self._told}", credentials.key)
            if not self._settings.get(ID_SETTING):
                keep(ID_SETTING, self._told)
        else:
            keep(KEY_SETTING, credentials.key)
            self._keep_id(identity)
        # Also one told by --hub: whoever pairs by hand and lets the next start be without options means this hub,
        # not one of this PC's own, whose numbers nobody calls.
        keep(HUB_SETTING, address)
        self.end()
        self.paired.emit()

    def _keep_id(self, identity: str) -> None:
        """A kiosk or display is what the code was made for; an officer may have chosen another counter."""
        if self._kind is not DeviceKind.COUNTER or not self._settings.get(ID_SETTING):
            self._settings.keep(ID_SETTING, identity)

    def _refused(self, trouble: Trouble) -> None:
        self.end()
        if self._page is not None:
            self._page.tell(trouble)
