import json
import re
import sys
import tomllib
from pathlib import Path

import pytest

from start import environment
from start.environment import Environment, broken
from start.locks import names
from start.progress import SetupError

ROOT = Path(__file__).parent.parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    """An environment as a finished set-up of the programs leaves it; pip is not really run."""
    for lock in LOCKS:
        (tmp_path / lock).write_text(f"# {lock}")
    environment = Environment(tmp_path)
    monkeypatch.setattr(Environment, "_create", create)
    monkeypatch.setattr(Environment, "_install", lambda _self, _locks: None)
    environment.make_ready(LOCKS[:1])
    return environment


def create(environment: Environment) -> None:
    environment.python.parent.mkdir(parents=True, exist_ok=True)
    if not environment.python.exists():
        environment.python.symlink_to(sys.executable)


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_finished_set_up_is_known(made: Environment) -> None:
    assert made.is_ready(LOCKS[:1])


def test_what_tests_need_is_a_further_step(made: Environment) -> None:
    assert not made.is_ready(LOCKS)


def test_a_further_step_keeps_the_first(made: Environment) -> None:
    made.make_ready(LOCKS[1:])
    assert made.is_ready(LOCKS)


def test_a_changed_lock_asks_for_set_up(made: Environment) -> None:
    (made.root / LOCKS[0]).write_text("# newer")
    assert not made.is_ready(LOCKS[:1])


def test_a_folder_moved_elsewhere_is_made_anew(made: Environment) -> None:
    moved = made.root.rename(made.root.with_name("moved"))
    assert not Environment(moved).is_ready(LOCKS[:1])


def test_another_python_behind_it_asks_for_set_up(made: Environment, tmp_path: Path) -> None:
    (tmp_path / "python3.99").touch()
    made.python.unlink()
    made.python.symlink_to(tmp_path / "python3.99")
    assert not made.is_ready(LOCKS[:1])


def test_a_folder_that_says_nothing_is_unfinished(made: Environment) -> None:
    (made.folder / "antre-setup.json").write_text("{")
    assert not made.is_ready(LOCKS[:1])


def test_an_interrupted_set_up_is_unfinished_until_the_next(made: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Environment, "_install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            made.make_ready(LOCKS)
    assert not made.is_ready(LOCKS[:1])
    made.make_ready(LOCKS)
    assert made.is_ready(LOCKS)


def test_no_package_stands_in_two_locks() -> None:
    # Each lock is installed by a pip of its own, at the same time as the other.
    programs, tests = ({line.partition("==")[0] for line in _pinned(ROOT / lock)} for lock in LOCKS)
    assert programs
    assert tests
    assert programs.isdisjoint(tests)


def _pinned(lock: Path) -> list[str]:
    return [line for line in lock.read_text().splitlines() if re.match(r"[\w.-]+==", line)]


def test_nothing_is_done_when_another_set_up_has_done_it(made: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Environment, "_install", interrupted)
    made.make_ready(LOCKS[:1])
    assert made.is_ready(LOCKS[:1])


def test_two_set_ups_wait_for_each_other(
    made: Environment, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment, "PATIENCE_SECONDS", 0)
    with environment._alone(made.root / ".venv.lock"), pytest.raises(SetupError, match="other set-up"):
        made.make_ready(LOCKS)
    assert "waiting for it" in capsys.readouterr().err
    made.make_ready(LOCKS)


def test_who_may_not_write_the_folder_is_told_who_may(made: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(SetupError, match="folder's owner"):
        made.make_ready(LOCKS)


class SitePackages:
    """A folder of packages as pip leaves it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def install(self, name: str) -> Path:
        info = self.folder / f"{name}-1.0.dist-info"
        info.mkdir()
        (self.folder / f"{name}.py").write_text("x = 1\n")
        (self.folder / f"{name}.pyc").write_text("made anew by Python")
        (info / "RECORD").write_text(f"{name}.py,sha256=abc,6\n{name}.pyc,sha256=abc,99\n{info.name}/RECORD,,\n")
        return info


@pytest.fixture
def site_packages(tmp_path: Path) -> SitePackages:
    return SitePackages(tmp_path)


def test_whole_packages_are_left_alone(site_packages: SitePackages) -> None:
    info = site_packages.install("qrcode")
    assert broken(site_packages.folder) == []
    assert info.exists()


def test_a_package_without_a_record_is_broken(site_packages: SitePackages) -> None:
    info = site_packages.install("qrcode")
    (info / "RECORD").unlink()
    assert broken(site_packages.folder) == ["qrcode-1.0"]
    assert not info.exists()


def test_a_package_that_lost_a_file_is_broken(site_packages: SitePackages) -> None:
    site_packages.install("qrcode")
    (site_packages.folder / "qrcode.py").unlink()
    assert broken(site_packages.folder) == ["qrcode-1.0"]


def test_a_package_with_half_a_file_is_broken(site_packages: SitePackages) -> None:
    site_packages.install("qrcode")
    (site_packages.folder / "qrcode.py").write_text("x")
    assert broken(site_packages.folder) == ["qrcode-1.0"]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_its_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text()
    entries = [entry for entry in text.replace("\\\n", " ").splitlines() if entry and not entry.startswith("#")]
    assert len(entries) == len(names(text)) > 20
    assert all("--hash=sha256:" in entry for entry in entries)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_registry(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert "index" not in text


def test_every_package_the_project_asks_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    locked = {name for lock in LOCKS for name in names((ROOT / lock).read_text())}
    assert {name_of(line) for line in asked} <= locked


def name_of(requirement: str) -> str:
    return re.split(r"[^\w-]", requirement, maxsplit=1)[0].lower()


def test_the_marker_is_plain_json(made: Environment) -> None:
    assert json.loads((made.folder / "antre-setup.json").read_text())["folder"] == str(made.folder)
