"""What a visitor can know of a service before going there: what to bring, what it costs, where it is. Pure."""

from shared.hall import Agency, Hall, Service
from shared.places import where_to_wait
from shared.words import Words


def requirements_of(service: Service, language: str) -> list[str]:
    """What to bring, in `language` as far as the site has it; empty where it says nothing."""
    return service.requirements_en if language == "en" and service.requirements_en else service.requirements


def cost_of(service: Service, language: str) -> str:
    """What it costs, as the site writes it; '' where it says nothing."""
    return service.cost_en if language == "en" and service.cost_en else service.cost


def place_of(hall: Hall, agency: Agency, service: Service, words: Words) -> str:
    """Where it is: as the site writes it, else where the agency's visitors wait: `Tunggu di Lantai 1, loket 1–4`."""
    told = service.place_en if words.language == "en" and service.place_en else service.place
    return told or where_to_wait(agency, hall, words)
