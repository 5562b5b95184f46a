"""What is said when a number is called: a call → tokens, each a word for a synthesiser and the name of a clip. Pure.

    speech = call_speech("A-012", "5", language="id", counter_word="loket")
    speech.text   # 'Nomor antrean, A, nol satu dua, silakan menuju loket lima.'
    speech.clips  # ('id/nomor-antrean', 'id/huruf-a', 'id/nol', 'id/satu', 'id/dua', 'id/silakan-menuju', …)

The sentences are those of the trade: digits one by one, with 'nol' and never
'kosong'; the counter's number as words.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

CHIME = "chime"
"""The clip that comes before the words, the same in every language."""

LARGEST = 999
"""The largest counter number said as one number; a larger one is said digit by digit."""


@dataclass(frozen=True)
class Token:
    """The smallest thing said: `text` for a synthesiser, `clip` (`id/nol`) for a folder of recordings.

    `may_lack`: recordings say the sentence without it where its clip is missing.
    """

    text: str
    clip: str
    may_lack: bool = False


Phrase = tuple[Token, ...]


@dataclass(frozen=True)
class Speech:
    """One sentence in one language. Between phrases the voice takes breath."""

    language: str
    phrases: tuple[Phrase, ...]

    @property
    def text(self) -> str:
        """The sentence, for a synthesiser."""
        phrases = (" ".join(token.text for token in phrase) for phrase in self.phrases)
        sentence = ", ".join(phrases)
        return f"{sentence[:1].upper()}{sentence[1:]}."

    @property
    def tokens(self) -> tuple[Token, ...]:
        """All tokens, in order."""
        return tuple(token for phrase in self.phrases for token in phrase)

    @property
    def clips(self) -> tuple[str, ...]:
        """The names of the clips, in order."""
        return tuple(token.clip for token in self.tokens)


@dataclass(frozen=True)
class _Tongue:
    """How one language says a call. `go_to` precedes the counter's word."""

    queue_number: str
    go_to: str
    counter: dict[str, str]
    letter: str
    """What the names of letter clips begin with."""
    agency: str
    """What the names of agencies' clips begin with."""
    breath: bool
    """Whether the voice takes breath between 'queue number' and its letters."""
    digits: tuple[str, ...]
    cardinal: Callable[[int], list[str]]


_ID_DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_EN_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_EN_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def _indonesian(n: int) -> list[str]:
    hundreds, rest = divmod(n, 100)
    if hundreds:
        head = ["seratus"] if hundreds == 1 else [_ID_DIGITS[hundreds], "ratus"]
        return head + (_indonesian(rest) if rest else [])
    tens, ones = divmod(n, 10)
    match tens:
        case 0:
            return [_ID_DIGITS[ones]]
        case 1:
            return {0: ["sepuluh"], 1: ["sebelas"]}.get(ones, [_ID_DIGITS[ones], "belas"])
        case _:
            return [_ID_DIGITS[tens], "puluh", *([_ID_DIGITS[ones]] if ones else [])]


def _english(n: int) -> list[str]:
    hundreds, rest = divmod(n, 100)
    if hundreds:
        return [_EN_SMALL[hundreds], "hundred", *(_english(rest) if rest else [])]
    if n < len(_EN_SMALL):
        return [_EN_SMALL[n]]
    tens, ones = divmod(n, 10)
    return [_EN_TENS[tens - 2], *([_EN_SMALL[ones]] if ones else [])]


_TONGUES = {
    "id": _Tongue(
        queue_number="nomor antrean",
        go_to="silakan menuju",
        counter={"loket": "loket", "gerai": "gerai"},
        letter="huruf",
        agency="instansi",
        breath=True,
        digits=_ID_DIGITS,
        cardinal=_indonesian,
    ),
    "en": _Tongue(
        queue_number="queue number",
        go_to="please go to",
        counter={"loket": "counter", "gerai": "counter"},
        letter="letter",
        agency="agency",
        breath=False,
        digits=_EN_SMALL[:10],
        cardinal=_english,
    ),
}

LANGUAGES = tuple(_TONGUES)
"""The languages a call can be said in."""


def call_speech(
    number: str, counter: str, *, language: str, counter_word: str, whom: tuple[str, str] | None = None
) -> Speech:
    """What is said to call `number` ('A-012') to `counter` ('12'); `counter_word` is the hall's, loket or gerai.

    `whom`: the agency's id and what is said for it, where the hall wants it named.

    Raises KeyError for a language not in `LANGUAGES` and a counter word that is neither.
    """
    tongue = _TONGUES[language]
    begin: Phrase = (_token(language, tongue.queue_number),)
    letters = tuple(_letter(language, sign) for sign in number if _is_letter(sign))
    go_to = (tongue.go_to, tongue.counter[counter_word])
    phrases = (
        *((begin, letters) if tongue.breath else (begin + letters,)),
        tuple(_token(language, tongue.digits[int(sign)]) for sign in number if _is_digit(sign)),
        (Token(whom[1], f"{language}/{tongue.agency}-{whom[0]}", may_lack=True),) if whom else (),
        (*(_token(language, words) for words in go_to), *_counter(language, counter)),
    )
    return Speech(language, tuple(phrase for phrase in phrases if phrase))


def spell(number: str, *, language: str) -> str:
    """A ticket's number as it is called, within another sentence: `A-012` → `A, nol satu dua`.

    A language that cannot be said is spelt as the first that can.
    """
    tongue = _TONGUES.get(language, _TONGUES[LANGUAGES[0]])
    letters, digits = number.partition("-")[::2]
    return ", ".join(" ".join(_sign(sign, tongue) for sign in part) for part in (letters, digits) if part)


def _sign(sign: str, tongue: _Tongue) -> str:
    return tongue.digits[int(sign)] if _is_digit(sign) else sign.upper()


def clip_names(language: str, *, counter_word: str) -> tuple[str, ...]:
    """Every clip a hall may need in `language`, without the chime, in the order a speaker would read them."""
    tongue = _TONGUES[language]
    words = [word for n in range(LARGEST + 1) for word in tongue.cardinal(n)]
    sentences = [tongue.queue_number, tongue.go_to, tongue.counter[counter_word]]
    letters = [_letter(language, chr(code)).clip for code in range(ord("A"), ord("Z") + 1)]
    return (*(_token(language, text).clip for text in [*sentences, *dict.fromkeys(words)]), *letters)


def _is_letter(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()


def _is_digit(sign: str) -> bool:
    return sign.isascii() and sign.isdigit()


def _token(language: str, text: str) -> Token:
    return Token(text, f"{language}/{text.replace(' ', '-')}")


def _letter(language: str, sign: str) -> Token:
    # A capital is read by its name in every language of espeak-ng; 'be' and 'ce' written out are not (bɛ, tʃɛ).
    return Token(sign.upper(), f"{language}/{_TONGUES[language].letter}-{sign.lower()}")


def _counter(language: str, counter: str) -> Iterator[Token]:
    """`12` → dua belas; `5A` → lima, A; `07` → nol tujuh, as it stands on the counter's sign."""
    tongue = _TONGUES[language]
    for part in re.findall(r"[0-9]+|[A-Za-z]", counter):
        if part.isalpha():
            yield _letter(language, part)
        elif part == str(int(part)) and int(part) <= LARGEST:
            yield from (_token(language, word) for word in tongue.cardinal(int(part)))
        else:
            yield from (_token(language, tongue.digits[int(sign)]) for sign in part)


@dataclass(frozen=True)
class Plan:
    """How often a call is said; when never, `why` ('late')."""

    times: int
    why: str = ""


def plan(age: timedelta, behind: int, *, repeat: int, late_after_s: float) -> Plan:
    """How often to say a call that is `age` old while `behind` others wait to be said.

    Once when calls pile up, so that the last of them is still heard in time; never when it is older than
    `late_after_s` seconds: its visitor has gone to the counter or away, and the board shows it.
    """
    if age > timedelta(seconds=late_after_s):
        return Plan(0, "late")
    return Plan(1 if behind else max(1, repeat))
