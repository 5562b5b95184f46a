"""Every screen of the lobby TV as a value, in two halls on a Thursday morning. No Qt.

A new layout or state gets its scene here and its line in `CHAPTERS`; `demo.tv_sheets` makes its pictures in every size.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from display.board import Row, View
from display.calls import Entry
from display.desks import Desk
from display.queues import Queue
from shared.assets import CONFIG
from shared.hall import Hall, Layout
from shared.site import load

ADDRESS = "http://192.168.10.2:8080"
NOW = datetime(2026, 2, 12, 9, 42, tzinfo=ZoneInfo("Asia/Makassar"))
MOST_COUNTERS = 44
RESTING = (5, 7, 8)
"""Of nine counters: closed, paused, free."""
NOTICE = """Layanan SIM pindah ke Lantai 2
Mulai Senin, 16 Februari, pukul 08.00.
Lift ada di sebelah kanan pintu masuk.
Tanyakan kepada petugas bila perlu bantuan.
"""

CHAPTERS = {
    "Papan (`board`)": {
        "board": "Panggilan. Nomornya mengisi bidang kuning selama diucapkan; yang lain di baris.",
        "board-calm": "Sesudahnya. Nomor terakhir tetap besar sampai pengunjungnya dilayani.",
        "board-away": "Hub tidak tersambung. Nomor tetap seperti adanya, dan layar mengatakannya.",
        "board-quiet": "Sebelum panggilan pertama. Layar meminta menunggu.",
    },
    "Nomor saja (`calls`)": {
        "calls": "Panggilan. Sebesar mungkin, dengan tiga panggilan sebelumnya.",
        "calls-quiet": "Sebelum panggilan pertama. Tempat yang sama, tanpa nomor.",
    },
    "Semua loket (`counters`)": {
        "counters": "Panggilan. Loket yang memanggil menyala; yang tutup atau istirahat tertulis.",
        "counters-calm": "Sesudahnya. Setiap loket dengan nomor yang dilayaninya.",
    },
    "Papan satu loket (`sign`)": {
        "sign": "Memanggil. Menyala begitu loket itu memanggil.",
        "sign-serving": "Melayani. Pengunjungnya sudah datang.",
        "sign-quiet": "Tidak ada orang. Loket siap memanggil.",
        "sign-paused": "Istirahat. Dengan alasan yang dipilih petugas.",
        "sign-closed": "Tutup. Untuk hari ini, dengan alasannya.",
    },
    "Gambar, video, dan pengumuman (`media`)": {
        "media-picture": "Gambar. Dari folder di PC TV itu.",
        "media-video": "Video. Dari folder yang sama, sampai selesai pada gilirannya.",
        "media-notice": "Pengumuman. Sebuah berkas teks, dengan huruf sebesar yang muat.",
        "media-called": "Panggilan. Gambar diam dan meredup selama nomor dipanggil.",
    },
}
"""The chapters of docs/layar-tv.md; in each the screens with what is said of them there."""


@dataclass(frozen=True)
class TvScene:
    """What a TV shows: its layout, the board's view, its counters, and what of the media folder."""

    layout: Layout
    view: View = field(default_factory=View)
    desks: tuple[Desk, ...] = ()
    shows: str = ""
    """`picture`, `video` or `notice`."""


class TvMorning:
    """A hall that morning: what was called, what each counter does, who waits. Whom one sees has the longest name."""

    def __init__(self, site: str) -> None:
        self.hall: Hall = load(CONFIG / site).hall(ADDRESS)
        counters = self.hall.counters[:MOST_COUNTERS]
        names = {agency.id: agency for agency in self.hall.agencies}
        self._entries = [
            Entry(
                event=number + 1,
                ticket=number + 1,
                number=f"{names[one.agencies[0]].prefix}-{1 + 37 * number % 180:03d}",
                counter=one.number,
                agency=names[one.agencies[0]].short_name,
                called_at=NOW,
                zone=one.zone,
            )
            for number, one in enumerate(counters)
        ]
        self._newest = newest = max(self._entries, key=lambda entry: len(entry.agency))
        kinds = [None if one is newest else number % 9 for number, one in enumerate(self._entries)]
        self.desks = tuple(
            Desk(
                id=one.id,
                number=one.number,
                agencies=tuple(names[agency].short_name for agency in one.agencies),
                serving="" if kinds[number] in RESTING else self._entries[number].number,
                call=number + 1,
                closed=kinds[number] == RESTING[0],
                paused=kinds[number] == RESTING[1],
            )
            for number, one in enumerate(counters)
        )
        self.own = next(one.id for one in counters if one.number == newest.counter)

    def view(self, *, lit: bool = False, away: bool = False, called: bool = True) -> View:
        """The board: the call of one counter, and those of the others before it; not `called`: none yet."""
        if not called:
            return View(queues=self._queues())
        newest = self._newest
        rows = [Row(entry, coming=False) for entry in self._entries if entry is not newest]
        return View(called=newest, lit=lit, rows=tuple(rows[:12]), queues=self._queues(), away=away)

    def _queues(self) -> tuple[Queue, ...]:
        return tuple(
            Queue(one.short_name, one.prefix, 2 + 7 * number % 15, minutes=5 + 3 * number % 40)
            for number, one in enumerate(self.hall.agencies)
        )

    def sign(self, **changes: object) -> tuple[Desk, ...]:
        """The counter whose sign is shown, changed so."""
        desk = next(desk for desk in self.desks if desk.id == self.own)
        return (replace(desk, closed=False, paused=False, **changes),)  # type: ignore[arg-type]  # fields of Desk


def tv_scenes(morning: TvMorning) -> dict[str, TvScene]:
    """Every screen by its name."""
    quiet, calm, lit = morning.view(called=False), morning.view(), morning.view(lit=True)
    return {
        "board": TvScene("board", lit),
        "board-calm": TvScene("board", calm),
        "board-away": TvScene("board", morning.view(away=True)),
        "board-quiet": TvScene("board", quiet),
        "calls": TvScene("calls", lit),
        "calls-quiet": TvScene("calls", quiet),
        "counters": TvScene("counters", lit, morning.desks),
        "counters-calm": TvScene("counters", calm, morning.desks),
        "sign": TvScene("sign", desks=morning.sign(call=900)),
        "sign-serving": TvScene("sign", desks=morning.sign(call=900, came=True)),
        "sign-quiet": TvScene("sign", desks=morning.sign(serving="", call=0)),
        "sign-paused": TvScene("sign", desks=_resting(morning, paused=True, why="Salat")),
        "sign-closed": TvScene("sign", desks=_resting(morning, closed=True, why="Listrik padam")),
        "media-picture": TvScene("media", calm, shows="picture"),
        "media-video": TvScene("media", calm, shows="video"),
        "media-notice": TvScene("media", calm, shows="notice"),
        "media-called": TvScene("media", lit, shows="picture"),
    }


def _resting(morning: TvMorning, *, closed: bool = False, paused: bool = False, why: str) -> tuple[Desk, ...]:
    (desk,) = morning.sign(serving="", call=0, why=why)
    return (replace(desk, closed=closed, paused=paused),)
