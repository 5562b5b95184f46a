"""The words of the sheet behind 'Lainnya'."""

from datetime import datetime

from counter.choice import Terms
from counter.desk import Verb
from counter.screens.keys import letter
from counter.screens.sentences import SEPARATOR, Sentences
from counter.screens.ticket_card import PRIORITY
from shared.hall import Agency, Hall, Result, Service
from shared.model import Outcome
from shared.wire import Ended, Ticket
from shared.words import msg

MORE = msg("Lainnya")
REASONS = (
    msg("Sakit atau keadaan darurat"),
    msg("Lansia, hamil, atau difabel"),
    msg("Kembali membawa berkas"),
    msg("Sudah dipanggil, baru datang"),
    msg("Diminta atasan"),
)
"""Why one is called out of turn: a choice, for an officer with a visitor before the desk does not type."""
PAPER: dict[Outcome | None, str] = {
    None: msg("belum ada tiketnya"),
    Outcome.FAILED: msg("tidak tercetak"),
    Outcome.UNKNOWN: msg("belum pasti tercetak"),
    Outcome.PAPERLESS: msg("hanya di layar"),
}
"""What became of a ticket's paper, where it is not printed."""
ARROW = " → "
TO_COUNTER = {"loket": msg("Ke loket lain"), "gerai": msg("Ke gerai lain")}


class _Named:
    """What the things of this hall are called, in the language of `sentences`."""

    def __init__(self, sentences: Sentences, hall: Hall) -> None:
        self._sentences, self._words = sentences, sentences.words
        self._counters = {counter.number: counter for counter in hall.counters}

    def of_hall(self, one: Agency | Service | Result) -> str:
        """An agency, a service, or what may come of a visit."""
        return one.name if self._words.language == "id" else one.name_en or one.name

    def counter(self, number: str) -> str:
        """A counter, by its number."""
        return self._sentences.counter(self._counters[number])

    def ticket(self, one: Ticket | Ended) -> str:
        """A number and what it is for."""
        return f"{one.number}{SEPARATOR}{self._sentences.service(one)}"

    def until(self, one: Ticket) -> str:
        """How long it is held."""
        held = one.held_until
        return self._words.say("sampai {time}", time=_clock(self._sentences, held)) if held else ""

    def paper(self, one: Ticket) -> str:
        """What became of its paper, where it is not printed."""
        return self._words.say(PAPER[one.paper]) if one.paper in PAPER else ""

    def badge(self, one: Ticket) -> str:
        """That it has priority."""
        return self._words.say(PRIORITY) if one.priority else ""


def terms_of(sentences: Sentences, hall: Hall) -> Terms:
    """The words for this hall, in the language of `sentences`."""
    say, named = sentences.words.say, _Named(sentences, hall)
    return Terms(
        title=say(MORE),
        hold=say("Tahan beberapa menit"),
        transfer=say("Alihkan"),
        transfer_back=say("Alihkan, lalu kembali ke sini"),
        to_counter=say(TO_COUNTER[hall.counter_word]),
        call=say("Panggil nomor tertentu"),
        reasons=tuple(say(why) for why in REASONS),
        unhold=say("Kembalikan yang ditahan"),
        undo_no_show=say("Yang tidak hadir sudah datang"),
        issue=say("Beri nomor baru"),
        issue_priority=say("Beri nomor baru, prioritas"),
        several=say("Beberapa layanan berurutan"),
        follows=say("Layanan berikutnya"),
        end_here=say("Akhiri setelah layanan ini"),
        add=say("tambah layanan"),
        give=lambda services: say("Beri nomor: {services}", services=ARROW.join(services)),
        skip=lambda one: say("Lewati {service}", service=one),
        help=say("Panggil bantuan"),
        help_key=say("tahan F12"),
        help_over=say("Bantuan tidak perlu lagi"),
        walk_in=say("Layani tanpa nomor"),
        priority=say(PRIORITY),
        appointment=say("Janji temu hari ini: ketik jamnya, misalnya 09.30"),
        appointment_at=lambda moment: say("Janji temu pukul {time}", time=_clock(sentences, moment)),
        sign_out=say("Keluar"),
        pause=say("Jeda"),
        own_words=say("Alasan lain: ketik sendiri"),
        paper_number=say("Nomor kertas: ketik nomornya"),
        reason=say,
        what_came_of=lambda one: say("{number} selesai. Hasilnya?", number=one.number),
        how_to_finish=say("Boleh dilewati: S menyelesaikan saja, Spasi memanggil berikutnya."),
        correct=say("Perbaiki hasil"),
        reprint=say("Cetak ulang"),
        typed_number=say("Nomor lain: ketik nomornya"),
        paper=named.paper,
        ended=named.ticket,
        no_result=say("Tanpa hasil"),
        plain_key=letter(Verb.FINISH),
        result=named.of_hall,
        minutes=sentences.minutes,
        agency=named.of_hall,
        service=named.of_hall,
        counter=named.counter,
        ticket=named.ticket,
        until=named.until,
        badge=named.badge,
    )


def _clock(sentences: Sentences, moment: datetime) -> str:
    return sentences.words.clock(moment)
