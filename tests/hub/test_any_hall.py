"""All verbs together, in any order, at any hour: nobody lost, nobody twice, every promise kept, every wait ends."""

import pytest
from hypothesis import settings

from hub.verbs import VERBS
from tests.hub.any_hall import OFFICE, AnyHall

pytestmark = pytest.mark.timeout(400)  # what is found is made small before it is told


def test_every_verb_is_ordered_in_any_hall() -> None:
    of_the_floor = {verb.path for verb in VERBS if not verb.path.startswith(OFFICE)}
    assert of_the_floor == AnyHall.verbs, "give the new verb a rule in tests/hub/any_hall.py"


TestAnyHall = AnyHall.TestCase
TestAnyHall.settings = settings(max_examples=15, stateful_step_count=50, deadline=None)
