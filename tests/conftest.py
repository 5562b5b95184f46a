"""What holds for every test: no screen, no stray word from Qt, Python or the log, and on CI no skipping."""

import gc
import importlib
import logging
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Generator, Iterator

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Hundreds of programs are started: where bytecode is not kept, each of them compiles the house anew, as each worker
# does the tests.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Collecting makes no garbage, and five thousand tests are many objects to look through again and again for it.
gc.disable()

ON_CI = os.environ.get("CI") == "true"

# Two shared cores make any deadline a lottery. CI tries the same examples each time; elsewhere new ones.
settings.register_profile("antre", deadline=None, derandomize=ON_CI, print_blob=True)
settings.load_profile("antre")


def _stray(records: list[logging.LogRecord], allowed: list[str]) -> list[str]:
    lines = [f"{r.levelname} {r.name}: {r.getMessage()}" for r in records if r.levelno >= logging.WARNING]
    return [line for line in lines if not any(re.search(pattern, line) for pattern in allowed)]


@pytest.fixture(autouse=True)
def _no_stray_log_line(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test that leaves a log line at WARNING or above.

    A test that expects one says so by `@pytest.mark.allow_log("regular expression")`,
    or looks at `caplog` and then calls `caplog.clear()`.
    """
    yield
    allowed = [mark.args[0] for mark in request.node.iter_markers("allow_log")]
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    if stray := _stray(records, allowed):
        pytest.fail("log lines nobody expected:\n  " + "\n  ".join(stray), pytrace=False)


def pytest_configure(config: pytest.Config) -> None:
    """Read the printers' profiles once for all workers and what they start: it takes python-escpos 0.4 s."""
    if config.getoption("numprocesses", default=None) and "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ:
        os.environ["ESCPOS_CAPABILITIES_PICKLE_DIR"] = folder = tempfile.mkdtemp()
        config.add_cleanup(lambda: shutil.rmtree(folder))
        importlib.import_module("escpos.capabilities")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long plays first: whoever works beside them then has something to do to the end."""
    items.sort(key=lambda item: "plays" not in item.path.parts)


def pytest_collection_finish() -> None:
    """What was collected stays to the end: no garbage is looked for in it."""
    gc.freeze()
    gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """On CI a skip is a failure, unless it is for another system: a missing program must be installed."""
    report = yield
    skipped = report.skipped and not hasattr(report, "wasxfail")
    if ON_CI and skipped and "another system" not in str(report.longrepr):
        report.outcome = "failed"
        report.longrepr = f"skipped on CI: {report.longrepr}"
    return report
