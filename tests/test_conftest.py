import pytest

pytest_plugins = ["pytester"]
pytestmark = pytest.mark.allow_log("x: paper out")  # the small house logs within this process

CONFTEST = "from tests.conftest import *\nfrom tests.conftest import _no_stray_log_line\n"


@pytest.fixture
def house(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A small house whose tests live under our conftest, without the plugins that it has no use for."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makeconftest(CONFTEST)
    pytester.makeini("[pytest]\nmarkers =\n    allow_log(pattern): expected log lines\n")
    return pytester


def test_a_stray_log_line_fails(house: pytest.Pytester) -> None:
    house.makepyfile("import logging\ndef test_it(): logging.getLogger('x').warning('paper %s', 'out')")
    result = house.runpytest_inprocess()
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*log lines nobody expected*", "*WARNING x: paper out*"])


def test_an_expected_log_line_passes(house: pytest.Pytester) -> None:
    house.makepyfile("""
        import logging, pytest
        @pytest.mark.allow_log("x: paper out")
        def test_it(): logging.getLogger("x").warning("paper out")
    """)
    house.runpytest_inprocess().assert_outcomes(passed=1)


def test_a_log_line_looked_at_and_cleared_passes(house: pytest.Pytester) -> None:
    house.makepyfile("""
        import logging
        def test_it(caplog):
            logging.getLogger("x").error("paper out")
            assert caplog.messages == ["paper out"]
            caplog.clear()
    """)
    house.runpytest_inprocess().assert_outcomes(passed=1)


def test_a_skip_for_a_missing_program_fails_on_ci(house: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    house.makepyfile("from tests.needs import program\ndef test_it(): program('no-such-program')")
    monkeypatch.setattr("tests.conftest.ON_CI", True)
    result = house.runpytest_inprocess()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*skipped on CI*no-such-program is not installed*"])


def test_a_skip_for_another_system_stands_on_ci(house: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    house.makepyfile("import pytest\ndef test_it(): pytest.skip('for another system')")
    monkeypatch.setattr("tests.conftest.ON_CI", True)
    house.runpytest_inprocess().assert_outcomes(skipped=1)


def test_a_skip_elsewhere_names_what_is_missing(house: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    house.makepyfile("from tests.needs import program\ndef test_it(): program('no-such-program')")
    monkeypatch.setattr("tests.conftest.ON_CI", False)
    result = house.runpytest_inprocess("-rs")
    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["*no-such-program is not installed*"])


def test_a_stray_warning_of_qt_fails(house: pytest.Pytester) -> None:
    house.makeini("[pytest]\nmarkers =\n    allow_log(p): x\nqt_api = pyside6\nqt_log_level_fail = WARNING\n")
    house.makepyfile("from PySide6.QtCore import qWarning\ndef test_it(): qWarning('stray')")
    house.runpytest_inprocess("-p", "pytestqt.plugin").assert_outcomes(failed=1)
