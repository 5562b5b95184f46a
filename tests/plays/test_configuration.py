"""The hall's file edited while the real programs run: kiosk, counter and TV have it without a restart."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.play import Actor, wait_until
from demo.programs import Hall
from shared.assets import CONFIG
from tests.live_hall import PASSPORT

FIRST_COUNTER = '[[counter]]\nid = "loket-1"'
SERVICE = "service-umum-paspor"


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    hall = Hall(tmp_path, CONFIG / "small.toml", env={"QT_QPA_PLATFORM": "offscreen"})
    hall.open_hub()
    yield hall
    hall.close()


@pytest.fixture
def apps(hall: Hall) -> Iterator[tuple[Actor, Actor, Actor]]:
    """Kiosk, counter 1, TV."""
    window = ("--windowed", "1366x768")
    apps = (
        hall.open_app("kiosk", "kiosk", "--id", "kios-1", "--printer", "none", *window),
        hall.open_app("counter", "counter", "--id", "loket-1", *window),
        hall.open_app("tv", "display", "--id", "tv-1", *window),
    )
    yield apps
    for app in apps:
        app.close()


def edit(hall: Hall, old: str, new: str) -> None:
    text = hall.site.read_text(encoding="utf-8")
    assert text.count(old) == 1
    hall.site.write_text(text.replace(old, new), encoding="utf-8")


def processes(hall: Hall) -> list[int]:
    return [program.process.pid for program in hall.programs if program.process.poll() is None]


def test_a_new_service_is_taken_called_and_shown_by_programs_that_ran_before_it_was_written(
    hall: Hall, apps: tuple[Actor, Actor, Actor]
) -> None:
    kiosk, counter, tv = apps
    kiosk.wait_there("agency-umum")
    tv.wait_text("ribbon", tv.text("ribbon"))
    before = processes(hall)
    edit(hall, FIRST_COUNTER, f"{PASSPORT}\n{FIRST_COUNTER}")
    edit(hall, 'short_name = "Umum"', 'short_name = "Umum dan Paspor"')
    edit(hall, "Semua layanan di kantor ini tidak dipungut biaya.", "Besok buka pukul 09.00.")
    wait_until(lambda: "Besok buka pukul 09.00." in tv.text("ribbon"), "the new running text")
    wait_until(lambda: "dan Paspor" in kiosk.text("agency-umum"), "the new name of the agency")
    kiosk.press("agency-umum")
    kiosk.press(SERVICE)
    kiosk.wait_there("done")
    number = kiosk.text("number")
    counter.wait_there("next")
    counter.key("Space")
    counter.wait_text("number", number)
    assert counter.text("service") == "Surat Pengantar Paspor"
    tv.wait_text("called-number", number)
    assert processes(hall) == before
