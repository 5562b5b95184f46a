"""How printer type is wrapped, sized, framed and made plain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.lettering import ASCII, DRAWN, Face, fitted, framed, numbered, plain, ticked, wrapped
from tests.kiosk.tickets import LONGEST

LARGE, TALL = Face(2, 2), Face(1, 2)


def test_lines_of_one_text_are_about_equally_long() -> None:
    assert wrapped("Mal Pelayanan Publik Kabupaten Paser", 32) == ["Mal Pelayanan Publik", "Kabupaten Paser"]


def test_a_word_longer_than_the_paper_is_broken_and_not_cut() -> None:
    assert "".join(wrapped("x" * 70, 32)) == "x" * 70


@given(st.lists(st.text("abc", min_size=1, max_size=40), min_size=1), st.integers(8, 48))
def test_no_letter_is_lost_and_no_line_too_long(words: list[str], columns: int) -> None:
    lines = wrapped(" ".join(words), columns)
    assert "".join(lines).replace(" ", "") == "".join(words)
    assert max(map(len, lines)) <= columns


def test_numbered_lines_wrap_under_their_first_word() -> None:
    rows = ["1. Kartu        ", "   Keluarga (KK)", "2. Gadai        "]
    assert numbered(["Kartu Keluarga (KK)", "Gadai"], 16) == rows


def test_lines_to_tick_wrap_beside_their_boxes() -> None:
    assert ticked(["Kartu Keluarga (KK)"], 16) == ["[ ] Kartu   ", "    Keluarga", "    (KK)    "]


def test_a_short_heading_is_large() -> None:
    assert {run.face for run in fitted("Disdukcapil", 48, [LARGE, TALL])} == {LARGE}


def test_a_heading_that_would_take_three_lines_is_set_smaller() -> None:
    runs = fitted(LONGEST, 48, [LARGE, TALL])
    assert {run.face for run in runs} == {TALL}
    assert " ".join(run.text for run in runs) == LONGEST


def test_a_heading_whose_word_would_be_broken_is_set_smaller() -> None:
    assert {run.face for run in fitted("Ketenagakerjaannya", 32, [LARGE, TALL])} == {TALL}


def test_every_row_of_a_frame_is_as_wide_as_the_others() -> None:
    rows = framed([("Sisa antrean di depan:", "4 orang"), ("Perkiraan tunggu:", "± 12 menit")], 48, DRAWN)
    assert {sum(run.cells for run in row) for row in rows} == {48}


def test_a_label_stands_beside_its_value_where_there_is_room() -> None:
    rows = framed([("Sisa antrean di depan:", "4 orang")], 48, DRAWN)
    assert "".join(run.text for run in rows[1]).strip(" │") == "Sisa antrean di depan: 4 orang"


def test_where_one_label_has_no_room_all_stand_above_their_values() -> None:
    rows = framed([("Sisa antrean di depan:", "4 orang"), ("Sisa:", "4")], 32, DRAWN)
    assert ["".join(run.text for run in row).strip(" │├┤─┌┐└┘") for row in rows] == [
        "",
        "Sisa antrean di depan:",
        "4 orang",
        "",
        "Sisa:",
        "4",
        "",
    ]


@pytest.mark.parametrize("columns", [32, 42, 48])
def test_a_frame_can_be_drawn_without_signs(columns: int) -> None:
    rows = framed([("Sisa antrean di depan:", "4 orang")], columns, ASCII)
    assert "".join(run.text for row in rows for run in row).isascii()


@pytest.mark.parametrize(
    ("text", "encoding", "printed"),
    [
        ("loket 10–13", "CP437", "loket 10-13"),
        ("± 12 menit", "CP437", "± 12 menit"),
        ("± 12 menit", "ascii", "+/- 12 menit"),
        ("Café", "ascii", "Cafe"),
        ("Wi\u2011Fi …", "CP437", "Wi-Fi ..."),
        ("\u2018Jum’at’", "CP437", "'Jum'at'"),
        ("印", "CP437", "?"),
    ],
)
def test_what_a_code_page_lacks_has_an_equivalent(text: str, encoding: str, printed: str) -> None:
    assert plain(text, encoding) == printed
