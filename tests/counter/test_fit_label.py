"""A text that is never cut while it can be avoided."""

from PySide6.QtGui import QColor, QFont, QFontMetrics
from pytestqt.qtbot import QtBot

from counter.screens.fit_label import SMALLEST_PART, FitLabel, figures
from shared.qt.theme import FAMILY, install_fonts

BLACK = QColor("#000000")


def label(qtbot: QtBot, text: str, width: int, *, lines: int = 1) -> FitLabel:
    install_fonts()
    made = FitLabel("it", lines=lines)
    qtbot.addWidget(made)
    made.dress(font(40), BLACK)
    made.setText(text)
    made.resize(width, made.sizeHint().height())
    made.show()
    return made


def font(size: int) -> QFont:
    wanted = QFont(FAMILY)
    wanted.setPixelSize(size)
    return wanted


def fitted(made: FitLabel) -> tuple[int, bool]:
    """The size the text is drawn in, and whether it is cut."""
    cut = made.cut
    return made._fitted.pixelSize(), cut


def test_a_text_with_room_has_its_full_size(qtbot: QtBot) -> None:
    made = label(qtbot, "Kartu Keluarga", 600)
    assert fitted(made) == (40, False)


def test_a_text_with_less_room_becomes_smaller_before_it_is_cut(qtbot: QtBot) -> None:
    full = label(qtbot, "Kartu Keluarga", 600).sizeHint().width()
    made = label(qtbot, "Kartu Keluarga", round(full * 0.8))
    size, cut = fitted(made)
    assert 40 * SMALLEST_PART <= size < 40
    assert not cut


def test_a_text_with_far_too_little_room_is_cut_and_says_all_as_a_tool_tip(qtbot: QtBot) -> None:
    made = label(qtbot, "Kartu Keluarga", 60)
    assert made.cut
    assert made.toolTip() == "Kartu Keluarga"


def test_a_second_line_is_taken_before_a_smaller_size(qtbot: QtBot) -> None:
    full = label(qtbot, "Kartu Keluarga", 600).sizeHint().width()
    made = label(qtbot, "Kartu Keluarga", round(full * 0.8), lines=2)
    assert fitted(made) == (40, False)


def test_room_that_comes_back_brings_the_size_back(qtbot: QtBot) -> None:
    made = label(qtbot, "Kartu Keluarga", 60)
    made.resize(600, made.height())
    assert (*fitted(made), made.toolTip()) == (40, False, "")


def test_a_short_text_needs_one_line_of_two(qtbot: QtBot) -> None:
    made = label(qtbot, "KK", 600, lines=2)
    assert made.heightForWidth(600) < made.sizeHint().height()


def test_a_long_text_never_pushes_its_screen_apart(qtbot: QtBot) -> None:
    assert label(qtbot, "Kartu Keluarga " * 20, 100).minimumSizeHint().width() == 0


def test_figures_are_all_of_one_width(qtbot: QtBot) -> None:
    label(qtbot, "1", 100)
    metrics = QFontMetrics(figures(font(40)))
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1
