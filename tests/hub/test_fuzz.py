"""Whatever OpenAPI allows, and what it does not: never a fault, every answer as told, a refusal changes nothing."""

import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from tests.hub.running import ROOT, RunningHub, printing_site, start_hub
from tests.needs import module

EXAMPLES = 4
"""Of each operation, of what is allowed and of what is not: 20 s. `run.py prove fuzz` tries more."""


def fuzzed_hub(folder: Path) -> AbstractContextManager[RunningHub]:
    """A hub with a site file of its own: what is asked may change it."""
    return start_hub(folder / "data", "--always-open", site=printing_site(folder))


def fuzz(hub: RunningHub, examples: int) -> subprocess.CompletedProcess[str]:
    """What the program of that name says of a hub."""
    asked = ("--hub", hub.address, "--file", str(hub.data / "antre.db"), "--examples", str(examples))
    command = [sys.executable, "-W", "ignore", "-m", "tests.hub.fuzz", *asked]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.timeout(400)  # some thousand questions, 20 s on an idle machine: on a busy one each takes its time
def test_every_answer_is_as_openapi_says_and_a_refusal_changes_nothing(tmp_path: Path) -> None:
    module("schemathesis")
    with fuzzed_hub(tmp_path) as hub:
        told = fuzz(hub, EXAMPLES)
        assert "FOUND" not in told.stdout, told.stdout
        assert told.returncode == 0, told.stderr[-2000:]
        assert '"409"' in told.stdout  # it came as far as the rules


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The contract, as a hub tells it."""
    with start_hub(tmp_path_factory.mktemp("hub")) as hub:
        return hub.get("/openapi.json")


def references(told: object) -> set[str]:
    if isinstance(told, dict):
        here = {told["$ref"]} if isinstance(told.get("$ref"), str) else set()
        return here.union(*map(references, told.values()))
    return set().union(*map(references, told)) if isinstance(told, list) else set()


@pytest.mark.parametrize("kind", ["TakeTicket", "PrintOutcome", "Outcome", "Problem", "Event", "Ticket"])
def test_every_type_that_openapi_names_stands_in_it(told: dict[str, Any], kind: str) -> None:
    types = told["components"]["schemas"]
    assert references(told) <= {f"#/components/schemas/{name}" for name in types}
    assert kind in types


@pytest.mark.parametrize("path", ["/api/counters/{counter}/next", "/api/agencies/{agency}/reopen"])
def test_openapi_tells_of_an_answer_without_a_body(told: dict[str, Any], path: str) -> None:
    assert told["paths"][path]["post"]["responses"]["204"]["description"]
