"""Further papers of a ticket: each says SALINAN, and none is a second number."""

from shared.model import Outcome
from shared.wire import PrintOutcome


def paper_now(before: str | None, told: PrintOutcome) -> str:
    """What the visitor has in the hand: a copy that came out counts as the paper, one that did not changes nothing."""
    is_news = not told.is_copy or told.outcome is Outcome.PRINTED or before is None
    return told.outcome.value if is_news else before or told.outcome.value
