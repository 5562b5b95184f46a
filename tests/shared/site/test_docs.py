"""docs/konfigurasi.md and the code say the same: every option, its default and its rule, in both directions."""

import re
import tomllib
from pathlib import Path

import pytest
from pydantic_core import PydanticUndefined

from shared.assets import CONFIG
from shared.site.between import ADDRESSES
from shared.site.findings import written
from shared.site.tables import options, table_in
from tests.shared.site.sample import errors_in

DOCS = (CONFIG.parent / "docs" / "konfigurasi.md").read_text("utf-8")
TABLE = re.compile(r"`\[+([a-z_.]+)\]+`")
ROW = re.compile(r"^\| `(\w+)` \| (.*?) \| (.*?) \| (.+) \|$")

Option = tuple[str, ...]
MANY_HOLD = (("agency", "hours", "season"), ("agency", "service", "hours", "season"))


def documented() -> dict[Option, tuple[str, str]]:
    """Default and rule of every option, as the page has them."""
    tables: list[Option] = []
    found: dict[Option, tuple[str, str]] = {}
    for line in DOCS.splitlines():
        if line.startswith("#"):
            tables = [tuple(name.split(".")) for name in TABLE.findall(line)]
        if row := ROW.match(line):
            found |= {(*table, row[1]): (row[2], row[3]) for table in tables}
    return found


def declared() -> dict[Option, tuple[str, str]]:
    """Default and rule of every option, as the code has them."""
    found = {}
    for way, option in options().items():
        if len(way) == 1:
            continue
        default = "tidak ada" if option.default is None else f"`{written(option.default)}`"
        if option.default is PydanticUndefined:
            default = "wajib"
        title = f"[{'.'.join(way)}]"
        is_list = str(option.annotation).startswith("list")
        table = f"tabel {f'[{title}]' if is_list else title}" if table_in(option.annotation) else ""
        found[way] = (default, table or str(option.description))
    return found


def test_every_option_is_documented() -> None:
    assert sorted(declared().keys() - documented().keys()) == []


def test_nothing_is_documented_that_does_not_exist() -> None:
    assert sorted(documented().keys() - declared().keys()) == []


def test_defaults_and_rules_are_as_documented() -> None:
    written_down = documented()
    assert {way: written_down[way] for way in declared()} == {way: _once(way, said) for way, said in declared().items()}


def _once(way: Option, said: tuple[str, str]) -> tuple[str, str]:
    """A table that several tables may hold, and that is described for all at once, goes by the first one's name."""
    table = table_in(options()[way].annotation)
    if way not in MANY_HOLD or table is None:
        return said
    first = next(other for other, option in options().items() if table_in(option.annotation) is table)
    return said[0], said[1].replace(".".join(way), ".".join(first))


def test_every_table_has_its_chapter() -> None:
    chapters = {name for line in DOCS.splitlines() if line.startswith("## ") for name in TABLE.findall(line)}
    assert chapters == {".".join(way) for way, option in options().items() if table_in(option.annotation)}


def test_every_road_is_documented() -> None:
    table = DOCS.partition("| `road` | `address` |")[2].partition("##")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == {*ADDRESSES, "memory", "none"}


def test_the_errors_shown_are_the_errors_told(tmp_path: Path) -> None:
    shown = [line.split(": ", 1)[1] for line in re.findall(r"^config/gedung-kami.toml:\d+: .+$", DOCS, re.MULTILINE)]
    text = (CONFIG / "paser.toml").read_text("utf-8")
    for old, new in (
        ("timezone", "tmezone"),
        ('zone = "lantai-2"', 'zone = "lantai-3"'),
        ("minutes = 7", 'minutes = "7"'),
    ):
        text = text.replace(old, new)
    told = [line.split(": ", 1)[1] for line in errors_in(tmp_path, text)]
    assert set(shown) == set(told)


@pytest.mark.parametrize("example", re.findall(r"```toml\n(.*?)```", DOCS, re.DOTALL))
def test_examples_are_toml_of_known_options(example: str) -> None:
    data = tomllib.loads(example)
    tables = ((name, one) for name, told in data.items() for one in (told if isinstance(told, list) else [told]))
    assert {(table, key) for table, keys in tables for key in keys} <= options().keys()


def test_every_required_option_offers_an_example() -> None:
    lacking = [way for way, option in options().items() if option.is_required() and not option.examples]
    assert lacking == [("hall",), ("zone",), ("agency",), ("agency", "service"), ("counter",)]
