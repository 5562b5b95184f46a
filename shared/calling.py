"""How a hall's calls are said: its word for a counter and, where it wants that, whom its visitors go to. Pure.

    calling = calling_of(hall)
    calling.speech("A-012", "5", agency="bpjs", language="id").text
    # 'Nomor antrean, A, nol satu dua, B P J S Kesehatan, silakan menuju loket lima.'

A name is said as its site writes it in `spoken`. Without that a word of capitals alone is spelt letter by letter, as
the letters of a number are, and every other word is said as a word.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from shared.hall import Hall
from shared.speech import Speech, call_speech

MOST_SPELT = 5
"""Letters of one word that a hall still follows by ear: 'B P J S', not 'D P M P T S P'."""

_ABBREVIATION = re.compile(r"\b(?=\d*[A-Z])[A-Z\d]{2,}\b")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_SIGNS = re.compile(r"[-/()\[\].;:]")
"""What is no word: a voice would pause at it, or say it."""


class Named(Protocol):
    """An agency, as far as its name is said: of the hall, or of its site file."""

    @property
    def short_name(self) -> str:
        """What visitors know it by."""

    @property
    def name_en(self) -> str:
        """Its English name, or ''."""

    @property
    def spoken(self) -> str:
        """What is said for it in Indonesian; '': its short name."""

    @property
    def spoken_en(self) -> str:
        """What is said for it in English; '': its English name."""


def said_name(agency: Named, language: str) -> str:
    """What is said for an agency: as the site writes it, else its name without brackets, abbreviations spelt."""
    written, name = _names(agency, language)
    return " ".join((written or _ABBREVIATION.sub(_spelt, name)).split())


def spelt_too_long(agency: Named, languages: Iterable[str]) -> str:
    """The first word of its names that would be spelt by more letters than anybody follows; '' where there is none."""
    names = (_names(agency, language) for language in languages)
    spelt = (word for written, name in names if not written for word in _ABBREVIATION.findall(name))
    return next((word for word in spelt if len(word) > MOST_SPELT), "")


def _names(agency: Named, language: str) -> tuple[str, str]:
    """How the site writes what is said, or ''; and the agency's name, only its words."""
    written, name = agency.spoken, agency.short_name
    if language == "en":
        written, name = agency.spoken_en or ("" if agency.name_en else agency.spoken), agency.name_en or name
    return written, _SIGNS.sub(" ", _BRACKETS.sub(" ", name).strip() or name)


def _spelt(word: re.Match[str]) -> str:
    return " ".join(word[0])


@dataclass(frozen=True)
class Calling:
    """A hall's way to call. `counter_word`: loket or gerai. `agencies`: those that are named, by their ids."""

    counter_word: str
    agencies: Mapping[str, Named] = field(default_factory=dict)

    def speech(self, number: str, counter: str, *, agency: str, language: str) -> Speech:
        """What is said to call `number` to `counter`, to an agency by its id. Raises KeyError as `call_speech` does."""
        named = self.agencies.get(agency)  # a hub with a newer configuration may tell of one this TV does not know
        whom = (agency, said_name(named, language)) if named is not None else None
        return call_speech(number, counter, language=language, counter_word=self.counter_word, whom=whom)


def calling_of(hall: Hall) -> Calling:
    """How this hall wants its calls said."""
    named = {agency.id: agency for agency in hall.agencies} if hall.voice.say_agency else {}
    return Calling(hall.counter_word, named)
