"""From the visitor's press to the printer: the real kiosk and hub, and a printer made of software on TCP.

The paper itself takes a real printer a second or so more; here ends what Antre can do about it.
"""

import time
from pathlib import Path

from benchmarks.burst import p99
from benchmarks.servers import ask, hub_of
from demo.fake_printer import FakePrinter
from demo.play import Actor, turn_to
from demo.programs import Hall

SCREEN = "1920x1080+0+0"


def measure(folder: Path, site: Path, *, tickets: int) -> dict[str, float]:
    """How many ms from the press on a service to the printer's first byte, and to its whole ticket: median and p99."""
    with FakePrinter() as printer, hub_of(folder / "press", site) as hall:
        kiosk = _kiosk(hall, printer)
        _take(kiosk, hall, printer)  # the first loads what all later ones find loaded
        waits = [_take(kiosk, hall, printer) for _ in range(tickets)]
        kiosk.close()
    firsts, wholes = zip(*waits, strict=True)
    return {
        "press_to_first_byte_p50_ms": sorted(firsts)[len(firsts) // 2],
        "press_to_first_byte_p99_ms": p99(list(firsts)),
        "press_to_whole_ticket_p50_ms": sorted(wholes)[len(wholes) // 2],
        "press_to_whole_ticket_p99_ms": p99(list(wholes)),
    }


def _kiosk(hall: Hall, printer: FakePrinter) -> Actor:
    device = ask(f"{hall.address}/api/hall")["kiosks"][0]["id"]
    road = f"network:{printer.address}"
    return hall.open_app("kiosk", "kiosk", "--id", device, "--windowed", SCREEN, "--printer", road)


def _take(kiosk: Actor, hall: Hall, printer: FakePrinter) -> tuple[float, float]:
    """One visitor: ms to the first byte and to the last."""
    agency = next(one for one in ask(f"{hall.address}/api/hall")["agencies"] if len(one["services"]) > 1)
    done = len(printer.jobs)
    turn_to(kiosk, f"agency-{agency['id']}")
    kiosk.press(f"agency-{agency['id']}")
    tile = f"service-{agency['services'][0]['id']}"
    turn_to(kiosk, tile)
    pressed = time.monotonic()
    kiosk.order("press", name=tile)
    printer.wait_for_jobs(done + 1)
    first, whole = printer.times[done]
    kiosk.press("done")
    return 1000 * (first - pressed), 1000 * (whole - pressed)
