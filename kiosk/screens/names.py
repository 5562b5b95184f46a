"""Names as tiles and sentences say them."""

from shared.hall import Service
from shared.words import Words


def service_name(service: Service, words: Words) -> str:
    """A service's name in the language of `words`."""
    return service.name_en if words.language == "en" and service.name_en else service.name
