"""What a hall needs recorded, and what is wrong with a recording. Pure: no Qt, no files."""

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median

from shared.calling import calling_of
from shared.hall import Hall
from shared.speech import CHIME, Token, clip_names
from shared.voice.sound import Sound, loudness
from shared.words import Words, msg

DIGITS = "0123456789"
_NAMES = "a be ce de e ef ge ha i je ka el em en o pe ki er es te u ve we eks ye zet"
LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyz", _NAMES.split(), strict=True))
"""What letters are called in Indonesian (KBBI): a reader of 'C' alone may say it the English way."""

LONGEST_WORD_S, LONGEST_PHRASE_S, LONGEST_CHIME_S = 1.5, 2.5, 3.0
"""A call of twelve clips is to take seven seconds."""
LONGEST_NAME_S = 3.5
"""An agency's: 'Population and Civil Registration Office' takes 2.6."""
SHORTEST_S = 0.08
"""No word is shorter; one that is was cut."""
LONGEST_SILENCE_S = 0.15
"""At either end: the program adds the pauses itself."""
QUIETEST_DB = -32.0
"""Of what sounds, below full scale: below it the noise of the hall is louder."""
UNEVEN_DB = 6.0
"""From the middle of all: what is heard as another loudness (twice as loud is about 10 dB)."""
CLIPPED_RUN = 4
"""So many samples in a row at full scale: the microphone or the recorder was overdriven."""

_FULL = 32_767
_SILENT = 330  # −40 dBFS


def needed(hall: Hall, language: str) -> list[Token]:
    """Every clip that this hall's calls can need in `language`, once each, as a speaker would read them.

    The agencies' names come last, and only where the hall has them said.
    """
    calling = calling_of(hall)
    numbers = {agency.id: f"{agency.prefix}-{DIGITS}" for agency in hall.agencies}
    calls = [calling.speech(number, "1", agency=agency, language=language) for agency, number in numbers.items()]
    calls += [calling.speech("", counter.number, agency="", language=language) for counter in hall.counters]
    tokens = {token.clip: token for call in calls for token in call.tokens}
    order = {name: place for place, name in enumerate(clip_names(language, counter_word=hall.counter_word))}
    return sorted(tokens.values(), key=lambda token: order.get(token.clip, len(order)))


def to_say(token: Token) -> str:
    """What the speaker reads: the word; of a letter also its Indonesian name."""
    language = token.clip.partition("/")[0]
    name = LETTERS.get(token.text.lower()) if language == "id" and len(token.text) == 1 else None
    return f"{token.text} ({name})" if name else token.text


@dataclass(frozen=True)
class Take:
    """What was measured of one recording. `loudness`: of what sounds, in dB of full scale.

    `lead` and `tail`: the silence at its ends, in seconds.
    """

    seconds: float
    loudness: float
    lead: float
    tail: float
    is_clipped: bool
    rate: int


def measured(sound: Sound) -> Take:
    """One recording."""
    sounding = [n for n, sample in enumerate(sound.samples) if abs(sample) > _SILENT]
    first, last = (sounding[0], sounding[-1]) if sounding else (len(sound.samples), len(sound.samples) - 1)
    return Take(
        seconds=sound.seconds,
        loudness=loudness(sound),
        lead=first / sound.rate,
        tail=(len(sound.samples) - 1 - last) / sound.rate,
        is_clipped=_longest_run(sound.samples) >= CLIPPED_RUN,
        rate=sound.rate,
    )


def _longest_run(samples: "array[int]") -> int:
    longest = run = 0
    for sample in samples:
        run = run + 1 if abs(sample) >= _FULL - 1 else 0
        longest = max(longest, run)
    return longest


def faults(takes: Mapping[str, Take], words: Words) -> Iterator[tuple[str, str]]:
    """Clip and sentence, for each thing that is wrong, in the clips' order."""
    spoken = {name: take for name, take in takes.items() if name != CHIME}
    middle = median([take.loudness for take in spoken.values()]) if spoken else 0.0
    for name, take in takes.items():
        for sentence in _faults_of(name, take, middle if name in spoken else take.loudness, words):
            yield name, sentence


def _faults_of(name: str, take: Take, middle: float, words: Words) -> Iterator[str]:
    most = _longest(name)
    if take.is_clipped:
        yield words.say(msg("pecah: suara menyentuh batas atas; rekam lebih jauh atau lebih pelan"))
    if take.loudness < QUIETEST_DB:
        yield words.say(
            msg("terlalu pelan: {db} dB, sedikitnya {least} dB"), db=_db(take.loudness), least=_db(QUIETEST_DB)
        )
    elif abs(take.loudness - middle) > UNEVEN_DB:
        yield words.say(
            msg("tidak serata yang lain: {db} dB, kebanyakan {middle} dB"), db=_db(take.loudness), middle=_db(middle)
        )
    if take.seconds > most:
        yield words.say(msg("terlalu panjang: {s} detik, paling lama {most} detik"), s=_s(take.seconds), most=_s(most))
    if take.seconds < SHORTEST_S:
        yield words.say(msg("terlalu pendek: {s} detik; mungkin terpotong"), s=_s(take.seconds))
    if max(take.lead, take.tail) > LONGEST_SILENCE_S and name != CHIME:
        yield words.say(
            msg("hening {lead} detik di awal dan {tail} detik di akhir; potong"), lead=_s(take.lead), tail=_s(take.tail)
        )


def _longest(name: str) -> float:
    if name == CHIME:
        return LONGEST_CHIME_S
    word = name.partition("/")[2]
    if word.startswith(("instansi-", "agency-")):
        return LONGEST_NAME_S
    return LONGEST_PHRASE_S if "-" in word and not word.startswith(("huruf-", "letter-")) else LONGEST_WORD_S


def _db(value: float) -> str:
    return f"{value:.0f}".replace("-", "−")


def _s(value: float) -> str:
    return f"{value:.2f}"
