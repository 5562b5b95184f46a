"""A page for browsers as one document, with everything it needs inside it; and the pages that only say something."""

import json
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from hub.language import LANGUAGES
from hub.shell import script, shell, style
from shared.hall import Hall
from shared.words import Words, msg, zone_name

_RELOAD_SECONDS = 15


class Page(NamedTuple):
    """What changes on the page: `said` is read out by a screen reader, `state` tells one face from another.

    `alert`: what a phone that was asked to rings for, another text each time; empty: nothing. `board`: the latest calls
    of the visitor's zone. `may_leave`: whether the number can be given up now.
    """

    title: str
    state: str
    said: str
    html: str
    alert: str = ""
    board: str = ""
    may_leave: bool = False

    def as_json(self) -> bytes:
        """For the page's feed."""
        return json.dumps(self._asdict()).encode()


def document(page: Page, hall: Hall, words: Words, *, feed: str = "", aside: str = "") -> str:
    """The page with everything it needs inside it. `feed`: where its changes come from; empty: it has none.

    `aside`: what stands below what changes, as HTML.
    """
    reload = f'<noscript><meta http-equiv="refresh" content="{_RELOAD_SECONDS}"></noscript>' if feed else ""
    foot = words.say(msg("Halaman ini memperbarui diri. Tetap dengarkan panggilan di ruang tunggu.")) if feed else ""
    return shell("page").substitute(
        language=words.language,
        title=escape(page.title),
        css=style("page"),
        refresh=reload,
        hall=escape(hall.name),
        switch=_switch(words),
        feed=escape(feed),
        state=page.state,
        alert=escape(page.alert),
        content=page.html,
        aside=aside,
        said=escape(page.said),
        away=escape(words.say(msg("Sambungan terputus; menyambung lagi…"))),
        foot=escape(foot),
        script=script("page"),
    )


def _switch(words: Words) -> str:
    here = {words.language: ' aria-current="true"'}
    links = "".join(
        f'<a href="?lang={code}" lang="{code}" hreflang="{code}" aria-label="{name}"{here.get(code, "")}>'
        f"{code.upper()}</a>"
        for code, name in LANGUAGES.items()
    )
    label = words.say(msg("Bahasa"))
    return f'<nav aria-label="{escape(label)}">{links}</nav>'


# ---------------------------------------------------------------- plain pages


def plain_page(title: str, lines: Sequence[str], links: Sequence[tuple[str, str]] = ()) -> Page:
    """A page of a heading, sentences and links (address, name)."""
    text = "".join(f"<p>{escape(line)}</p>" for line in lines)
    doors = "".join(f'<a href="{escape(address)}">{escape(name)}</a>' for address, name in links)
    return Page(title, "plain", "", f'<section class="card plain"><h1>{escape(title)}</h1>{text}{doors}</section>')


def about_page(hall: Hall, words: Words, *, contract: bool) -> Page:
    """The page at the hub's bare address; `contract`: the LAN contract can be read at that address too."""
    lines = [
        words.say(msg("Hub antrean {hall}. Halaman nomor Anda terbuka dari kode QR pada tiket."), hall=hall.name),
        words.say(msg("Waktu gedung: {zone}."), zone=zone_name(hall.timezone)),
    ]
    links = [
        ("/board", words.say(msg("Papan panggilan"))),
        ("/api/health", words.say(msg("Keadaan hub dan perangkat"))),
    ]
    if contract:
        links.append(("/openapi.json", words.say(msg("Kontrak LAN (OpenAPI)"))))
    return plain_page("Antre", lines, links)


def lost_page(words: Words) -> Page:
    """Where no ticket is found."""
    lines = [words.say(msg("Mungkin tiketnya sudah lama. Silakan ambil nomor baru di mesin tiket."))]
    return plain_page(words.say(msg("Tiket ini tidak ditemukan.")), lines)
