"""What the witnesses of a day say, held against each other."""

from collections import Counter as Tally
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

LEAST_TICKETS, LEAST_CALLS, LEAST_AGENCIES = 12, 10, 4
"""What a day must hold to count."""

Said = tuple[str, str]
"""A number and a counter."""


@dataclass
class Followed:
    """One ticket as the kiosk showed it, and what paper and the page behind its QR say of it."""

    number: str
    paper: str = ""
    page: str = ""


@dataclass
class Evidence:
    """All that was seen and heard of a day.

    `calls`: as the officers saw them. `shown`: what was read on the lit TV, call by call; `heard`: what was
    understood of the loudspeaker, `sentences` the same one by one, where that was kept. `waiting`: the numbers that
    wait at the end, as the hub tells.
    """

    tickets: list[Followed] = field(default_factory=list)
    printed: int = 0
    calls: list[Said] = field(default_factory=list)
    shown: list[Said] = field(default_factory=list)
    heard: list[Said] = field(default_factory=list)
    waiting: set[str] = field(default_factory=set)
    sentences: list[str] = field(default_factory=list)


@dataclass
class Summary:
    """What `summary.json` holds."""

    tickets_taken: int = 0
    tickets_printed: int = 0
    calls_made: int = 0
    calls_shown: int = 0
    calls_spoken: int = 0
    agencies: int = 0
    mismatches: int = 0
    duplicates: int = 0
    lost: int = 0
    seconds: float = 0.0
    what: list[str] = field(default_factory=list)
    """Each mismatch, duplicate and loss in words, and each call that was not shown or not heard."""
    pictures: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Enough was played, all of it printed, shown and spoken, and no two witnesses differ."""
        return (
            self.tickets_taken >= LEAST_TICKETS
            and self.calls_made >= LEAST_CALLS
            and self.agencies >= LEAST_AGENCIES
            and self.tickets_taken == self.tickets_printed
            and self.calls_made == self.calls_shown == self.calls_spoken
            and self.mismatches == self.duplicates == self.lost == 0
        )

    def as_dict(self) -> dict[str, object]:
        """As it is written."""
        return asdict(self)


def judge(evidence: Evidence) -> Summary:
    """Hold all witnesses against each other."""
    what = [*_of_paper(evidence), *_strangers(evidence, "the TV showed", evidence.shown)]
    what += _strangers(evidence, "the loudspeaker said", evidence.heard, evidence.sentences)
    duplicates, lost = _duplicates(evidence), _lost(evidence)
    return Summary(
        tickets_taken=len(evidence.tickets),
        tickets_printed=evidence.printed,
        calls_made=len(evidence.calls),
        calls_shown=sum(call in evidence.shown for call in evidence.calls),
        calls_spoken=sum(call in evidence.heard for call in evidence.calls),
        agencies=len({number.partition("-")[0] for number, _ in evidence.calls}),
        mismatches=len(what),
        duplicates=len(duplicates),
        lost=len(lost),
        what=[
            *what,
            *_missed(evidence),
            *(f"{number} twice" for number in duplicates),
            *(f"{number} lost" for number in lost),
        ],
    )


def _of_paper(evidence: Evidence) -> list[str]:
    return [
        f"kiosk {t.number}, paper {t.paper!r}, page behind its QR {t.page!r}"
        for t in evidence.tickets
        if not t.number == t.paper == t.page
    ]


def _strangers(evidence: Evidence, who: str, said: list[Said], words: Sequence[str] = ()) -> list[str]:
    in_words = [f": {sentences}" for sentences in words] + [""] * len(said)
    return [
        f"{who} {number!r} to {counter!r}{more}"
        for (number, counter), more in zip(said, in_words, strict=False)
        if (number, counter) not in evidence.calls
    ]


def _missed(evidence: Evidence) -> list[str]:
    witnesses = (("seen on the TV", evidence.shown), ("heard", evidence.heard))
    return [
        f"{number} to {counter}, call {turn}, was not {sensed}"
        for turn, (number, counter) in enumerate(evidence.calls, start=1)
        for sensed, said in witnesses
        if (number, counter) not in said
    ]


def _duplicates(evidence: Evidence) -> list[str]:
    numbers = Tally(ticket.number for ticket in evidence.tickets)
    called = Tally(number for number, _ in evidence.calls)
    return [number for tally in (numbers, called) for number, times in tally.items() if times > 1]


def _lost(evidence: Evidence) -> list[str]:
    """Taken, but neither called nor still waiting at the hub."""
    accounted = evidence.waiting | {number for number, _ in evidence.calls}
    return [ticket.number for ticket in evidence.tickets if ticket.number not in accounted]
