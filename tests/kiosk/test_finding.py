"""What visitors type, and what they mean: in the largest hall, with its names, everyday words and typing errors."""

from functools import cache

import pytest

from kiosk.finding import MOST_FOUND, Finder, Found, asked_of, most_used, words_of
from kiosk.spelling import errors_between, stems
from shared.assets import CONFIG
from shared.hall import Hall
from shared.site import load
from tests.kiosk.stand_in import a_hall, an_agency


@cache
def large() -> Hall:
    return load(CONFIG / "large.toml").hall("http://hub")


@cache
def finder() -> Finder:
    return Finder(large().agencies)


def name(found: Found) -> str:
    return found.service.id if found.service else found.agency.short_name


def first(text: str, **usual: int) -> list[str]:
    return [name(found) for found in finder().find(text, {key.replace("_", "-"): n for key, n in usual.items()})]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        # names, whole and begun, in both languages
        ("KTP", "disdukcapil-ktp"),
        ("kartu kel", "disdukcapil-kk"),
        ("passport", "imigrasi-paspor-baru"),
        ("yearly vehicle tax", "samsat-pajak-tahunan"),
        ("dispora", "Dispora"),
        ("legalisasi dispora", "dispora-legalisasi"),
        # everyday words
        ("KTP hilang", "disdukcapil-ktp"),
        ("bayar pajak motor", "samsat-pajak-tahunan"),
        ("pindah rumah", "disdukcapil-pindah"),
        ("mati lampu", "pln-pengaduan"),
        ("saya mau bikin SIM", "kepolisian-sim"),
        ("bpjs mati", "bpjs-kesehatan-mutasi"),
        ("kartu kuning", "disnaker-ak-1"),
        ("kawin", "kemenag-nikah"),
        # what belongs to the agency, with what belongs to the service
        ("skck polres", "polres-skck"),
        ("perkara PA", "pa-perkara"),
        # prefixes, endings, hyphens, abbreviations
        ("memperpanjang paspor", "imigrasi-penggantian-paspor"),
        ("e-ktp", "disdukcapil-ktp"),
        ("ektp", "disdukcapil-ktp"),
        ("NPWP", "pajak-npwp"),
        ("STNK", "samsat-stnk"),
        ("capil", "Disdukcapil"),
        # typing errors
        ("pajek kendaran", "samsat-pajak-tahunan"),
        ("ktp hialng", "disdukcapil-ktp"),
        ("imigasi", "Imigrasi"),
        ("akte lahri", "disdukcapil-akta-kelahiran"),
        ("kartu kelurga", "disdukcapil-kk"),
    ],
)
def test_what_is_typed_finds_what_is_meant_first(typed: str, meant: str) -> None:
    assert first(typed)[0] == meant


@pytest.mark.parametrize("typed", ["xyzzy", "qqqq", "!?", "   ", "🙂"])
def test_nothing_is_found_where_nothing_is_like_it(typed: str) -> None:
    assert first(typed) == []


@pytest.mark.parametrize(
    ("typed", "among"),
    [("ktp hilang", "kepolisian-kehilangan"), ("hilang", "imigrasi-penggantian-paspor"), ("bayar pajak", "bppdrd-pbb")],
)
def test_what_else_it_may_mean_stands_among_the_results(typed: str, among: str) -> None:
    assert among in first(typed)


def test_a_word_too_many_still_finds_what_has_the_others() -> None:
    assert first("ktp zzzz")[0] == "disdukcapil-ktp"


def test_of_what_fits_alike_the_more_used_comes_first() -> None:
    assert first("skck")[:2] == ["kepolisian-skck", "polres-skck"]
    assert first("skck", polres_skck=40, kepolisian_skck=10)[:2] == ["polres-skck", "kepolisian-skck"]


def test_more_than_can_be_looked_through_is_not_shown() -> None:
    assert len(first("p")) == MOST_FOUND


def test_an_agency_of_one_service_is_found_as_that_service() -> None:
    one = Finder([an_agency("S", "Pajak Kendaraan")])
    assert [name(found) for found in one.find("instansi", {})] == ["s-0"]


def test_before_anything_is_typed_the_most_used_are_told_and_none_that_nobody_uses() -> None:
    used = most_used(a_hall().agencies, {"m-1": 5, "k-0": 9, "k-1": 0})
    assert [name(found) for found in used] == ["k-0", "m-1"]


@pytest.mark.parametrize(
    ("text", "words"),
    [("e-KTP", ["e", "ktp"]), ("PBB-P2", ["pbb", "p2"]), ("Kartu Keluarga (KK)", ["kartu", "keluarga", "kk"])],
)
def test_words_are_compared_without_their_dress(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("text", "asked"),
    [("saya mau bikin paspor", ["paspor"]), ("I want to", ["i"]), ("mau ke", ["mau", "ke"]), ("", [])],
)
def test_words_around_what_is_meant_are_left_out(text: str, asked: list[str]) -> None:
    assert asked_of(text) == asked


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("perpanjangan", "memperpanjang"),
        ("pembayaran", "bayar"),
        ("kehilangan", "hilang"),
        ("pernikahan", "menikah"),
        ("mengurus", "urus"),
        ("penukaran", "tukar"),
        ("ektp", "ktp"),
    ],
)
def test_words_of_one_stem_meet(one: str, other: str) -> None:
    assert stems(one) & stems(other)


@pytest.mark.parametrize(
    ("typed", "word", "errors"),
    [
        ("paspor", "paspor", 0),
        ("pas", "paspor", 0),
        ("paspr", "paspor", 1),
        ("pasppor", "paspor", 1),
        ("papsor", "paspor", 1),
        ("pazpor", "paspor", 1),
        ("kepemdu", "kependudukan", 1),
        ("pzzpor", "paspor", 2),
        ("zzzpor", "paspor", 3),
        ("imigrasi", "ijazah", 3),
    ],
)
def test_errors_are_counted_up_to_what_is_forgiven(typed: str, word: str, errors: int) -> None:
    assert errors_between(typed, word, 2) == errors
