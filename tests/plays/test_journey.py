"""One number through two services, with the real programs: one paper, called by two officers, shown and spoken twice.

About 50 s on two cores: each call is spoken whole.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.day import heard
from demo.hearing import NullSink
from demo.play import wait_until
from demo.witness import number_on_page, page_behind, paper_says
from shared.receipt.escpos import papers
from tests.needs import program
from tests.plays.lobby import Lobby, open_lobby, printed

pytestmark = [pytest.mark.timeout(300), pytest.mark.alone]

FIRST, SECOND = "kependudukan-ktp", "umum-surat"


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[NullSink]:
    for needed in ("tesseract", "pulseaudio", "parec"):
        program(needed)
    with NullSink(tmp_path / "sound") as sink:
        yield sink


@pytest.fixture
def lobby(tmp_path: Path, sink: NullSink) -> Iterator[Lobby]:
    with open_lobby(tmp_path, sink) as lobby:
        yield lobby


def test_one_paper_two_counters_two_calls(lobby: Lobby, sink: NullSink) -> None:
    ticket = lobby.take(FIRST, SECOND)
    first, second = lobby.officers
    paper = printed(ticket, lobby)
    number, url = paper_says(paper)
    assert number == ticket.number
    lines = papers(paper)[0].lines
    assert [line for line in lines if line.startswith(("1. ", "2. "))] == [
        "1. Kependudukan: KTP elektronik",
        "2. Umum: Surat Keterangan",
    ]

    with sink.record() as recording:
        assert lobby.call(first, number) == (number, "1")
        assert "lalu Umum" in first.text("journey")
        first.key("S")
        wait_until(lambda: f"{number} sekarang menunggu" in first.text("message"), "the officer to be told where to")
        page = page_behind(url)
        assert number_on_page(page) == number
        assert page.index('class="done"') < page.index('class="now"')

        assert lobby.call(second, number) == (number, "2")
        second.key("S")
        second.wait_text("number", "")
    assert "Layanan selesai." in page_behind(url)
    assert heard(recording.samples()) == [(number, "1"), (number, "2")]
