import re
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from shared.assets import ASSETS
from shared.trouble import KINDS, Trouble
from shared.words import Words, msg

ROOT = ASSETS.parent
WITA = ZoneInfo("Asia/Makassar")
ROOMS = ("kiosk", "counter", "display", "hub", "shared", "demo", "start")
KEYWORDS = {"say": None, "msg": None, "count": (1, 2)}
OF_SETUP = {"msg": None}
"""Its own `say` tells progress, before there is a library that reads a catalogue."""
OLD_SPELLING = re.compile(r"\b(antri|antrian|nomer|silahkan|ijin|jadual|printernya)\b", re.IGNORECASE)


@cache
def said() -> set[str | tuple[str, ...]]:
    """Every text the programs say, as gettext knows it."""
    return {
        message
        for room in ROOMS
        for _file, _line, message, _comments, _context in extract_from_dir(
            str(ROOT / room), keywords=OF_SETUP if room == "start" else KEYWORDS
        )
    }


@pytest.fixture(scope="module")
def english() -> Catalog:
    with (ASSETS / "translations" / "en.po").open("rb") as file:
        return read_po(file)


def test_everything_said_has_its_english(english: Catalog) -> None:
    known = {message.id for message in english if message.id and all(message.string or [""])}
    assert [text for text in sorted(said(), key=str) if text not in known] == []


def test_the_catalogue_holds_nothing_that_is_no_longer_said(english: Catalog) -> None:
    texts = said()
    assert [message.id for message in english if message.id and message.id not in texts] == []


def names_in(texts: object) -> set[str]:
    """The `{names}` that a text has filled."""
    return set(re.findall(r"{(\w+)}", str(texts)))


def test_indonesian_is_spelt_by_the_dictionary() -> None:
    texts = [part for text in said() for part in ([text] if isinstance(text, str) else text)]
    assert [text for text in texts if OLD_SPELLING.search(text)] == []


@pytest.mark.parametrize("code", KINDS)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_trouble_has_a_sentence_and_a_step(code: str, language: str) -> None:
    names = re.findall(r"{(\w+)}", KINDS[code].sentence)
    trouble = Trouble(code, **dict.fromkeys(names, "x"))
    assert trouble.sentence(Words(language)).endswith(".")
    assert trouble.step(Words(language)).endswith(".")


@pytest.mark.parametrize(
    ("language", "clock", "day"),
    [("id", "09.42", "Kamis, 12 Februari 2026"), ("en", "09:42", "Thursday, 12 February 2026")],
)
def test_times_are_written_as_the_language_does(language: str, clock: str, day: str) -> None:
    words = Words(language)
    assert (
        words.clock(datetime(2026, 2, 12, 9, 42, tzinfo=ZoneInfo("Asia/Makassar"))),
        words.day(date(2026, 2, 12)),
    ) == (
        clock,
        day,
    )


def test_the_zone_is_written_as_people_say_it() -> None:
    moment = datetime(2026, 2, 12, 9, 42, tzinfo=ZoneInfo("Asia/Makassar"))
    assert Words("id").moment(moment, "Asia/Makassar") == "12/02/2026 09.42 WITA"


def test_one_and_many_differ_in_english_only_where_they_do(english: Catalog) -> None:
    plurals = [message for message in english if isinstance(message.id, tuple)]
    assert all(isinstance(message.string, tuple) and len(message.string) == 2 for message in plurals)


def test_a_language_without_a_catalogue_speaks_indonesian() -> None:
    words = Words("xx")
    assert (words.say(msg("Kertas habis.")), words.own_name) == ("Kertas habis.", "xx")
    assert words.day(date(2026, 2, 12)) == Words("id").day(date(2026, 2, 12))


def test_a_language_with_a_few_lines_says_the_rest_in_indonesian() -> None:
    words = Words("jv")
    assert (words.own_name, words.say(msg("Kembali")), words.say(msg("Kertas habis."))) == (
        "Jawa",
        "Wangsul",
        "Kertas habis.",
    )
    assert words.clock(datetime(2026, 2, 12, 9, 42, tzinfo=WITA)) == "09.42"


def test_a_further_catalogue_translates_what_is_said_with_the_same_names() -> None:
    for path in (ASSETS / "translations").glob("*.po"):
        with path.open("rb") as file:
            messages = [message for message in read_po(file) if message.id]
        assert [message.id for message in messages if names_in(message.id) != names_in(message.string)] == []
        assert {message.id for message in messages} <= said()


@pytest.mark.parametrize(
    ("moment", "said", "in_english"),
    [
        (datetime(2026, 2, 13, tzinfo=WITA), ("besok", "Jumat"), ("tomorrow", "Friday")),
        (
            datetime(2026, 2, 13, 8, tzinfo=WITA),
            ("besok pukul 08.00", "Jumat pukul 08.00"),
            ("tomorrow at 08:00", "Friday at 08:00"),
        ),
        (datetime(2026, 2, 16, tzinfo=WITA), ("Senin, 16 Februari", "Senin"), ("Monday, 16 February", "Monday")),
    ],
)
def test_midnight_is_only_the_day(moment: datetime, said: tuple[str, str], in_english: tuple[str, str]) -> None:
    now = datetime(2026, 2, 12, 14, 50, tzinfo=WITA)
    for language, expected in (("id", said), ("en", in_english)):
        words = Words(language)
        assert (words.when(moment, now), words.soon(moment, now)) == expected
