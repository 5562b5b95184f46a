"""What stands on a tile of which no number is given now: until when, in few words."""

from collections.abc import Collection
from datetime import datetime

from shared.wire import Offer, Offers
from shared.words import Words, msg

Pieces = tuple[tuple[str, bool], ...]

_SHORT = {
    "on_break_until": (msg("Istirahat"), msg("buka {moment}")),
    "closed_until": (msg("Tutup"), msg("buka {moment}")),
    "past_cutoff": (msg("Sudah tutup"), msg("buka {moment}")),
    "closed_holiday": (msg("Libur"), msg("buka {moment}")),
    "closed_today": (msg("Tutup hari ini"), msg("buka {moment}")),
    "quota_full": (msg("Kuota habis"), msg("lagi {moment}")),
}


def resting_line(offer: Offer | None, now: datetime, words: Words) -> Pieces:
    """`Istirahat sampai 13.00`, `Kuota habis · lagi Senin pukul 08.00`; empty where numbers are given."""
    if offer is None or offer.trouble(now) is None:
        return ()
    if offer.code == "paper_roll":
        return ((words.say(msg("Ambil nomor kertas di {place}"), place=_in(words, offer)), True),)
    moment = words.soon(offer.until, now) if offer.until else ""
    if offer.code == "on_break_until" and offer.until:
        return ((words.say(msg("Istirahat sampai {clock}"), clock=words.clock(offer.until)), True),)
    what, then = _SHORT[offer.code]
    if offer.code == "closed_until" and moment:
        return ((words.say(msg("Buka {moment}"), moment=moment), True),)
    after = ((" · ", False), (words.say(then, moment=moment), False)) if moment else ()
    return ((words.say(what), True), *after)


def _in(words: Words, offer: Offer) -> str:
    return (offer.why_en if words.language == "en" else "") or offer.why


def all_rest(offers: Offers | None, words: Words) -> str:
    """One sentence where all agencies rest for one reason; else ''."""
    troubles = [offer.trouble(offers.now) for offer in offers.agencies] if offers else []
    said = {trouble.sentence(words) if trouble else "" for trouble in troubles}
    return said.pop() if len(said) == 1 else ""


def opening(offers: Offers | None, agencies: Collection[str], words: Words) -> str:
    """Where none of `agencies` gives numbers now: when the first does again, or why none does; else ''."""
    told = [offer for offer in offers.agencies if offer.id in agencies] if offers else []
    if offers is None or not told or any(offer.trouble(offers.now) is None for offer in told):
        return ""
    moments = [offer.until for offer in told if offer.until]
    if moments:
        return words.say(msg("Buka {moment}"), moment=words.soon(min(moments), offers.now))
    return all_rest(offers, words) or words.say(msg("Tutup hari ini"))
