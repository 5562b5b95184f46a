"""Which configuration a hub begins with: its file's, or the one it had where the file cannot be taken up now."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from hub.faults import in_the_way, logo_mark
from hub.rows import EventRow, to_ms
from hub.store import KeptConfiguration, Store
from shared.model import Kind
from shared.site import Site, SiteErrors, load, read


def found(path: Path) -> Site | SiteErrors:
    """What the file says."""
    try:
        return load(path)
    except SiteErrors as errors:
        return errors


def begin(store: Store, file: Site | SiteErrors, path: Path) -> Site:
    """The site to begin with. Raises SiteErrors where the file is wrong and this hub never had another.

    Of a file that is right, but would lose people who wait, as of one that is wrong, the hub keeps the configuration
    it had, and takes the file up when it can: see hub.configuring.
    """
    kept = next(iter(store.read.configurations(1)), None)
    had = _had(kept, path)
    if isinstance(file, Site):
        return had if had is not None and _loses_people(store, had, file) else file
    if had is None or not path.is_file():
        raise file
    return had


def note(store: Store, site: Site, now: datetime) -> int:
    """The id of the configuration in force; a new one is kept, and told where it follows another."""
    kept = next(iter(store.read.configurations(1)), None)
    if kept is not None and (kept.text, kept.logo) == (site.text, logo_mark(site)):
        return kept.id
    number = 1 if kept is None else kept.id + 1
    book = store.begin()
    at = max(to_ms(now), book.last_event()[1])
    book.keep_configuration(KeptConfiguration(number, at, "", "file", site.text, logo_mark(site)))
    if kept is not None:
        book.tell(EventRow(0, at, Kind.CONFIGURED.value, code=str(number)))
    store.commit()
    return number


def _had(kept: KeptConfiguration | None, path: Path) -> Site | None:
    """The configuration in force before, as far as this program still reads it."""
    with suppress(SiteErrors):
        return None if kept is None else read(kept.text, path)
    return None


def _loses_people(store: Store, had: Site, site: Site) -> bool:
    today = datetime.now(ZoneInfo(had.timezone)).date().isoformat()
    return had.text != site.text and bool(in_the_way(store.read, today, had.hall(""), site.hall("")))
