"""What is told of a folder of Piper models by `antre voice check`: what it lacks, and how each voice says a call."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

from shared.calling import calling_of
from shared.hall import Hall
from shared.speech import LANGUAGES
from shared.voice.models import PACKAGE, Models
from shared.voice.piper import TRIAL, Piper
from shared.voice.sound import Unreadable
from shared.words import Words, msg

SLOW_S = 1.0
"""A call whose sentence takes longer begins noticeably after its number is shown."""


def has_models(folder: Path) -> bool:
    """Whether somebody put models there, whole or not."""
    return any(folder.glob("*.onnx*"))


def judged(folder: Path, hall: Hall, words: Words) -> Iterator[tuple[bool, str]]:
    """Each thing that is found, and whether it is well."""
    models = Models(folder)
    for name in models.lacking():
        yield False, _lacking(name, words)
    if PACKAGE in models.lacking():
        return
    with tempfile.TemporaryDirectory(prefix="antre-check-") as out:
        piper = Piper(models)
        try:
            for language in filter(models.has, LANGUAGES):
                yield _spoken(piper, language, hall, Path(out) / "call.wav", words)
        finally:
            piper.close()


def _lacking(name: str, words: Words) -> str:
    if name == PACKAGE:
        return words.say(msg("program Piper tidak ada; pasang menurut docs/klip-suara.md, lalu periksa lagi"))
    if name.endswith(".json"):
        return words.say(msg("{name}: tidak ada; salin dari tempat asal modelnya, ke folder yang sama"), name=name)
    return words.say(msg("{name}: tidak ada; salin model (.onnx) ke folder itu dengan nama ini"), name=name)


def _spoken(piper: Piper, language: str, hall: Hall, out: Path, words: Words) -> tuple[bool, str]:
    """How the model of a language says a call, once it is loaded."""
    name, agency = f"{language}.onnx", hall.agencies[0]
    call = calling_of(hall).speech(f"{agency.prefix}-012", "5", agency=agency.id, language=language)
    try:
        piper.render(TRIAL[language], language, out)
        begun = monotonic()
        length = piper.render(call.text, language, out)
    except (OSError, RuntimeError, Unreadable) as error:
        return False, words.say(msg("{name}: tidak dapat bersuara: {error}"), name=name, error=str(error)[:200])
    took = monotonic() - begun
    say = msg("{name}: panggilan {length} detik jadi dalam {took} detik")
    if took > SLOW_S:
        say = msg("{name}: panggilan {length} detik baru jadi dalam {took} detik; pakai model yang lebih kecil")
    return took <= SLOW_S, words.say(say, name=name, length=f"{length:.1f}", took=f"{took:.1f}")
