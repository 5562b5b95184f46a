"""What is found wrong in a site file: where, what, and the way out; in no language yet."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, NamedTuple

from shared.site.lines import Way
from shared.words import Words, msg


@dataclass(frozen=True)
class Said:
    """A sentence not yet in any language: a msgid and what fills it (texts, or sentences again)."""

    text: str = ""
    values: dict[str, object] = field(default_factory=dict)

    def told(self, words: Words, **more: object) -> str:
        """The sentence in the language of `words`."""
        told = {name: v.told(words) if isinstance(v, Said) else v for name, v in self.values.items()}
        return words.say(self.text, **told, **more) if self.text else ""


def said(text: str, **values: object) -> Said:
    """`text` (a msgid) filled with `values`."""
    return Said(text, values)


def did_you_mean(name: str) -> Said:
    """The way out where the nearest right name is known."""
    return said(msg("Maksudnya '{name}'?"), name=name)


def choose_from(names: Iterable[str]) -> Said:
    """The way out where it is not."""
    return said(msg("Yang ada: {keys}."), keys=", ".join(names))


class Finding(NamedTuple):
    """Something wrong at `way`. `other` is the way to what it collides with, whose line fills `{line}`."""

    way: Way
    what: Said
    hint: Said = Said()
    other: Way | None = None


def nearest(name: str, allowed: Iterable[str], *, likeness: float = 0.6) -> str | None:
    """The one of `allowed` that was probably meant, at least so alike (0–1); letters' case is no difference."""
    known = {one.casefold(): one for one in allowed}
    found = get_close_matches(name.casefold(), known, n=1, cutoff=likeness)
    return known[found[0]] if found else None


def select(data: object, way: Way, at: Way = ()) -> Iterator[tuple[Way, Any]]:
    """Every value that `way` leads to, with its place; `*` is each item of a list. What is not there is passed over."""
    if not way:
        yield at, data
    elif way[0] == "*" and isinstance(data, list):
        for index, item in enumerate(data):
            yield from select(item, way[1:], (*at, index))
    elif isinstance(data, dict) and way[0] in data:
        yield from select(data[way[0]], way[1:], (*at, way[0]))


def texts(data: object, way: Way) -> Iterator[tuple[Way, str]]:
    """As `select`, texts only."""
    return ((at, value) for at, value in select(data, way) if isinstance(value, str))


def option_of(way: Way) -> tuple[str, ...]:
    """The option that stands at `way`: its way without places in lists."""
    return tuple(step for step in way if isinstance(step, str))


def title(table: Way) -> str:
    """A table as it is written: `[hall]`, `[[agency.service]]`."""
    name = ".".join(option_of(table))
    return f"[[{name}]]" if table and isinstance(table[-1], int) else f"[{name}]"


def written(value: object) -> str:
    """A value as TOML writes it, cut at 60 characters."""
    if isinstance(value, dict):
        text = "{ " + ", ".join(f"{name} = {written(one)}" for name, one in value.items()) + " }"
    elif isinstance(value, list):
        text = "[" + ", ".join(map(written, value)) + "]"
    else:
        text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:59]}…"  # noqa: PLR2004  -- the length the docstring names
