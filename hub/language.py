"""Which of the house's languages somebody asked for."""

LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
"""The languages of pages and sentences, by code, each in its own name. The first is the house's own."""


def best_language(wanted: str) -> str | None:
    """The best of ours in an Accept-Language header (RFC 9110, 12.5.4); None when it names none of them."""
    weighed = [_weighed(part) for part in wanted.split(",")]
    ours = [(-weight, code) for code, weight in weighed if code in LANGUAGES and weight > 0]
    return min(ours, key=lambda one: one[0])[1] if ours else None


def _weighed(part: str) -> tuple[str, float]:
    code, _, weight = part.partition(";")
    try:
        return code.strip().lower().split("-")[0], float(weight.strip().removeprefix("q=") or 1)
    except ValueError:
        return "", 0
