"""How far the rules of a hall let people pass one another. Pure."""

from shared.hall import Rules


def overtakers_at_most(rules: Rules, *, in_front: int, lines: int, calls_an_hour: int, is_priority: bool) -> int | None:
    """How many who came later may be called before one, by the counters that may call it too. None: no end.

    `in_front`: how many of its own class stood before it in these lines; `lines`: how many there are;
    `calls_an_hour`: the most calls that their counters make.

    Of its own class nobody overtakes, for a class is called in order of arrival. Under a ratio P : R let a regular
    visitor wait with r others in front. Between one priority call and the P-th after it a line makes at least R
    regular ones, or the last would be one of more than P in P + R, which `hub.order` never calls. So g regular
    calls leave room for P (g div R + 1) priority calls. Every regular call meanwhile takes one of the r: over k
    lines that makes P (r div R + k). For a priority visitor P and R change places. What is called because it is
    overdue came before, so it overtakes nobody and only fills the last calls, which makes the next of its class later.

    Weighing alone has no bound: while more priority visitors come than are served, the first of them has
    waited w times less for ever. The limit bounds any order: who has waited that long is passed by nobody any more,
    so that only calls of those first minutes count.
    """
    bounds: list[int] = []
    if rules.order == "first_come" or (rules.order == "weighted" and rules.weight == 1):
        bounds.append(0)
    own, others = (rules.priority, rules.regular) if is_priority else (rules.regular, rules.priority)
    if rules.order == "ratio" and own:
        bounds.append(others * (in_front // own + lines))
    if rules.longest_minutes:
        bounds.append(calls_an_hour * rules.longest_minutes // 60)
    return min(bounds, default=None)


def is_bounded(rules: Rules) -> bool:
    """Whether everybody's overtakers are bounded, priority and regular alike."""
    return all(
        overtakers_at_most(rules, in_front=0, lines=1, calls_an_hour=60, is_priority=one) is not None
        for one in (False, True)
    )
