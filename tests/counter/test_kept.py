"""Keys of orders without an answer."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from counter.configuration import ConfigurationWork
from counter.kept import KEPT_FOR, Kept
from shared.qt.link import Reply
from shared.trouble import Trouble
from shared.wire import Close, Nothing
from tests.counter.stand_in import NOON, StandInLink

PATH = "/api/agencies/dukcapil/close"
POWER = Close(why="Listrik padam")


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def test_the_same_order_again_has_the_same_key() -> None:
    kept = Kept(Clock())
    assert kept.key(PATH, POWER) == kept.key(PATH, POWER)


def test_another_path_or_body_is_another_order() -> None:
    kept = Kept(Clock())
    keys = {kept.key(PATH, POWER), kept.key(PATH, Close(why="Banjir")), kept.key("/api/agencies/bpjs/close", POWER)}
    assert len(keys) == 3


def test_a_decided_order_makes_all_others_new() -> None:
    kept = Kept(Clock())
    before = kept.key(PATH, POWER)
    kept.key("/api/agencies/dukcapil/reopen", Nothing())
    kept.forget()
    assert kept.key(PATH, POWER) != before


def test_after_minutes_the_same_words_are_a_new_order() -> None:
    kept = Kept(clock := Clock())
    first = kept.key(PATH, POWER)
    clock.now += KEPT_FOR - timedelta(seconds=1)
    assert kept.key(PATH, POWER) == first
    clock.now += timedelta(seconds=1)
    anew = kept.key(PATH, POWER)
    assert anew != first
    assert kept.key(PATH, POWER) == anew


def test_a_clock_that_was_set_back_makes_it_a_new_order() -> None:
    kept = Kept(clock := Clock())
    first = kept.key(PATH, POWER)
    clock.now -= timedelta(hours=1)
    assert kept.key(PATH, POWER) != first


def test_a_configuration_is_brought_back_anew_once_another_was_taken_up(
    link: StandInLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[Reply, UUID]] = []

    def post(_path: str, _body: object, _answer: object, *, key: UUID, patience_s: float) -> Reply:
        assert patience_s > 0
        sent.append((Reply(link), key))
        return sent[-1][0]

    monkeypatch.setattr(link, "post", post)
    work = ConfigurationWork(link)
    work.go_back(1)
    sent[0][0].failed.emit(Trouble("hub_away"))
    work.go_back(1)
    assert sent[0][1] == sent[1][1]
    work.apply("text", base=2)
    sent[2][0].done.emit(None)
    work.go_back(1)
    assert sent[0][1] != sent[3][1]
