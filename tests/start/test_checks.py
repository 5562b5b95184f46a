import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from start import checks

PYTHON = Path("python")
STYLE = ["ruff check", "ruff format --check", "mypy"]


class Ran:
    """Stands in for the programs: notes which were run, and has one fail."""

    def __init__(self, failing: str) -> None:
        self.commands: list[list[str]] = []
        self._failing = failing

    def run(self, command: Sequence[str], **_: Any) -> subprocess.CompletedProcess[str]:  # noqa: ANN401  -- as subprocess
        check = [str(part) for part in command]
        self.commands.append(check[check.index("-m") + 1 :])
        fails = self._failing and self._failing in " ".join(self.commands[-1])
        return subprocess.CompletedProcess(command, returncode=int(bool(fails)), stdout=f"words of {check[-1]}\n")


def a_copy(root: Path, *, alone: str) -> Path:
    (root / "tests").mkdir()
    (root / "tests/test_voice.py").write_text(alone)
    (root / "tests/test_other.py").write_text("def test_it(): ...")
    return root


@pytest.mark.parametrize(
    ("failing", "failed"),
    [
        ("", []),
        ("ruff format", ["ruff format --check"]),
        ("mypy", ["mypy"]),
        ("pytest -m alone", ["pytest"]),
        ("pytest -m not alone", ["pytest"]),
    ],
)
def test_all_checks_run_also_after_one_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str, failed: list[str]
) -> None:
    ran = Ran(failing)
    monkeypatch.setattr(subprocess, "run", ran.run)
    assert checks.failed(PYTHON, a_copy(tmp_path, alone="pytestmark = pytest.mark.alone")) == failed
    assert sorted(command[0] for command in ran.commands) == ["mypy", "pytest", "pytest", "ruff", "ruff"]
    assert ran.commands[-1][:3] == ["pytest", "-m", "not alone"]


def test_words_of_style_and_types_are_told_in_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(subprocess, "run", Ran("").run)
    checks.failed(PYTHON, a_copy(tmp_path, alone="mark.alone"))
    said = capsys.readouterr().out
    places = [said.index(f"== {check}\nwords of {check.split()[-1]}\n") for check in STYLE]
    assert places == sorted(places)


def test_only_files_with_tests_that_listen_are_read_for_them(tmp_path: Path) -> None:
    root = a_copy(tmp_path, alone="@pytest.mark.alone\ndef test_it(): ...")
    assert checks.listening(root / "tests") == [str(root / "tests/test_voice.py")]
