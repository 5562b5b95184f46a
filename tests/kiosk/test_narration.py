import pytest

from kiosk.narration import Choice, choice_text, screen_text, spoken
from shared.words import Words


@pytest.mark.parametrize(
    ("written", "indonesian", "english"),
    [
        ("Nomor K-012 sudah", "Nomor K, nol satu dua sudah", "Nomor K, zero one two sudah"),
        ("A2-1000", "A dua, satu nol nol nol", "A two, one zero zero zero"),
        ("14 menunggu · 25–40 mnt", "14 menunggu, 25 sampai 40 menit", "14 menunggu, 25 to 40 minutes"),
        ("lansia 60+, hamil", "lansia 60 ke atas, hamil", "lansia 60 and over, hamil"),
        ("menyusui/balita", "menyusui, balita", "menyusui, balita"),
        ("1. Samsat: SKCK\n2. Polres", "1. Samsat: SKCK. 2. Polres", "1. Samsat: SKCK. 2. Polres"),
        ("09.42 · 12–02", "09.42, 12 sampai 02", "09.42, 12 to 02"),
    ],
)
def test_what_is_written_is_said_in_words(written: str, indonesian: str, english: str) -> None:
    assert (spoken(written, Words("id")), spoken(written, Words("en"))) == (indonesian, english)


def test_a_language_without_a_voice_spells_its_numbers_as_indonesian() -> None:
    assert spoken("K-001", Words("jv")) == "K, nol nol satu"


def test_a_screen_is_its_texts_and_how_many_choices_it_has() -> None:
    assert screen_text(["Hari ini mau mengurus apa?", "", "Sentuh"], 3, Words("id")) == (
        "Hari ini mau mengurus apa? Sentuh. 3 pilihan."
    )
    assert screen_text([], 1, Words("en")) == "1 choice."


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (Choice("Kembali"), "2. Kembali."),
        (Choice("Kembali", enabled=False), "2. Kembali. Tidak dapat dipilih."),
        (Choice("Huruf besar. Lebih besar.", checked=True), "2. Huruf besar. Lebih besar. Menyala."),
        (Choice("English", checked=False), "2. English. Tidak menyala."),
    ],
)
def test_a_choice_says_its_place_and_whether_it_is_on(choice: Choice, said: str) -> None:
    assert choice_text(choice, 2, Words("id")) == said
