"""A try-out at any hour: said aloud, so that no hall runs so by mistake."""

from pathlib import Path

import pytest

from tests.hub.running import SITE, RunningHub, start_hub

NEVER = """
[hours]
weekdays = "closed"
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A hall that is never open."""
    path = tmp_path / "never.toml"
    path.write_text(SITE.read_text("utf-8") + NEVER, encoding="utf-8")
    return path


def take(hub: RunningHub) -> int:
    return hub.post("/api/tickets", {"service": "umum-surat"}).status_code


def test_without_the_option_the_hours_count(site: Path, tmp_path: Path) -> None:
    with start_hub(tmp_path / "data", site=site) as hub:
        assert (take(hub), hub.get("/api/health")["is_always_open"]) == (409, False)


def test_with_it_numbers_are_given_and_health_and_log_say_so(site: Path, tmp_path: Path) -> None:
    with start_hub(tmp_path / "data", "--always-open", site=site) as hub:
        assert (take(hub), hub.get("/api/health")["is_always_open"]) == (201, True)
        assert hub.get("/api/offers")["changes_at"] is None
    logs = "".join(path.read_text("utf-8") for path in (tmp_path / "data").rglob("*.log"))
    assert "always open, for a try-out" in logs
