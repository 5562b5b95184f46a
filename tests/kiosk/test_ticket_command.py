"""`antre ticket --preview`: the ticket as its bytes paint it, and what is told of a slip."""

from pathlib import Path

import pytest
from PIL import Image

from kiosk.ticket_command import main
from shared.assets import CONFIG


def asked(folder: Path, *more: str, site: str = "paser") -> tuple[int, Path]:
    file = folder / "ticket.png"
    return main(["--preview", str(file), "--site", str(CONFIG / f"{site}.toml"), *more]), file


@pytest.mark.parametrize(("width", "dots"), [("58", 384), ("80", 576)])
def test_the_ticket_is_drawn_as_wide_as_the_paper(tmp_path: Path, width: str, dots: int) -> None:
    status, file = asked(tmp_path, "--width", width, "--language", "en", "--service", "disdukcapil-kk")
    assert status == 0
    with Image.open(file) as drawn:
        assert drawn.width == dots
        assert drawn.height > 1000


def test_a_second_paper_lies_under_the_first(tmp_path: Path) -> None:
    site = tmp_path / "site.toml"
    shipped = (CONFIG / "small.toml").read_text(encoding="utf-8")
    heights = []
    for table in ("", '[ticket]\nsecond_copy = ["number"]\n'):
        site.write_text(shipped + table, encoding="utf-8")
        main(["--preview", str(tmp_path / "t.png"), "--site", str(site)])
        with Image.open(tmp_path / "t.png") as drawn:
            heights.append(drawn.height)
    assert heights[1] > heights[0] + 96


@pytest.mark.parametrize(
    ("asks", "told"),
    [
        (["--service", "disdukcapil-kkk"], "Maksudnya 'disdukcapil-kk'?"),
        (["--kiosk", "kios-9"], "Maksudnya 'kios-"),
        (["--language", "jw"], "Yang ada: id, en."),
    ],
)
def test_a_name_that_is_none_is_told_with_the_nearest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], asks: list[str], told: str
) -> None:
    status, file = asked(tmp_path, *asks)
    assert (status, file.exists()) == (2, False)
    assert told in capsys.readouterr().err


def test_a_site_that_is_wrong_or_a_file_that_cannot_be_written_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--preview", str(tmp_path / "t.png"), "--site", str(tmp_path / "none.toml")]) == 1
    assert "none.toml:1: Berkas ini tidak ada." in capsys.readouterr().err
    assert asked(tmp_path / "nowhere", site="small")[0] == 1
    assert "tidak dapat ditulis (tidak ada berkas atau folder itu)" in capsys.readouterr().err
