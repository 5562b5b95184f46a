"""`antre voice`: what is to be recorded for a hall's calls, and what is wrong with a folder of recordings or models."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from display.models_check import has_models, judged
from display.recordings import Take, faults, measured, needed, to_say
from shared.arguments import Arguments
from shared.assets import default_site
from shared.hall import Hall
from shared.site import SiteErrors, load
from shared.speech import CHIME, LANGUAGES
from shared.voice.sound import Unreadable, read_wav
from shared.words import Words, msg


def parser_of() -> ArgumentParser:
    """The arguments."""
    parser = Arguments(prog="antre voice", description=msg("Rekaman suara untuk panggilan sebuah gedung."))
    verbs = parser.add_subparsers(dest="verb", required=True)
    record = verbs.add_parser("record-list", help=msg("sebut apa yang direkam: berkas rekaman dan ucapannya"))
    check = verbs.add_parser("check", help=msg("sebut apa yang kurang atau salah di folder rekaman atau model Piper"))
    check.add_argument("folder", type=Path)
    for verb in (record, check):
        verb.add_argument("--site", type=Path, default=default_site(), metavar="FILE", help=msg("konfigurasi gedung"))
        verb.add_argument("--language", default="id", help=msg("bahasa keluarannya: id, en"))
    record.add_argument("--of", choices=LANGUAGES, action="append", help=msg("hanya rekaman bahasa ini"))
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """0 where all is well; 1 where something is wrong with the recordings, the site or the folder."""
    args = parser_of().parse_args(argv)
    words = Words(args.language)
    try:
        hall = load(args.site).hall("")
    except (SiteErrors, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if args.verb == "record-list":
        sys.stdout.write("".join(f"{line}\n" for line in _to_record(hall, args, words)))
        return 0
    return _check(hall, args.folder, words)


def _to_record(hall: Hall, args: Namespace, words: Words) -> Iterator[str]:
    chime = words.say(msg("nada pembuka; boleh tidak ada"))
    yield f"{CHIME}.wav\t{chime}"
    for language in args.of or LANGUAGES:
        for token in needed(hall, language):
            yield f"{token.clip}.wav\t{to_say(token)}"


def _check(hall: Hall, folder: Path, words: Words) -> int:
    if not folder.is_dir():
        sys.stderr.write(words.say(msg("Folder '{folder}' tidak ada."), folder=folder) + "\n")
        return 1
    recorded = [language for language in LANGUAGES if (folder / language).is_dir()]
    if has_models(folder):
        models = list(judged(folder, hall, words))
        sys.stdout.write("".join(f"{sentence}\n" for _, sentence in models))
        is_well = all(well for well, _ in models)
        return max(int(not is_well), _check_clips(hall, folder, recorded, words) if recorded else 0)
    if not recorded:
        say = msg(
            "Di '{folder}' tidak ada folder bahasa ({languages}) dan tidak ada model Piper. "
            "Susunannya ada di docs/klip-suara.md."
        )
        sys.stderr.write(words.say(say, folder=folder, languages=", ".join(LANGUAGES)) + "\n")
        return 1
    return _check_clips(hall, folder, recorded, words)


def _check_clips(hall: Hall, folder: Path, recorded: Sequence[str], words: Words) -> int:
    names = [token.clip for language in recorded for token in needed(hall, language)]
    wrong = list(_wrong(folder, [CHIME, *names], words))
    for name, sentence in wrong:
        sys.stdout.write(f"{name}.wav: {sentence}\n")
    sys.stdout.write(_summary(len(names), len({name for name, _ in wrong}), recorded, words) + "\n")
    return 1 if wrong else 0


def _wrong(folder: Path, names: Sequence[str], words: Words) -> Iterator[tuple[str, str]]:
    takes: dict[str, Take] = {}
    for name in names:
        path = folder / f"{name}.wav"
        if not path.exists():
            if name != CHIME:
                yield name, words.say(msg("tidak ada"))
            continue
        try:
            takes[name] = measured(read_wav(path))
        except Unreadable:
            yield name, words.say(msg("tidak terbaca: harus WAV (PCM)"))
    yield from faults(takes, words)


def _summary(clips: int, wrong: int, recorded: Sequence[str], words: Words) -> str:
    languages = ", ".join(recorded)
    if not wrong:
        return words.say(msg("{n} klip ({languages}) lengkap dan baik."), n=clips, languages=languages)
    say = msg("{wrong} dari {n} klip ({languages}) perlu dibetulkan.")
    return words.say(say, wrong=wrong, n=clips, languages=languages)


if __name__ == "__main__":
    sys.exit(main())
