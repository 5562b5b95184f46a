"""The board in a browser, before a real hub: each call once and in its turn, seen and heard."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from hub.feed import Feed
from hub.lobby import Lobby
from hub.public_board import PublicBoard
from hub.rows import EventRow, TicketRow, to_ms
from shared.assets import ASSETS, CONFIG
from shared.hall import VoiceSettings
from shared.model import Kind
from tests.hub.browser import Browser, browser
from tests.hub.running import RunningHub, start_hub, until
from tests.hub.small_hall import Clock, small_hall
from tests.hub.test_page import AXE, FAULTS, touch
from tests.needs import program

ZONE, COUNTERS = "lantai-1", ("loket-1", "loket-2", "loket-3")
SERVICE = "bpjs-kesehatan-informasi"
LEVELS = """window.levels = [];
new MutationObserver((seen) => seen.forEach((one) => window.levels.push(one.target.className)))
  .observe(document.getElementById('level'), {attributeFilter: ['class']}); 0"""
"""Keeps what the sign of the voice does."""
FETCHED = """window.fetched = [];
(fetch => { window.fetch = (address) => { window.fetched.push(address); return fetch(address); }; })(window.fetch); 0"""
"""Keeps what the page asks for: a call's voice is asked for as soon as the call is known, if it is to be said."""
FEED = """(Feed => { window.EventSource = function (address) { return window.feed = new Feed(address); };
})(EventSource)"""
"""Keeps the page's line to the hub, so that it can break."""
SHOWN = "JSON.stringify(window.announced)"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    folder = tmp_path_factory.mktemp("hub")
    site = Path(copytree(CONFIG, folder / "config")) / "paser.toml"  # it is changed
    with start_hub(folder / "data", "--always-open", site=site) as hub:
        yield hub


@pytest.fixture(scope="module")
def stick(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    name = program("chromium", "chromium-browser", "google-chrome")
    with browser(name, tmp_path_factory.mktemp("profile")) as stick:
        stick.call("Emulation.setDeviceMetricsOverride", width=1366, height=768, deviceScaleFactor=1, mobile=False)
        yield stick


def call(hub: RunningHub, counter: str) -> dict[str, object]:
    hub.take(SERVICE)
    return dict(hub.post(f"/api/counters/{counter}/next").json())


def number(called: dict[str, object]) -> str:
    ticket = called["ticket"]
    assert isinstance(ticket, dict)
    return str(ticket["number"])


def open_board(hub: RunningHub, stick: Browser, query: str = f"?zone={ZONE}", *, anew: bool = True) -> None:
    """`anew`: in a browser that has never shown it."""
    if anew:
        stick.open(f"{hub.address}/board")
        stick.ask("sessionStorage.clear()")
    stick.open(f"{hub.address}/board{query}")
    stick.wait("document.readyState === 'complete' && window.announced !== undefined")


def test_calls_that_come_at_once_are_shown_one_after_the_other(hub: RunningHub, stick: Browser) -> None:
    open_board(hub, stick)
    first, second = call(hub, COUNTERS[0]), call(hub, COUNTERS[1])
    stick.wait(f"document.getElementById('number').textContent === '{number(first)}'")
    stick.wait(f"document.querySelector('#rows .coming .n').textContent === '{number(second)}'")
    assert stick.ask("document.getElementById('panel').classList.contains('lit')")
    assert stick.ask("document.getElementById('go').textContent") == "Silakan ke loket 1"
    assert stick.ask("document.getElementById('agency').textContent") == "BPJS Kesehatan"
    stick.wait(f"document.getElementById('number').textContent === '{number(second)}'")
    assert stick.ask(SHOWN) == f"[{first['event']},{second['event']}]"


def test_a_call_that_is_undone_in_time_is_not_shown(hub: RunningHub, stick: Browser) -> None:
    open_board(hub, stick)
    shown, undone = call(hub, COUNTERS[0]), call(hub, COUNTERS[1])
    stick.wait(f"document.querySelector('#rows .coming .n')?.textContent === '{number(undone)}'")
    hub.post(f"/api/counters/{COUNTERS[1]}/undo-next", {"ticket": undone["ticket"]["id"]})  # type: ignore[index]  # of a Call
    stick.wait("document.querySelector('#rows .coming') === null")
    stick.wait("!document.getElementById('panel').classList.contains('lit')")
    assert stick.ask(SHOWN) == f"[{shown['event']}]"


def tv_is_heard(hub: RunningHub) -> bool:
    return bool(hub.get(f"/board/speaker?zone={ZONE}")["tv"])


def open_with_sound(hub: RunningHub, stick: Browser) -> None:
    open_board(hub, stick)
    stick.wait("!document.getElementById('sound').hidden")
    touch(stick, "#sound")
    stick.wait("document.getElementById('sound').hidden")


def test_one_touch_turns_the_sound_on_and_calls_are_spoken(hub: RunningHub, stick: Browser) -> None:
    open_with_sound(hub, stick)
    until(lambda: not tv_is_heard(hub))  # a hub that has just begun does not know yet
    call(hub, COUNTERS[0])
    stick.wait("document.getElementById('level').className === 'speaks'")
    call(hub, COUNTERS[1])  # so that the first is said once
    stick.wait("window.announced.length === 2")  # the first was spoken to its end, chime and both languages


def test_two_pages_that_say_calls_at_once_are_told_to_whoever_looks_after_the_hall(hub: RunningHub) -> None:
    def is_told() -> bool:  # in its first four seconds a hub knows no page that speaks: a TV may
        for page in ("a", "b"):
            hub.client.get(f"/board/speaker?zone={ZONE}&page={page}")
        return "boards_speak" in hub.get("/api/health")["troubles"]

    until(is_told)


def test_while_a_tv_says_the_zones_calls_they_are_shown_and_not_spoken(hub: RunningHub, stick: Browser) -> None:
    open_with_sound(hub, stick)
    until(lambda: not tv_is_heard(hub))
    claim = "/api/devices/display/tv-1/voice"
    assert hub.post(claim, {"sound": True}).json()["holds"] == [ZONE]
    stick.ask(LEVELS)
    first = call(hub, COUNTERS[0])
    stick.wait(f"{SHOWN} === '[{first['event']}]' && !document.getElementById('panel').classList.contains('lit')")
    assert not stick.ask("window.levels.includes('speaks')")
    hub.post(claim, {"sound": True, "release": [ZONE]})  # it is switched off
    call(hub, COUNTERS[0])
    stick.wait("window.levels.includes('speaks')")
    hub.post(claim, {"sound": True})  # it is back, and says the call whole
    stick.wait("document.getElementById('level').className === ''")
    assert stick.ask("document.getElementById('panel').classList.contains('lit')")
    assert stick.ask(f"{SHOWN}.split(',').length") == 2
    hub.post(claim, {"sound": True, "release": [ZONE]})


def test_a_configuration_that_changes_is_on_the_screen_at_once_and_the_sound_stays_on(
    hub: RunningHub, stick: Browser
) -> None:
    open_with_sound(hub, stick)
    standing = number(call(hub, COUNTERS[0]))
    stick.wait(f"document.getElementById('number').textContent === '{standing}'")
    site = next((hub.data.parent / "config").glob("paser.toml"))
    before = site.read_text(encoding="utf-8")
    text = before.replace("Simpan tiket Anda sampai nomornya dipanggil.", "Besok buka pukul 09.00.")
    take_up(hub, text.replace('"MPP Kabupaten Paser"', '"MPP Paser"').replace('"loket"', '"gerai"'))
    stick.wait("document.getElementById('texts').textContent.includes('Besok buka pukul 09.00.')")
    assert not stick.ask("document.getElementById('texts').textContent.includes('Simpan tiket')")
    assert stick.ask("document.getElementById('title').textContent") == "MPP Paser · Lantai 1"
    assert stick.ask("document.getElementById('go').textContent") == "Silakan ke gerai 1"
    assert stick.ask("document.getElementById('number').textContent") == standing
    assert stick.ask("document.getElementById('sound').hidden")
    take_up(hub, before)
    stick.wait("document.getElementById('title').textContent === 'MPP Kabupaten Paser · Lantai 1'")


def take_up(hub: RunningHub, text: str) -> None:
    base = int(hub.get("/api/health")["configuration"])
    reply = hub.post("/api/configuration", {"text": text, "base": base})
    assert reply.status_code == 200, reply.text


@pytest.mark.parametrize(("zone", "where"), [(ZONE, ""), ("", " · Lantai 1")])
def test_while_it_is_quiet_calls_are_shown_with_a_sign_and_not_spoken(
    hub: RunningHub, stick: Browser, zone: str, where: str
) -> None:
    hub.post("/api/quiet", {"zone": ZONE, "minutes": 15, "why": "Salat"})
    try:
        open_board(hub, stick, f"?zone={zone}")
        stick.ask(FETCHED)
        touch(stick, "#called, #quiet")
        stick.wait("document.getElementById('sound').hidden && !document.getElementById('silent').hidden")
        sign = str(stick.ask("document.getElementById('silent').textContent"))
        assert sign.startswith("Tanpa suara sampai ")
        assert sign.endswith(where)
        call(hub, COUNTERS[0])
        stick.wait("document.getElementById('panel').classList.contains('lit')")
        assert "/board/voice/" not in str(stick.ask("window.fetched.join()"))
    finally:
        hub.post("/api/quiet/end", {"zone": ZONE})
    stick.wait("document.getElementById('silent').hidden")


def test_a_sound_that_the_device_stopped_is_woken_by_the_next_call(hub: RunningHub, stick: Browser) -> None:
    with stick.sounds_shown():
        open_board(hub, stick)
    touch(stick, "#called, #quiet")
    stick.wait("document.getElementById('sound').hidden && window.context.state === 'running'")
    assert stick.promised("window.context.suspend().then(() => window.context.state)") == "suspended"
    call(hub, COUNTERS[0])
    stick.wait("window.announced.length === 1 && window.context.state === 'running'")


def test_who_loads_the_page_anew_hears_no_call_twice_and_misses_none(hub: RunningHub, stick: Browser) -> None:
    open_board(hub, stick)
    seen = call(hub, COUNTERS[0])
    stick.wait(f"{SHOWN} === '[{seen['event']}]' && !document.getElementById('panel').classList.contains('lit')")
    stick.open("about:blank")
    missed = call(hub, COUNTERS[2])
    open_board(hub, stick, anew=False)
    stick.wait(f"{SHOWN} === '[{missed['event']}]'")


def test_another_zones_calls_do_not_stand_here(hub: RunningHub, stick: Browser) -> None:
    hall = hub.client.get("/api/hall").json()
    elsewhere = next(zone["id"] for zone in hall["zones"] if zone["id"] != ZONE)
    open_board(hub, stick, f"?zone={elsewhere}")
    here = call(hub, COUNTERS[0])
    open_board(hub, stick, "?zone=")
    stick.wait(f"document.body.textContent.includes('{number(here)}')")
    open_board(hub, stick, f"?zone={elsewhere}")
    assert number(here) not in str(stick.ask("document.getElementById('rows').textContent"))


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080), (3840, 2160)])
def test_capitals_are_as_high_as_a_hall_needs(hub: RunningHub, stick: Browser, width: int, height: int) -> None:
    """Of the screen's height: number 15 %, counter 7 %, rows 5 %; a capital of this face is 0.7 of its size."""
    stick.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
    call(hub, COUNTERS[0])
    call(hub, COUNTERS[1])
    open_board(hub, stick)
    stick.wait("document.fonts.status === 'loaded' && document.querySelector('#rows .n') !== null")
    size = "parseFloat(getComputedStyle(document.querySelector('{}')).fontSize) * 0.7 / innerHeight"
    shares = [stick.ask(size.format(place)) for place in ("#number", "#counter", "#rows .n")]
    assert [round(float(str(share)), 3) for share in shares] >= [0.15, 0.07, 0.05]
    assert stick.ask("document.documentElement.scrollWidth <= innerWidth")


def test_the_halls_logo_stands_at_its_head(hub: RunningHub, stick: Browser) -> None:
    open_board(hub, stick)
    stick.wait("document.getElementById('logo').naturalWidth > 0")
    (address,) = re.findall(r'"logo": "([^"]+)"', hub.client.get(f"/board?zone={ZONE}").text)
    assert hub.client.get(address).content == (ASSETS / "logos" / "paser.png").read_bytes()
    assert hub.client.get(address).headers["content-type"] == "image/png"


def test_a_logo_that_did_not_come_comes_with_the_next_line_to_the_hub(hub: RunningHub, stick: Browser) -> None:
    kept = stick.call("Page.addScriptToEvaluateOnNewDocument", source=FEED)
    stick.call("Network.enable")
    stick.call("Network.setBlockedURLs", urls=["*/board/logo*"])
    open_board(hub, stick)
    stick.wait("!document.getElementById('letter').hidden && document.getElementById('logo').hidden")
    assert stick.ask("document.getElementById('letter').textContent") == "M"
    stick.call("Network.setBlockedURLs", urls=[])
    stick.ask("window.feed.onerror()")
    stick.wait("document.getElementById('letter').hidden && document.getElementById('logo').naturalWidth > 0")
    stick.call("Network.disable")
    stick.call("Page.removeScriptToEvaluateOnNewDocument", identifier=kept["identifier"])


def test_a_screen_reader_meets_no_fault(hub: RunningHub, stick: Browser) -> None:
    open_board(hub, stick)
    call(hub, COUNTERS[0])
    stick.wait("document.getElementById('panel').classList.contains('lit')")
    stick.wait("Array.from(document.querySelectorAll('#rows li')).every((row) => !row.getAnimations().length)")
    stick.ask(AXE)
    assert stick.promised(FAULTS) == "[]"


def test_a_hall_of_zones_asks_which(hub: RunningHub) -> None:
    page = hub.client.get("/board").text
    assert '<a href="?zone=lantai-1">Lantai 1</a>' in page
    assert "Seluruh gedung" in page
    refused = hub.client.get("/board?zone=atap")
    assert (refused.status_code, refused.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "Zona &#x27;atap&#x27; tidak ada" in refused.text
    assert '<a href="?zone=lantai-1">Lantai 1</a>' in refused.text


def test_only_a_call_has_a_sentence(hub: RunningHub) -> None:
    event = call(hub, COUNTERS[0])["event"]
    spoken = hub.client.get(f"/board/voice/{event}/id")
    assert (spoken.status_code, spoken.headers["content-type"]) == (200, "audio/wav")
    assert spoken.headers["cache-control"] == "no-store"  # after the next database it is another call's
    for strange in (f"{event}/fr", f"{event}0/id", "x/id", "1/id"):
        assert hub.client.get(f"/board/voice/{strange}").status_code == 404


def test_no_browser_keeps_a_chime_that_its_hall_may_exchange(hub: RunningHub) -> None:
    told = hub.client.get("/board/chime")
    assert (told.content[:4], told.headers["cache-control"]) == (b"RIFF", "no-store")


def test_a_call_that_no_page_says_any_more_costs_nobody_a_sentence() -> None:
    clock = Clock()
    ticket = TicketRow(1, "2026-02-12", "A", 12, "dukcapil", "ktp", 0, "id", "kios-1", "x", 0)
    event = EventRow(7, to_ms(clock()), Kind.CALLED.value, ticket, "2")
    read = SimpleNamespace(events_after=lambda _after, _most: [event])
    house: Any = SimpleNamespace(hall=small_hall(), clock=clock, store=SimpleNamespace(read=read))
    lobby = Lobby(house)
    clock.pass_(seconds=90)
    assert lobby.speech(7, "id") is not None
    clock.pass_(seconds=11)
    assert lobby.speech(7, "id") is None


def test_who_asks_for_all_history_is_told_its_end_at_once() -> None:
    looks: list[int] = []

    def history(after: int, most: int) -> list[EventRow]:
        looks.append(after)
        return [EventRow(event, 0, Kind.DEVICE) for event in range(after + 1, min(after + most, 5000) + 1)]

    feed = Feed(5000, encode=lambda _: b"", clock=bytes, history=history)
    board = b'{"last_event": 5000, "closed_agencies": [], "calls": [], "waiting": []}'
    views = SimpleNamespace(board=lambda _clock, _zone: board)
    house: Any = SimpleNamespace(feed=feed, hall=small_hall(), clock=Clock(), views=views)

    async def first() -> bytes:
        return await anext(Lobby(house).watch("l1", 0))

    assert asyncio.run(first()).startswith(b"event: board")
    assert len(looks) == 1


def test_the_feed_tells_nothing_that_a_tv_does_not_show(hub: RunningHub) -> None:
    waiting = hub.take(SERVICE)
    listener = hub.listen(f"/board/events?zone={ZONE}")
    told = listener.message()["data"]
    listener.close()
    assert waiting["number"] not in told
    assert waiting["token"] not in told


def test_the_page_asks_nothing_of_anybody_else(hub: RunningHub) -> None:
    page = httpx.get(f"{hub.address}/board?zone={ZONE}", trust_env=False)
    assert "http://" not in page.text.replace(hub.address, "")
    assert "connect-src 'self'" in page.headers["content-security-policy"]


def test_a_browser_is_told_the_agency_of_the_ticket_where_calls_name_it() -> None:
    ticket = TicketRow(1, "2026-02-12", "B", 12, "samsat", "stnk", 0, "id", "kios-1", "x", 0)
    event = EventRow(7, 0, Kind.CALLED.value, ticket, "2")  # its counter serves Dukcapil too
    hall = small_hall().model_copy(update={"voice": VoiceSettings(say_agency=True)})
    said = PublicBoard(hall).speech(event, "en")
    assert said is not None
    assert said.text == "Queue number B, zero one two, samsat, please go to counter two."
