import tomllib
from collections.abc import Iterator

import pytest

from shared.assets import CONFIG
from shared.site.lines import Way, lines_of
from tests.shared.site.sample import VALID, large

TRICKY = '''\
# [not.a.table]
title = "a # in a text, [brackets], \\"quotes\\" and = signs"  # ] }
plain = 'C:\\no\\escape # [x]'

long = """
[still.text]
key = "no key"
"""  # line 8
literal = \'\'\'
# no comment
\'\'\'
after = 12
list = [  # a comment with ] in it
    "one, [two]",  # two

    'three',
    [4, 5],
    { a = 1, b = [
        6, 7 ] },
]
dotted . "quoted key".end = 1979-05-27T07:32:00Z
inline = { x = 1, y = { z = "}" } }
number = 1.5
empty = []
none = {}

[a.b]
c = true

[[item]]
n = 1
[[item.part]]
m = 1
[item.part.inner]
deep = 1
[[item.part]]
[[item]]
[item.'odd one']
n = 2
'''


def ways(value: object, at: Way = ()) -> Iterator[Way]:
    yield at
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from ways(inner, (*at, key))
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from ways(inner, (*at, index))


@pytest.mark.parametrize(
    "text",
    [TRICKY, VALID, large(agencies=5, services=20), "", *(file.read_text("utf-8") for file in CONFIG.glob("*.toml"))],
)
def test_every_value_has_a_line_and_no_line_is_invented(text: str) -> None:
    assert set(lines_of(text)) == set(ways(tomllib.loads(text)))


@pytest.mark.parametrize(
    ("way", "line"),
    [
        ((), 1),
        (("title",), 2),
        (("plain",), 3),
        (("long",), 5),
        (("literal",), 9),
        (("after",), 12),
        (("list",), 13),
        (("list", 0), 14),
        (("list", 1), 16),
        (("list", 2, 1), 17),
        (("list", 3), 18),
        (("list", 3, "b", 1), 19),
        (("dotted",), 21),
        (("dotted", "quoted key", "end"), 21),
        (("inline", "y", "z"), 22),
        (("empty",), 24),
        (("none",), 25),
        (("a",), 27),
        (("a", "b", "c"), 28),
        (("item",), 30),
        (("item", 0, "part", 0), 32),
        (("item", 0, "part", 0, "inner", "deep"), 35),
        (("item", 0, "part", 1), 36),
        (("item", 1), 37),
        (("item", 1, "odd one", "n"), 39),
    ],
)
def test_a_line_is_where_it_begins(way: Way, line: int) -> None:
    assert lines_of(TRICKY)[way] == line


def test_windows_line_ends_count_once() -> None:
    assert lines_of("a = 1\r\n\r\nb = 2\r\n")[("b",)] == 3
