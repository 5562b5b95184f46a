import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import run

ROOT = Path(__file__).parent.parent
BEFORE_SETUP = [ROOT / "run.py", ROOT / "shared/__init__.py", *sorted((ROOT / "start").glob("*.py"))]


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 14)])
def test_a_fitting_python_hears_nothing(version: tuple[int, int]) -> None:
    assert run.unfit(*version) == ""


def test_an_old_python_hears_one_sentence() -> None:
    assert run.unfit(3, 9) == "Antre runs on Python 3.11 to 3.14, and this is 3.9: try again with a newer Python."


def test_a_python_too_new_hears_one_sentence() -> None:
    assert run.unfit(3, 15) == "Antre runs on Python 3.11 to 3.14, and this is 3.15: try again with an older Python."


def test_an_old_python_ends_with_the_sentence_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    assert run.main() == 1
    assert capsys.readouterr().err == f"{run.unfit(3, 9)}\n"


def test_an_old_python_can_read_the_door() -> None:
    ast.parse((ROOT / "run.py").read_text(), feature_version=(3, 7))


def test_the_supported_pythons_are_those_of_the_project() -> None:
    wanted = re.search(r'requires-python = ">=3\.(\d+),<3\.(\d+)"', (ROOT / "pyproject.toml").read_text())
    assert wanted
    newest = int(wanted[2]) - 1
    assert ((3, int(wanted[1])), (3, newest)) == (run.OLDEST, run.NEWEST)


@pytest.mark.parametrize("file", BEFORE_SETUP, ids=lambda file: str(file.relative_to(ROOT)))
def test_before_set_up_only_the_standard_library_is_used(file: Path) -> None:
    nodes = list(ast.walk(ast.parse(file.read_text())))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= {*sys.stdlib_module_names, "start", "shared"}


def test_it_tells_its_version_from_any_folder(tmp_path: Path) -> None:
    told = subprocess.run([ROOT / "run.py", "--version"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert re.fullmatch(r"antre \d+\.\d+\.\d+\n", told.stdout)
