"""One ticket through several services in order: what it has been through, where it is, what is to come. Pure.

A journey stands on its ticket as text, `dukcapil/ktp=done samsat/stnk=now pajak/npwp=next`; empty: one service and
no more. The step that is `now` is always the ticket's own agency and service. When the last one ends it stays `now`
on the ticket, whose state says that it is finished: so an undone 'next' has nothing to put back.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from shared.model import State, StepState
from shared.trouble import Trouble

Place = tuple[str, str]
"""An agency and a service of it, by their ids."""

_AHEAD = (StepState.NEXT, StepState.BACK)


class Step(NamedTuple):
    """One service of a journey."""

    agency: str
    service: str
    state: StepState

    @property
    def place(self) -> Place:
        """Where it is."""
        return self.agency, self.service

    def as_(self, state: StepState) -> "Step":
        """The same service in another state."""
        return self._replace(state=state)


def begun(places: Sequence[Place]) -> str:
    """A journey through these services that is at its first; empty for one service alone.

    Raises Trouble('bad_request') where a service follows itself.
    """
    _refuse_twice(places)
    return _text(_steps(places, first=StepState.NOW)) if len(places) > 1 else ""


def steps_of(journey: str) -> list[Step]:
    """Its steps in order."""
    return [_step(word) for word in journey.split()]


def told(journey: str, state: str) -> list[dict[str, str]]:
    """Its steps as wire.Step, for a ticket in this state."""
    over = {StepState.NOW: StepState.DONE} if state == State.FINISHED else {}
    return [
        {"agency": step.agency, "service": step.service, "state": over.get(step.state, step.state).value}
        for step in steps_of(journey)
    ]


def following(journey: str) -> Step | None:
    """What comes after the step that is now; None when it is the last."""
    return next((step for step in steps_of(journey) if step.state in _AHEAD), None)


def further(journey: str) -> list[str]:
    """The services that the plan still names after this one, those it only comes back to left out."""
    return [step.service for step in steps_of(journey) if step.state is StepState.NEXT]


def advanced(journey: str, *, leaving: StepState = StepState.DONE) -> str:
    """The journey at what followed; the step that was now is left as `leaving` says."""
    steps = [step.as_(leaving) if step.state is StepState.NOW else step for step in steps_of(journey)]
    ahead = next((place for place, step in enumerate(steps) if step.state in _AHEAD), None)
    if ahead is not None:
        steps[ahead] = steps[ahead].as_(StepState.NOW)
    return _text(steps)


def sent(journey: str, to: Place, *, had_begun: bool, back: bool) -> str:
    """The journey of a visitor whom an officer sends to another service; what is to come stays to come.

    A service that had begun is done. One that had not is left for the other. With `back` the visitor comes to it
    again after that visit. Sent to what follows anyway, the journey just goes on.
    """
    steps = steps_of(journey)
    here = next(place for place, step in enumerate(steps) if step.state is StepState.NOW)
    if steps[here].place == to:
        return journey
    ahead = following(journey)
    if not back and ahead is not None and ahead.place == to:
        return advanced(journey, leaving=StepState.DONE if had_begun else StepState.SKIPPED)
    there = Step(*to, StepState.NOW)
    if back:
        steps[here : here + 1] = [there, steps[here].as_(StepState.BACK)]
    else:
        steps[here : here + 1] = [steps[here].as_(StepState.DONE), there] if had_begun else [there]
    return _text(steps)


def planned(journey: str, here: Place, then: Sequence[Place]) -> str:
    """The journey with `then` as what is to come; of what was to come, what is not in it any more is skipped.

    `here`: where a ticket without a journey is. Raises Trouble('bad_request') where a service follows itself.
    """
    steps = steps_of(journey) or _steps([here], first=StepState.NOW)
    kept = [step for step in steps if step.state is not StepState.NEXT]
    last = [step.place for step in kept if step.state in (StepState.NOW, StepState.BACK)][-1:]
    _refuse_twice([*last, *then])
    dropped = [step.as_(StepState.SKIPPED) for step in steps if step.state is StepState.NEXT and step.place not in then]
    all_steps = [*kept, *dropped, *_steps(then)]
    return _text(all_steps) if len(all_steps) > 1 else ""


def _refuse_twice(places: Sequence[Place]) -> None:
    twice = next((one for one, other in pairwise(places) if one == other), None)
    if twice is not None:
        raise Trouble("bad_request", what=f"then: {twice[1]} follows itself")


def _steps(places: Iterable[Place], *, first: StepState = StepState.NEXT) -> list[Step]:
    return [Step(*place, StepState.NEXT if n else first) for n, place in enumerate(places)]


def _step(word: str) -> Step:
    place, _, state = word.partition("=")
    agency, _, service = place.partition("/")
    return Step(agency, service, StepState(state))


def _text(steps: Iterable[Step]) -> str:
    return " ".join(f"{step.agency}/{step.service}={step.state.value}" for step in steps)
