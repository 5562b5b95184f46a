"""How the names of real halls are set: no letter left out, no row wider than the paper."""

from datetime import UTC, datetime

import pytest

from kiosk.layout import Grid
from kiosk.lettering import ASCII, DRAWN, plain
from kiosk.paper import ticket_story
from kiosk.story import Heading, Line, Place, Title
from kiosk.ticket_command import sample
from shared.assets import CONFIG
from shared.site import load
from shared.words import Words

NOW = datetime(2026, 2, 12, 1, 42, tzinfo=UTC)
HALLS = ["small", "paser", "balikpapan", "large"]


def texts_of(site: str) -> set[Title | Heading | Place | Line]:
    """All texts on the tickets for all services of a hall, in both languages, each once."""
    hall = load(CONFIG / f"{site}.toml").hall("http://192.168.1.10:8080")
    return {
        element
        for agency in hall.agencies
        for service in agency.services
        for language in ("id", "en")
        for element in ticket_story(sample(hall, service.id, language, NOW), hall, Words(language))
        if isinstance(element, Title | Heading | Place | Line)
    }


@pytest.mark.parametrize("site", HALLS)
def test_every_text_on_every_ticket_of_a_hall_is_printed_whole(site: str) -> None:
    found = texts_of(site)
    assert found
    for grid in (Grid(32, "ascii", ASCII), Grid(48, "CP437", DRAWN)):
        for element in found:
            rows = grid.rows(element)
            assert max(sum(run.cells for run in row) for row in rows) <= grid.columns
            printed = " ".join("".join(run.text for run in row) for row in rows)
            assert printed.split() == plain(element.text, grid.encoding).split()
