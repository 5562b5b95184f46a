"""All verbs together, in any order, at any hour: the machine of tests/hub for half an hour."""

from hypothesis import settings

from tests.hub.any_hall import AnyHall

TestAnyHall = AnyHall.TestCase
TestAnyHall.settings = settings(max_examples=2000, stateful_step_count=80, deadline=None)
