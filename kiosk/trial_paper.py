"""The paper by which a technician tries a printer: it says TES, and is no ticket. Pure."""

from datetime import datetime

from kiosk.story import BigNumber, Cut, Gap, Heading, Line, Logo, Qr, Rule, Story, Title
from shared.hall import Hall
from shared.words import Words, msg, zone_name

LETTERS = ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz", "0123456789 . , : ; - / ( ) ±")


def trial_story(hall: Hall, kiosk: str, words: Words, at: datetime) -> Story:
    """Everything a ticket has, in the same places: the logo, large type, letters, a code, the cut; no number."""
    when = f"{words.day(at)} {words.clock(at)} {zone_name(hall.timezone)}"
    return (
        Logo(),
        Title(hall.name),
        Heading(kiosk),
        Line(words.say(msg("Kertas percobaan, bukan tiket antrean"))),
        Gap(),
        BigNumber(words.say(msg("TES"))),
        Rule(),
        *(Line(letters) for letters in LETTERS),
        Rule(),
        Line(when, bold=True),
        Gap(),
        Qr(hall.public_url or "ANTRE TES"),
        Cut(),
    )
