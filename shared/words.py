"""Words of screen, paper, voice and pages: gettext catalogues, Indonesian first.

A msgid is the Indonesian sentence itself, so Indonesian needs no catalogue; every other language is a
file `assets/translations/<language>.po`. Dates and times follow the language (Babel's CLDR data).
"""

from datetime import date, datetime, time
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from shared.assets import ASSETS

ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
"""Indonesia's zones as people write them."""


FIRST, FIRST_NAME = "id", "Indonesia"
"""The language of the msgids, in which everything is said that another has no words for."""

_WEEK_DAYS = 7
_MIDNIGHT = time()


def msg(text: str) -> str:
    """Mark `text` for the catalogue without translating it yet."""
    return text


@cache
def _translations(language: str) -> NullTranslations:
    path = ASSETS / "translations" / f"{language}.po"
    if not path.exists():
        return NullTranslations()
    return _compiled(path)


def _compiled(path: Path) -> GNUTranslations:
    # The .po is read at start rather than shipped compiled: one file to edit, nothing to forget to build.
    from babel.messages.mofile import write_mo  # noqa: PLC0415  -- Indonesian needs no catalogue, nor the time to load
    from babel.messages.pofile import read_po  # noqa: PLC0415  -- as above

    with path.open("rb") as file:
        catalogue = read_po(file)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


class Words:
    """The words of one language (`id`, `en`, or any language with a catalogue)."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._translations = _translations(language)

    @property
    def own_name(self) -> str:
        """The language as its speakers call it: its catalogue's word for 'Indonesia'; without one, its code."""
        name = self.say(msg("Indonesia"))
        return self.language if self.language != FIRST and name == FIRST_NAME else name

    @property
    def _dates(self) -> str:
        """The locale of its dates; Indonesian where the CLDR, or what of it is installed, has none of its own."""
        from babel.localedata import exists  # noqa: PLC0415  -- not every program says a date

        return self.language if exists(self.language) else FIRST

    def say(self, text: str, **values: object) -> str:
        """`text` in this language, its `{names}` filled from `values`."""
        translated = self._translations.gettext(text)
        return translated.format(**values) if values else translated

    def count(self, one: str, many: str, n: int, **values: object) -> str:
        """As `say`, in the form that fits `n`, which fills `{n}`."""
        return self._translations.ngettext(one, many, n).format(n=n, **values)

    def clock(self, moment: datetime) -> str:
        """Hours and minutes: `09.42` in Indonesian, `09:42` in English."""
        separator = ":" if self.language == "en" else "."
        return f"{moment:%H}{separator}{moment:%M}"

    def day(self, moment: date) -> str:
        """A whole date: `Kamis, 12 Februari 2026`."""
        from babel.dates import format_date  # noqa: PLC0415  -- as above

        pattern = "EEEE, d MMMM y"
        return format_date(moment, pattern, locale=self._dates)

    def when(self, moment: datetime, now: datetime) -> str:
        """A moment to come, in a sentence: `pukul 13.00`, `besok pukul 08.00`, `Senin, 23 November, pukul 08.00`.

        Midnight goes unsaid: nobody comes at it, it only means the day.
        """
        from babel.dates import format_date  # noqa: PLC0415  -- as above

        ahead, clock = (moment.date() - now.date()).days, self.clock(moment)
        if ahead == 0:
            return self.say(msg("pukul {clock}"), clock=clock)
        day = self.say(msg("besok")) if ahead == 1 else format_date(moment, "EEEE, d MMMM", locale=self._dates)
        if moment.time() == _MIDNIGHT:
            return day
        pattern = msg("besok pukul {clock}") if ahead == 1 else msg("{day}, pukul {clock}")
        return self.say(pattern, day=day, clock=clock)

    def soon(self, moment: datetime, now: datetime) -> str:
        """As `when`, for where there is little room: `pukul 13.00`, `Senin pukul 08.00`, `23 Mar pukul 08.00`."""
        from babel.dates import format_date  # noqa: PLC0415  -- as above

        ahead, clock = (moment.date() - now.date()).days, self.clock(moment)
        if ahead == 0:
            return self.say(msg("pukul {clock}"), clock=clock)
        day = format_date(moment, "EEEE" if ahead < _WEEK_DAYS else "d MMM", locale=self._dates)
        return day if moment.time() == _MIDNIGHT else self.say(msg("{day} pukul {clock}"), day=day, clock=clock)

    def moment(self, moment: datetime, zone: str) -> str:
        """Date and time with the zone's Indonesian name: `12/02/2026 09.42 WITA`. `zone` is an IANA name."""
        return f"{moment:%d/%m/%Y} {self.clock(moment)} {zone_name(zone)}"


def zone_name(zone: str) -> str:
    """`WIB`, `WITA` or `WIT`; elsewhere the IANA name itself."""
    return ZONE_NAMES.get(zone, zone)
