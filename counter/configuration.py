"""The hall's configuration as a supervisor works on it: fetched, checked, put in force, brought back."""

from pydantic import BaseModel, ValidationError
from PySide6.QtCore import QObject, Signal

from counter.kept import Kept
from shared.configuration_wire import (
    Checked,
    CheckText,
    Configuration,
    ConfigurationFacts,
    Configurations,
    Configure,
    Fault,
    GoBack,
)
from shared.qt.link import HubLink
from shared.trouble import Trouble
from shared.wire import Asked

HISTORY = "/api/configurations"
CHANGE = "/api/configuration"
PATIENCE_S = 8.0
"""A hub that checks a text of 450 services while people press takes its time."""


def faults_of(trouble: Trouble) -> list[Fault]:
    """What the hub found wrong, line by line; nothing where the trouble is another."""
    if trouble.code not in ("configuration_wrong", "configuration_refused") or not isinstance(trouble.now, list):
        return []
    try:
        return [Fault.model_validate(one) for one in trouble.now]
    except ValidationError:  # a newer hub may tell it otherwise: the trouble's own sentence still says it
        return []


class ConfigurationWork(QObject):
    """Asks the hub, one question of a sort at a time.

    listed(Configurations)       the history, newest first
    opened(Configuration)        one of it with its text
    checked(Checked)             what stands against a text
    taken_up(ConfigurationFacts) a text is in force, or an earlier one is again
    refused(Trouble)             it is not, or the hub did not answer
    """

    listed = Signal(object)
    opened = Signal(object)
    checked = Signal(object)
    taken_up = Signal(object)
    refused = Signal(object)

    def __init__(self, link: HubLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._kept = Kept(link.now)

    def look(self) -> None:
        """Fetch the history."""
        reply = self._link.get(HISTORY, Configurations)
        reply.done.connect(self.listed)
        reply.failed.connect(self.refused)

    def open(self, number: int) -> None:
        """Fetch one configuration whole."""
        reply = self._link.get(f"{HISTORY}/{number}", Configuration)
        reply.done.connect(self.opened)
        reply.failed.connect(self.refused)

    def check(self, text: str) -> None:
        """Ask what stands against this text."""
        reply = self._link.post(f"{CHANGE}/check", CheckText(text=text), Checked, patience_s=PATIENCE_S)
        reply.done.connect(self.checked)
        reply.failed.connect(self.refused)

    def apply(self, text: str, *, base: int) -> None:
        """Have this text in force; `base`: the configuration it was made from."""
        self._order(CHANGE, Configure(text=text, base=base))

    def go_back(self, number: int) -> None:
        """Have an earlier configuration in force again."""
        self._order(f"{CHANGE}/undo", GoBack(to=number))

    def _order(self, path: str, body: Asked) -> None:
        """Ordered again after an answer was lost, it is the same order."""
        key = self._kept.key(path, body)
        reply = self._link.post(path, body, ConfigurationFacts, key=key, patience_s=PATIENCE_S)
        reply.done.connect(self._done)
        reply.failed.connect(self._failed)

    def _done(self, facts: BaseModel) -> None:
        self._kept.forget()
        self.taken_up.emit(facts)

    def _failed(self, trouble: Trouble) -> None:
        if not trouble.is_undecided:
            self._kept.forget()
        self.refused.emit(trouble)
