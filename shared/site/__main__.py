"""`antre check FILE`: `python -m shared.site FILE`."""

import sys
from collections.abc import Sequence
from pathlib import Path

from shared.arguments import Arguments
from shared.site import Site, SiteErrors, load
from shared.site.tables import SiteFile
from shared.words import Words, msg


def summary(site: Site, words: Words) -> str:
    """The hall in one line: its name and how much of each."""
    file = site.file
    services = sum(len(agency.services) for agency in file.agencies)
    counts = [
        words.count("{n} zona", "{n} zona", len(file.zones)),
        words.count("{n} instansi", "{n} instansi", len(file.agencies)),
        words.count("{n} layanan", "{n} layanan", services),
        _counters(file, words),
        words.count("{n} mesin tiket", "{n} mesin tiket", len(file.kiosks)),
        words.count("{n} TV", "{n} TV", len(file.displays)),
    ]
    return f"{file.hall.name}: {', '.join(counts)}."


def _counters(file: SiteFile, words: Words) -> str:
    if file.hall.counter_word == "gerai":
        return words.count("{n} gerai", "{n} gerai", len(file.counters))
    return words.count("{n} loket", "{n} loket", len(file.counters))


def main(argv: Sequence[str] | None = None) -> int:
    """`antre check FILE`: 0 with a summary and warnings, 1 with every error."""
    parser = Arguments(prog="antre check", description=msg("Memeriksa berkas konfigurasi sebuah gedung."))
    parser.add_argument("file", type=Path, metavar="FILE", help="config/….toml")
    parser.add_argument("--language", default="id", help="id, en")
    asked = parser.parse_args(argv)
    words = Words(asked.language)
    try:
        site = load(asked.file, words)
    except SiteErrors as errors:
        count = words.count("{n} kesalahan.", "{n} kesalahan.", len(errors.errors))
        sys.stdout.write(f"{errors}\n{count}\n")
        return 1
    told = [words.say(msg("{path}: konfigurasi baik."), path=asked.file), summary(site, words)]
    told += [
        words.say("Perhatian: {warning}", warning=warning) for warning in site.warnings(words=words, is_asked=True)
    ]
    sys.stdout.write("\n".join(told) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
