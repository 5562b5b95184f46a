"""What is acknowledged is on the disk: the hub's own system calls, in their order."""

from pathlib import Path

import pytest

from demo.play import wait_until
from demo.programs import Hall, Program
from hub.store import FILE_NAME
from shared.assets import CONFIG
from shared.wire import Ticket
from tests.needs import program
from tests.plays.crowd import crowds
from tests.plays.notes import Note
from tests.plays.trace import SYNCS, Call, as_traced, ended, read, too_early

LOG = f"/{FILE_NAME}-wal"
KIOSKS = ("kiosk-0", "kiosk-1", "kiosk-2")
TICKETS_EACH = "15"
CALLS = "20"
SERVICE, COUNTER = "disdukcapil-ktp", "loket-10"


def open_traced(hall: Hall, trace: Path, *module: str) -> Program:
    """Start the hub, its system calls written to `trace`, and wait for its address."""
    where = ("--site", str(hall.site), "--data", str(hall.folder / "hub"), "--listen", "127.0.0.1:0", "--always-open")
    hub = hall.start("hub", "tests.plays.traced", str(trace), *module, *where)
    wait_until(lambda: hub.said().startswith("http://") and "\n" in hub.said(), "the traced hub's address")
    hall.address = hub.said().splitlines()[0]
    return hub


def play(folder: Path, *module: str) -> tuple[list[Call], list[Note]]:
    """A few visitors and an officer at once; the hub's system calls, and the answers that were got."""
    program("strace")
    hall = Hall(folder, CONFIG / "paser.toml")
    trace = folder / "trace"
    try:
        hub = open_traced(hall, trace, *module)
        with crowds(hall, ["tests.plays.client", "tests.plays.client"]) as (kiosks, counters):
            for name in KIOSKS:
                kiosks.add(name, "kiosk", SERVICE, "--count", TICKETS_EACH)
            counters.add(COUNTER, "counter", COUNTER, "--count", CALLS)
            for crowd in (kiosks, counters):
                crowd.gather()
            for crowd in (kiosks, counters):
                crowd.say("go")
            for crowd in (kiosks, counters):
                crowd.finish()
        hub.process.terminate()
        wait_until(lambda: ended(trace, hub.process.pid), "the trace's end")
    finally:
        hall.close()
    return read(trace), [note for note in (*kiosks.notes, *counters.notes) if note.status != 204]


def asked(notes: list[Note]) -> list[list[str]]:
    """The body of each answer; with a taken ticket also its own row, in which kiosk and token stand side by side."""
    return [[note.answer, *(_row(note) if note.status == 201 else ())] for note in notes]


def _row(note: Note) -> list[str]:
    return [f"{note.client}{Ticket.model_validate_json(note.answer).token}"]


@pytest.fixture(scope="module")
def well(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Call], list[Note]]:
    return play(tmp_path_factory.mktemp("traced"), "hub")


def test_a_completed_sync_of_the_log_comes_before_each_acknowledged_answer(
    well: tuple[list[Call], list[Note]],
) -> None:
    calls, notes = well
    assert len(notes) > len(KIOSKS) * int(TICKETS_EACH)
    print(f"\n{sum(call.name in SYNCS and call.target.endswith(LOG) for call in calls)} syncs, {len(notes)} answers")
    assert too_early(calls, asked(notes), LOG) == []


def test_tickets_and_calls_are_among_the_answers_that_were_held(well: tuple[list[Call], list[Note]]) -> None:
    _, notes = well
    assert {note.path.rpartition("/")[2] for note in notes} >= {"tickets", "next", "serve", "finish"}


@pytest.mark.parametrize("level", ["NORMAL", "OFF"])
def test_a_hub_with_a_weaker_setting_is_caught(tmp_path: Path, level: str) -> None:
    calls, notes = play(tmp_path, "tests.plays.weak_hub", level)
    early = len(too_early(calls, asked(notes), LOG))
    print(f"\n{level}: {early} of {len(notes)} answers too early")
    assert early == len(notes)


WRITE = '7 pwrite64(3</d/antre.db-wal>, "xx{\\"id\\":1}yy", 9, 0) = 9'
SYNC = "7 fdatasync(3</d/antre.db-wal>) = 0"
BARE_HEAD = '5 write(9<socket:[1]>, "HTTP/1.1 201 Created\\r\\n\\r\\n", 30) = 30'
ANSWER = '5 write(9<socket:[1]>, "HTTP/1.1 201 Created\\r\\n\\r\\n{\\"id\\":1}", 40) = 40'


@pytest.mark.parametrize(
    ("lines", "early"),
    [
        ((WRITE, SYNC, ANSWER), False),
        ((WRITE, ANSWER, SYNC), True),
        ((SYNC, WRITE, ANSWER), True),
        ((SYNC, ANSWER), True),
        ((WRITE, SYNC.replace("= 0", "= -1 EIO (Input/output error)"), ANSWER), True),
        ((WRITE, SYNC.replace("-wal", ""), ANSWER), True),
        ((WRITE, SYNC[:-5] + " <unfinished ...>", ANSWER, "7 <... fdatasync resumed>) = 0"), True),
        ((WRITE, SYNC[:-5] + " <unfinished ...>", "7 <... fdatasync resumed>) = 0", ANSWER), False),
        ((WRITE[:-5] + " <unfinished ...>", SYNC, "7 <... pwrite64 resumed>) = 9", ANSWER), True),
        ((BARE_HEAD, WRITE, SYNC, ANSWER.replace("HTTP/1.1 201 Created", "")), True),
    ],
)
def test_the_order_in_a_trace_is_judged(tmp_path: Path, lines: tuple[str, ...], early: bool) -> None:
    trace = tmp_path / "trace"
    trace.write_text("\n".join(lines))
    assert bool(too_early(read(trace), [['{"id":1}']], LOG)) is early


@pytest.mark.parametrize("line", ["4424  +++ exited with 0 +++", "14424 +++ exited with 0 +++"])
def test_the_end_of_a_process_is_found_whatever_its_number(tmp_path: Path, line: str) -> None:
    trace = tmp_path / "trace"
    trace.write_text(f"{SYNC}\n{line}\n")
    assert ended(trace, int(line.split(maxsplit=1)[0]))
    assert not ended(trace, 424)


def test_what_strace_would_write_otherwise_is_refused() -> None:
    with pytest.raises(ValueError, match="é"):
        as_traced("é")
