"""Which known words somebody may have meant: beginnings, Indonesian prefixes and endings, typing errors. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

EXACT, BEGUN, BEGUN_WHOLE, KIN, WITHIN, MISTYPED, EACH_ERROR = 1.0, 0.75, 0.2, 0.8, 0.55, 0.6, 0.1
"""How likely a word is meant: as it stands; begun, and so much more the more of it is there; of one stem; as a part of
a longer one (`capil`: Disdukcapil); with a typing error, and so much less for each."""

LEAST_WITHIN, LEAST_MISTYPED, LONG = 3, 4, 7
"""Letters from which a part is sought within words, from which an error is forgiven, and from which two are."""

BEGINNINGS = (
    "memper",
    "diper",
    "meng",
    "peng",
    "meny",
    "peny",
    "mem",
    "pem",
    "men",
    "pen",
    "ber",
    "per",
    "ter",
    "me",
    "pe",
    "di",
    "ke",
    "se",
)
NASALS = {"mem": "p", "pem": "p", "men": "t", "pen": "t", "meng": "k", "peng": "k", "meny": "s", "peny": "s"}
"""The first letter of a stem that these swallow: `memutus` is of `putus`, `menukar` of `tukar`."""
ENDINGS = ("kan", "nya", "lah", "an", "i")
SHORTEST_STEM = 3


def stems(word: str) -> frozenset[str]:
    """What `word` may come from: `perpanjangan` from `panjang`, `pembayaran` from `bayar`, `ektp` from `ktp`."""
    found = {word}
    for bare in _without_ending(word):
        found.add(bare)
        for beginning in BEGINNINGS:
            if bare.startswith(beginning):
                rest = bare.removeprefix(beginning)
                found |= {rest, NASALS.get(beginning, "") + rest}
    if word.startswith("e"):
        found.add(word[1:])
    return frozenset(stem for stem in found if len(stem) >= SHORTEST_STEM or stem == word)


def _without_ending(word: str) -> Iterator[str]:
    yield word
    for ending in ENDINGS:
        if word.endswith(ending):
            yield word.removesuffix(ending)


class Spelling:
    """All words that can be found, and which of them a typed one may be."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._of_stem: defaultdict[str, set[int]] = defaultdict(set)
        for place, word in enumerate(words):
            for stem in stems(word):
                self._of_stem[stem].add(place)

    def likely(self, typed: str) -> dict[int, float]:
        """The places of the words that `typed` may be, whole or begun, each with how likely it is, 0 to 1.

        Typing errors are looked for only where nothing is written so.
        """
        found = {place: KIN for stem in stems(typed) for place in self._of_stem.get(stem, ())}
        for place, word in enumerate(self._words):
            if word.startswith(typed):
                begun = BEGUN + BEGUN_WHOLE * len(typed) / len(word)
                found[place] = EXACT if word == typed else max(begun, found.get(place, 0.0))
            elif len(typed) >= LEAST_WITHIN and typed in word:
                found.setdefault(place, WITHIN)
        return found or dict(self._mistyped(typed))

    def _mistyped(self, typed: str) -> Iterator[tuple[int, float]]:
        if len(typed) < LEAST_MISTYPED:
            return
        forgiven = 2 if len(typed) >= LONG else 1
        letters, least, most = _letters(typed), len(typed) - forgiven, len(typed) + forgiven
        for place, word in enumerate(self._words):
            if len(word) < least:
                continue
            if any(
                (these & ~those).bit_count() > forgiven  # each error can bring in one strange letter
                for these, those in ((letters, _letters(word[:most])), (_letters(word[:least]), letters))
            ):
                continue
            errors = errors_between(typed, word[:most], forgiven)
            if errors <= forgiven:
                yield place, MISTYPED - EACH_ERROR * errors


@lru_cache(maxsize=8192)
def _letters(word: str) -> int:
    """The letters and figures of `word` as a set of bits."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) - ord("0"))
    return bits


def errors_between(typed: str, word: str, most: int) -> int:
    """How many typing errors make `typed` of `word` or of its beginning; `most` + 1 where there are more.

    An error is a letter wrong, missing, too many, or two of them changed over.
    """
    far = most + 1
    earlier: list[int] = []
    before: list[int] = []
    row = [min(m, far) for m in range(len(word) + 1)]
    for n, letter in enumerate(typed, start=1):
        earlier, before, row = before, row, [far] * (len(word) + 1)
        row[0] = min(n, far)
        for m in range(max(1, n - most), min(len(word), n + most) + 1):  # farther off are more errors than that
            cost = min(before[m] + 1, row[m - 1] + 1, before[m - 1] + (letter != word[m - 1]))
            if n > 1 and m > 1 and letter == word[m - 2] and typed[n - 2] == word[m - 1]:
                cost = min(cost, earlier[m - 2] + 1)
            row[m] = cost
        if min(row) >= far and min(before) >= far:
            return far
    return min(*row, far)
