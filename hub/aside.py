"""What stands below a visitor's ticket on the phone: the bell, the latest calls of the zone, giving the number up."""

from html import escape

from hub.document import Page
from hub.views import Sight
from shared.hall import Hall
from shared.words import Words, msg

_DESK = {"loket": msg("Loket {number}"), "gerai": msg("Gerai {number}")}


def last_calls(sight: Sight, hall: Hall, words: Words) -> str:
    """The rows of the visitor's zone, newest first, as its TV shows them; nothing else of anybody."""
    desks = {counter.id: counter.number for counter in hall.counters}

    def row(number: str, counter: str) -> str:
        desk = words.say(_DESK[hall.counter_word], number=desks.get(counter, counter))
        mine = ' class="mine"' if number == sight.ticket.number else ""
        return f"<li{mine}><strong>{escape(number)}</strong> <span>{escape(desk)}</span></li>"

    return "".join(row(*call) for call in sight.calls)


def aside(sight: Sight, page: Page, words: Words, *, leave: str) -> str:
    """All three as HTML. What its time has not come for is hidden. `leave`: where giving up is asked for."""
    parts = _bell(words) + _board(page, words) + _leave(sight, page, words, leave)
    return f'<aside aria-label="{escape(words.say(msg("Lainnya")))}">{parts}</aside>'


def _bell(words: Words) -> str:
    """Shown by the page's script: without one nothing rings."""
    ring = words.say(msg("Bunyikan saat giliran saya dekat"))
    stop = words.say(msg("Jangan bunyikan"))
    rings = words.say(msg("Ponsel ini berbunyi saat giliran Anda dekat. Biarkan halaman ini terbuka."))
    return (
        f'<section id="bell" hidden><button type="button" id="ring" data-stop="{escape(stop)}">{escape(ring)}</button>'
        f'<p id="rings" class="note" role="status" data-rings="{escape(rings)}"></p></section>'
    )


def _board(page: Page, words: Words) -> str:
    heading = words.say(msg("Panggilan terakhir"))
    return (
        f'<details id="calls"{_hidden(page.board)}><summary>{escape(heading)}</summary>'
        f'<ol id="board">{page.board}</ol></details>'
    )


def _leave(sight: Sight, page: Page, words: Words, address: str) -> str:
    heading = words.say(msg("Saya tidak bisa datang"))
    warning = words.say(
        msg("Nomor {number} tidak akan dipanggil lagi. Ini tidak dapat diurungkan."), number=sight.ticket.number
    )
    button = words.say(msg("Batalkan nomor {number}"), number=sight.ticket.number)
    return (
        f'<details id="leave"{_hidden(page.may_leave)}><summary>{escape(heading)}</summary><p>{escape(warning)}</p>'
        f'<form method="post" action="{escape(address)}"><button>{escape(button)}</button></form></details>'
    )


def _hidden(shown: object) -> str:
    return "" if shown else " hidden"
