"""How long one waits, in words: what is likely, and what nine of ten wait at most. Pure."""

from shared.words import Words, msg


def span(likely: int, most: int | None) -> str:
    """Minutes from the likely to the most: `25–40`, or `25` where the hub tells only one."""
    return str(likely) if most is None or most <= likely else f"{likely}–{most}"


def minutes(likely: int, most: int | None, words: Words) -> str:
    """As `span`, where there is little room: `25–40 mnt`."""
    return words.say("{minutes} mnt", minutes=span(likely, most))


def at_most(likely: int | None, most: int | None, words: Words) -> str:
    """The pessimistic one as a line of its own; '' where the hub has not learnt it, or it says nothing more."""
    if likely is None or most is None or most <= likely:
        return ""
    return words.say(msg("Paling lama {minutes} menit (9 dari 10 orang)"), minutes=most)
