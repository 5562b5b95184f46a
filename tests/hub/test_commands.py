"""`antre staff`, `antre pair` and `antre bookings`, asked of real hubs."""

import io
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hub import bookings_command, pair_command, staff_command, technician_command
from hub.lock import HOLDER_NAME, end_holder
from hub.own_client import OwnHub
from hub.terminal import STEPS
from hub.vault import KEY_NAME
from shared.access_wire import StaffList
from shared.technician_pin import is_pin
from shared.trouble import KINDS, Trouble
from tests.hub.running import RunningHub, printing_site
from tests.hub.secured import SecuredHub, start_secured
from tests.hub.small_hall import WITA


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecuredHub]:
    folder = tmp_path_factory.mktemp("commands")
    with start_secured(folder / "data", "--always-open", site=printing_site(folder)) as hub:
        yield hub


class Terminal:
    """A person at the hub's PC."""

    def __init__(self, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._data, self._monkeypatch, self._capsys = data, monkeypatch, capsys

    def staff(self, *arguments: str, pin: str = "") -> tuple[int, str]:
        if pin:
            self._monkeypatch.setattr("sys.stdin", io.StringIO(f"{pin}\n"))
            arguments = (*arguments, "--pin-stdin")
        return self._ended(staff_command.main([*arguments, "--data", str(self._data)]))

    def technician_pin(self, pin: str) -> tuple[int, str]:
        self._monkeypatch.setattr("sys.stdin", io.StringIO(f"{pin}\n"))
        return self._ended(technician_command.main(["--pin-stdin", "--data", str(self._data)]))

    def pair(self, *arguments: str) -> tuple[int, str]:
        return self._ended(pair_command.main([*arguments, "--data", str(self._data)]))

    def bookings(self, *arguments: str) -> tuple[int, str]:
        return self._ended(bookings_command.main([*arguments, "--data", str(self._data)]))

    def _ended(self, status: int) -> tuple[int, str]:
        said = self._capsys.readouterr()
        return status, (said.out or said.err).strip()


@pytest.fixture
def terminal(secured: SecuredHub, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(secured.data, monkeypatch, capsys)


def test_somebody_is_added_who_can_sign_in(terminal: Terminal, secured: SecuredHub) -> None:
    status, said = terminal.staff("add", "Siti Aminah", pin="4711")
    number = int(said.split()[0])
    assert (status, said) == (0, f"{number}  Siti Aminah, petugas")
    counter = secured.pair("counter", "loket-1")
    assert secured.enter(counter, "loket-1", number, pin="4711").status_code == 200


def test_somebody_is_changed_by_name_or_number(terminal: Terminal) -> None:
    number = terminal.staff("add", "Budi", "--role", "supervisor", pin="4711")[1].split()[0]
    assert terminal.staff("role", "budi", "administrator")[1] == f"{number}  Budi, administrator"
    assert terminal.staff("pin", number, pin="4712")[0] == 0
    assert terminal.staff("disable", "Budi")[0] == 0
    assert f"{number}  Budi, administrator  (sudah dikeluarkan)" in terminal.staff("list")[1]
    assert terminal.staff("disable", "Budi")[0] == 1


@pytest.mark.parametrize("pin", ["12", "abcd", "123456789"])
def test_a_pin_that_is_none_is_refused_and_not_repeated(terminal: Terminal, pin: str) -> None:
    status, said = terminal.staff("add", "Wati", pin=pin)
    assert (status, said) == (1, "PIN terdiri atas 4 sampai 8 angka. Pilih PIN lain, lalu jalankan perintah itu lagi.")
    assert "Wati" not in terminal.staff("list")[1]


def test_a_pin_is_typed_twice_unseen(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["12", "1234", "1235", "1234", "1234"])
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    assert terminal.staff("add", "Rina")[0] == 0
    assert list(typed) == []


def test_a_pin_is_asked_for_three_times(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["", "12", "1234", "1235"])
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    status, said = terminal.staff("add", "Rani")
    assert (status, said.splitlines()) == (
        1,
        [
            "PIN terdiri atas 4 sampai 8 angka.",
            "PIN terdiri atas 4 sampai 8 angka.",
            "Kedua PIN berbeda. Jalankan perintah itu lagi, dan ketik PIN yang sama dua kali.",
        ],
    )


def test_who_cannot_type_is_told_what_a_pin_is(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(_: str) -> str:
        raise EOFError

    monkeypatch.setattr("getpass.getpass", ended)
    assert terminal.staff("add", "Rani")[0] == 1


def test_a_name_is_looked_at_before_the_pin_is_asked_for(terminal: Terminal) -> None:
    status, said = terminal.staff("add", " ")
    assert (status, "nama terdiri atas 1 sampai 60 huruf" in said) == (1, True)


def test_the_next_step_is_one_for_a_terminal(terminal: Terminal) -> None:
    assert terminal.staff("role", "Nobody", "officer")[1].endswith(
        "antre staff list untuk melihat semua nama dan nomornya."
    )
    assert terminal.pair("kiosk", "kios-9")[1].endswith("Jalankan antre pair untuk melihat semua perangkat.")
    assert set(STEPS) <= set(KINDS)


def test_a_code_pairs_its_device(terminal: Terminal, secured: SecuredHub) -> None:
    status, said = terminal.pair("kiosk", "kios-1")
    assert status == 0
    assert secured.ask_for_key("kiosk", "kios-1", said.split()[-1]).status_code == 200
    listed = terminal.pair()[1].splitlines()
    assert [line.split()[2] != "belum" for line in listed if line.startswith("kiosk kios-1 ")] == [True]
    assert "display tv-1" in terminal.pair()[1]
    assert terminal.pair("--end", "kiosk", "kios-1") == (0, "Kunci kios kios-1 tidak berlaku lagi.")
    assert terminal.pair("--end", "kiosk", "kios-1") == (0, "Kios kios-1 tidak punya kunci.")


def test_a_device_that_the_hall_does_not_have(terminal: Terminal) -> None:
    status, said = terminal.pair("kiosk", "kios-9")
    assert (status, "kiosk/kios-9" in said) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "example", "ids"),
    [
        (["kiosk"], "antre pair kiosk kios-1.", "Yang ada: kios-1."),
        (["counter"], "antre pair counter loket-1.", "Yang ada: loket-1, loket-2."),
        (["--end"], "antre pair --end kiosk kios-1.", "kiosk kios-1, display tv-1, counter loket-1, counter loket-2."),
    ],
)
def test_which_device_is_asked_with_an_example_and_all_there_are(
    terminal: Terminal, arguments: list[str], example: str, ids: str
) -> None:
    status, said = terminal.pair(*arguments)
    assert (status, example in said, ids in said) == (2, True, True), said


def test_another_kind_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        pair_command.main(["printer", "p-1"])
    assert "'kiosk', 'counter', 'display'" in capsys.readouterr().err


def test_an_open_hub_has_a_list_of_staff_too_and_no_codes(
    hub: RunningHub, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = Terminal(hub.data, monkeypatch, capsys)
    assert terminal.staff("list") == (0, "Daftar petugas masih kosong.")
    assert terminal.staff("add", "Siti", pin="1234")[0] == 0
    status, said = terminal.pair("kiosk", "kios-1")
    assert (status, "tidak ada yang perlu dipasangkan" in said) == (1, True)


TOMORROW = datetime.now(WITA) + timedelta(days=1)
HEAD = "kode;layanan;tanggal;jam\r\n"


def a_list(folder: Path, *rows: str, encoding: str = "utf-8") -> str:
    """A file of bookings for tomorrow at nine."""
    file = folder / "janji.csv"
    file.write_bytes((HEAD + "".join(f"{row};{TOMORROW:%d/%m/%Y};09.00\r\n" for row in rows)).encode(encoding))
    return str(file)


def test_a_list_is_imported_once(terminal: Terminal, tmp_path: Path) -> None:
    file = a_list(tmp_path, "IMPOR1;umum-surat")
    assert terminal.bookings("import", file, "--dry-run")[1] == (
        "Berkas ini benar: 1 janji temu baru, 0 sudah tercatat. Belum ada yang dicatat."
    )
    assert terminal.bookings("import", file) == (0, "1 janji temu dicatat, 0 sudah tercatat sebelumnya.")
    assert terminal.bookings("import", file) == (0, "0 janji temu dicatat, 1 sudah tercatat sebelumnya.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_list_is_read_however_it_is_encoded(terminal: Terminal, tmp_path: Path, encoding: str) -> None:
    file = a_list(tmp_path, "SANDI1;Surat “umum”", encoding=encoding)
    assert f"{file}:2: Layanan 'Surat “umum”' tidak ada di gedung ini." in terminal.bookings("import", file)[1]


def test_a_workbook_is_told_from_a_list(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "janji.xlsx"
    file.write_bytes(b"PK\x03\x04\x14\x00\x06\x00")
    status, said = terminal.bookings("import", str(file))
    assert (status, "adalah buku kerja Excel, bukan CSV" in said) == (1, True)


def test_a_list_with_faults_is_told_line_by_line(terminal: Terminal, tmp_path: Path) -> None:
    file = a_list(tmp_path, "BAIK1;umum-surat", "SALAH2;umum-srat", "SALAH3;")
    status, said = terminal.bookings("import", file, "--language", "en")
    first, second, last = said.splitlines()
    assert (status, first) == (1, f"{file}:3: There is no service 'umum-srat' in this hall. Did you mean 'umum-surat'?")
    assert second.startswith(f"{file}:4: The service is missing. ")
    assert last.startswith("The list of appointments is not right yet: 2 errors. Nothing was recorded.")
    assert "BAIK1" not in terminal.bookings("list", "--day", f"{TOMORROW:%d/%m/%Y}")[1]


def test_one_is_made_listed_and_cancelled(terminal: Terminal) -> None:
    moment = f"{TOMORROW:%d/%m/%Y} 10.30"
    status, said = terminal.bookings("new", "umum-surat", moment, "--priority")
    code = said.split()[1].rstrip(":")
    assert (status, said) == (0, f"Kode {code}: umum-surat, {moment} WITA.")
    day = ("list", "--day", f"{TOMORROW:%Y-%m-%d}")
    assert f"10.30  {code}" in terminal.bookings(*day)[1]
    assert terminal.bookings("cancel", code.lower()) == (0, f"Janji temu {code} dibatalkan.")
    [line] = [line for line in terminal.bookings(*day)[1].splitlines() if code in line]
    assert line.split()[2:] == ["umum-surat", "(prioritas)", "dibatalkan"]
    assert terminal.bookings("list", "--day", "2020-01-01") == (0, "Tidak ada janji temu pada hari itu.")


def test_a_kiosk_checks_in_as_itself_and_an_officer_as_an_officer(terminal: Terminal, secured: SecuredHub) -> None:
    kiosk, counter = secured.pair("kiosk", "kios-1"), secured.pair("counter", "loket-1")
    officer = secured.sign_in(counter, "loket-1", secured.add_staff("Rani"))
    soon = (datetime.now(WITA) + timedelta(seconds=30)).strftime("%Y-%m-%dT%H:%M:%S+08:00")
    for code in ("MESIN1", "LOKET1"):
        assert terminal.bookings("new", "umum-surat", soon, "--code", code)[0] == 0
    assert secured.ask(kiosk, "/api/check-in", {"code": "MESIN1", "kiosk": "kios-2"}).status_code == 403
    by_kiosk = secured.ask(kiosk, "/api/check-in", {"code": "MESIN1"}).json()
    by_officer = secured.ask(officer, "/api/check-in", {"code": "LOKET1", "kiosk": "kios-1"}).json()
    assert [(one["kiosk"], one["origin"]) for one in (by_kiosk, by_officer)] == [("kios-1", "kiosk"), ("", "counter")]


def test_another_system_gets_a_key_that_ends(terminal: Terminal, secured: SecuredHub) -> None:
    key = {"Authorization": f"Bearer {terminal.bookings('key', 'simpel-mpp')[1].split()[-1]}"}
    wanted = {"code": "SISTEM1", "service": "umum-surat", "at": TOMORROW.isoformat()}
    assert secured.ask(key, "/api/bookings", wanted).status_code == 201
    assert terminal.bookings("key")[1].startswith("simpel-mpp ")
    assert "simpel" not in terminal.pair()[1]
    assert terminal.bookings("key", "simpel-mpp", "--end") == (0, "Kunci simpel-mpp tidak berlaku lagi.")
    assert terminal.bookings("key", "simpel-mpp", "--end") == (0, "simpel-mpp tidak punya kunci.")
    assert secured.ask(key, "/api/bookings", wanted).status_code == 401
    assert terminal.bookings("key", "Nama Saya")[0] == 1


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["new", "umum-srat", "23/11/2026 08.30"], "Maksudnya 'umum-surat'? Jalankan lagi"),
        (["new", "umum-surat", "besok"], "Waktu 'besok' tidak dapat dibaca."),
        (["new", "umum-surat", "23/11/2026 08.30", "--code", "A"], "Kode 'A' tidak dapat dipakai."),
        (["list", "--day", "kemarin"], "Tanggal 'kemarin' tidak dapat dibaca."),
        (["cancel", "TIDAKADA"], "Jalankan antre bookings list"),
        (["cancel", "?"], "Jalankan antre bookings list"),
        (["import", "/no/such/file.csv"], "Berkas /no/such/file.csv tidak ada."),
    ],
)
def test_what_cannot_be_of_a_booking_is_said(terminal: Terminal, arguments: list[str], what: str) -> None:
    status, said = terminal.bookings(*arguments)
    assert (status, what in said) == (1, True), said


def test_without_a_hub_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said = Terminal(tmp_path, monkeypatch, capsys).staff("list")
    assert (status, str(tmp_path) in said) == (1, True)


def test_another_hub_at_that_port_is_not_told_the_key(secured: SecuredHub, tmp_path: Path) -> None:
    with start_secured(tmp_path / "other") as other:
        end_holder(other.data)  # as `antre hub --stop` does
        assert other.process.wait(1) == 0
    address = secured.address.replace('"', "")
    (tmp_path / "other" / HOLDER_NAME).write_text(f'{{"address": "{address}"}}', encoding="utf-8")
    assert (tmp_path / "other" / KEY_NAME).exists()
    with pytest.raises(Trouble) as refused:
        OwnHub(tmp_path / "other").get("/api/staff", StaffList)
    assert refused.value.code == "no_hub_here"


def test_a_kiosk_gets_what_it_checks_the_technicians_pin_by_and_nobody_the_pin(
    terminal: Terminal, secured: SecuredHub
) -> None:
    kiosk = secured.pair("kiosk", "kios-1")
    path = "/api/devices/kiosk/kios-1/technician-pin"
    with secured.bare.stream("GET", path, headers=kiosk) as reply:
        assert reply.read() == b'{"check":""}'
    assert terminal.technician_pin("12")[0] == 1
    assert terminal.technician_pin("90817263") == (
        0,
        "PIN teknisi berlaku mulai sekarang di semua kios yang tersambung.",
    )
    with secured.bare.stream("GET", path, headers=kiosk) as reply:
        check = json.loads(reply.read())["check"]
    assert (is_pin(check, "90817263"), is_pin(check, "90817264")) == (True, False)
    kept = b"".join(file.read_bytes() for file in secured.data.rglob("*") if file.is_file())
    assert check.encode() in kept
    assert b"90817263" not in kept


def test_what_is_no_hash_is_nobodys_pin() -> None:
    assert not is_pin("", "1234")
