"""What stands against a configuration: what is wrong with its text, and who would be lost by it."""

from collections.abc import Mapping
from hashlib import sha256

from hub.changes import Refusal, refusals
from hub.store import Reading
from shared.configuration_wire import Fault
from shared.hall import Hall
from shared.site import Site, SiteErrors
from shared.words import Words

_MOST_FAULTS = 100


def in_the_way(book: Reading, today: str, old: Hall, new: Hall) -> list[Refusal]:
    """Who waits or stands somewhere and would be lost, by the book as it is now."""
    given = book.last_sequences(today, {agency.prefix for agency in old.agencies})
    on_paper = {roll.agency for roll in book.rolls(today) if roll.is_on}
    return refusals(old, new, book.in_progress(today), given, on_paper)


def logo_mark(site: Site) -> str:
    """What tells a site's logo from another picture."""
    return sha256(site.logo.encode()).hexdigest() if site.logo else ""


def faults_of(errors: SiteErrors) -> list[Fault]:
    """What is wrong with a site file, for the wire."""
    return [Fault(line=one.line, what=one.what, hint=one.hint) for one in errors.errors[:_MOST_FAULTS]]


def as_faults(found: list[Refusal], words: Words) -> list[Fault]:
    """Who is in the way, for the wire."""
    return [Fault(what=one(words)) for one in found]


def dumped(faults: list[Fault]) -> list[Mapping[str, object]]:
    """For a refusal's `now`."""
    return [fault.model_dump() for fault in faults]


def line_of(fault: Fault) -> str:
    """Its line, before its sentence."""
    return f"{fault.line}: " if fault.line else ""


def whole(fault: Fault, file: str) -> str:
    """Where it stands, what it is, what is meant perhaps; of who is in the way, just that."""
    if not fault.line:
        return fault.what
    return f"{file}, baris {fault.line}: {fault.what}. {fault.hint}".strip()
