"""What is read out of a screen: its texts as a voice says them. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from shared.speech import spell
from shared.words import Words, msg

NUMBER = re.compile(r"\b[A-Z][A-Z0-9]?-\d{3,}\b")
"""A ticket's number within a sentence."""

_SIGNS = ((" · ", ", "), (".\n", ". "), ("\n", ". "), ("…", ""), ("/", ", "))
_MINUTES = msg("menit")


@dataclass(frozen=True)
class Choice:
    """Something to choose on a screen. `checked`: None for what is no switch."""

    name: str
    enabled: bool = True
    checked: bool | None = None


def spoken(text: str, words: Words) -> str:
    """`text` for a voice: numbers letter by letter, 'mnt' and '–' as words, no signs.

    `K-012 · 25–40 mnt` → `K, nol satu dua, 25 sampai 40 menit`.
    """
    text = NUMBER.sub(lambda found: spell(found.group(), language=words.language), text)
    between, over = words.say("sampai"), words.say("ke atas")
    text = re.sub(r"(?<=\d)–(?=\d)", f" {between} ", text)
    text = re.sub(r"(?<=\d) (mnt|min)\b", f" {words.say(_MINUTES)}", text)
    text = re.sub(r"(?<=\d)\+", f" {over}", text)
    for sign, said in _SIGNS:
        text = text.replace(sign, said)
    return text


def screen_text(texts: Sequence[str], choices: int, words: Words) -> str:
    """A whole screen: its texts one after the other, and how many choices it has."""
    sentences = [_sentence(spoken(text, words)) for text in texts if text]
    return " ".join([*sentences, words.count("{n} pilihan.", "{n} pilihan.", choices)])


def choice_text(choice: Choice, place: int, words: Words) -> str:
    """One choice, and whether it is on or cannot be chosen. `place` counts from 1."""
    said = [_sentence(spoken(choice.name, words))]
    if not choice.enabled:
        said.append(words.say("Tidak dapat dipilih."))
    elif choice.checked is not None:
        said.append(words.say("Menyala.") if choice.checked else words.say("Tidak menyala."))
    return " ".join([f"{place}.", *said])


def _sentence(text: str) -> str:
    return text if text.rstrip().endswith((".", "?", "!", ":")) else f"{text}."
