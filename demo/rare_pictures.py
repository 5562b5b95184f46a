"""The rarer pictures of docs/petugas.md: `python -m demo.rare_pictures` plays what happens at a counter now and then.

A real hub with the small hall, which here also keeps outcomes, takes appointments and prints; the real officer's app.
"""

import json
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from demo.officer_pictures import COUNTER, PICTURES, SCREEN, Morning
from demo.programs import Hall, Program
from shared.assets import CONFIG

AGENCY = "kependudukan"
NO_PRINTER = 'printer = { road = "none" }'
PRINTER = 'printer = { road = "network", address = "127.0.0.1:9100", paper_mm = 80 }'
APPOINTMENTS = "\n[appointments]\nper_hour = 4\n"
OUTCOMES = {"tuntas": "Tuntas", "berkas-kurang": "Berkas kurang", "dirujuk": "Dirujuk ke instansi lain"}
JOURNEY = {"service": "kependudukan-ktp", "then": ["umum-surat", "umum-legalisasi"], "kiosk": "kios-1"}
ENDINGS = ("1", "2", "S")
"""What is pressed at the end of the first visits: two outcomes, and none."""
OUT_OF_PATIENCE_S = 9.0
"""The officer's app tries an order again for five seconds, and its last attempt may take three more."""


def site_text() -> str:
    """The small hall's file, with what it needs to have every line of the sheet."""
    text = (CONFIG / "small.toml").read_text("utf-8").replace(f"\n{NO_PRINTER}", f"\n{PRINTER}")
    outcomes = (f'\n[[outcome]]\nid = "{key}"\nname = "{name}"\n' for key, name in OUTCOMES.items())
    return text + APPOINTMENTS + "".join(outcomes)


@contextmanager
def held_up(hub: Program) -> Iterator[None]:
    """As long as this lasts the hub answers nobody."""
    hub.process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        hub.process.send_signal(signal.SIGCONT)


def play(morning: Morning, hub: Program) -> None:
    """What happens now and then, in an order that leaves each state in peace."""
    _visitors_come(morning)
    _what_came_of_it(morning)
    _several_services(morning)
    _the_sheet(morning)
    _an_appointment(morning)
    _help(morning)
    _an_answer_is_lost(morning, hub)
    _devices(morning)


def _visitors_come(morning: Morning) -> None:
    """Three whose outcome is kept, one with several services, and some whose paper did not come out as it should."""
    papers = ("printed", "printed", "printed", None, "printed", "printed", "failed", "unknown")
    for turn, paper in enumerate(papers):
        errand = {"service": ("kependudukan-ktp", "kependudukan-kk")[turn % 2], "kiosk": "kios-1"}
        ticket = morning.post("/api/tickets", errand if paper else JOURNEY)
        morning.post(f"/api/tickets/{ticket['id']}/printed", {"outcome": paper or "printed"})


def _what_came_of_it(morning: Morning) -> None:
    morning.ready()
    for turn, answer in enumerate(ENDINGS):
        morning.call()
        morning.keys("M")
        morning.sees("stage", "sedang dilayani")
        morning.keys("S")
        morning.until(lambda: morning.text("sheet-title").endswith("Hasilnya?"))
        if not turn:
            morning.shoot("counter-outcome")
        morning.keys(answer)
        morning.ready()
    morning.sheet("Perbaiki hasil")
    morning.sees("sheet-title", "Perbaiki hasil")
    morning.shoot("counter-correct")
    _leave(morning)


def _leave(morning: Morning) -> None:
    morning.keys("L")
    morning.until(lambda: morning.text("next-title") != "")


def _several_services(morning: Morning) -> None:
    morning.call()
    morning.keys("M")
    morning.sees("stage", "sedang dilayani")
    morning.shoot("counter-journey")
    morning.sheet("Layanan berikutnya")
    morning.sees("sheet-title", "Layanan berikutnya")
    morning.shoot("counter-following")
    _leave(morning)


def _the_sheet(morning: Morning) -> None:
    morning.sheet()
    morning.shoot("counter-more")
    morning.keys("PgDown")
    morning.until(lambda: "Cetak ulang" in morning.lines())
    morning.shoot("counter-more-next")
    morning.keys("C")
    morning.sees("sheet-title", "Cetak ulang")
    morning.shoot("counter-reprint")
    _leave(morning)


def _an_appointment(morning: Morning) -> None:
    morning.sheet("Beri nomor baru")
    morning.sees("sheet-title", "Beri nomor baru")
    morning.shoot("counter-give")
    morning.line(next(line for line in morning.lines() if line.startswith("Janji temu")))
    morning.sees("sheet-title", "Janji temu")
    morning.keys(*"9.30")
    morning.shoot("counter-appointment")
    morning.keys("Return")
    morning.sees("sheet-title", "Janji temu pukul 09.30")
    _leave(morning)


def _help(morning: Morning) -> None:
    morning.sheet("Panggil bantuan")
    morning.until(lambda: morning.text("help") == "Bantuan dipanggil")
    morning.shoot("counter-own-help")
    morning.sheet("Bantuan tidak perlu lagi")
    morning.until(lambda: not morning.text("help"))


def _an_answer_is_lost(morning: Morning, hub: Program) -> None:
    morning.ready()
    with held_up(hub):
        morning.keys("Space")
        patient_until = time.monotonic() + OUT_OF_PATIENCE_S
        morning.until(lambda: time.monotonic() > patient_until)
    morning.sees("message", "Jawaban hub tidak sampai")
    morning.shoot("counter-lost")
    morning.keys("Space")
    morning.until(lambda: not morning.text("message").startswith("Jawaban hub"))
    morning.ready()


def _devices(morning: Morning) -> None:
    morning.post("/api/devices/kiosk/kios-1", {"troubles": ["paper_out"]})
    morning.post("/api/devices/display/tv-1", {"troubles": ["no_sound"]})
    morning.sheet("Pengawas", "Perangkat")
    morning.sees("sheet-title", "Perangkat")
    morning.shoot("counter-devices")


def main() -> int:
    """Make these pictures anew, in the folder that is named or in the docs."""
    pictures = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        screens, site = folder / "screens.json", folder / "small.toml"
        screens.write_text(json.dumps({"screens": [SCREEN]}), "utf-8")
        site.write_text(site_text(), "utf-8")
        hall = Hall(folder, site, env={"QT_QPA_PLATFORM": f"offscreen:configfile={screens}"})
        try:
            hub = hall.open_hub()
            desk = hall.open_app("officer", "counter", "--id", COUNTER, "--windowed", "1366x768+0+0")
            play(Morning(hall, desk, pictures, agency=AGENCY), hub)
        finally:
            hall.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
