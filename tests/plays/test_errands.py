"""A visitor who is held, comes back and is sent to another counter: one paper, each call shown and spoken.

About 60 s on two cores: each call is spoken whole.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.day import heard
from demo.hearing import NullSink
from demo.play import wait_until
from demo.witness import number_on_page, page_behind, paper_says
from tests.needs import program
from tests.plays.lobby import Lobby, choose, open_lobby, printed

pytestmark = [pytest.mark.timeout(300), pytest.mark.alone]


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


def test_held_back_again_and_sent_on_the_number_stays_one(lobby: Lobby, sink: NullSink) -> None:
    ticket = lobby.take("kependudukan-ktp")
    number, url = paper_says(printed(ticket, lobby))
    assert number == ticket.number
    first, second = lobby.officers

    with sink.record() as recording:
        assert lobby.call(first, number) == (number, "1")
        choose(first, "Tahan", "10 menit")
        first.wait_text("number", "")
        page = page_behind(url)
        assert number_on_page(page) == number
        assert "Nomor Anda ditahan sampai pukul" in page
        wait_until(lambda: number not in lobby.tv.text("called-number"), "the TV to let the call go")

        choose(first, "Kembalikan", number)
        assert lobby.call(first, number) == (number, "1")
        choose(first, "Alihkan", "loket", "2")
        first.wait_text("number", "")
        assert "Anda akan dipanggil di loket 2" in page_behind(url)

        assert lobby.call(second, number) == (number, "2")
        second.key("S")
        second.wait_text("number", "")
    assert "Layanan selesai." in page_behind(url)
    assert heard(recording.samples()) == [(number, "1"), (number, "1"), (number, "2")]
