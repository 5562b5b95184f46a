"""What the button that calls says at this moment."""

from dataclasses import dataclass
from datetime import datetime

from counter.desk import CALLING, Desk, Verb
from counter.screens.sentences import Sentences
from shared.model import State
from shared.wire import PaperRoll, Ticket
from shared.words import msg

SPACE = msg("tombol Spasi")
UNDER_WAY = msg("Memanggil…")
CALLED = msg("{number} dipanggil")
NOBODY = msg("Belum ada yang menunggu")
NOBODY_HOW = msg("Nomor yang baru diambil muncul di sini dengan sendirinya.")
AWAY = msg("Tidak tersambung ke hub")


@dataclass(frozen=True)
class NextWords:
    """`calls`: it is a button that calls, be it resting for a moment; else it tells why nobody can be called.

    `following` is who would be called, None while a call is under way; `paper`: else which number on paper.
    `key`: what it is called by.
    `told`: what became of the last press. `verb`: what pressing it orders; a counter that pauses goes on by it.
    """

    title: str
    calls: bool
    following: Ticket | None = None
    paper: str = ""
    why: str = ""
    key: str = ""
    told: str = ""
    verb: Verb = Verb.NEXT


def next_words(desk: Desk, sentences: Sentences, now: datetime) -> NextWords:  # noqa: PLR0911  -- a table of what may be
    """The words for `desk` as it is now."""
    say = sentences.words.say
    if not desk.live:
        return _away(desk, sentences)
    told = sentences.trouble(desk.message, between="\n") if desk.message else ""
    if desk.paused is not None:
        why = sentences.paused(desk.paused)
        return NextWords(sentences.verb(Verb.RESUME), calls=True, why=why, key=say(SPACE), told=told, verb=Verb.RESUME)
    if desk.busy in CALLING:
        return NextWords(say(UNDER_WAY), calls=True)
    if desk.resting and desk.current is not None and desk.current.state is State.CALLED and not told:
        return NextWords(say(CALLED, number=desk.current.number), calls=True)
    if desk.following is None and desk.roll is not None:
        return _on_paper(desk.roll, sentences, told)
    if desk.following is None:
        return NextWords(say(NOBODY), calls=False, why=say(NOBODY_HOW), told=told)
    why = sentences.following(desk.following, now, desk.next_why)
    return NextWords(
        sentences.verb(Verb.NEXT), calls=True, following=desk.following, why=why, key=say(SPACE), told=told
    )


def _on_paper(roll: PaperRoll, sentences: Sentences, told: str) -> NextWords:
    """Nobody waits that the hub knows of: the next number of the roll."""
    why, key = sentences.roll(roll), sentences.words.say(SPACE)
    paper = sentences.paper_number(roll, roll.next)
    return NextWords(sentences.verb(Verb.NEXT), calls=True, paper=paper, why=why, key=key, told=told)


def _away(desk: Desk, sentences: Sentences) -> NextWords:
    words = sentences.words
    if desk.away is None or desk.away.code == "hub_away":
        why = sentences.trouble(desk.away, between="\n") if desk.away else ""
        return NextWords(words.say(AWAY), calls=False, why=why)
    return NextWords(desk.away.sentence(words), calls=False, why=desk.away.step(words))
