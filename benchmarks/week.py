"""A kiosk's week without its nights: does its memory stay what it was?

What it keeps to be quicker (letters, pictures, what the allocator holds) has a ceiling, reached by the third evening;
what leaks has none. So the third evening is compared with the seventh, and the first is told beside them.

The real kiosk, hub and a printer made of software on TCP; visitors come one right after the other. A day has the peak's
330 tickets, one visit in four another way: in English, with a mode, by search, given back, left half-way, paperless.
Each day the hub is started anew, the hall's file changes (which builds the window anew) and speech is on for a while.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.processes import memory_mb, tree
from benchmarks.servers import ask, free_port, order
from demo.fake_printer import FakePrinter
from demo.play import turn_to, wait_until
from demo.programs import Hall

SCREEN = "1366x768+0+0"
TICKETS = 330
WARM = 3
"""The evening from which on nothing may grow."""
DAYS = 7
WORDS = ("ktp", "pajak", "paspor", "bpjs", "nikah", "usaha")
FIRST_FRAME = re.compile(r"first frame at")


class Size(NamedTuple):
    """What one evening finds: memory in MB, and things counted in the kiosk's process."""

    rss_mb: float
    files: int
    threads: int
    python: int
    qt: int


def measure(folder: Path, site: Path, *, days: int = DAYS, tickets: int = TICKETS) -> dict[str, float]:
    """How the kiosk's process grew from the third evening to the last, in MB, open files, threads and objects."""
    with FakePrinter() as printer:
        week = Week(folder / "week", site, printer)
        try:
            evenings = [week.day(number, tickets) for number in range(days)]
        finally:
            week.hall.close()
    warm, last = evenings[min(WARM, days) - 1], evenings[-1]
    return {
        "kiosk_week_growth_mb": max(0.0, last.rss_mb - warm.rss_mb),
        "kiosk_week_first_mb": evenings[0].rss_mb,
        "kiosk_week_warm_mb": warm.rss_mb,
        "kiosk_week_last_mb": last.rss_mb,
        "kiosk_week_days": days,
        "kiosk_week_tickets": days * tickets,
        **{f"kiosk_week_more_{name}": getattr(last, name) - getattr(warm, name) for name in Size._fields[1:]},
    }


class Week:
    """One kiosk in its hall, day after day."""

    def __init__(self, folder: Path, site: Path, printer: FakePrinter) -> None:
        self.hall, self.printer = Hall(folder, site), printer
        self._listen = f"127.0.0.1:{free_port()}"
        self._hub = self.hall.open_hub(listen=self._listen)
        told = ask(f"{self.hall.address}/api/hall")
        self._services = [(one["id"], service["id"]) for one in told["agencies"] for service in one["services"]]
        self._counters = [one["id"] for one in told["counters"]]
        self._agencies = {one["id"]: one for one in told["agencies"]}
        road = f"network:{printer.address}"
        where = ("--id", told["kiosks"][0]["id"], "--windowed", SCREEN, "--printer", road)
        self.kiosk = self.hall.open_app("kiosk", "kiosk", *where)
        self._program = self.hall.programs[-1]
        self._log = folder / "kiosk/logs/kiosk.log"

    def day(self, number: int, tickets: int) -> Size:
        """One day; what the evening finds."""
        ways = self._ways()
        for visit in range(tickets):
            if visit == tickets // 3:
                self._new_hub()
            if visit == tickets // 2:
                self._new_hall(number)
            if visit == tickets * 2 // 3:
                self._speech()
            self._visit(number * tickets + visit)
            if visit % 4 == 0:
                next(ways)()
            if visit % 2 == 0:
                self._call(visit)
        self._home()
        return self._size()

    # -------------------------------------------------------- visits

    def _visit(self, number: int) -> None:
        """The usual visitor: two touches, paper, done."""
        agency, service = self._services[number % len(self._services)]
        printed = len(self.printer.jobs)
        self._take(agency, service)
        self.printer.wait_for_jobs(printed + 1)
        self._home()

    def _take(self, agency: str, service: str) -> None:
        self._turn(f"agency-{agency}")
        if len(self._agencies[agency]["services"]) > 1:
            self._turn(f"service-{service}")
        self._until_there("done", on_the_way=("take",))

    def _turn(self, tile: str) -> None:
        """Touch a tile, on whichever page it is."""
        turn_to(self.kiosk, tile)
        self.kiosk.press(tile)

    def _until_there(self, name: str, *, on_the_way: tuple[str, ...] = ()) -> None:
        def there() -> bool:
            on = self.kiosk.enabled()
            for other in on_the_way:
                if name not in on and other in on:
                    self.kiosk.tried("press", name=other)
            return name in on

        wait_until(there, name)

    def _home(self) -> None:
        """However this visit stands, end it."""
        self._until_there("heading-agencies", on_the_way=("done", "back"))

    def _ways(self) -> Iterator[Callable[[], None]]:
        while True:
            yield from (self._english, self._modes, self._search, self._priority, self._half_way, self._paperless)
            yield self._give_back

    def _english(self) -> None:
        self.kiosk.press("language-en")
        self._visit(3)

    def _modes(self) -> None:
        self.kiosk.press("modes")
        for mode in ("mode-large", "mode-contrast", "mode-low"):
            self.kiosk.press(mode)
        self.kiosk.press("modes-done")
        self._visit(5)

    def _search(self) -> None:
        for word in WORDS[:2]:
            self.kiosk.press("search")
            for letter in word:
                self.kiosk.press(f"key-{letter}")
            self._home()

    def _priority(self) -> None:
        self.kiosk.press("priority")
        self._visit(1)

    def _half_way(self) -> None:
        agency = next(one for one, found in self._agencies.items() if len(found["services"]) > 1)
        self._turn(f"agency-{agency}")
        self.kiosk.wait_there("heading-services")
        self._home()

    def _give_back(self) -> None:
        self._take(*self._services[0])
        self._until_there("heading-agencies", on_the_way=("wrong-choice",))

    def _paperless(self) -> None:
        self.printer.fault("paper_out")
        self._take(*self._services[2])
        self._home()
        self.printer.well()

    def _speech(self) -> None:
        """Its two programs start and end; where there is nothing to be heard with, the mode is not offered."""
        self.kiosk.press("modes")
        self.kiosk.wait_there("modes-done")
        self.kiosk.tried("press", name="mode-spoken")
        self.kiosk.press("modes-done")

    # -------------------------------------------------------- the hall around it

    def _call(self, number: int) -> None:
        counter = self._counters[number % len(self._counters)]
        order(f"{self.hall.address}/api/counters/{counter}/next", {})

    def _new_hub(self) -> None:
        self._hub.end()
        self._hub = self.hall.open_hub(listen=self._listen)

    def _new_hall(self, number: int) -> None:
        """Another name in the hall's file: the kiosk builds its window anew once nobody stands there."""
        self._visit(number)  # one that ended: somebody who went half-way would be waited for
        frames = self._frames()
        text = self.hall.site.read_text(encoding="utf-8")
        changed = re.sub(
            r'^name = "([^"(]*?)( \(\d+\))?"$', rf'name = "\1 ({number})"', text, count=1, flags=re.MULTILINE
        )
        self.hall.site.write_text(changed, encoding="utf-8")
        wait_until(lambda: self._frames() > frames, "the hall's new name at the kiosk")

    def _frames(self) -> int:
        return len(FIRST_FRAME.findall(self._log.read_text(encoding="utf-8")))

    def _size(self) -> Size:
        pid = self._program.process.pid
        wait_until(lambda: len(tree(pid)) == 1, "the voice's programs to end")
        counted = self.kiosk.order("count")
        files = len(list(Path(f"/proc/{pid}/fd").iterdir()))
        threads = len(list(Path(f"/proc/{pid}/task").iterdir()))
        return Size(memory_mb(pid), files, threads, counted["python"], counted["qt"])
