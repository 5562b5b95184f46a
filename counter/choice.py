"""A line of the sheet behind 'Lainnya', and the words its lines are made of. Values only, no Qt."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from counter.desk import Verb
from shared.hall import Agency, Result, Service
from shared.wire import Asked, Ended, Ticket


@dataclass(frozen=True)
class Choice:
    """One line of the sheet: it opens `further` ones, or orders `verb` with `body`.

    `typed`: the officer types words first, which make the body. `then`: or which make the line that follows; None:
    they are no answer. `path`: the order is the hall's, not this counter's; `done`: what it has done. `opens`: the
    further ones, made when they are looked at, where there are too many ways to go. `plain`: what the key that opened
    it orders when it is pressed again. `signs_out`: the officer leaves the counter. `letter`: a key that opens it from
    whichever page, where it must be found without looking. `ticked`: a box of its level, and whether it is ticked;
    taken, it shows the same lines with the box the other way.
    """

    text: str
    detail: str = ""
    verb: Verb | None = None
    body: Asked | None = None
    further: tuple["Choice", ...] = ()
    typed: Callable[[str], Asked] | None = None
    then: Callable[[str], "Choice | None"] | None = None
    path: str = ""
    done: str = ""
    opens: Callable[[], tuple["Choice", ...]] | None = None
    plain: "Choice | None" = None
    signs_out: bool = False
    letter: str = ""
    ticked: bool | None = None

    @property
    def lines(self) -> tuple["Choice", ...]:
        """What it opens."""
        return self.opens() if self.opens else self.further

    @property
    def tells(self) -> bool:
        """Whether it only says something: nothing follows it."""
        return not (self.takes_words or self.orders or self.further or self.opens or self.ticked)

    @property
    def takes_words(self) -> bool:
        """Whether words are typed on this line's level."""
        return self.typed is not None or self.then is not None

    @property
    def orders(self) -> bool:
        """Whether taking the line orders something at once."""
        return not self.takes_words and (self.verb is not None or bool(self.path) or self.signs_out)

    def saying(self, words: str) -> "Choice":
        """The line of a `typed` one, with what the officer wrote."""
        return replace(self, body=self.typed(words) if self.typed else None)


@dataclass(frozen=True)
class Terms:
    """The words of the sheet's lines, in one language. The functions name a thing of the hall."""

    title: str
    hold: str
    transfer: str
    transfer_back: str
    to_counter: str
    call: str
    reasons: tuple[str, ...]
    unhold: str
    undo_no_show: str
    issue: str
    issue_priority: str
    several: str
    follows: str
    end_here: str
    add: str
    give: Callable[[list[str]], str]
    skip: Callable[[str], str]
    walk_in: str
    priority: str
    appointment: str
    appointment_at: Callable[[datetime], str]
    help: str
    help_key: str
    help_over: str
    pause: str
    sign_out: str
    own_words: str
    paper_number: str
    how_to_finish: str
    no_result: str
    plain_key: str
    what_came_of: Callable[[Ticket], str]
    correct: str
    reprint: str
    typed_number: str
    paper: Callable[[Ticket], str]
    ended: Callable[[Ended], str]
    result: Callable[[Result], str]
    reason: Callable[[str], str]
    minutes: Callable[[int], str]
    agency: Callable[[Agency], str]
    service: Callable[[Service], str]
    counter: Callable[[str], str]
    ticket: Callable[[Ticket], str]
    until: Callable[[Ticket], str]
    badge: Callable[[Ticket], str]
