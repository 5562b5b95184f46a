"""Whose voice a zone's calls are: the lease and who takes it over, as a table of what happens when."""

import re

import pytest

from hub.voices import (
    ALONE_S,
    LEASE_S,
    LIVE_S,
    LONGEST_SAYING_S,
    QUIET_S,
    RENEW_S,
    SOON_S,
    STANDBY_S,
    Voices,
    candidates,
)
from shared.hall import DisplaySettings, Hall
from shared.wire import VoiceClaim, VoiceLease
from tests.hub.small_hall import small_hall

START = 1000.0
LATER = START + LEASE_S
"""From then on a hub need not fear a voice of before its start."""
TVS = [
    DisplaySettings(id="a", name="A", zones=["l1"]),
    DisplaySettings(id="b", name="B"),
    DisplaySettings(id="c", name="C", zones=["l1"], voice=False),
]


def hall(*tvs: DisplaySettings) -> Hall:
    return small_hall().model_copy(update={"displays": list(tvs or TVS)})


@pytest.fixture
def voices() -> Voices:
    return Voices(hall(), START)


def ask(voices: Voices, tv: str, at: float, *, sound: bool = True, **more: object) -> VoiceLease:
    return voices.claim(tv, VoiceClaim.model_validate({"sound": sound, **more}), at)


def test_the_tvs_that_may_speak_are_those_with_a_voice_in_the_order_of_the_file() -> None:
    assert candidates(TVS, "l1") == ("a", "b")
    assert candidates(TVS, "l2") == ("b",)


@pytest.mark.parametrize(
    ("story", "holder"),
    [
        ("a asks", "a"),
        ("b asks", "b"),
        ("c asks", None),
        ("a asks; b asks", "a"),
        ("b asks; a asks", "b"),  # who speaks is not interrupted …
        ("b asks; a asks; b gives up; a asks", "a"),  # … it gives the voice back when it says nothing
        ("b asks; a asks; b gives up; b asks", None),
        ("a asks; b asks; a gives up; b asks", None),  # a goes before, and was there just now
        ("a asks mute", "a"),  # its calls are lit for as long as they would be said
        ("a asks mute; b asks", "a"),
        ("a asks mute; b asks; a asks mute; b asks", "b"),
        ("a asks; b asks; a asks mute; b asks", "b"),
        ("b asks; a asks mute; b asks", "b"),
        ("a asks mute; b asks mute; a asks mute", "a"),
    ],
)
def test_who_is_the_voice_after(voices: Voices, story: str, holder: str | None) -> None:
    for n, told in enumerate(story.split("; ")):
        tv, does = re.split(" ", told, maxsplit=1)
        release = ["l1"] if does == "gives up" else []
        ask(voices, tv, LATER + n * 0.01, sound="mute" not in does, release=release)
    assert voices.holder("l1", LATER + 0.1) == holder


@pytest.mark.parametrize(
    ("asks", "zone", "at", "is_taken"),
    [
        ("", "l1", START, True),  # a TV may speak that has not asked this hub yet
        ("", "l1", LATER, False),
        ("", "nowhere", START, False),
        ("a", "l1", LATER + LEASE_S - 0.1, True),
        ("a", "l1", LATER + LEASE_S, False),  # switched off
        ("a mute", "l1", LATER, False),
        ("c", "l1", LATER, False),  # it has no voice
    ],
)
def test_a_page_that_is_no_tv_speaks_where_no_tv_is_heard(
    voices: Voices, asks: str, zone: str, at: float, *, is_taken: bool
) -> None:
    if asks:
        ask(voices, asks[0], LATER, sound="mute" not in asks)
    assert voices.is_taken(zone, at) is is_taken


@pytest.mark.parametrize(
    ("silent_s", "other_gets_it"), [(0.1, False), (LEASE_S - 0.001, False), (LEASE_S, True), (LEASE_S + 1, True)]
)
def test_another_takes_over_when_the_lease_has_run_out_and_no_sooner(
    voices: Voices, silent_s: float, other_gets_it: bool
) -> None:
    ask(voices, "a", LATER)
    ask(voices, "b", LATER + 0.05)
    said = ask(voices, "b", LATER + silent_s)
    assert ("l1" in said.holds) is other_gets_it
    assert voices.holder("l1", LATER + silent_s) == ("b" if other_gets_it else "a")


def test_how_often_a_tv_asks_follows_from_what_hangs_on_it(voices: Voices) -> None:
    voices.take_up(hall(*TVS, DisplaySettings(id="d", name="D", zones=["l2"], voice=False)))
    assert ask(voices, "a", LATER).again_ms == round(1000 * RENEW_S)
    assert ask(voices, "b", LATER).again_ms == round(1000 * STANDBY_S)
    voices.take_up(hall(TVS[1]))
    assert ask(voices, "b", LATER).again_ms == round(1000 * ALONE_S)


@pytest.mark.parametrize("begins", [LATER, 54_719.554290946, 1_234.1, 0.1 + LATER])
def test_one_that_let_its_lease_run_out_is_not_waited_for(voices: Voices, begins: float) -> None:
    for n in range(5):
        ask(voices, "a", begins + n * 1.1)
    assert "l1" not in ask(voices, "b", begins + 4.4 + LEASE_S - 0.001).holds
    assert "l1" in ask(voices, "b", begins + 4.4 + LEASE_S + 0.001).holds


def test_who_took_over_is_not_asked_to_give_it_back_to_one_that_is_off(voices: Voices) -> None:
    for n in range(5):
        ask(voices, "a", LATER + n)
    assert ask(voices, "b", LATER + 4 + LEASE_S).wanted == []
    ask(voices, "a", LATER + 5 + LEASE_S)
    assert ask(voices, "b", LATER + 6 + LEASE_S).wanted == ["l1"]


def test_who_asks_as_it_is_told_takes_over_within_five(voices: Voices) -> None:
    ask(voices, "a", LATER)
    now = LATER + 0.3
    while "l1" not in (said := ask(voices, "b", now)).holds:
        now += said.again_ms / 1000
    assert LEASE_S <= now - LATER <= LEASE_S + 2 * SOON_S < 5


def test_while_it_is_renewed_nobody_else_has_it(voices: Voices) -> None:
    for n in range(20):
        assert "l1" in ask(voices, "a", LATER + n * RENEW_S).holds
        assert "l1" not in ask(voices, "b", LATER + n * RENEW_S + 0.5).holds


def test_one_that_goes_before_is_waited_for_as_long_as_it_may_be_there(voices: Voices) -> None:
    ask(voices, "a", LATER, release=["l1"])
    assert "l1" not in ask(voices, "b", LATER + LIVE_S).holds
    assert "l1" in ask(voices, "b", LATER + LIVE_S + 0.01).holds


def test_the_voice_hears_that_one_waits_that_goes_before_it(voices: Voices) -> None:
    assert ask(voices, "b", LATER).wanted == []
    ask(voices, "a", LATER + 0.1)
    assert ask(voices, "b", LATER + 1).wanted == ["l1"]
    ask(voices, "a", LATER + 1.1, sound=False)
    assert ask(voices, "b", LATER + 2).wanted == []


class TestAfterARestartOfTheHub:
    def test_the_voice_of_before_goes_on_at_once(self, voices: Voices) -> None:
        assert ask(voices, "b", START + 0.1, holds=["l1"]).holds == ["l1", "l2"]
        assert ask(voices, "a", START + 0.2, holds=["l1"]).holds == []

    @pytest.mark.parametrize(("after_s", "gets_it"), [(0.0, False), (LEASE_S - 0.001, False), (LEASE_S, True)])
    def test_any_other_waits_until_no_lease_of_before_can_hold(
        self, voices: Voices, after_s: float, gets_it: bool
    ) -> None:
        assert ("l1" in ask(voices, "a", START + after_s).holds) is gets_it

    def test_that_is_reckoned_from_when_the_hub_listens_however_long_it_took_to_begin(self) -> None:
        voices = Voices(hall())
        voices.begin(START + 60)
        assert ask(voices, "b", START + 60.1).holds == ["l2"]
        assert ask(voices, "a", START + 60.2, holds=["l1"]).holds == ["l1"]

    def test_it_asks_again_just_then(self, voices: Voices) -> None:
        assert ask(voices, "a", LATER - 0.2).again_ms == round(1000 * (0.2 + SOON_S))

    def test_the_only_voice_of_a_zone_waits_for_nobody(self, voices: Voices) -> None:
        assert ask(voices, "b", START).holds == ["l2"]


def test_a_tv_that_may_speak_no_longer_keeps_its_lease_until_it_runs_out(voices: Voices) -> None:
    ask(voices, "a", LATER)
    voices.take_up(hall(TVS[1]))
    assert ask(voices, "a", LATER + 1).holds == []
    assert ask(voices, "b", LATER + LEASE_S - 0.1).holds == ["l2"]
    assert ask(voices, "b", LATER + LEASE_S).holds == ["l1", "l2"]


def test_who_says_what_is_told_zone_by_zone(voices: Voices) -> None:
    ask(voices, "a", LATER)
    told = [(one.zone, one.display, one.candidates) for one in voices.told(LATER)]
    assert told == [("l1", "a", ["a", "b"]), ("l2", None, ["b"])]


@pytest.mark.parametrize(
    ("waits_s", "is_stuck"), [(0.0, False), (QUIET_S - 0.01, False), (QUIET_S, True), (QUIET_S + 30, True)]
)
def test_a_voice_that_says_nothing_while_a_call_waits_is_stuck(voices: Voices, waits_s: float, is_stuck: bool) -> None:
    for n in range(40):
        ask(voices, "a", LATER + n)
    assert (voices.stuck({"l1": LATER + 39 - waits_s}, LATER + 39) == {"a"}) is is_stuck


def test_one_that_says_another_call_is_not(voices: Voices) -> None:
    for n in range(40):
        ask(voices, "a", LATER + n, saying=n // 15)
    assert voices.stuck({"l1": LATER}, LATER + 39) == set()


@pytest.mark.parametrize(("says_s", "is_stuck"), [(LONGEST_SAYING_S - 1, False), (LONGEST_SAYING_S, True)])
def test_but_one_that_is_never_done_with_a_call_is(voices: Voices, says_s: float, is_stuck: bool) -> None:
    ask(voices, "a", LATER, saying=7)
    ask(voices, "a", LATER + says_s, saying=7)
    assert (voices.stuck({"l1": LATER}, LATER + says_s) == {"a"}) is is_stuck


def test_who_has_just_taken_over_is_given_time(voices: Voices) -> None:
    ask(voices, "a", LATER)
    ask(voices, "b", LATER + LEASE_S)
    assert voices.stuck({"l1": LATER - 60}, LATER + LEASE_S + 1) == set()


def test_a_zone_without_a_voice_has_nobody_who_is_stuck(voices: Voices) -> None:
    assert voices.stuck({"l1": LATER - 60}, LATER) == set()
