"""kill -9 of the hub, fifty times in the midst of work: the play of tests/plays, longer."""

from tests.plays.test_kill import *  # noqa: F403  -- every fact of it, here for the number below

KILLS = 50
