"""OpenAPI fuzzed for minutes: the test of tests/hub, with many more requests."""

from pathlib import Path

from tests.hub.test_fuzz import fuzz, fuzzed_hub

EXAMPLES = 150


def test_every_answer_is_as_openapi_says_and_a_refusal_changes_nothing(tmp_path: Path) -> None:
    with fuzzed_hub(tmp_path) as hub:
        told = fuzz(hub, EXAMPLES)
        print(told.stdout)
        assert told.returncode == 0, told.stderr[-2000:]
        assert "FOUND" not in told.stdout
