import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication

from shared.qt.theme import DARK, FAMILY, LIGHT, MARKS, Palette, Theme, install_fonts

PAIRS = [
    ("ink", "ground"),
    ("ink", "card"),
    ("soft", "ground"),
    ("soft", "card"),
    ("on_main", "main"),
    ("on_called", "called"),
    ("on_priority", "priority"),
    ("resting_ink", "resting"),
    ("resting_reason", "resting"),
    ("late", "card"),
    ("well", "card"),
    ("ink", "tint"),
    ("on_main", "ribbon"),
]


def luminance(colour: str) -> float:
    """WCAG 2.2 relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "under"), PAIRS)
def test_every_text_colour_can_be_read_on_its_surface(palette: Palette, text: str, under: str) -> None:
    assert contrast(getattr(palette, text), getattr(palette, under)) >= 4.5


@pytest.mark.parametrize("mark", MARKS)
def test_white_can_be_read_on_every_agency_mark(mark: str) -> None:
    assert contrast("#FFFFFF", mark) >= 4.5


@pytest.mark.parametrize(
    ("size", "units", "pixels"),
    [((1920, 1080), 100, 100), ((1080, 1920), 100, 100), ((3840, 2160), 100, 200), ((1366, 768), 100, 71)],
)
def test_lengths_follow_the_screen(size: tuple[int, int], units: int, pixels: int) -> None:
    assert Theme(QSize(*size)).px(units) == pixels


@pytest.mark.parametrize(
    ("size", "mm", "touch"),
    [((1920, 1080), (345.0, 194.0), 112), ((1920, 1080), (476.0, 268.0), 81), ((1920, 1080), (708.0, 398.0), 55)],
    ids=["15.6 inch", "21.5 inch", "32 inch"],
)
def test_a_touch_target_is_twenty_millimetres_on_the_real_screen(
    size: tuple[int, int], mm: tuple[float, float], touch: int
) -> None:
    assert Theme(QSize(*size), mm=mm).touch == pytest.approx(touch, abs=1)


def test_an_agency_keeps_its_colour() -> None:
    theme = Theme(QSize(1920, 1080))
    assert theme.mark("ZB") == theme.mark("ZB")
    assert len({theme.mark(letter).name() for letter in "ABCDEFGH"}) == len(MARKS)


def test_an_unknown_token_is_an_error() -> None:
    with pytest.raises(AttributeError):
        _ = Theme(QSize(1, 1)).no_such_colour


@pytest.mark.parametrize("weight", [500, 700, 800])
def test_the_shipped_type_is_the_one_used(qapp: QApplication, weight: int) -> None:
    assert qapp.font().pointSize() != 0
    install_fonts()
    info = QFontInfo(Theme(QSize(1920, 1080)).font(28, weight))
    assert (info.family(), info.weight(), info.pixelSize()) == (FAMILY, weight, 28)
