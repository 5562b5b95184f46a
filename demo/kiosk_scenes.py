"""Every screen of the kiosk as a value, in the hall of Paser on a Thursday morning. No Qt.

A new page or state of the kiosk gets its scene here and its line in `CHAPTERS`; `demo.kiosk_sheets` makes its pictures
in every mode.
"""

from dataclasses import replace
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from kiosk.finding import Finder, Found, most_used
from kiosk.modes import Modes
from kiosk.queues import AgencyQueue
from kiosk.scene import Scene, Stage, Stay
from kiosk.several import Chosen, Several
from shared.assets import CONFIG
from shared.hall import Agency, Hall, Service
from shared.model import Outcome, State, StepState
from shared.site import load
from shared.trouble import Trouble
from shared.wire import Offer, Offers, Step, Ticket

SITE = CONFIG / "paser.toml"
ADDRESS = "http://192.168.10.2:8080"
NOW = datetime(2026, 2, 12, 9, 42, tzinfo=ZoneInfo("Asia/Makassar"))
AFTER_BREAK, TOMORROW = NOW.replace(hour=13, minute=0), NOW.replace(day=13, hour=8, minute=0)
MOST_WAITING = 14
CODE = "7K2M9QXA"
OTHER_DAY = {"at": NOW.isoformat(), "opens": NOW.replace(day=16, hour=10, minute=30).isoformat()}
MEETS, EARLIEST = NOW.replace(hour=11, minute=0), NOW.replace(hour=10, minute=45)
TOKEN = "AbCdEfGhIjKlMnOpQrStUv"  # noqa: S105  -- guards nothing: no hub has this ticket


class Held(Stay):
    """A stay of which always the same is left: pictures have no clock."""

    def left(self, now: float) -> float:  # noqa: ARG002  -- the point of it
        """Seven tenths of it, whenever one looks."""
        return 0.7


class Morning:
    """The hall of Paser that morning: who waits, what is closed, and a visitor of Disdukcapil."""

    def __init__(self) -> None:
        self.hall: Hall = load(SITE).hall(ADDRESS)

    @cached_property
    def agency(self) -> Agency:
        """Whom the visitor came for."""
        return self.hall.agency("disdukcapil")

    @cached_property
    def service(self) -> Service:
        """What the visitor came for."""
        return next(one for one in self.agency.services if one.id == "disdukcapil-kk")

    @cached_property
    def explained(self) -> Service:
        """A service of which the site tells what to know before."""
        told = {
            "requirements": ["KK lama asli", "Buku nikah atau akta perkawinan", "Akta kelahiran anggota yang ditambah"],
            "requirements_en": ["Present family card", "Marriage certificate", "Birth certificate of who is added"],
            "cost": "Gratis",
            "cost_en": "Free",
            "place": "Ruang foto di Lantai 2",
            "place_en": "Photo room on Lantai 2",
        }
        return self.service.model_copy(update=told)

    def queues(self) -> list[AgencyQueue]:
        """Who waits where: nobody at one agency, many at another."""
        figures = ((number, 7 * number % (MOST_WAITING + 1)) for number in range(len(self.hall.agencies)))
        return [
            AgencyQueue(self.hall.agencies[number], ahead, 5 * ahead, 2, 8 * ahead if ahead else None)
            for number, ahead in figures
        ]

    def offers(self, *, closed: bool = False) -> Offers:
        """What is given: some rest, each for another reason; `closed`: all of them do."""
        resting = {
            "polres": Offer(id="polres", code="on_break_until", until=AFTER_BREAK),
            "pegadaian": Offer(id="pegadaian", code="quota_full", until=TOMORROW),
            "disdukcapil-ktp": Offer(id="disdukcapil-ktp", code="quota_full", until=AFTER_BREAK),
        }

        def offer(name: str) -> Offer:
            if closed:
                return Offer(id=name, code="closed_until", until=TOMORROW)
            return resting.get(name, Offer(id=name, estimate_minutes=12, estimate_high_minutes=20))

        agencies = [offer(agency.id) for agency in self.hall.agencies]
        services = [offer(service.id) for agency in self.hall.agencies for service in agency.services]
        return Offers(now=NOW, last_event=1, changes_at=AFTER_BREAK, agencies=agencies, services=services)

    def ticket(self) -> Ticket:
        """The number that visitor gets."""
        return Ticket(
            id=12,
            number=f"{self.agency.prefix}-012",
            service=self.service.id,
            agency=self.agency.id,
            priority=False,
            language="id",
            state=State.WAITING,
            taken_at=NOW,
            day=NOW.date(),
            kiosk=self.hall.kiosks[0].id,
            ahead=4,
            estimate_minutes=25,
            estimate_high_minutes=40,
            token=TOKEN,
            url=f"{ADDRESS}/t/{TOKEN}",
        )

    def found(self, query: str) -> tuple[Found, ...]:
        """What the kiosk finds for `query`; before anything is typed, what is used most."""
        agencies = self.hall.agencies
        usual = {agency.services[0].id: 90 - place for place, agency in enumerate(agencies)}
        return tuple(Finder(agencies).find(query, usual) if query else most_used(agencies, usual))


NOBODY = Scene(language="id")
HOME = replace(NOBODY, visiting=True)

CHAPTERS = {
    "Memilih": {
        "agencies": "Instansi. Layar pertama; yang istirahat atau habis kuotanya tampak begitu sebelum disentuh.",
        "priority": "Antrean Prioritas dipilih. Satu sentuhan, dan satu kalimat gunanya.",
        "paperless": "Tanpa kertas. Selagi printer tidak mencetak: nomor akan tampil di layar untuk difoto.",
        "closed": "Semua tutup. Di luar jam pengambilan nomor; setiap ubin menyebut kapan buka.",
        "given-back": "Nomor dikembalikan. Setelah *Salah pilih?*; orang dapat langsung memilih lagi.",
        "still-valid": "Nomor tetap berlaku. Pengembalian yang belum pasti ternyata ditolak.",
        "services": "Layanan. Apa yang dilayani satu instansi.",
        "information": "Sebelum mengambil nomor. Yang perlu dibawa, biaya, dan tempat, bila konfigurasi menyebutnya.",
    },
    "Beberapa layanan": {
        "several": "Beberapa layanan dimulai. Satu nomor untuk semuanya.",
        "several-next": "Layanan berikutnya. Yang sudah dipilih tampak begitu.",
        "several-services": "Layanannya. Satu sentuhan menambahkannya.",
        "several-list": "Yang dipilih. Menurut urutan panggilannya; satu sentuhan mengambil nomornya.",
        "several-full": "Enam layanan. Sebanyak-banyaknya untuk satu nomor.",
        "ticket-several": "Tiket untuk beberapa layanan. Urutannya ada di layar dan di kertas.",
    },
    "Janji temu": {
        "appointment": "Instansi, dengan janji temu. Bila gedung menerimanya: satu tombol lagi.",
        "code": "Kode janji temu. Diketik, atau dipindai dari QR.",
        "code-typed": "Kode diketik. Dalam kelompok empat, seperti di kertasnya.",
        "code-unknown": "Kode tidak dikenal. Dapat diperbaiki, atau mengambil nomor biasa.",
        "code-used": "Kode sudah dipakai. Nomornya disebut lagi.",
        "code-other-day": "Janji di hari lain. Hari dan jamnya.",
        "code-cancelled": "Janji dibatalkan. Nomor biasa tetap dapat diambil.",
        "ticket-appointment": "Tiket janji temu. Terlalu awal: sejak kapan nomor itu menunggu.",
        "ticket-appointment-late": "Tiket janji temu, terlambat. Menunggu seperti tanpa janji.",
    },
    "Mencari": {
        "search": "Cari layanan. Sebelum mengetik: yang paling banyak diperlukan pada jam itu.",
        "search-unlearnt": "Cari layanan, hari pertama. Selagi hub belum tahu apa yang banyak diperlukan.",
        "search-found": "Ditemukan. Setiap huruf langsung memperbarui hasilnya.",
        "search-nothing": "Tidak ditemukan. Saran sebagai gantinya.",
    },
    "Nomor Anda": {
        "taking": "Sedang diambil. Hanya bila hub tidak menjawab dalam sekejap.",
        "printing": "Sedang dicetak. Nomornya sudah pasti; kertasnya menyusul.",
        "ticket": "Tiket tercetak. Layar terakhir yang biasa.",
        "ticket-priority": "Tiket prioritas. Tandanya sama seperti di kertas.",
        "silent": "Kertas belum pasti. Printer tidak menjawab: nomor dan QR ada di layar.",
        "failed": "Tidak tercetak. Kertas habis di tengah jalan: nomor tetap berlaku, dan dapat difoto.",
        "no-printer": "Mesin tanpa printer. Nomor dan QR untuk difoto.",
        "giving-back": "Sedang dikembalikan. *Salah pilih?* disentuh; hub belum menjawab.",
        "unsure": "Pengembalian belum pasti. Jawaban hub hilang di jalan; mesin terus bertanya.",
        "too-late": "Pengembalian ditolak. Lewat satu menit, atau nomornya sudah dipanggil.",
    },
    "Maaf": {
        "away": "Hub tidak tersambung. Layar kembali sendiri begitu tersambung.",
        "away-pressed": "Hub hilang saat menekan. Orang itu tidak akan mendapat dua nomor.",
        "sorry-closed": "Belum buka. Dengan kapan bukanya.",
        "sorry-break": "Istirahat. Sampai pukul berapa.",
        "sorry-cutoff": "Lewat batas hari ini. Pengambilan nomor berhenti sebelum jam tutup.",
        "sorry-holiday": "Hari libur. Nama liburnya, dan kapan buka lagi.",
        "sorry-today": "Ditutup untuk hari ini. Dengan alasan yang ditulis petugas.",
        "sorry-quota": "Kuota habis. Kapan nomor diberikan lagi.",
        "sorry-roll": "Nomor dari gulungan kertas. Instansi itu sedang memakai nomor sobek.",
        "blocked": 'Mesin berhenti. Tanpa kertas, bila `on_failure = "block"`: ke mana sebagai gantinya.',
        "refused": "Ditolak hub. Selebihnya: satu kalimat, dan kode untuk petugas.",
    },
    "Tampilan & suara": {
        "modes": "Tampilan & suara. Dari setiap layar, dengan tombol yang sama.",
        "modes-voiceless": "Tanpa suara. PC ini tidak punya perangkat suara.",
        "dark": "Suara, layar gelap. Dibacakan tanpa tampilan: tidak ada yang ikut membaca.",
    },
    "Bila tidak ada orang": {
        "still-there": "Masih di sana? Setelah 30 detik tanpa sentuhan.",
        "attraction": "Gambar gedung. Selagi tidak ada orang; satu sentuhan membuka layar pertama.",
        "attraction-closed": "Gambar gedung, tutup. Di luar jam pengambilan nomor.",
    },
    "Teknisi": {
        "technician-pin": "PIN teknisi. Setelah kedua sudut atas ditahan.",
        "technician-no-pin": "Belum ada PIN. Bagaimana menetapkannya.",
        "technician-menu": "Pemeriksaan. Semua yang dapat diperiksa.",
        "technician-printers": "Printer. Keadaannya, sisa gulungan, dan cetak uji.",
        "technician-sound": "Suara. Untuk layar yang dibacakan.",
        "technician-screen": "Layar. Ukurannya, dan berapa piksel 20 mm.",
        "technician-picture": "Gambar uji. Tepi layar, warna, dan tempat sentuhan.",
        "technician-log": "Catatan program. Yang terbaru di atas.",
        "technician-about": "Kios dan hub. Alamat, versi, dan konfigurasi.",
        "technician-restart": "Mulai ulang? Ditanyakan sekali lagi.",
        "technician-leave": "Tutup program? Ditanyakan sekali lagi.",
        "cleaning": "Layar dibersihkan. Selama 30 detik tidak ada sentuhan yang dihitung.",
    },
}
"""The chapters of docs/layar-kios.md; in each the screens with what is said of them there."""

CLOSED = frozenset({"closed", "attraction-closed"})
"""Screens of an hour when no agency gives numbers."""
VOICELESS = frozenset({"modes-voiceless"})
"""Screens of a kiosk without a sound device."""
APPOINTED = frozenset({"appointment"})
"""Screens of a hall that takes appointments."""
UNATTENDED = frozenset({"attraction", "attraction-closed"})
"""Screens over which the hall's pictures pass."""


def scenes(morning: Morning) -> dict[str, Scene]:
    """Every screen of a visitor by its name."""
    return (
        _choosing(morning)
        | _several(morning)
        | _appointments(morning)
        | _in_the_hand(morning)
        | _sorry(morning)
        | _above(morning)
    )


def _choosing(morning: Morning) -> dict[str, Scene]:
    services = replace(HOME, agency=morning.agency)
    return {
        "agencies": HOME,
        "priority": replace(HOME, priority=True),
        "paperless": replace(HOME, paperless=True),
        "closed": HOME,
        "given-back": replace(HOME, given_back="K-012"),
        "still-valid": replace(HOME, still_valid="K-012"),
        "services": services,
        "information": replace(services, service=morning.explained),
        "search": replace(HOME, query="", found=morning.found("")),
        "search-unlearnt": replace(HOME, query=""),
        "search-found": replace(HOME, query="kartu", found=morning.found("kartu")),
        "search-nothing": replace(HOME, query="kqxw"),
    }


def _several(morning: Morning) -> dict[str, Scene]:
    chosen = tuple(Chosen(one, one.services[0]) for one in (morning.agency, *morning.hall.agencies[3:8]))
    begun = replace(HOME, several=Several(chosen[:2]))
    steps = [Step(agency=one.agency.id, service=one.service.id, state=StepState.NEXT) for one in chosen[:3]]
    ticket = morning.ticket().model_copy(update={"service": chosen[0].service.id, "steps": steps})
    return {
        "several": replace(HOME, several=Several()),
        "several-next": begun,
        "several-services": replace(begun, agency=morning.agency),
        "several-list": replace(HOME, several=Several(chosen[:3], listed=True)),
        "several-full": replace(HOME, several=Several(chosen, listed=True)),
        "ticket-several": replace(
            HOME, stage=Stage.DONE, ticket=ticket, paper=Outcome.PRINTED, can_give_back=True, stay=Held(0, 20)
        ),
    }


def _appointments(morning: Morning) -> dict[str, Scene]:
    refused = replace(HOME, stage=Stage.SORRY, stay=Held(0, 12), code=CODE)
    early = {"state": State.HELD, "appointment": MEETS, "held_until": EARLIEST, "ahead": None, "estimate_minutes": None}
    late = {"appointment": NOW.replace(hour=8, minute=30), "appointment_missed": True}
    taken = replace(HOME, stage=Stage.DONE, paper=Outcome.PRINTED, can_give_back=True, stay=Held(0, 20))
    ticket = morning.ticket()
    return {
        "appointment": HOME,
        "code": replace(HOME, code=""),
        "code-typed": replace(HOME, code=CODE[:6]),
        "code-unknown": replace(refused, trouble=Trouble("unknown_booking")),
        "code-used": replace(refused, trouble=Trouble("booking_used", number=ticket.number)),
        "code-other-day": replace(refused, trouble=Trouble("booking_other_day", **OTHER_DAY)),
        "code-cancelled": replace(refused, trouble=Trouble("booking_cancelled")),
        "ticket-appointment": replace(taken, ticket=ticket.model_copy(update=early)),
        "ticket-appointment-late": replace(taken, ticket=ticket.model_copy(update=late)),
    }


def _in_the_hand(morning: Morning) -> dict[str, Scene]:
    ticket = morning.ticket()
    first = ticket.model_copy(update={"priority": True})
    chosen = replace(HOME, agency=morning.agency, service=morning.service)
    taken = replace(chosen, stage=Stage.DONE, ticket=ticket, can_give_back=True, stay=Held(0, 20))
    printed = replace(taken, paper=Outcome.PRINTED)
    return {
        "taking": replace(chosen, stage=Stage.TAKING),
        "printing": replace(chosen, stage=Stage.PRINTING, ticket=ticket),
        "ticket": printed,
        "ticket-priority": replace(printed, priority=True, ticket=first),
        "silent": replace(taken, paper=Outcome.UNKNOWN, paper_code="printer_silent"),
        "failed": replace(taken, paper=Outcome.FAILED, paper_code="paper_out"),
        "no-printer": taken,
        "giving-back": replace(printed, giving_back=True, stay=None),
        "unsure": replace(printed, can_give_back=False, unsure=True),
        "too-late": replace(printed, trouble=Trouble("too_late")),
    }


def _sorry(morning: Morning) -> dict[str, Scene]:
    told = {"at": NOW.isoformat(), "opens": TOMORROW.isoformat()}
    clock, last = (moment.strftime("%d/%m/%Y %H.%M WITA") for moment in (NOW, AFTER_BREAK))
    troubles = {
        "away": Trouble("hub_away"),
        "away-pressed": Trouble("hub_away"),
        "sorry-closed": Trouble("closed_until", **told),
        "sorry-break": Trouble("on_break_until", **(told | {"opens": AFTER_BREAK.isoformat()})),
        "sorry-cutoff": Trouble("past_cutoff", **told),
        "sorry-holiday": Trouble("closed_holiday", why="Tahun Baru Imlek", why_en="Chinese New Year", **told),
        "sorry-today": Trouble("closed_today", why="Rapat", why_en="Meeting", **told),
        "sorry-quota": Trouble("quota_full", **told),
        "sorry-roll": Trouble("paper_roll", why="meja informasi", **told),
        "blocked": Trouble("no_paper_here", where=morning.hall.kiosks[1].name, cause="paper_out"),
        "refused": Trouble("clock_behind", clock=clock, last=last),
    }
    sorry = replace(HOME, stage=Stage.SORRY, agency=morning.agency)
    standing = ("away", "away-pressed", "blocked")
    found = {
        name: replace(sorry, trouble=trouble, stay=None if name in standing else Held(0, 12))
        for name, trouble in troubles.items()
    }
    return found | {"away-pressed": replace(found["away-pressed"], service=morning.service)}


def _above(morning: Morning) -> dict[str, Scene]:
    services = replace(HOME, agency=morning.agency)
    return {
        "modes": replace(HOME, choosing_modes=True),
        "modes-voiceless": replace(services, choosing_modes=True),
        "dark": replace(HOME, modes=Modes(spoken=True, dark=True)),
        "attraction": NOBODY,
        "attraction-closed": NOBODY,
        "still-there": replace(services, still_there=True, stay=Held(0, 20)),
    }
