"""The words of the supervisor's sheet."""

from collections import Counter as Count
from datetime import datetime

from counter.oversight import OversightTerms
from counter.screens.alarm_banner import COME
from counter.screens.sentences import SEPARATOR, Sentences
from shared.hall import Hall
from shared.model import Post
from shared.wire import AgencyNow, Alarm, CounterNow, Overview
from shared.words import msg

TITLE = msg("Pengawas")
CONFIGURATION = msg("Konfigurasi")
REASONS = (
    msg("Listrik padam"),
    msg("Jaringan atau server pusat terganggu"),
    msg("Petugas berhalangan"),
    msg("Kegiatan dinas"),
)
"""Why something is closed, as visitors read it."""
# Kept at the hub as they stand here; kiosk and page say them in their reader's language.
QUIET_WHY = msg("Salat atau upacara")
PLACES = (msg("meja petugas"), msg("meja informasi"), msg("pintu masuk"))
COUNTERS = {"loket": msg("Loket"), "gerai": msg("Gerai")}
POSTS = {
    Post.FREE: msg("{n} kosong"),
    Post.CALLING: msg("{n} memanggil"),
    Post.SERVING: msg("{n} melayani"),
    Post.PAUSED: msg("{n} jeda"),
    Post.CLOSED: msg("{n} tutup"),
}
"""How many counters stand so."""


def oversight_terms(sentences: Sentences, hall: Hall) -> OversightTerms:
    """The words for this hall, in the language of `sentences`."""
    say = sentences.words.say
    told = _Told(sentences)
    return OversightTerms(
        title=say(TITLE),
        configuration=say(CONFIGURATION),
        agencies=say("Instansi"),
        counters=say(COUNTERS[hall.counter_word]),
        devices=say("Perangkat"),
        close=say("Tutup untuk hari ini"),
        reopen=say("Buka kembali"),
        reasons=tuple(say(why) for why in REASONS),
        own_words=say("Alasan lain: ketik sendiri"),
        begin_roll=say("Mulai nomor kertas: ketik nomor pertama"),
        roll_begun=say("Nomor kertas dimulai"),
        places=tuple((say(place), place) for place in PLACES),
        other_place=say("Tempat lain: ketik sendiri"),
        end_roll=say("Hentikan nomor kertas"),
        end_roll_now=say("Semua yang disobek sudah dipanggil"),
        end_roll_after=say("Masih ada yang menunggu: ketik nomor terakhir yang disobek"),
        last_number=lambda first: say("Mulai {first}: ketik nomor terakhir gulungan", first=first),
        place=lambda first, last: say("{first} sampai {last}: disobek di mana?", first=first, last=last),
        quiet=say("Tanpa suara"),
        quiet_hall=say("Seluruh gedung"),
        quiet_why=QUIET_WHY,
        quiet_for=sentences.minutes,
        quiet_now=told.quiet,
        voice_again=say("Suara lagi"),
        done=lambda name, what: f"{name}{SEPARATOR}{what}",
        summary=told.summary,
        posts=told.posts,
        ailing=told.ailing,
        agency_now=told.agency,
        counter_now=told.counter,
        device_now=sentences.device,
        counter=sentences.counter,
        calls=sentences.help_wanted,
        since=told.since,
        come=say(COME),
    )


class _Told:
    """How the hall stands, in words of a few letters each: they stand at the end of a line."""

    def __init__(self, sentences: Sentences) -> None:
        self._sentences = sentences
        self._words = sentences.words

    def summary(self, seen: Overview) -> str:
        people = self._sentences.people(sum(one.waiting for one in seen.agencies))
        return self._words.say("{people} menunggu", people=people)

    def posts(self, seen: Overview) -> str:
        counts = Count(one.state for one in seen.counters if not _is_unmanned(one))
        posts = [self._words.say(POSTS[post], n=counts[post]) for post in Post if counts[post]]
        unmanned = sum(map(_is_unmanned, seen.counters))
        return ", ".join([*posts, *([self._words.say("{n} belum dibuka", n=unmanned)] if unmanned else [])])

    def ailing(self, seen: Overview) -> str:
        return self._words.say("{n} bermasalah", n=len(seen.devices)) if seen.devices else self._words.say("semua baik")

    def agency(self, now: AgencyNow) -> str:
        queue = self._sentences.queue(now.waiting, now.longest_minutes)
        waits = [queue] if now.waiting or not (now.closed is not None or now.roll) else []
        closed = [self._words.say("tutup: {why}", why=now.closed)] if now.closed is not None else []
        roll = now.roll
        paper = [self._words.say("nomor kertas, berikutnya {next}", next=self._next(now))] if roll else []
        return SEPARATOR.join([*closed, *paper, *waits])

    def quiet(self, until: datetime | None) -> str:
        if until is None:
            return self._words.say("panggilan diucapkan")
        return self._words.say("sampai {time}", time=self._words.clock(until))

    def since(self, alarm: Alarm) -> str:
        since = self._words.say("sejak {time}", time=self._words.clock(alarm.at))
        return SEPARATOR.join([since, *([alarm.words] if alarm.words else [])])

    def _next(self, now: AgencyNow) -> str:
        return self._sentences.paper_number(now.roll, now.roll.next) if now.roll else ""

    def counter(self, now: CounterNow) -> str:
        if _is_unmanned(now):
            return self._words.say("aplikasi tidak terbuka")
        words = {
            Post.FREE: self._words.say("kosong"),
            Post.CALLING: self._words.say("memanggil {number}", number=now.number),
            Post.SERVING: self._words.say("melayani {number}", number=now.number),
            Post.PAUSED: self._words.say("jeda: {why}", why=self._words.say(now.why)),
            Post.CLOSED: self._words.say("tutup: {why}", why=now.why),
        }
        away = [] if now.has_app else [self._words.say("aplikasi tidak terbuka")]
        return SEPARATOR.join([words[now.state], *away])


def _is_unmanned(now: CounterNow) -> bool:
    """Nobody is there and no app is open: not opened today, or already left."""
    return now.state is Post.FREE and not now.has_app
