"""Finding an agency or a service by what a visitor types: names, everyday words, beginnings, typing errors. Pure."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import nsmallest
from math import sqrt

from kiosk.spelling import Spelling
from shared.hall import Agency, Service

MOST_FOUND = 36
"""More nobody looks through: a letter more is quicker."""
MOST_USED = 20

AGENCYS = 0.5
"""What a word of the agency's names counts for one of its services; a word of its own names or `words` counts 1."""
LIKENESS, USED = 0.4, 0.3
"""What it adds that a whole name is like what was typed, and that a service is used much at this hour."""

IDLE = re.compile(
    "mau|ingin|saya|aku|kami|buat|bikin|membuat|urus|mengurus|ngurus|cara|untuk|di|ke|dari|yang|dan|dengan|tolong|mohon"
    "|perlu|butuh|minta|the|to|want|my|for|of|get|make|need|how|in|at|and|please"
)
"""Words people write around what they mean."""


@dataclass(frozen=True)
class Found:
    """What was found: a service, or with `service` None an agency of which the visitor still chooses one."""

    agency: Agency
    service: Service | None = None


@dataclass
class _Thing:
    """Something that can be found, and how its names are written."""

    found: Found
    names: list[frozenset[int]] = field(default_factory=list)
    """The words of each of its own names, by their places in the list of all words."""


def words_of(text: str) -> list[str]:
    """The words of `text` as they are compared: small letters and figures only. `e-KTP` is `e`, `ktp`."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.findall(r"[a-z0-9]+", plain)


def asked_of(text: str) -> list[str]:
    """The words of `text` that tell what somebody means, at most eight; all of them where none does."""
    words = words_of(text)
    return ([word for word in words if not IDLE.fullmatch(word)] or words)[:8]


class Finder:
    """Finds among the agencies of one kiosk and their services."""

    def __init__(self, agencies: Sequence[Agency]) -> None:
        self._things: list[_Thing] = []
        self._places: dict[str, int] = {}
        self._where: defaultdict[int, dict[int, float]] = defaultdict(dict)
        """By the place of a word: the things it stands for, and how much it counts there."""
        for agency in agencies:
            self._put_agency(agency)
        self._spelling = Spelling(list(self._places))
        self._likely = lru_cache(maxsize=256)(self._spelling.likely)
        """As one types, only the last word is new."""

    def _put_agency(self, agency: Agency) -> None:
        names = [agency.short_name, agency.name, agency.name_en]
        if len(agency.services) > 1:
            self._put(Found(agency), names, [])
        for service in agency.services:
            self._put(Found(agency, service), [service.name, service.name_en, *service.words], names)

    def _put(self, found: Found, names: Sequence[str], others: Sequence[str]) -> None:
        thing, number = _Thing(found), len(self._things)
        self._things.append(thing)
        for name in filter(None, names):
            places = frozenset(self._place(word) for word in words_of(name))
            thing.names.append(places)
            for place in places:
                self._where[place][number] = 1.0
        for word in {word for name in others for word in words_of(name)}:
            self._where[self._place(word)].setdefault(number, AGENCYS)

    def _place(self, word: str) -> int:
        return self._places.setdefault(word, len(self._places))

    def find(self, text: str, usual: Mapping[str, int]) -> list[Found]:
        """What `text` may mean, likeliest first, at most `MOST_FOUND`; empty where nothing is like it.

        `usual`: how much a service is used, by its id; of what fits alike the more used comes first. Where
        nothing has all of the words, what has most of them.
        """
        asked = [self._likely(word) for word in asked_of(text)]
        marks = self._marks(asked)
        if not marks:
            return []
        fewest = min(found.count(0.0) for found in marks.values())
        most_used = max(usual.values(), default=0)
        scored = [
            (-self._score(number, found, asked) - self._used(number, usual, most_used), number)
            for number, found in marks.items()
            if found.count(0.0) == fewest
        ]
        return [self._things[number].found for _score, number in nsmallest(MOST_FOUND, scored)]

    def _marks(self, asked: Sequence[Mapping[int, float]]) -> dict[int, list[float]]:
        """For each thing that has any of the words: how well it has each of them, 0 to 1."""
        marks: dict[int, list[float]] = {}
        for nth, likely in enumerate(asked):
            for place, likeness in likely.items():
                for number, weight in self._where[place].items():
                    mine = marks.setdefault(number, [0.0] * len(asked))
                    mine[nth] = max(mine[nth], likeness * weight)
        return marks

    def _score(self, number: int, found: Sequence[float], asked: Sequence[Mapping[int, float]]) -> float:
        likest = max((_alike(name, asked) for name in self._things[number].names), default=0.0)
        return sum(found) / len(found) + LIKENESS * likest

    def _used(self, number: int, usual: Mapping[str, int], most_used: int) -> float:
        service = self._things[number].found.service
        return USED * sqrt(usual.get(service.id, 0) / most_used) if service and most_used else 0.0


def _alike(name: frozenset[int], asked: Sequence[Mapping[int, float]]) -> float:
    """How much of a name was typed and how much of what was typed is in it: 1 for the name itself."""
    hits = sum(max(map(likely.__getitem__, likely.keys() & name), default=0.0) for likely in asked)
    return hits / max(len(name), len(asked))


def most_used(agencies: Sequence[Agency], usual: Mapping[str, int]) -> list[Found]:
    """The services used most by `usual`; those of which nothing is known are left out."""
    offered = [(agency, service) for agency in agencies for service in agency.services if usual.get(service.id)]
    offered.sort(key=lambda one: usual[one[1].id], reverse=True)
    return [Found(agency, service) for agency, service in offered[:MOST_USED]]
