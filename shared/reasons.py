"""Why a ticket is called, as one sentence of one language. Pure."""

from shared.model import Reason
from shared.wire import Why
from shared.words import Words, msg

REASONS = {
    Reason.FIRST_COME: msg("paling lama menunggu"),
    Reason.RATIO: msg("giliran umum di antara prioritas {priority}:{regular}"),
    Reason.WEIGHTED: msg("waktu tunggu prioritas dihitung {weight}×"),
    Reason.LONGEST: msg("menunggu sampai batas {longest_minutes} menit"),
    Reason.RECALL: msg("dipanggil ulang"),
    Reason.CHOSEN: msg("dipilih petugas"),
    Reason.PAPER_ROLL: msg("nomor kertas"),
}
PRIORITY_TURN = msg("prioritas {priority}:{regular}")
APPOINTMENT = msg("janji temu {time}")
_BY_TIME = (Reason.FIRST_COME, Reason.LONGEST)
"""Rules of waiting longest: who has an appointment stands first by that, not by having waited."""
CHOSEN_BECAUSE = msg("dipilih petugas: {words}")
_UNTOLD = {
    Reason.RATIO: msg("giliran menurut aturan antrean"),
    Reason.WEIGHTED: msg("giliran menurut aturan antrean"),
    Reason.LONGEST: msg("menunggu sampai batas waktu"),
}
"""Where the figures are not known any more."""


def rule(words: Words, reason: Reason, why: Why | None, *, is_priority: bool) -> str:
    """The rule that decided, with its figures: `prioritas 2:1`; before it an appointment: `janji temu 09.30`."""
    said = _plain_rule(words, reason, why, is_priority=is_priority)
    if why is None or why.appointment is None:
        return said
    told = words.say(APPOINTMENT, time=words.clock(why.appointment))
    return told if why.kind in _BY_TIME else f"{told}; {said}"


def _plain_rule(words: Words, reason: Reason, why: Why | None, *, is_priority: bool) -> str:
    if why is None or why.kind is not reason:
        return words.say(_UNTOLD.get(reason, REASONS[reason]))
    if why.words:
        return words.say(CHOSEN_BECAUSE, words=why.words)
    text = PRIORITY_TURN if reason is Reason.RATIO and is_priority else REASONS[reason]
    return words.say(text, **_figures(words, why))


def sentence(words: Words, why: Why, *, is_priority: bool) -> str:
    """Rule and waiting time: `prioritas 2:1; menunggu 14 menit`. How long a paper number waited nobody knows."""
    if why.kind is Reason.PAPER_ROLL:
        return rule(words, why.kind, why, is_priority=is_priority)
    minutes = words.count("{n} menit", "{n} menit", why.waited_minutes)
    said = rule(words, why.kind, why, is_priority=is_priority)
    return words.say("{rule}; menunggu {minutes}", rule=said, minutes=minutes)


def _figures(words: Words, why: Why) -> dict[str, object]:
    weight = f"{why.weight or 0:g}"
    decimal = weight.replace(".", ",") if words.language == "id" else weight
    figures = {"priority": why.priority, "regular": why.regular, "longest_minutes": why.longest_minutes}
    return {name: figure for name, figure in figures.items() if figure is not None} | {"weight": decimal}
