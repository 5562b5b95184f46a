"""The words of the sheet behind 'Lainnya'."""

from datetime import datetime

from counter.choice import Terms
from counter.desk import Verb
from counter.screens.keys import letter
from counter.screens.sentences import SEPARATOR, Sentences
from counter.screens.ticket_card import PRIORITY
from shared.hall import Agency, Hall, Service
from shared.model import Outcome
from shared.wire import Ticket
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


def terms_of(sentences: Sentences, hall: Hall) -> Terms:
    """The words for this hall, in the language of `sentences`."""
    words = sentences.words
    say = words.say
    counters = {counter.number: counter for counter in hall.counters}

    def agency(of: Agency) -> str:
        return of.name if words.language == "id" else of.name_en or of.name

    def service(of: Service) -> str:
        return of.name if words.language == "id" else of.name_en or of.name

    def ticket(one: Ticket) -> str:
        return f"{one.number}{SEPARATOR}{sentences.service(one)}"

    def until(one: Ticket) -> str:
        return say("sampai {time}", time=_clock(sentences, one.held_until)) if one.held_until else ""

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
        paper=lambda one: say(PAPER[one.paper]) if one.paper in PAPER else "",
        ended=lambda one: f"{one.number}{SEPARATOR}{sentences.service(one)}",
        no_result=say("Tanpa hasil"),
        plain_key=letter(Verb.FINISH),
        result=lambda of: of.name if words.language == "id" else of.name_en or of.name,
        minutes=sentences.minutes,
        agency=agency,
        service=service,
        counter=lambda number: sentences.counter(counters[number]),
        ticket=ticket,
        until=until,
        badge=lambda one: say(PRIORITY) if one.priority else "",
    )


def _clock(sentences: Sentences, moment: datetime) -> str:
    return sentences.words.clock(moment)
