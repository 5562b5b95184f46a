"""The pictures of docs/petugas.md: `python -m demo.officer_pictures` plays a morning at a counter and photographs it.

A real hub with the roster of Paser, the real officer's app on a screen of 1366×768, driven by its keys.
"""

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen
from uuid import uuid4

from PIL import Image

from demo.play import Actor, wait_until
from demo.programs import Hall
from shared.assets import CONFIG

PICTURES = CONFIG.parent / "docs" / "pictures"
SITE = CONFIG / "paser.toml"
COUNTER, OTHER, AGENCY = "loket-1", "loket-2", "bpjs-kesehatan"
SCREEN = {"name": "officer", "x": 0, "y": 0, "width": 1366, "height": 768, "logicalDpi": 96, "dpr": 1}
PATIENCE_S = 20
COLOURS = 128


class Morning:
    """The hall, the officer's app, and what happens at the counter."""

    def __init__(self, hall: Hall, desk: Actor, pictures: Path, *, agency: str = AGENCY) -> None:
        """`agency`: whose visitors come."""
        self._hall, self._desk, self._pictures = hall, desk, pictures
        agencies = {one["id"]: one for one in self._get("/api/hall")["agencies"]}
        self._services = [service["id"] for service in agencies[agency]["services"]]

    # -------------------------------------------------------- what happens

    def take(self, count: int = 1, *, priority: bool = False) -> None:
        """Visitors take numbers."""
        for turn in range(count):
            body = {"service": self._services[turn % len(self._services)], "priority": priority}
            self.post("/api/tickets", body)

    def post(self, path: str, body: object = None) -> dict[str, Any]:
        """Somebody else orders something of the hub; returns its answer."""
        answer: dict[str, Any] = json.loads(self._ask(path, body or {}))
        return answer

    def _get(self, path: str) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self._ask(path))
        return answer

    def _ask(self, path: str, body: object = None) -> bytes:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid4())}
        with urlopen(Request(self._hall.address + path, data, headers), timeout=PATIENCE_S) as answer:  # noqa: S310  -- our own hub
            said: bytes = answer.read()
            return said

    # -------------------------------------------------------- what the officer does

    def keys(self, *keys: str) -> None:
        """Strike these, one after the other."""
        for key in keys:
            self._desk.key(key)

    def line(self, wanted: str) -> None:
        """Take the line of the sheet that says that, by its digit."""
        self.until(lambda: wanted in self.lines() or self._turns_the_page())
        self.keys(str(self.lines().index(wanted) + 1))

    def _turns_the_page(self) -> bool:
        """Look on the sheet's next page, if it has one; never yet there."""
        if "sheet-page" in self.enabled():
            self.keys("PgDown")
        return False

    def lines(self) -> list[str]:
        """What the sheet offers on this page."""
        texts = self._desk.texts()
        return [texts.get(f"choice-{index}-text", "") for index in range(9)]

    def text(self, name: str) -> str:
        """What stands there."""
        return self._desk.text(name)

    def enabled(self) -> list[str]:
        """The names of what can be pressed."""
        return self._desk.enabled()

    def who_waits(self) -> bool:
        """Whether anybody does for this counter."""
        view = self._get(f"/api/counters/{COUNTER}")
        return bool(view["waiting_count"])

    def call(self) -> None:
        """Press 'next', and see the number."""
        before = self._desk.text("number")
        self.keys("Space")
        self.until(lambda: self._desk.text("number") not in ("", before))
        self.ready()

    def sheet(self, *wanted: str) -> None:
        """Open 'Lainnya' and take these lines."""
        self.keys("L")
        self.sees("sheet-title", "Lainnya")
        for line in wanted:
            self.line(line)

    def ready(self) -> None:
        """Wait until the big button calls again."""
        self.until(lambda: "next" in self.enabled() and self._desk.text("next-title") == "Panggil berikutnya")

    def sees(self, name: str, text: str) -> None:
        """Wait until that text begins so."""
        self.until(lambda: self._desk.text(name).startswith(text))

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait for it, and no longer than a program may take."""
        wait_until(holds, "the officer's app", patience_s=PATIENCE_S)

    def shoot(self, name: str) -> None:
        """Photograph the window, in as few colours as it has: such a picture is a third as heavy."""
        path = self._desk.grab(self._pictures / f"{name}.png")
        with Image.open(path) as picture:
            few = picture.convert("RGB").quantize(COLOURS)
        few.save(path, optimize=True)


def play(morning: Morning) -> None:
    """The morning, in the order of the page."""
    _one_visitor(morning)
    _the_sheet(morning)
    _the_strip(morning)
    _the_supervisor(morning)
    _the_configuration(morning)
    _on_paper(morning)
    _trouble(morning)


def _one_visitor(morning: Morning) -> None:
    morning.sees("next-title", "Belum ada yang menunggu")
    morning.shoot("counter-empty")
    morning.take(4)
    morning.take(priority=True)
    morning.take(3)
    morning.sees("waiting-sum", "8 orang")
    morning.ready()
    morning.shoot("counter-waiting")
    morning.sheet("Layani tanpa nomor")
    morning.keys("P")
    morning.sees("sheet-title", "Layani tanpa nomor · Prioritas")
    morning.shoot("counter-walk-in")
    morning.keys("L")
    morning.ready()
    morning.call()
    morning.shoot("counter")
    morning.keys("M")
    morning.sees("stage", "sedang dilayani")
    morning.shoot("counter-serving")


def _the_sheet(morning: Morning) -> None:
    for name, line in (
        ("counter-hold", "Tahan beberapa menit"),
        ("counter-transfer", "Alihkan"),
        ("counter-chosen", "Panggil nomor tertentu"),
        ("counter-pause-why", "Jeda"),
    ):
        morning.sheet(line)
        morning.sees("sheet-title", line)
        morning.shoot(name)
        morning.keys("L")
        morning.sees("next-title", "Panggil")


def _the_strip(morning: Morning) -> None:
    morning.sheet("Jeda", "Salat")
    morning.sees("next-title", "Lanjutkan")
    morning.until(lambda: "next" in morning.enabled())
    morning.shoot("counter-pause")
    morning.keys("K")
    morning.sees("compact-counter", "Loket 1")
    morning.shoot("counter-strip-pause")
    morning.keys("Space")
    morning.sees("next-title", "Panggil")
    morning.ready()
    morning.call()
    morning.shoot("counter-strip")
    morning.keys("K")
    morning.sees("waiting-sum", "")


def _the_supervisor(morning: Morning) -> None:
    morning.post(f"/api/counters/{OTHER}/pause", {"why": "Istirahat"})
    morning.post("/api/counters/loket-3/close", {"why": "Petugas berhalangan"})
    morning.post("/api/agencies/bpjs-ketenagakerjaan/close", {"why": "Jaringan atau server pusat terganggu"})
    for name, way in (
        ("counter-supervisor", ("Pengawas",)),
        ("counter-agencies", ("Pengawas", "Instansi")),
        ("counter-counters", ("Pengawas", "Loket")),
        ("counter-agency", ("Pengawas", "Instansi", "BPJS Kesehatan")),
    ):
        morning.sheet(*way)
        morning.sees("sheet-title", way[-1])
        morning.shoot(name)
        morning.keys("L")
        morning.sees("next-title", "Panggil")


def _the_configuration(morning: Morning) -> None:
    """A letter too many in a key, and what the hub says of it."""
    line = next(n for n, text in enumerate(SITE.read_text("utf-8").splitlines()) if text.startswith("timezone"))
    morning.sheet("Pengawas", "Konfigurasi")
    morning.sees("configuration-status", "Nomor 1 berlaku.")
    morning.keys(*["Down"] * line, "X", "F5")
    morning.until(lambda: "kesalahan" in morning.text("configuration-status"))
    morning.keys("F8")
    morning.shoot("counter-configuration")
    morning.keys("Escape", "Escape")
    morning.sees("next-title", "Panggil")


def _on_paper(morning: Morning) -> None:
    roll = {"first": 101, "last": 200, "place": "meja informasi"}
    morning.post(f"/api/agencies/{AGENCY}/paper-roll", roll)
    while morning.who_waits():
        morning.ready()
        morning.call()
    morning.sees("next-number", "A-101")
    morning.ready()
    morning.call()
    morning.sees("next-number", "A-102")
    morning.ready()
    morning.shoot("counter-paper")
    morning.post(f"/api/agencies/{AGENCY}/end-paper-roll", {"handed_out": 104})
    morning.sees("waiting-sum", "3 orang")


def _trouble(morning: Morning) -> None:
    morning.post("/api/devices/kiosk/kios-1", {"troubles": ["paper_out"]})
    morning.sees("notice-0", "Mesin tiket")
    morning.shoot("counter-device")
    morning.post(f"/api/counters/{OTHER}/alarm")
    morning.until(lambda: "Loket 2" in morning.text("alarm-text"))
    morning.shoot("counter-help")


def main() -> int:
    """Make the pictures anew, in the folder that is named or in the docs."""
    pictures = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    with tempfile.TemporaryDirectory() as folder:
        screens = Path(folder) / "screens.json"
        screens.write_text(json.dumps({"screens": [SCREEN]}), "utf-8")
        hall = Hall(Path(folder), SITE, env={"QT_QPA_PLATFORM": f"offscreen:configfile={screens}"})
        try:
            _play_in(hall, pictures)
        finally:
            hall.close()
    return 0


def _play_in(hall: Hall, pictures: Path) -> None:
    hub = hall.open_hub()
    size = ("--windowed", "1366x768+0+0")
    choosing = Morning(hall, hall.open_app("choosing", "counter", *size), pictures)
    choosing.sees("choose-title", "Loket mana ini?")
    choosing.shoot("counter-choose")
    officer = Morning(hall, hall.open_app("officer", "counter", "--id", COUNTER, *size), pictures)
    play(officer)
    officer.post(f"/api/devices/counter/{OTHER}")
    officer.post(f"/api/counters/{OTHER}/sign-in", {"app": str(uuid4()), "host": "KOMPUTER-2"})
    second = Morning(hall, hall.open_app("second", "counter", "--id", OTHER, *size), pictures)
    second.sees("taken-title", "Loket 2")
    second.shoot("counter-taken")
    hub.end()
    officer.sees("lamp", "Terputus")
    officer.shoot("counter-away")


if __name__ == "__main__":
    sys.exit(main())
