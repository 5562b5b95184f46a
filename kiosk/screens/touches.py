"""Which touch asks the kiosk for what: every button of every page, in one table."""

from functools import partial
from typing import TYPE_CHECKING

from kiosk import steps
from kiosk.finding import Found
from kiosk.kiosk import Kiosk

if TYPE_CHECKING:
    from kiosk.screens.window import KioskWindow


def connect_touches(window: "KioskWindow", kiosk: Kiosk) -> None:
    """Have the pages of `window` ask `kiosk`."""
    _connect_choosing(window, kiosk)
    _connect_modes(window, kiosk)
    code, ticket, sorry = window.code, window.ticket, window.sorry
    code.code_wanted.connect(partial(_write_code, kiosk))
    code.check_in_wanted.connect(lambda: kiosk.check_in(kiosk.scene.code or ""))
    code.back_wanted.connect(kiosk.back)
    ticket.held.connect(kiosk.hold)
    ticket.done_wanted.connect(kiosk.home)
    ticket.another_wanted.connect(kiosk.another)
    ticket.give_back_wanted.connect(kiosk.give_back)
    sorry.ordinary_wanted.connect(partial(_take_ordinary, kiosk))
    sorry.back_wanted.connect(kiosk.resume)
    window.still_there.answered.connect(kiosk.touched)


def _connect_choosing(window: "KioskWindow", kiosk: Kiosk) -> None:
    for page in window.choosing:
        page.touched.connect(kiosk.touched)
        page.foot.priority_wanted.connect(kiosk.toggle_priority)
        page.foot.back_wanted.connect(kiosk.back)
        page.foot.search_wanted.connect(kiosk.search)
        several = steps.more if page is window.chosen else steps.several
        page.foot.several_wanted.connect(partial(kiosk.step, several))
        page.foot.appointment_wanted.connect(partial(_write_code, kiosk, ""))
    window.agencies.agency_chosen.connect(kiosk.choose_agency)
    window.services.service_chosen.connect(kiosk.choose_service)
    window.search.query_wanted.connect(kiosk.search)
    window.search.found.connect(partial(_choose, kiosk))
    window.information.take_wanted.connect(kiosk.take_number)
    window.chosen.dropped.connect(lambda service: kiosk.step(partial(steps.dropped, service_id=service)))
    window.chosen.take_wanted.connect(kiosk.take_several)


def _connect_modes(window: "KioskWindow", kiosk: Kiosk) -> None:
    window.header.language_wanted.connect(kiosk.speak)
    window.header.modes_wanted.connect(lambda: kiosk.choose_modes(opened=True))
    window.modes.wanted.connect(kiosk.switch)
    window.modes.closed.connect(lambda: kiosk.choose_modes(opened=False))


def _write_code(kiosk: Kiosk, code: str) -> None:
    kiosk.step(partial(steps.coded, text=code))


def _take_ordinary(kiosk: Kiosk) -> None:
    kiosk.resume()
    kiosk.step(steps.ordinary)


def _choose(kiosk: Kiosk, found: Found) -> None:
    if found.service is None:
        kiosk.choose_agency(found.agency)
    else:
        kiosk.choose_service(found.agency, found.service)
