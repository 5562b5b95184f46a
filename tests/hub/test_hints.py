from uuid import uuid4

import pytest

from hub.hints import Hints, Run, Runs

MANY = 100_000


@pytest.fixture(scope="module")
def keys() -> list[bytes]:
    return [uuid4().bytes for _ in range(MANY)]


@pytest.fixture(scope="module")
def runs(keys: list[bytes]) -> Runs:
    runs = Runs()
    for i, key in enumerate(keys, 1):
        runs.add(key, i)
    return runs


def test_each_of_many_is_found(runs: Runs, keys: list[bytes]) -> None:
    assert all(i in runs.find(key) for i, key in enumerate(keys, 1))


def test_what_was_never_added_has_hardly_a_hint(runs: Runs) -> None:
    assert sum(len(runs.find(uuid4().bytes)) for _ in range(1000)) == 0


def test_a_hundred_thousand_take_little_more_than_two_megabytes(runs: Runs) -> None:
    assert runs.size <= 16 * MANY * 1.4


def test_ids_given_again_after_a_rollback_are_found() -> None:
    runs = Runs()
    for identity in (500, 501, 480, 500):
        runs.add(b"key %d" % identity, identity)
    assert runs.find(b"key 480") == [480]
    assert runs.find(b"key 500") == [500, 500]


def test_the_newest_of_two_is_looked_at_first() -> None:
    runs = Runs()
    for identity in (5, 500_000):
        runs.add(b"key", identity)
    assert runs.find(b"key") == [500_000, 5]


def test_a_full_run_holds_no_more() -> None:
    run = Run(1)
    added = 0
    while run.holds(added + 1):
        added += 1
        run.add(b"%d" % added, added)
    assert added == 32_768
    assert all(list(run.find(b"%d" % i)) == [i] for i in (1, added))


def test_what_is_old_is_forgotten_by_whole_runs(keys: list[bytes]) -> None:
    runs = Runs()
    for i, key in enumerate(keys, 1):
        runs.add(key, i)
    runs.forget(40_000)
    assert runs.find(keys[0]) == []
    assert runs.find(keys[39_999]) == [40_000]
    assert runs.find(keys[-1]) == [MANY]


def test_tokens_of_two_days_are_known() -> None:
    hints = Hints()
    for day, token, ticket in (("2026-11-20", "a", 1), ("2026-11-21", "b", 2), ("2026-11-22", "c", 3)):
        hints.add_ticket(day, token, ticket)
    assert [hints.tickets(token) for token in "abc"] == [[], [2], [3]]
