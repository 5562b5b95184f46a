"""Which text file is a notice of the day, what its page says, and what of the folder the health page hears."""

from datetime import date

import pytest

from display.media_report import MediaReport
from display.notices import LONGEST, MOST_LINES, Notice, is_of, notice_of
from shared.qt.pictures import Found

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("Libur\nSenin tutup.\n\nBuka lagi Selasa.\n", Notice("Libur", ("Senin tutup.", "Buka lagi Selasa."))),
        ("# Layanan **SIM**\n\n- Lantai 2\n* Mulai `08.00`", Notice("Layanan SIM", ("Lantai 2", "Mulai 08.00"))),
        ("Satu baris", Notice("Satu baris")),
        ("", None),
        (" \n\t\n#  \n", None),
        ("x" * (LONGEST + 1), None),
        ("baris\n" * (MOST_LINES + 1), None),
    ],
    ids=["plain", "markdown", "a title alone", "empty", "a lone sign", "a line too long", "too many lines"],
)
def test_a_text_is_a_title_and_a_few_lines(text: str, notice: Notice | None) -> None:
    assert notice_of(text) == notice


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("jam layanan.txt", True),
        ("2026-11-23.md", True),
        ("2026-11-23 rapat.jpg", True),
        ("2026-11-24 besok.md", False),
        ("20261124.md", True),
        ("lomba 2026-11-24.md", True),
    ],
)
def test_a_file_named_with_a_date_is_shown_that_day_only(name: str, shown: bool) -> None:
    assert is_of(name, TODAY) is shown


def test_the_health_page_hears_of_what_is_broken_once() -> None:
    report = MediaReport()
    assert report.hear(Found(broken=("a.jpg", "b.md")))
    assert not report.hear(Found(broken=("a.jpg", "b.md")))
    assert (report.troubles, report.facts) == (["picture_broken"], {"broken_pictures": "a.jpg, b.md"})
    assert report.hear(Found(missing=True))
    assert (report.troubles, report.facts) == (["pictures_missing"], {})
    report.forget()
    assert report.troubles == []
