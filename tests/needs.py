"""Programs and packages that some tests drive and a machine may lack."""

import importlib.util
import os
import shutil

import pytest


def program(*names: str) -> str:
    """The path of the first of these programs that is here.

    Where there is none the test is skipped and says which; on CI that counts as a failure.
    """
    for name in names:
        if found := shutil.which(name):
            return found
    return _without(f"{' or '.join(names)} is not installed")


def module(name: str) -> None:
    """Skip a test, and say so, where this package of requirements-dev.lock is not installed; as `program`."""
    if importlib.util.find_spec(name) is None:
        _without(f"{name} is not installed")


def root() -> None:
    """Skip a test that only root can do."""
    if os.geteuid() != 0:
        _without("only root can do this")


def _without(what: str) -> str:
    pytest.skip(what)
