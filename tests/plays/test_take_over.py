"""Two real officers' programs at one counter, before a real hub: the second is told, takes over, the first is told."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from demo.play import Actor, wait_until
from demo.programs import Hall
from shared.assets import CONFIG
from tests.real_hub import RealHub

COUNTER = "loket-1"
SERVICE = "kependudukan-ktp"


Desk = Callable[..., Actor]


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    hall = Hall(tmp_path, CONFIG / "small.toml", env={"QT_QPA_PLATFORM": "offscreen"})
    hall.open_hub()
    yield hall
    hall.close()


@pytest.fixture
def desk(hall: Hall) -> Iterator[Desk]:
    """Starts an officer's program."""
    opened: list[Actor] = []

    def start(name: str, counter: str = COUNTER) -> Actor:
        opened.append(hall.open_app(name, "counter", "--id", counter, "--windowed", "1366x768"))
        return opened[-1]

    yield start
    for app in opened:
        app.close()


def until_says(app: Actor, name: str, part: str) -> None:
    wait_until(lambda: part in app.text(name), f"{app.name}: {name} with {part!r}")


def take(hall: Hall) -> str:
    """A visitor takes a number."""
    hub = RealHub(hall.folder)
    hub.address = hall.address
    return hub.take(SERVICE).number


def test_a_counter_changes_hands_with_who_is_at_it(hall: Hall, desk: Desk) -> None:
    number = take(hall)
    first = desk("first")
    first.wait_there("next")
    first.key("Space")
    first.wait_text("number", number)

    second = desk("second")
    until_says(second, "taken-title", "Loket 1 sedang dipakai di ")
    assert first.text("number") == number
    second.key("A")
    second.wait_text("number", number)
    until_says(first, "choose-how", "Loket 1 diambil alih di ")

    first.press("counter-loket-2")
    first.wait_text("counter", "Loket 2")
    second.key("M")
    until_says(second, "stage", "sedang dilayani")


def test_a_counter_that_was_left_is_given_without_a_question(desk: Desk) -> None:
    first = desk("first")
    first.wait_text("lamp", "Tersambung")
    first.key("G")
    first.press("counter-loket-2")
    first.wait_text("counter", "Loket 2")

    second = desk("second")
    second.wait_text("counter", "Loket 1")
    second.wait_text("lamp", "Tersambung")
    third = desk("third", "loket-2")
    until_says(third, "taken-title", "Loket 2 sedang dipakai")


def test_the_same_program_has_its_counter_back_after_a_restart(hall: Hall, desk: Desk) -> None:
    first = desk("first")
    first.wait_text("lamp", "Tersambung")
    hall.programs[-1].end()
    again = desk("first")
    again.wait_text("lamp", "Tersambung")
    number = take(hall)
    again.wait_text("next-number", number)
    assert again.text("taken-title") == ""
