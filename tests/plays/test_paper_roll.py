"""Numbers on paper through the real programs: begun by keys at a counter, called, shown and spoken; and raced for."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest
from PIL import Image

from demo.day import heard
from demo.hall_facts import HallFacts
from demo.hearing import NullSink
from demo.play import Actor, wait_until
from demo.programs import Hall
from demo.tones import write_bank
from demo.witness import called_on
from shared.assets import CONFIG
from shared.model import Kind, Origin
from shared.wire import BeginRoll, Board, Event
from tests.needs import program
from tests.plays.crowd import crowds
from tests.plays.history import get, history, tickets

SITE = CONFIG / "paser.toml"
AGENCY, SERVICE, COUNTER, DESK = "bpjs-kesehatan", "bpjs-kesehatan-pendaftaran", "loket-1", "1"
SHOWN_S = 60.0
SQUAD = tuple(f"loket-{n}" for n in (1, 2, 3, 4))
FIRST, LAST = 101, 160


# ---------------------------------------------------------------- one roll, seen and heard


def line(desk: Actor, wanted: str) -> None:
    """Take the line of the sheet that says that, by its digit."""

    def lines() -> list[str]:
        texts = desk.texts()
        return [texts.get(f"choice-{index}-text", "") for index in range(9)]

    wait_until(lambda: wanted in lines(), f"{wanted!r} in the sheet")
    desk.key(str(lines().index(wanted) + 1))


def typed(desk: Actor, words: str) -> None:
    for letter in words:
        desk.key(letter)
    desk.key("Return")


def begin_by_keys(desk: Actor) -> None:
    """A supervisor at a counter: Lainnya, Pengawas, Instansi, the agency, the roll's numbers, where it hangs."""
    desk.wait_there("more")
    desk.key("L")
    for wanted in ("Pengawas", "Instansi", "BPJS Kesehatan", "Mulai nomor kertas: ketik nomor pertama"):
        line(desk, wanted)
    typed(desk, "417")
    desk.wait_text("sheet-title", "Mulai A-417: ketik nomor terakhir gulungan")
    typed(desk, "418")
    line(desk, "meja informasi")
    desk.wait_text("next-number", "A-417")


def call(desk: Actor, number: str) -> None:
    wait_until(lambda: desk.text("next-number") == number and "next" in desk.enabled(), f"{number} to be next")
    desk.key("Space")
    desk.wait_text("number", number)


@pytest.mark.timeout(200)
@pytest.mark.alone
def test_a_roll_is_begun_called_shown_and_spoken(tmp_path: Path) -> None:
    for needed in ("tesseract", "pulseaudio", "parec"):
        program(needed)
    with NullSink(tmp_path / "sound") as sink:
        hall = Hall(tmp_path, SITE, env={"QT_QPA_PLATFORM": "offscreen", **sink.environment})
        actors: list[Actor] = []
        try:
            hall.open_hub()
            write_bank(tmp_path / "clips")
            display = HallFacts.of(hall.address).display
            clips = ("--clips", str(tmp_path / "clips"))
            tv = hall.open_app("tv", "display", "--id", display, *clips, "--windowed", "1920x1080+0+0")
            kiosk = hall.open_app("kiosk", "kiosk", "--id", "kios-1", "--windowed", "1920x1080+0+0")
            desk = hall.open_app("desk", "counter", "--id", COUNTER, "--windowed", "1366x768+0+0")
            actors += [tv, kiosk, desk]
            tv.wait_there("clock")
            begin_by_keys(desk)
            wait_until(lambda: "nomor kertas" in tv.texts().values(), "the TV to say that numbers are on paper")
            is_sent_to_the_paper(kiosk)
            with sink.record() as recording:
                frames = [shown(desk, tv, number, tmp_path) for number in ("A-417", "A-418")]
                wait_until(lambda: "lit" not in tv.texts(), "the TV to fall quiet", patience_s=SHOWN_S)
            assert frames == heard(recording.samples()) == [("A-417", DESK), ("A-418", DESK)]
            wait_until(lambda: "nomor kertas" not in tv.texts().values(), "the roll to be at its end")
        finally:
            for actor in actors:
                actor.close()
            hall.close()


def is_sent_to_the_paper(kiosk: Actor) -> None:
    """A visitor who touches the agency is told where the roll hangs, by the kiosk or, where it was quicker, the hub."""
    kiosk.press(f"agency-{AGENCY}")
    service = f"service-{SERVICE}"
    wait_until(lambda: bool({"sorry-step", service} & set(kiosk.enabled())), "the kiosk to go on")
    if service in kiosk.enabled():
        kiosk.press(service)
    kiosk.wait_text("sorry-step", "Ambil nomor kertas di meja informasi, lalu tunggu dipanggil.")


def shown(desk: Actor, tv: Actor, number: str, folder: Path) -> tuple[str, str]:
    """Call that number and read it off the TV while it is lit."""
    call(desk, number)

    def is_lit() -> bool:
        texts = tv.texts()
        return "lit" in texts and texts.get("called-number") == number

    wait_until(is_lit, f"the TV to light {number}", patience_s=SHOWN_S)
    with Image.open(tv.grab(folder / f"{number}.png")) as frame:
        return called_on(frame)


# ---------------------------------------------------------------- one roll, four counters


def roll_is_on(address: str) -> bool:
    board = Board.model_validate_json(get(address, "/api/board"))
    return any(queue.roll for queue in board.waiting)


@pytest.fixture(scope="module")
def raced(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Event]]:
    """Four officers press whatever they like until the roll is at its end."""
    hall = Hall(tmp_path_factory.mktemp("roll"), SITE)
    try:
        hall.open_hub()
        with crowds(hall, ["tests.plays.client"]) as (officers,):
            for counter in SQUAD:
                officers.add(counter, "counter", counter)
            officers.gather()
            begin_roll(hall.address)
            officers.say("go")
            wait_until(lambda: not roll_is_on(hall.address), "the roll's last number", patience_s=SHOWN_S)
            officers.dismiss()
        yield history(hall.address)
    finally:
        hall.close()


def begin_roll(address: str) -> None:
    body = BeginRoll(first=FIRST, last=LAST).model_dump_json().encode()
    order = Request(f"{address}/api/agencies/{AGENCY}/paper-roll", body, {"Idempotency-Key": str(uuid4())})  # noqa: S310  -- our own hub
    with urlopen(order, timeout=SHOWN_S) as answer:  # noqa: S310  -- our own hub
        assert answer.status == 200


def test_every_number_of_the_roll_is_called_and_none_by_two_counters(raced: list[Event]) -> None:
    """Once, and once more for each time that its call was undone."""
    called = Counter(ticket.number for ticket in tickets(raced, Kind.CALLED))
    returned = Counter(ticket.number for ticket in tickets(raced, Kind.RETURNED))
    assert returned
    assert set(called) == {f"A-{n}" for n in range(FIRST, LAST + 1)}
    assert {called[number] - returned[number] for number in called} <= {0, 1}


def test_each_number_is_one_ticket_and_they_come_in_order(raced: list[Event]) -> None:
    torn = [ticket for ticket in tickets(raced, Kind.TAKEN) if ticket.origin is Origin.PAPER_ROLL]
    assert [ticket.number for ticket in torn] == [f"A-{n}" for n in range(FIRST, LAST + 1)]


def test_all_four_counters_had_a_part_in_it(raced: list[Event]) -> None:
    assert {event.counter for event in raced if event.kind is Kind.CALLED} == set(SQUAD)
