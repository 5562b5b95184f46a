"""`antre staff` and `antre pair`, asked of real hubs."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub import pair_command, staff_command
from hub.lock import HOLDER_NAME, end_holder
from hub.own_client import OwnHub
from hub.terminal import STEPS
from hub.vault import KEY_NAME
from shared.access_wire import StaffList
from shared.trouble import KINDS, Trouble
from tests.hub.running import RunningHub
from tests.hub.secured import SecuredHub, start_secured


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecuredHub]:
    with start_secured(tmp_path_factory.mktemp("commands") / "data") as hub:
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

    def pair(self, *arguments: str) -> tuple[int, str]:
        return self._ended(pair_command.main([*arguments, "--data", str(self._data)]))

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
    assert terminal.pair("--end", "kiosk", "kios-1") == (0, "Kunci kiosk kios-1 tidak berlaku lagi.")
    assert terminal.pair("--end", "kiosk", "kios-1") == (0, "kiosk kios-1 tidak punya kunci.")


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
