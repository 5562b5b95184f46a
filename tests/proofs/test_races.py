"""Eight kiosks, eight officers, fifty listeners: the race of tests/plays, three times over."""

import pytest

from tests.plays.test_races import *  # noqa: F403  -- every fact of it, here for three races
from tests.plays.test_races import Race, told

pytestmark = pytest.mark.timeout(400)


@pytest.fixture(name="race", scope="module", params=range(3), ids=lambda n: f"run {n + 1}")
def three(tmp_path_factory: pytest.TempPathFactory) -> Race:
    return told(tmp_path_factory.mktemp("race"))
