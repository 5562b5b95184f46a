"""The LAN contract's part on the hall's configuration: its history, changing it, going back."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from shared.wire import Answer, Asked

LONGEST_TEXT = 600_000
"""Characters of a site file sent to the hub: a hall of 450 services has some 60,000."""


class CheckText(Asked):
    """POST /api/configuration/check: would this be taken up?"""

    text: str = Field(max_length=LONGEST_TEXT)


class Configure(Asked):
    """POST /api/configuration: have this text from now on. `base`: the id of the one that was edited."""

    text: str = Field(max_length=LONGEST_TEXT)
    base: int = Field(ge=0, lt=2**63)


class GoBack(Asked):
    """POST /api/configuration/undo: have an earlier one again; the one in force rewrites its file."""

    to: int = Field(ge=1, lt=2**63)


class Fault(Answer):
    """Why a text is not taken up, in the asked language. `line`: from 1; 0 where it is no line's fault."""

    line: int = 0
    what: str
    hint: str = ""


class Checked(Answer):
    """What `check` found. `warnings`: what works, but probably not as meant, or not before a restart."""

    faults: list[Fault]
    warnings: list[str]


class ConfigurationFacts(Answer):
    """One the hub has had. `origin`: the file edited by hand, the counter app, or an earlier one again.

    `by`: who, where that is known.
    """

    id: int
    at: datetime
    by: str = ""
    origin: Literal["file", "app", "undo"]


class Configuration(ConfigurationFacts):
    """GET /api/configurations/{id}, with its text whole."""

    text: str


class Configurations(Answer):
    """GET /api/configurations: the newest first, at most 100; the first is in force.

    `refused`: why the file, as it stands now, is not.
    """

    configurations: list[ConfigurationFacts]
    refused: list[Fault] = Field(default_factory=list)
