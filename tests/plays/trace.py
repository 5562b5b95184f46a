"""Reads a trace of strace -f -y: which bytes were on the disk before an answer went out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

_BEGUN = re.compile(r"(?P<pid>\d+) +(?P<name>\w+)\(\d+<(?P<target>[^>]*)>(?P<text>.*)")
_RESUMED = re.compile(r"(?P<pid>\d+) +<\.\.\. \w+ resumed>.*= (?P<result>-?\d+)")
_RESULT = re.compile(r"= (-?\d+)[^=]*$")
_UNFINISHED = "<unfinished ...>"
SYNCS = ("fsync", "fdatasync")
_ACKNOWLEDGED = ("HTTP/1.1 200", "HTTP/1.1 201")


class Call(NamedTuple):
    """A system call on a file or socket. `began`, `ended`: its lines in the trace, which are in the order of time.

    Before the line `began` the kernel had not seen it; at the line `ended` it was done.
    """

    name: str
    target: str
    text: str
    began: int
    ended: int
    result: int


def read(trace: Path) -> list[Call]:
    """The calls that were finished, in the order they began."""
    return sorted(_calls(trace.read_text(encoding="ascii").splitlines()), key=lambda call: call.began)


def ended(trace: Path, pid: int) -> bool:
    """Whether the process `pid` has ended and all it did is written. strace pads numbers below 10,000 with spaces."""
    return re.search(rf"^{pid} +\+\+\+ exited", trace.read_text(encoding="ascii"), re.MULTILINE) is not None


def _calls(lines: Iterable[str]) -> Iterator[Call]:
    open_calls: dict[str, Call] = {}
    for n, line in enumerate(lines):
        if begun := _BEGUN.match(line):
            call = Call(begun["name"], begun["target"], begun["text"], n, n, 0)
            if line.endswith(_UNFINISHED):
                open_calls[begun["pid"]] = call
            elif result := _RESULT.search(line):
                yield call._replace(result=int(result[1]))
        elif (resumed := _RESUMED.match(line)) and resumed["pid"] in open_calls:
            yield open_calls.pop(resumed["pid"])._replace(ended=n, result=int(resumed["result"]))


def as_traced(text: str) -> str:
    """How a text of plain ASCII stands in a trace."""
    if not (text.isascii() and text.isprintable()):
        raise ValueError(text)
    return text.replace("\\", "\\\\").replace('"', '\\"')


def answers(calls: Iterable[Call]) -> Iterator[tuple[str, int]]:
    """Each write to a socket, with the line at which the answer it belongs to began: head and body may be two."""
    heads: dict[str, int] = {}
    for call in calls:
        if not call.target.startswith("socket:"):
            continue
        if any(head in call.text for head in _ACKNOWLEDGED):
            heads[call.target] = call.began
        if call.target in heads:
            yield call.text, heads[call.target]


def too_early(calls: Sequence[Call], asked: Iterable[Sequence[str]], log: str) -> list[str]:
    """The answers that began before a sync of the file `log` had ended that began when their bytes were written.

    Each of `asked` is an answer's body, followed by what else must have been written to `log` for it.
    Raises LookupError for an answer that never went out.
    """
    written = [call for call in calls if call.target.endswith(log) and call.name not in SYNCS]
    syncs = [call for call in calls if call.target.endswith(log) and call.name in SYNCS and call.result == 0]
    sent = list(answers(calls))
    early = []
    for body, *rest in asked:
        answered = next((line for text, line in sent if as_traced(body) in text), None)
        if answered is None:
            raise LookupError(body)
        whole = max(_first(written, as_traced(mark)) for mark in (body, *rest))
        if not any(whole < sync.began and sync.ended < answered for sync in syncs):
            early.append(body)
    return early


def _first(written: Iterable[Call], mark: str) -> float:
    """The line at which these bytes had been written for the first time; infinite when they never were."""
    return next((call.ended for call in written if mark in call.text), float("inf"))
