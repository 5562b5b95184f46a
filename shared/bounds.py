"""How far the rules of a hall let people pass one another. Pure."""

from math import ceil

from shared.hall import Appointments, Rules


def overtakers_at_most(  # noqa: PLR0913  -- what the bound is made of, each by its name
    rules: Rules,
    *,
    in_front: int,
    lines: int,
    calls_an_hour: int,
    is_priority: bool,
    appointments: int = 0,
    returned: int = 0,
) -> int | None:
    """How many who came later may be called before one, by the counters that may call it too. None: no end.

    `in_front`: how many of its own class came before it and stand in these lines, or will once the journeys they
    are on lead there, each as often as it does; `lines`: how many there are; `calls_an_hour`: the most calls that
    their counters make; `appointments`: as `appointments_at_most` says, all agencies of these lines together;
    `returned`: how often meanwhile one of them was called and came back to the old place, because the call was undone,
    a hold was over, or who did not come was there after all.

    Of its own class nobody overtakes, for a class is called in order of arrival. Under a ratio P : R let a regular
    visitor wait with r others in front. Between one priority call and the P-th after it a line makes at least R
    regular ones, or the last would be one of more than P in P + R, which `hub.order` never calls. So g regular
    calls leave room for P (g div R + 1) priority calls. Every regular call meanwhile takes one of the r: over k
    lines that makes P (r div R + k). For a priority visitor P and R change places. What is called because it is
    overdue came before, so it overtakes nobody and only fills the last calls, which makes the next of its class later.

    A journey waits everywhere since it was taken, so it is in a line what a number of its own for that service, taken
    in that same moment, would have been. Who is on the way somewhere else is in front all the same.

    Who comes with an appointment may stand before one who came first. Of one's own class they are more in front:
    r becomes r + a. All of them are overtakers, whatever the order: at most a more. After the limit too only they
    still pass.

    Who comes back is in front once more: r becomes r + u. A call that was undone passed nobody, and `hub.order` does
    not count it any more, so that the next is who it would have been. Of the P + R - 1 calls that were looked at
    before the P-th after a priority call, all are still later than that one and at least R regular: such as stand, or
    were undone afterwards. Each of them took one of those in front, or one who had come back. Who is away from the
    line is passed by nobody meanwhile, and back in it has in front who is there.

    What an officer does by hand, choosing a number or sending somebody, no rule bounds; nor how often people come
    back. Each time lets at most P more pass.

    Weighing alone has no bound: while more priority visitors come than are served, the first of them has
    waited w times less for ever. The limit bounds any order: who has waited that long is passed by nobody any more,
    so that only calls of those first minutes count.
    """
    bounds: list[int] = []
    if rules.order == "first_come" or (rules.order == "weighted" and rules.weight == 1):
        bounds.append(0)
    own, others = (rules.priority, rules.regular) if is_priority else (rules.regular, rules.priority)
    if rules.order == "ratio" and own:
        bounds.append(others * ((in_front + appointments + returned) // own + lines))
    if rules.longest_minutes:
        bounds.append(calls_an_hour * rules.longest_minutes // 60)
    return min(bounds) + appointments if bounds else None


def appointments_at_most(appointments: Appointments) -> int:
    """How many with an appointment may come later than one and stand before it, in an agency.

    Who came at `a` is passed by those who come after it and count as come before: their appointment is less than
    the head start after `a`, and since they are in time for it, less than `late_minutes` before. Over so many minutes
    lie parts of that many clock hours and of one more, each with `per_hour` of them. Without a cap no rule would
    bound them.
    """
    minutes = appointments.head_start_minutes + appointments.late_minutes
    return appointments.per_hour * (ceil(minutes / 60) + 1) if minutes else 0


def is_bounded(rules: Rules) -> bool:
    """Whether everybody's overtakers are bounded, priority and regular alike."""
    return all(
        overtakers_at_most(rules, in_front=0, lines=1, calls_an_hour=60, is_priority=one) is not None
        for one in (False, True)
    )
