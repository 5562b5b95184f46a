"""What the technician's page says, page by page, in the words of one language. Pure: the screens only show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kiosk.log_tail import LogLine
from kiosk.outlets import Paper
from kiosk.printer_status import Health
from shared.hall import Printer
from shared.model import Outcome
from shared.trouble import Trouble
from shared.words import Words, msg


class Page(StrEnum):
    """The pages; `PIN` stands before all others."""

    PIN = "pin"
    MENU = "menu"
    PRINTERS = "printers"
    SOUND = "sound"
    SCREEN = "screen"
    PICTURE = "picture"
    LOG = "log"
    ABOUT = "about"
    RESTART = "restart"
    LEAVE = "leave"
    CLEANING = "cleaning"


@dataclass(frozen=True)
class Row:
    """A fact: what it is about and what is so. `tone`: '', `head` of those below, `well` or `late`."""

    label: str
    value: str
    tone: str = ""


@dataclass(frozen=True)
class Choice:
    """Something to touch: the name by which the technician's desk knows it, and its words; `more`: a second line."""

    name: str
    text: str
    more: str = ""
    is_main: bool = False
    is_possible: bool = True


@dataclass(frozen=True)
class Leaf:
    """One page: heading, a sentence, facts, tiles, what can be done in the foot. `lines`: of the log.

    `typed`: how many figures of a PIN stand there, None where none is asked for. `count`: a large number of seconds.
    """

    page: Page
    heading: str
    sentence: str = ""
    rows: tuple[Row, ...] = ()
    tiles: tuple[Choice, ...] = ()
    choices: tuple[Choice, ...] = ()
    lines: tuple[LogLine, ...] = ()
    typed: int | None = None
    count: int | None = None


@dataclass(frozen=True)
class Glass:
    """The screen: pixels, millimetres (None: nobody has told them), how much larger than drawn, a touch in pixels."""

    pixels: tuple[int, int] = (0, 0)
    mm: tuple[float, float] | None = None
    ratio: float = 1.0
    scale: float = 1.0
    touch: int = 0


@dataclass(frozen=True)
class Facts:
    """All that the pages tell of this kiosk.

    `healths`: of each printer, empty before it was asked. `printed_at`: when each last sent paper out. `trials`: what
    became of the last test papers; None before the first, `trying`: they are on their way. `metres`, `tickets`: what is
    left of the first printer's roll. `volume` in percent; `voice`: None while that is not known. `configuration`: 0
    where the kiosk started without its hub, with the hall it heard last. `may_move`: another address of the hub may be
    given at this screen. `hub_why`: the code of why it is not connected; `own_hub`: where the hub runs on this very PC,
    the file with what it printed when it was started.
    """

    kiosk: str = ""
    version: str = ""
    hub: str = ""
    hub_up: bool = False
    hub_why: str = ""
    own_hub: str = ""
    configuration: int = 0
    folder: str = ""
    glass: Glass = field(default_factory=Glass)
    printers: tuple[Printer, ...] = ()
    healths: tuple[Health, ...] = ()
    printed_at: Mapping[int, datetime] = field(default_factory=dict)
    trials: tuple[Paper, ...] | None = None
    trying: bool = False
    roll_begun: bool = False
    metres: float | None = None
    tickets: int | None = None
    volume: int = 100
    may_move: bool = False
    voice: bool | None = None


BACK = Choice("back", msg("Kembali"))

ROADS = {
    "network": msg("Jaringan {address}"),
    "usb": msg("USB {address}"),
    "serial": msg("Serial {address}"),
    "spooler": msg("Antrean cetak {address}"),
    "file": msg("Berkas {address}"),
    "memory": msg("Tanpa kertas (disimpan di memori)"),
}


# ---------------------------------------------------------------- before the PIN


def pin_leaf(words: Words, *, typed: int, told: str) -> Leaf:
    """Asks for the PIN; `told`: what came of the last one, in place of who this page is for."""
    for_whom = words.say(msg("Halaman ini untuk teknisi. Bila Anda pengunjung, silakan sentuh Kembali."))
    choices = (BACK, CLEAN)
    return Leaf(Page.PIN, words.say(msg("PIN teknisi")), told or for_whom, choices=said(words, choices), typed=typed)


def no_pin_leaf(words: Words, hub: str = "") -> Leaf:
    """There is no PIN yet, and so no way in. `hub`: why it is not connected and what to do, which comes first."""
    how = hub or words.say(
        msg("Di PC hub, jalankan: antre technician-pin. Kios ini menerimanya begitu tersambung dengan hub.")
    )
    return Leaf(Page.PIN, words.say(msg("PIN teknisi belum ditetapkan")), how, choices=said(words, (BACK, CLEAN)))


CLEAN = Choice("clean", msg("Bersihkan layar"))


def cleaning_leaf(words: Words, left: int) -> Leaf:
    """Nothing can be touched."""
    heading = words.say(msg("Layar sedang dibersihkan"))
    sentence = words.say(msg("Sentuhan diabaikan. Layar kembali ke awal dengan sendirinya."))
    return Leaf(Page.CLEANING, heading, sentence, count=left)


def said(words: Words, choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """The choices in the language of `words`."""
    return tuple(
        Choice(one.name, words.say(one.text), one.more, is_main=one.is_main, is_possible=one.is_possible)
        for one in choices
    )


# ---------------------------------------------------------------- behind it


def leaf_of(page: Page, facts: Facts, words: Words, lines: tuple[LogLine, ...] = ()) -> Leaf:
    """A page behind the PIN."""
    if page is Page.LOG:
        heading = words.say(msg("Catatan program"))
        empty = words.say(msg("Belum ada catatan.")) if not lines else ""
        return Leaf(page, heading, empty, lines=lines, choices=said(words, (BACK,)))
    return _LEAVES[page](facts, words)


def _menu(facts: Facts, words: Words) -> Leaf:
    tiles = (
        Choice("printers", msg("Printer"), printers_in_short(facts, words)),
        Choice("clean", CLEAN.text, words.say(msg("30 detik tanpa sentuhan"))),
        Choice("sound", msg("Suara"), words.say(msg("Volume {percent}%"), percent=facts.volume)),
        Choice("screen", msg("Layar"), _pixels(facts.glass)),
        Choice("log", msg("Catatan program"), words.say(msg("Yang terbaru di atas"))),
        Choice("about", msg("Kios dan hub"), _hub(facts, words)),
        Choice("restart", msg("Mulai ulang program"), words.say(msg("Sekitar 5 detik"))),
        Choice("leave", msg("Tutup program"), words.say(msg("Ke desktop PC ini"))),
    )
    closed = words.say(msg("Selama halaman ini terbuka, pengunjung tidak dapat mengambil nomor."))
    sentence = hub_words(facts, words) or closed
    heading = words.say(msg("Pemeriksaan {kiosk}"), kiosk=facts.kiosk)
    return Leaf(Page.MENU, heading, sentence, tiles=said(words, tiles))


def _hub(facts: Facts, words: Words) -> str:
    return words.say(msg("Hub tersambung")) if facts.hub_up else words.say(msg("Hub tidak tersambung"))


RESTART = msg("sentuh Mulai ulang program")
SWITCH_ON = msg("nyalakan ulang PC ini")


def hub_words(facts: Facts, words: Words, *, is_inside: bool = True) -> str:
    """Why the hub is not connected, where it is, and what to do, in one sentence; '' while it is.

    `is_inside`: whether the reader may touch what stands behind the PIN.
    """
    again = words.say(RESTART if is_inside else SWITCH_ON)
    if facts.hub_up or not facts.hub_why:
        return ""
    if facts.hub_why == "other_certificate":
        strange = msg(
            "Yang menjawab di {hub} bukan hub yang dipasangkan dengan kios ini: bila hub diganti, {again}, lalu ketik"
            " kode dari PC hub (antre pair); bila tidak, beri tahu petugas IT."
        )
        return words.say(strange, hub=facts.hub, again=again)
    if facts.own_hub:
        ended = msg(
            "Hub di PC ini tidak berjalan: {again}, maka hub ikut dinyalakan; bila tetap berhenti, sebabnya ada di"
            " {path}."
        )
        return words.say(ended, again=again, path=facts.own_hub)
    if facts.may_move and is_inside:
        moved = msg(
            "Hub di {hub} tidak menjawab: periksa PC hub dan kabel jaringannya; bila alamatnya berubah, gantilah di"
            " Kios dan hub."
        )
        return words.say(moved, hub=facts.hub)
    return words.say(msg("Hub di {hub} tidak menjawab: periksa PC hub dan kabel jaringannya."), hub=facts.hub)


def printers_in_short(facts: Facts, words: Words) -> str:
    """How the printers are, in a few words."""
    if not facts.printers:
        return words.say(msg("Kios ini tanpa printer"))
    states = [health_words(health, words) for health in facts.healths]
    return " · ".join(dict.fromkeys(states)) or words.say(msg("Sedang ditanya…"))


def health_words(health: Health, words: Words) -> str:
    """A printer's state in words."""
    if health.state == "fine":
        return words.say(msg("Siap mencetak."))
    if health.state == "unknown":
        return words.say(msg("Keadaannya tidak dapat ditanyakan lewat sambungan ini."))
    return Trouble(health.state).sentence(words)


# ---------------------------------------------------------------- printers


def _printers(facts: Facts, words: Words) -> Leaf:
    rows = [row for index in range(len(facts.printers)) for row in _printer(index, facts, words)]
    choices = [BACK]
    if facts.printers:
        test = msg("Sedang mencetak…") if facts.trying else msg("Cetak uji")
        choices.append(Choice("try", test, is_main=True, is_possible=not facts.trying))
    if facts.metres is not None:
        choices.append(Choice("new-roll", msg("Rol baru sudah dipasang")))
    none = words.say(msg("Kios ini tanpa printer: nomor tampil di layar untuk difoto."))
    rolled = words.say(msg("Hitungan kertas mulai lagi dari rol penuh.")) if facts.roll_begun else ""
    sentence = rolled if facts.printers else none
    return Leaf(Page.PRINTERS, words.say(msg("Printer")), sentence, rows=tuple(rows), choices=said(words, choices))


def _printer(index: int, facts: Facts, words: Words) -> list[Row]:
    printer = facts.printers[index]
    name = (
        words.say(msg("Printer {number}"), number=index + 1) if len(facts.printers) > 1 else words.say(msg("Printer"))
    )
    rows = [Row(name, _road(printer, words), "head")]
    if index < len(facts.healths):
        rows += _health(facts.healths[index], words)
    if index == 0 and facts.metres is not None:
        rows.append(_roll(facts, words))
    rows.append(_last(facts.printed_at.get(index), words))
    return rows + [_trial(paper, words) for paper in facts.trials or () if paper.by == index]


def _road(printer: Printer, words: Words) -> str:
    paper = words.say(msg("kertas {mm} mm"), mm=printer.paper_mm)
    return f"{words.say(ROADS.get(printer.road, printer.road), address=printer.address)} · {paper}"


def _health(health: Health, words: Words) -> list[Row]:
    tone = "late" if health.troubles else "well" if health.certain else ""
    rows = [Row(words.say(msg("Keadaan")), health_words(health, words), tone)]
    known = ", ".join(health.knows)
    answers = known or words.say(msg("tidak ada; periksa kertasnya"))
    return [*rows, Row(words.say(msg("Pertanyaan yang dijawab")), answers)]


def _roll(facts: Facts, words: Words) -> Row:
    left = words.say(
        msg("sekitar {metres} m, cukup untuk {tickets} tiket"), metres=round(facts.metres or 0), tickets=facts.tickets
    )
    return Row(words.say(msg("Sisa rol")), left)


def _last(at: datetime | None, words: Words) -> Row:
    when = (
        words.say(msg("pukul {clock}"), clock=words.clock(at)) if at else words.say(msg("belum, sejak program dimulai"))
    )
    return Row(words.say(msg("Terakhir mencetak")), when)


def _trial(paper: Paper, words: Words) -> Row:
    label = words.say(msg("Cetak uji"))
    if paper.outcome is Outcome.PRINTED:
        return Row(label, words.say(msg("Keluar utuh; printer memastikannya.")), "well")
    why = Trouble(paper.code).sentence(words) if paper.code else ""
    if paper.outcome is Outcome.UNKNOWN:
        sent = words.say(msg("Terkirim; printer tidak memastikan. Lihat kertasnya."))
        return Row(label, sent)
    if paper.outcome is Outcome.FAILED:
        return Row(label, words.say(msg("Tidak keluar utuh. {why}"), why=why), "late")
    return Row(label, words.say(msg("Tidak dikirim. {why}"), why=why), "late")


# ---------------------------------------------------------------- sound, screen, this PC


def _sound(facts: Facts, words: Words) -> Leaf:
    voice = {
        True: words.say(msg("terdengar dari perangkat suara PC ini")),
        False: words.say(msg("tidak ada perangkat suara atau suara")),
        None: words.say(msg("sedang diperiksa")),
    }[facts.voice]
    rows = (
        Row(words.say(msg("Volume")), f"{facts.volume}%"),
        Row(words.say(msg("Suara")), voice, {True: "well", False: "late", None: ""}[facts.voice]),
    )
    choices = (
        BACK,
        Choice("softer", msg("Lebih pelan"), is_possible=facts.volume > VOLUME_STEP),
        Choice("louder", msg("Lebih keras"), is_possible=facts.volume < LOUDEST),
        Choice("sample", msg("Dengarkan"), is_main=True, is_possible=facts.voice is not False),
    )
    sentence = words.say(msg("Untuk layar yang dibacakan. Disimpan di PC ini."))
    return Leaf(Page.SOUND, words.say(msg("Suara")), sentence, rows=rows, choices=said(words, choices))


LOUDEST = 100
VOLUME_STEP = 10
"""Percent."""


def _pixels(glass: Glass) -> str:
    return f"{glass.pixels[0]} × {glass.pixels[1]}"


def _screen(facts: Facts, words: Words) -> Leaf:
    glass = facts.glass
    unknown = words.say(msg("tidak diketahui; dianggap 21,5 inci ([kiosk.screen] di konfigurasi)"))
    mm = f"{glass.mm[0]:.0f} × {glass.mm[1]:.0f} mm" if glass.mm else unknown
    touch = words.say(msg("{pixels} piksel untuk 20 mm"), pixels=glass.touch)
    rows = (
        Row(words.say(msg("Piksel")), _pixels(glass)),
        Row(words.say(msg("Ukuran")), mm),
        Row(words.say(msg("Skala")), f"{glass.scale:.2f} × {glass.ratio:.2f}"),
        Row(words.say(msg("Tombol terkecil")), touch),
    )
    choices = (BACK, Choice("picture", msg("Gambar uji"), is_main=True))
    return Leaf(Page.SCREEN, words.say(msg("Layar")), rows=rows, choices=said(words, choices))


def _picture(_: Facts, words: Words) -> Leaf:
    sentence = words.say(
        msg("Garis tepi harus terlihat di keempat sisi. Sentuh di mana saja: tanda silang menunjukkan tempatnya.")
    )
    return Leaf(Page.PICTURE, words.say(msg("Gambar uji")), sentence, choices=said(words, (BACK,)))


def _about(facts: Facts, words: Words) -> Leaf:
    last_heard = words.say(msg("yang terakhir diterima kios ini"))
    told = words.say(msg("nomor {id}"), id=facts.configuration) if facts.configuration else last_heard
    rows = (
        Row(words.say(msg("Kios")), facts.kiosk),
        Row(words.say(msg("Hub")), facts.hub),
        Row(words.say(msg("Sambungan")), _hub(facts, words), "well" if facts.hub_up else "late"),
        Row(words.say(msg("Konfigurasi")), told),
        Row(words.say(msg("Versi")), facts.version),
        Row(words.say(msg("Folder data")), facts.folder),
    )
    # Only without a hub: one that answers is where it should be, and a slip would take the kiosk from its visitors.
    move = (Choice("other-hub", msg("Ganti alamat hub")),) if facts.may_move and not facts.hub_up else ()
    away = hub_words(facts, words)
    return Leaf(Page.ABOUT, words.say(msg("Kios dan hub")), away, rows=rows, choices=said(words, (BACK, *move)))


def _restart(_: Facts, words: Words) -> Leaf:
    sentence = words.say(msg("Program berhenti dan mulai lagi. Nomor yang sudah diambil tetap berlaku."))
    choices = (BACK, Choice("restart-now", msg("Ya, mulai ulang"), is_main=True))
    return Leaf(Page.RESTART, words.say(msg("Mulai ulang program?")), sentence, choices=said(words, choices))


def _leave(_: Facts, words: Words) -> Leaf:
    sentence = words.say(msg("Kios tidak memberi nomor sampai program dijalankan lagi atau PC dinyalakan ulang."))
    choices = (BACK, Choice("leave-now", msg("Ya, tutup"), is_main=True))
    return Leaf(Page.LEAVE, words.say(msg("Tutup program?")), sentence, choices=said(words, choices))


_LEAVES = {
    Page.MENU: _menu,
    Page.PRINTERS: _printers,
    Page.SOUND: _sound,
    Page.SCREEN: _screen,
    Page.PICTURE: _picture,
    Page.ABOUT: _about,
    Page.RESTART: _restart,
    Page.LEAVE: _leave,
}
