from datetime import timedelta

import pytest

from shared.speech import LANGUAGES, Plan, call_speech, clip_names, plan, spell


def said(number: str, counter: str, language: str = "id", counter_word: str = "loket") -> list[str]:
    speech = call_speech(number, counter, language=language, counter_word=counter_word)
    return [token.text for token in speech.tokens]


def test_a_call_is_the_sentence_of_the_trade_in_indonesian() -> None:
    speech = call_speech("A-012", "5", language="id", counter_word="loket")
    assert speech.text == "Nomor antrean, A, nol satu dua, silakan menuju loket lima."


def test_a_call_is_the_sentence_of_the_trade_in_english() -> None:
    speech = call_speech("A-012", "5", language="en", counter_word="gerai")
    assert speech.text == "Queue number A, zero one two, please go to counter five."


def test_every_token_names_its_clip() -> None:
    speech = call_speech("B-907", "21", language="id", counter_word="gerai")
    assert speech.clips == (
        *("id/nomor-antrean", "id/huruf-b", "id/sembilan", "id/nol", "id/tujuh"),
        *("id/silakan-menuju", "id/gerai", "id/dua", "id/puluh", "id/satu"),
    )


def test_the_english_clips_have_english_names() -> None:
    speech = call_speech("B-907", "21", language="en", counter_word="loket")
    assert speech.clips == (
        *("en/queue-number", "en/letter-b", "en/nine", "en/zero", "en/seven"),
        *("en/please-go-to", "en/counter", "en/twenty", "en/one"),
    )


@pytest.mark.parametrize(
    ("number", "tokens"),
    [
        ("A-012", ["A", "nol", "satu", "dua"]),
        ("A-999", ["A", "sembilan", "sembilan", "sembilan"]),
        ("ZB-1000", ["Z", "B", "satu", "nol", "nol", "nol"]),
        ("c-003", ["C", "nol", "nol", "tiga"]),
        ("045", ["nol", "empat", "lima"]),
        ("D-678", ["D", "enam", "tujuh", "delapan"]),
    ],
)
def test_a_number_is_said_letter_by_letter_and_digit_by_digit(number: str, tokens: list[str]) -> None:
    assert said(number, "1") == ["nomor antrean", *tokens, "silakan menuju", "loket", "satu"]


@pytest.mark.parametrize(
    ("counter", "indonesian", "english"),
    [
        ("1", "satu", "one"),
        ("9", "sembilan", "nine"),
        ("10", "sepuluh", "ten"),
        ("11", "sebelas", "eleven"),
        ("12", "dua belas", "twelve"),
        ("19", "sembilan belas", "nineteen"),
        ("20", "dua puluh", "twenty"),
        ("21", "dua puluh satu", "twenty one"),
        ("44", "empat puluh empat", "forty four"),
        ("99", "sembilan puluh sembilan", "ninety nine"),
        ("100", "seratus", "one hundred"),
        ("101", "seratus satu", "one hundred one"),
        ("111", "seratus sebelas", "one hundred eleven"),
        ("200", "dua ratus", "two hundred"),
        ("215", "dua ratus lima belas", "two hundred fifteen"),
        ("999", "sembilan ratus sembilan puluh sembilan", "nine hundred ninety nine"),
        ("1000", "satu nol nol nol", "one zero zero zero"),
        ("07", "nol tujuh", "zero seven"),
        ("0", "nol", "zero"),
        ("5A", "lima A", "five A"),
        ("B-12", "B dua belas", "B twelve"),
    ],
)
def test_a_counter_is_said_as_words(counter: str, indonesian: str, english: str) -> None:
    go_to = "silakan menuju loket " + indonesian
    assert " ".join(said("A-001", counter)[5:]) == go_to
    assert " ".join(said("A-001", counter, "en")[5:]) == "please go to counter " + english


def test_the_hall_chooses_its_word_for_a_counter() -> None:
    assert said("A-001", "3", counter_word="gerai")[-2:] == ["gerai", "tiga"]


def test_no_zero_is_ever_kosong() -> None:
    everything = {word for n in range(1000) for word in said(f"A-{n:03d}", str(n))}
    assert "nol" in everything
    assert not everything & {"kosong", "silahkan", "nomer", "antrian"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_clips_covers_every_call(language: str) -> None:
    names = set(clip_names(language, counter_word="loket"))
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    calls = [(f"{letters[n % 26]}-{n:03d}", str(n)) for n in range(1000)]
    needed = {
        clip
        for number, counter in calls
        for clip in call_speech(number, counter, language=language, counter_word="loket").clips
    }
    assert needed == names


def test_the_list_of_clips_names_none_twice() -> None:
    names = [name for language in LANGUAGES for name in clip_names(language, counter_word="gerai")]
    assert len(names) == len(set(names))


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(KeyError):
        call_speech("A-001", "1", language="nl", counter_word="loket")


@pytest.mark.parametrize(
    ("age_s", "behind", "expected"),
    [
        (0, 0, Plan(2)),
        (0, 1, Plan(1)),
        (0, 9, Plan(1)),
        (90, 0, Plan(2)),
        (91, 0, Plan(0, "late")),
        (91, 3, Plan(0, "late")),
        (-30, 0, Plan(2)),
    ],
)
def test_how_often_a_call_is_said(age_s: int, behind: int, expected: Plan) -> None:
    assert plan(timedelta(seconds=age_s), behind, repeat=2, late_after_s=90) == expected


def test_a_hall_that_asks_for_no_repeat_hears_each_call_once() -> None:
    assert plan(timedelta(), 0, repeat=0, late_after_s=90) == Plan(1)


@pytest.mark.parametrize(
    ("number", "language", "said"),
    [
        ("A-012", "id", "A, nol satu dua"),
        ("A2-1000", "en", "A two, one zero zero zero"),
        ("A-012", "jv", "A, nol satu dua"),
    ],
)
def test_a_number_is_spelt_within_any_sentence(number: str, language: str, said: str) -> None:
    assert spell(number, language=language) == said
