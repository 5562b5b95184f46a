import configparser
import importlib.util
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QProcess

import build_installer
from counter.help import ring
from display.film.film import PLAYER
from shared import __version__
from start import deb, installed, packages, verbs
from start.installed import PROGRAMS, command_line

ROOT = Path(__file__).parent.parent

NEEDS = {
    "libpython3.11.so.1.0": frozenset({"libc.so.6"}),
    "libglib-2.0.so.0": frozenset({"libpcre2-8.so.0"}),
    "libpcre2-8.so.0": frozenset[str](),
    "libsqlite3.so.0": frozenset({"libz.so.1"}),
    "libz.so.1": frozenset[str](),
    "libstdc++.so.6": frozenset({"libgcc_s.so.1"}),
    "libgcc_s.so.1": frozenset[str](),
    "PySide6/QtGui.abi3.so": frozenset({"libQt6Gui.so.6", "libstdc++.so.6"}),
    "PySide6/Qt/lib/libQt6Gui.so.6": frozenset({"libQt6Core.so.6", "libglib-2.0.so.0"}),
    "PySide6/Qt/lib/libQt6Core.so.6": frozenset({"libz.so.1"}),
    "PySide6/Qt/lib/libQt6Pdf.so.6": frozenset({"libQt6Core.so.6"}),
    "python3.11/lib-dynload/_sqlite3.so": frozenset({"libsqlite3.so.0"}),
    "uvloop/loop.so": frozenset({"libstdc++.so.6"}),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A built folder in small."""
    folder = tmp_path / "antre"
    (folder / "_internal/config").mkdir(parents=True)
    (folder / "_internal/config/small.toml").write_text("# bawaan\n")
    (folder / "antre").write_text("program")
    build_installer.name_programs(folder)
    return folder


@pytest.mark.parametrize(
    ("program", "became"),
    [("antre", ["x"]), ("antre-hub", ["hub", "x"]), ("antre-display", ["display", "x"]), ("renamed", ["x"])],
)
def test_a_program_is_the_verb_of_its_name(program: str, became: list[str]) -> None:
    assert command_line(program, ["x"]) == became


def test_what_is_imported_by_name_is_there() -> None:
    ours = [name for name in build_installer.HIDDEN if not name.startswith("pyttsx3")]
    assert [name for name in ours if importlib.util.find_spec(name) is None] == []


def test_every_verb_that_is_installed_brings_its_module() -> None:
    modules = {verb.module for name, verb in verbs.VERBS.items() if verb.module and name not in {"demo", "bench"}}
    hidden = set(build_installer.HIDDEN)
    assert [module for module in modules if not hidden & {module, f"{module}.__main__"}] == []


def test_what_is_carried_is_there() -> None:
    assert [place for place in build_installer.CARRIED if not (ROOT / place).is_dir()] == []


def test_of_qt_goes_what_nothing_is_linked_to() -> None:
    gone = build_installer.superfluous(NEEDS)
    assert {place for place in gone if "/" in place} == {"PySide6/Qt/lib/libQt6Pdf.so.6"}


def test_the_systems_libraries_stay_only_for_python() -> None:
    gone = {place for place in build_installer.superfluous(NEEDS) if "/" not in place}
    assert gone == {"libglib-2.0.so.0", "libpcre2-8.so.0", "libstdc++.so.6", "libgcc_s.so.1"}


def test_of_other_languages_nothing_stays(tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.dat" for name in ("root", "id", "en", "en_GB", "ru")]
    gone = build_installer.foreign(files, kept={"root", "id", "en"})
    assert [file.name for file in gone] == ["en_GB.dat", "ru.dat"]


def test_all_programs_are_one_file(folder: Path) -> None:
    assert len({(folder / name).stat().st_ino for name in PROGRAMS}) == 1


def test_programs_are_counted_once(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(bytes(3_000_000))
    (tmp_path / "two").hardlink_to(tmp_path / "one")
    assert build_installer.megabytes(tmp_path) == "3 MB"


def test_without_pyinstaller_one_command_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build_installer, "ROOT", tmp_path)
    assert build_installer.main(["--out", str(tmp_path), "--no-deb"]) == 1
    assert "python3 run.py setup --tests" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="packages for Debian are made on Linux")
def test_without_dpkg_the_folder_is_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert build_installer.main(["--out", str(tmp_path)]) == 1
    assert "dpkg-deb is missing here" in capsys.readouterr().err


def test_the_package_stands_on_what_set_up_brings() -> None:
    wanted = {want.debian.replace("|", " | ") for want in (*packages.QT, *packages.SCREEN)}
    assert wanted <= set(deb.depends())


def test_the_package_has_the_projects_version() -> None:
    assert f"\nVersion: {__version__}\n" in deb.control("amd64", 1)


def test_the_site_file_is_the_persons_own(folder: Path, tmp_path: Path) -> None:
    deb.lay_out(folder, tmp_path / "stage")
    assert (tmp_path / "stage" / deb.SITE).read_text() == "# bawaan\n"
    assert not (tmp_path / "stage" / deb.SITE).is_symlink()


def test_every_program_is_a_command(folder: Path, tmp_path: Path) -> None:
    deb.lay_out(folder, tmp_path / "stage")
    for name in PROGRAMS:
        assert (tmp_path / "stage/usr/bin" / name).readlink() == Path("/opt/antre") / name


@pytest.mark.parametrize("name", list(deb._SCRIPTS))
def test_the_packages_scripts_are_shell(name: str) -> None:
    subprocess.run(["sh", "-n"], input=deb._SCRIPTS[name], text=True, check=True)


def test_the_tone_of_a_call_for_help_is_started_as_from_a_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(QProcess, "setArguments", lambda _, arguments: asked.append(arguments))
    monkeypatch.setattr(QProcess, "startDetached", lambda _: True)
    ring()
    monkeypatch.setitem(sys.modules, installed.TONE, SimpleNamespace(main=lambda: 44))
    monkeypatch.setattr(sys, "argv", ["antre-counter", *asked[0]])
    assert installed.main() == 44


def test_a_film_is_played_by_a_program_of_its_own_as_from_a_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, installed.FILM, SimpleNamespace(main=lambda: 45))
    monkeypatch.setattr(sys, "argv", ["antre-display", "-m", PLAYER])
    assert installed.main() == 45
    assert installed.FILM in build_installer.HIDDEN


def test_menu_entries_start_programs_that_are_there() -> None:
    started = [text.split("\nExec=/opt/antre/")[1].split("\n")[0] for text in deb.desktop_entries().values()]
    assert set(started) == {"antre-kiosk --watched", "antre-counter", "antre-display --watched"}


@pytest.mark.parametrize("room", ["kiosk", "display"])
def test_what_nobody_sits_at_is_watched_however_it_is_started(room: str) -> None:
    entries = {**deb.desktop_entries(), **deb.autostart_entries(), **deb.session_entries()}
    started = [
        text.split("\nExec=")[1].split("\n")[0] for place, text in entries.items() if place.endswith(f"-{room}.desktop")
    ]
    assert started == [f"/opt/antre/antre-{room} --watched"] * 3
    assert verbs.behind(room, ["--watched"])[0] in build_installer.HIDDEN


def test_the_officers_app_is_started_again_when_it_falls() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.read_string(deb.autostart_entries()[f"{deb.AUTOSTART}/antre-counter.desktop"])
    command = shlex.split(entry["Desktop Entry"]["Exec"])
    assert (command[:2], len(command), entry["Desktop Entry"]["Type"]) == (["sh", "-c"], 3, "Application")
    program = "/opt/antre/antre-counter"
    fallen_twice = f"n=0; falls() {{ n=$((n + 1)); test $n = 3; }}; sleep() {{ :; }}; {command[2]}; echo $n"
    told = subprocess.run(["sh", "-c", fallen_twice.replace(program, "falls")], capture_output=True, check=True)
    assert (program in command[2], told.stdout) == (True, b"3\n")


def test_an_entry_has_a_picture_that_is_shipped() -> None:
    pictures = {text.split("\nIcon=/opt/antre/_internal/")[1].split("\n")[0] for text in deb.desktop_entries().values()}
    assert pictures == {"assets/logos/antre.png"}
    assert all((ROOT / picture).is_file() for picture in pictures)


def test_pyinstaller_comes_with_the_tools() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert any(line.startswith("pyinstaller") for line in project["dependency-groups"]["dev"])
