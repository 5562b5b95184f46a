"""The .deb on a Debian 12 that holds nothing else: built, installed by apt, every program started, removed."""

import json
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest

from start.installed import PROGRAMS
from tests.needs import program, root
from tests.proofs.debian import Debian

REPOSITORY = Path(__file__).parent.parent.parent
HALL_WIDE_S = 60.0
Found = TypeVar("Found")

# Of the accounts' files the tools keep the state before the last change beside them (shadow(5), FILES). They come with
# the first group or user any package makes, as Debian policy 9.2.2 has them made, and belong to no package.
_BACKUPS = {f"etc/{name}-" for name in ("passwd", "group", "shadow", "gshadow")}

_TOOLS = ("desktop-file-utils",)
"""What the proof itself asks."""

_DAY = """
export QT_QPA_PLATFORM=offscreen
antre-hub --site /etc/antre/site.toml --data /var/lib/antre --listen 127.0.0.1:0 > /srv/hub.out &
until [ -s /srv/hub.out ]; do sleep 0.1; done
hub="--hub $(head -n 1 /srv/hub.out)"
antre-kiosk --watched $hub --data /srv/kiosk --drive /srv/kiosk.sock --windowed 1280x720 --printer file:/srv/paper &
antre-counter $hub --data /srv/counter --drive /srv/counter.sock --windowed 1280x720 --id "$0" &
antre-display $hub --data /srv/display --drive /srv/display.sock --windowed 1280x720 &
wait
"""


class Machine(Debian):
    """The bare machine with the built package on it."""

    def day(self, counter: str) -> "subprocess.Popen[bytes]":
        """Start hub, kiosk, counter and display on it; they end with the process that is the answer."""
        return self.start("sh", "-c", _DAY, counter)


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    root()
    for needed in ("debootstrap", "dpkg-deb", "objdump"):
        program(needed)
    with tempfile.TemporaryDirectory(prefix="antre-deb-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        started = time.monotonic()
        built = subprocess.run(
            [sys.executable, REPOSITORY / "build_installer.py", "--out", folder / "out"],
            check=True, stdout=subprocess.PIPE, text=True, timeout=1800,
        )  # fmt: skip
        print(f"\n{built.stdout}built in {time.monotonic() - started:.0f} s")
        machine = Machine(folder / "d")
        machine.make()
        shutil.copy(next((folder / "out").glob("*.deb")), machine.folder / "root/antre.deb")
        yield machine


@pytest.fixture(scope="module")
def before(machine: Machine) -> set[str]:
    """What stood on the machine before our package, but with those it stands on."""
    assert machine.run("apt-get", "update").returncode == 0
    wanted = machine.run("dpkg-deb", "-f", "/root/antre.deb", "Depends").stdout
    names = [part.split("|")[0].split("(")[0].strip() for part in wanted.split(",")]
    assert machine.run("apt-get", "install", "-y", "--no-install-recommends", *names, *_TOOLS).returncode == 0
    return files(machine)


def files(machine: Machine) -> set[str]:
    """All files of the machine but those that apt, dpkg and our own watching write."""
    places = ("var/lib/dpkg", "var/cache", "var/log", "var/lib/apt", "srv", "root", "tmp", "proc", "sys", "dev", "run")
    listed = subprocess.run(["find", ".", "-mindepth", "1"], cwd=machine.folder, capture_output=True, check=True)
    found = {name.removeprefix("./") for name in listed.stdout.decode().splitlines()}
    return {name for name in found if not name.startswith(places)}


def wait_for(fact: Callable[[], Found], what: str) -> Found:
    """The first true answer within a minute."""
    end = time.monotonic() + HALL_WIDE_S
    while time.monotonic() < end:
        try:
            if answer := fact():
                return answer
        except (OSError, urllib.error.URLError, ValueError):
            pass
        time.sleep(0.2)
    pytest.fail(f"not within {HALL_WIDE_S:.0f} s: {what}")


def get(address: str, path: str) -> Any:  # noqa: ANN401  -- JSON
    with urllib.request.urlopen(f"{address}{path}", timeout=3) as reply:  # noqa: S310  -- the hub's own address
        return json.load(reply)


def drive(machine: Machine, room: str, **order: str) -> dict[str, Any]:
    """Do what a person would at one of the windows."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(5)
        line.connect(str(machine.folder / f"srv/{room}.sock"))
        line.sendall(json.dumps(order).encode() + b"\n")
        with line.makefile("rb") as answers:
            answer: dict[str, Any] = json.loads(answers.readline())
            return answer


def alive(address: str) -> set[str]:
    return {str(device["kind"]) for device in get(address, "/api/health")["devices"] if device["alive"]}


def test_1_apt_installs_it(machine: Machine, before: set[str]) -> None:
    started = time.monotonic()
    assert "usr/bin/antre" not in before
    assert machine.run("apt-get", "install", "-y", "--no-install-recommends", "/root/antre.deb").returncode == 0
    print(f"installed in {time.monotonic() - started:.1f} s")


def test_1_it_is_of_a_group_that_may_write_the_halls_file(machine: Machine) -> None:
    told = machine.run("stat", "-c", "%G %a", "/etc/antre", "/etc/antre/site.toml", network=False)
    assert told.stdout == "antre 2775\nantre 664\n"


def test_1_the_desktop_understands_the_entries(machine: Machine) -> None:
    look = "desktop-file-validate /usr/share/applications/antre-*.desktop /usr/share/antre/autostart/*.desktop"
    look += " /usr/share/xsessions/antre-*.desktop"
    told = machine.run("sh", "-c", look, network=False)
    assert (told.returncode, told.stdout) == (0, "")


def test_2_every_program_tells_its_version(machine: Machine) -> None:
    for name in PROGRAMS:
        told = machine.run(name, "--version", network=False, QT_QPA_PLATFORM="offscreen")
        assert re.fullmatch(r"antre \d+\.\d+\.\d+\n", told.stdout), name


def test_3_check_reads_the_site_file(machine: Machine) -> None:
    assert machine.run("antre", "check", "/etc/antre/site.toml", network=False).returncode == 0


def test_4_what_is_not_installed_is_said(machine: Machine) -> None:
    told = machine.run("antre", "demo", network=False)
    assert (told.returncode, told.stdout) == (2, "'demo' is for a working copy of the source.\n")


def test_5_no_library_is_missing(machine: Machine) -> None:
    look = "find /opt/antre -name '*.so*' -type f -exec env LD_LIBRARY_PATH=/opt/antre/_internal ldd {} + 2>/dev/null"
    assert "not found" not in machine.run("sh", "-c", look).stdout


def test_6_a_ticket_is_pressed_printed_called_and_shown(machine: Machine) -> None:
    hall = machine.day("loket-1")
    try:
        said = machine.folder / "srv/hub.out"
        address = wait_for(lambda: said.read_text().split("\n")[0], "the hub's address")
        assert get(address, "/api/health")["database"] == "ok"
        wait_for(lambda: alive(address) >= {"kiosk", "counter", "display"}, "every device alive")
        agency = get(address, "/api/hall")["agencies"][0]
        wait_for(lambda: drive(machine, "kiosk", do="press", name=f"agency-{agency['id']}")["ok"], "the agencies")
        service = f"service-{agency['services'][0]['id']}"
        wait_for(lambda: drive(machine, "kiosk", do="press", name=service)["ok"], "the services")
        number = wait_for(lambda: drive(machine, "kiosk", do="read")["texts"].get("number"), "the number")
        paper = machine.folder / "srv/paper"
        wait_for(lambda: paper.exists() and paper.stat().st_size > 1000, "the paper")
        wait_for(lambda: drive(machine, "counter", do="press", name="next")["ok"], "the officer's button")
        shown = "called-number"
        wait_for(lambda: drive(machine, "display", do="read")["texts"].get(shown) == number, f"{number} on the TV")
        wait_for(lambda: list(machine.folder.glob("srv/display/voice/*.wav")), "the voice")
        print(f"{number}: {paper.stat().st_size} bytes of paper; {sorted(alive(address))}")
    finally:
        hall.kill()
        hall.wait(10)


def test_7_purged_it_leaves_nothing_but_the_data(machine: Machine, before: set[str]) -> None:
    told = machine.run("apt-get", "purge", "-y", "antre")
    assert told.returncode == 0
    assert "Data antrean tidak dihapus" in told.stdout
    left = files(machine) - before - _BACKUPS
    assert {name for name in left if not name.startswith("var/lib/antre")} == set()
    for base in ("passwd", "group", "gshadow"):
        assert "antre" not in (machine.folder / "etc" / base).read_text()
    assert any(name.endswith("/antre.db") for name in left)
