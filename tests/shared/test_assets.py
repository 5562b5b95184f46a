"""Which site file a program takes when none is named."""

import sys
from pathlib import Path

import pytest

from hub import program as hub
from shared import assets
from shared.assets import CONFIG, default_site, installed_site
from start import deb


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this PC's own site file would stand."""
    own = tmp_path / "site.toml"
    monkeypatch.setattr(assets, "installed_site", lambda: own)
    return own


def test_the_pcs_own_site_file_goes_before_the_shipped_one(own: Path) -> None:
    assert default_site() == CONFIG / "small.toml"
    own.touch()
    assert default_site() == own


def test_the_hub_takes_it_too(own: Path) -> None:
    own.touch()
    assert hub.parser_of().parse_args([]).site == own


@pytest.mark.skipif(sys.platform == "win32", reason="another system")
def test_it_is_the_one_that_the_package_installs() -> None:
    assert installed_site() == Path("/") / deb.SITE


def test_on_windows_it_stands_in_the_folder_for_all_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("PROGRAMDATA", "D:/Data")
    assert installed_site() == Path("D:/Data/Antre/site.toml")
