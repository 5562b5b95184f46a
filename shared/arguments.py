"""Arguments of the commands: their help and faults are told in the language of `--language`, Indonesian first."""

import re
import sys
from argparse import Action, ArgumentParser, HelpFormatter
from collections.abc import Iterable, Sequence
from typing import NoReturn

from shared.words import FIRST, Words, msg

_PYTHONS = {
    "positional arguments": msg("ditulis berurutan"),
    "options": msg("pilihan"),
    "show this help message and exit": msg("tampilkan bantuan ini"),
    "show program's version number and exit": msg("tampilkan versi"),
}
"""What argparse itself says in a help."""

_FAULTS = (
    (r"the following arguments are required: (?P<what>.+)", msg("belum ditulis: {what}")),
    (r"unrecognized arguments: (?P<what>.+)", msg("tidak dikenal: {what}")),
    (r"argument (?P<name>\S+): expected (?:one|at least one) argument", msg("{name} harus diikuti isinya")),
    (
        r"argument (?P<name>\S+): invalid choice: (?P<value>.+?) \(choose from (?P<choices>.+)\)",
        msg("{name} tidak dapat berisi {value}; pilihannya {choices}"),
    ),
    (r"argument (?P<name>\S+): invalid .+ value: (?P<value>.+)", msg("{name} tidak dapat berisi {value}")),
    (r"argument (?P<name>\S+): (?P<what>.+)", msg("{name}: {what}")),
)
"""Of what argparse finds wrong in a command line; whatever else it finds is told as it says it."""


def language_asked(arguments: Sequence[str]) -> str:
    """What `--language` says on a command line, which may have other faults; else Indonesian."""
    for place, argument in enumerate(arguments):
        option, _, value = argument.partition("=")
        if option == "--language":
            return value or "".join(arguments[place + 1 : place + 2]) or FIRST
    return FIRST


def asked_words() -> Words:
    """The words of the language that this program's command line asks for."""
    return Words(language_asked(sys.argv[1:]))


class _Help(HelpFormatter):
    """A help whose texts (msgids) are said in the language that is asked for."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog)
        self._words = asked_words()

    def add_usage(
        self, usage: str | None, actions: Iterable[Action], groups: Iterable[object], prefix: str | None = None
    ) -> None:
        """The line with everything that may be written."""
        said = self._words.say(msg("pemakaian: ")) if prefix is None else prefix
        super().add_usage(usage, actions, groups, said)  # type: ignore[arg-type]  # a class that argparse keeps for itself

    def start_section(self, heading: str | None) -> None:
        """What stands above a list."""
        super().start_section(self._said(heading))

    def add_text(self, text: str | None) -> None:
        """What the program is for."""
        super().add_text(self._said(text))

    def _get_help_string(self, action: Action) -> str | None:
        return self._said(action.help)

    def _said(self, text: str | None) -> str | None:
        return self._words.say(_PYTHONS.get(text, text)) if text else text


class Arguments(ArgumentParser):
    """What may be written behind a command. Its texts are msgids; `--language` need not be among its options."""

    def format_usage(self) -> str:
        """The line with everything that may be written."""
        self.formatter_class = _Help
        return super().format_usage()

    def format_help(self) -> str:
        """All of it, with what it means."""
        self.formatter_class = _Help
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with a command line, and end."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {fault(message, asked_words())}\n")


def fault(message: str, words: Words) -> str:
    """What argparse found wrong, in the language of `words`."""
    for pattern, text in _FAULTS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return words.say(text, **found.groupdict())
    return message
