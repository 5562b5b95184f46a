"""Whatever is done to a site file, reading it ends soon, in a site or in errors with lines."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.site import SiteErrors, load
from tests.shared.site.sample import VALID, write

LINES = VALID.splitlines()
MARKS = ['"', "'", "'''", "[", "]", "{", "}", "=", "#", ",", "\\", "\n", "\x00"]
TABLES = ["[[agency]]", "[hall]", "[agency.service]", "[[kiosk.printer]]"]
VALUES = [
    "id=5",
    "zone=[5]",
    "screen={}",
    "printer=[]",
    "agency=5",
    "counter=[{}]",
    "a.b=1",
    "x=nan",
    "printer={road=[]}",
]
ODD = [
    'logo="."',
    'logo="/"',
    'logo="\\u0000"',
    f'logo="{"x" * 300}"',
    'public_url="http://[::"',
    "languages=[{a=1},{a=1}]",
]
JUNK = st.sampled_from([*MARKS, *TABLES, *VALUES, *ODD, "x = " + "9" * 5000])
DAMAGE = st.tuples(st.integers(0, len(LINES) - 1), st.integers(0, 70), st.integers(0, 5), JUNK)


def damaged(blows: list[tuple[int, int, int, str]]) -> str:
    lines = list(LINES)
    for line, column, gone, junk in blows:
        lines[line] = lines[line][:column] + junk + lines[line][column + gone :]
    return "\n".join(lines)


@given(st.lists(DAMAGE, min_size=1, max_size=5))
def test_damage_is_told_with_its_lines(blows: list[tuple[int, int, int, str]]) -> None:
    text = damaged(blows)
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder), text)
        try:
            load(path)
        except SiteErrors as errors:
            lines = [error.line for error in errors.errors]
        else:
            return
    assert lines == sorted(lines)
    assert 1 <= lines[0] <= lines[-1] <= len(text.split("\n"))


@pytest.mark.parametrize("text", ["a = " + "[" * 20_000, "a = " + "9" * 5_000])
def test_what_no_reader_takes_is_told_too(tmp_path: Path, text: str) -> None:
    with pytest.raises(SiteErrors, match=r":1: "):
        load(write(tmp_path, text))
