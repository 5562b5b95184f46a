import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication

from shared.marks import MARKS
from shared.qt.palette import CONTRAST, DARK, KIOSK_PAIRS, LIGHT, PAIRS, PRESSED_PAIRS, Palette, Variant
from shared.qt.theme import FAMILY, Theme, install_fonts, stepped_up
from tests.shared.contrast import contrast

AA, AAA = 4.5, 7.0
"""Success criteria 1.4.3 and 1.4.6 of WCAG 2.2, for text of any size."""


@pytest.mark.parametrize(
    ("palette", "pairs", "least"),
    [(LIGHT, KIOSK_PAIRS, AA), (LIGHT, PAIRS, AA), (DARK, PAIRS, AA), (CONTRAST, KIOSK_PAIRS, AAA)],
    ids=["kiosk", "desk", "TV", "high contrast"],
)
def test_every_text_colour_can_be_read_on_its_ground(
    palette: Palette, pairs: tuple[tuple[str, str], ...], least: float
) -> None:
    figures = {pair: contrast(getattr(palette, pair[0]), getattr(palette, pair[1])) for pair in pairs}
    assert {pair: figure for pair, figure in figures.items() if figure < least} == {}


@pytest.mark.parametrize(("palette", "least"), [(LIGHT, AA), (DARK, AA), (CONTRAST, AAA)], ids=["kiosk", "TV", "high"])
def test_a_prefix_can_be_read_on_every_agency_mark(palette: Palette, least: float) -> None:
    assert min(contrast(palette.on_mark, mark) for mark in palette.marks) >= least


@pytest.mark.parametrize(("palette", "least"), [(LIGHT, AA), (CONTRAST, AAA)], ids=["kiosk", "high contrast"])
def test_a_word_under_a_finger_can_still_be_read(palette: Palette, least: float) -> None:
    theme = Theme(QSize(1920, 1080), variant=Variant(contrast=palette is CONTRAST))
    assert min(contrast(getattr(palette, ink), theme.pressed(fill).name()) for ink, fill in PRESSED_PAIRS) >= least


def test_the_contrast_of_black_and_white_is_the_largest_there_is() -> None:
    assert (contrast("#000000", "#FFFFFF"), contrast("#777777", "#FFFFFF")) == pytest.approx((21, 4.478), abs=0.001)


@pytest.mark.parametrize(
    ("step", "larger"), [(18, 21.6), (20, 24), (22, 26), (24, 28), (26, 32), (28, 36), (36, 48), (60, 84), (84, 84)]
)
def test_large_print_is_one_step_up_the_scale(step: float, larger: float) -> None:
    assert stepped_up(step) == pytest.approx(larger)


@pytest.mark.parametrize(
    ("size", "units", "pixels"),
    [((1920, 1080), 100, 100), ((1080, 1920), 100, 100), ((3840, 2160), 100, 200), ((1366, 768), 100, 71)],
)
def test_lengths_follow_the_screen(size: tuple[int, int], units: int, pixels: int) -> None:
    assert Theme(QSize(*size)).px(units) == pixels


@pytest.mark.parametrize(("size", "scale"), [((1024, 768), 0.64), ((1280, 1024), 0.8), ((1920, 1080), 1.0)])
def test_screens_that_need_less_width_write_larger_on_old_panels(size: tuple[int, int], scale: float) -> None:
    assert Theme(QSize(*size), long=1600).scale == pytest.approx(scale)


@pytest.mark.parametrize(
    ("size", "mm", "share"),
    [
        ((1920, 1080), (476.0, 268.0), 0.65),
        ((1920, 1080), (708.0, 398.0), 0.65),
        ((1024, 768), (304.0, 228.0), 0.75),
        ((1080, 1920), (268.0, 476.0), 0.55),
        ((1080, 1920), (398.0, 708.0), 0.55),
        ((768, 1366), (194.0, 345.0), 0.75),
    ],
    ids=["21.5 inch", "32 inch", "15 inch", "upright 21.5 inch", "upright 32 inch", "upright 15.6 inch"],
)
def test_what_is_reached_low_is_measured_in_millimetres(
    size: tuple[int, int], mm: tuple[float, float], share: float
) -> None:
    theme = Theme(QSize(*size), mm=mm, variant=Variant(low=True))
    assert 1 - theme.low_top / size[1] == pytest.approx(share, abs=0.005)


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


def test_what_does_not_fit_in_large_print_shrinks_step_by_step_and_keeps_its_touch() -> None:
    usual = Theme(QSize(1920, 1080))
    ever = list(Theme(QSize(1920, 1080), variant=Variant(large=True)).tighter())
    sizes = [theme.font(28).pixelSize() for theme in ever]
    assert sizes == sorted(sizes, reverse=True)
    assert (sizes[0], sizes[-1]) == (36, 21)
    assert usual.font(28).pixelSize() in sizes
    assert {theme.touch for theme in ever} == {usual.touch}
    assert [theme.font(28).pixelSize() for theme in usual.tighter()] == [28, 25, 21]
