"""Two pictures of a screen, compared; and a sheet of them, kept and cut again."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from demo.contact_sheet import Cell, Sheet, read, write
from demo.likeness import BLOCK, differing, evidence

GROUND, INK = "#F5F2EC", "#0B5D5E"
CELLS = [[Cell("Biasa", (160, 80))], [Cell("Kontras", (80, 40)), Cell("Besar", (80, 40))]]


def screen(button: tuple[int, int, int, int] = (40, 24, 88, 48), *, colour: str = INK) -> Image.Image:
    picture = Image.new("RGB", (160, 80), GROUND)
    ImageDraw.Draw(picture).rectangle(button, colour)
    return picture


def test_a_picture_is_like_itself() -> None:
    assert differing(screen(), screen()) is None


@pytest.mark.parametrize(
    "other",
    [screen((44, 24, 92, 48)), screen((40, 28, 88, 52)), screen(colour="#5B2A86"), screen((40, 24, 88, 44))],
    ids=["moved right", "moved down", "another colour", "lower"],
)
def test_another_button_is_found_where_it_stands(other: Image.Image) -> None:
    box = differing(screen(), other)
    assert box is not None
    assert (box[0] >= 32, box[1] >= 16, box[2] <= 104, box[3] <= 64) == (True, True, True, True)


def test_what_differs_is_shown_three_times() -> None:
    shown = evidence(screen(), screen((44, 24, 92, 48)), (40, 24, 96, 48))
    assert shown.size == (3 * 160 + 2 * BLOCK, 80)
    assert shown.getpixel((2 * (160 + BLOCK) + 60, 30)) == (0, 0, 0)


def test_a_sheet_gives_back_what_was_put_on_it(tmp_path: Path) -> None:
    sheet, path = Sheet(CELLS), tmp_path / "new" / "sheet.webp"
    small = screen().resize((80, 40))
    write(sheet.draw([screen(), small, small]), path)
    cut = sheet.cut(read(path))
    assert [picture.size for picture in cut] == [(160, 80), (80, 40), (80, 40)]
    assert cut[0].tobytes() == screen().tobytes()  # its grounds keep their colours
    assert [differing(small, picture) for picture in cut[1:]] == [None, None]


def test_a_sheet_of_other_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="other cells"):
        Sheet(CELLS[:1]).cut(Image.new("RGB", (10, 10)))
