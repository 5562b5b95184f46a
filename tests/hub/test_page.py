"""The page behind the QR in a real phone-wide Chromium, before a real hub."""

from collections.abc import Iterator
from pathlib import Path

import axe_core_python
import httpx
import pytest

from hub.document import document
from hub.views import Sight
from hub.visitor import ticket_page
from tests.hub.browser import Browser, browser
from tests.hub.running import RunningHub, start_hub
from tests.hub.small_hall import small_hall
from tests.hub.test_visitor import EN, a_ticket
from tests.needs import program

NEXT = "/api/counters/loket-1/next"
RUNG = "Number(document.querySelector('main').dataset.rung || 0)"
AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text("utf-8")
FAULTS = "axe.run().then(found => JSON.stringify(found.violations.map(one => [one.id, one.nodes.map(n => n.html)])))"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    with start_hub(tmp_path_factory.mktemp("hub")) as hub:
        yield hub


@pytest.fixture(scope="module")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(program("chromium", "chromium-browser", "google-chrome"), tmp_path_factory.mktemp("profile")) as phone:
        yield phone


@pytest.fixture(autouse=True)
def _empty(hub: RunningHub) -> None:
    while hub.post(NEXT).status_code == 200:
        pass


def test_it_says_number_people_ahead_and_where_to_wait(hub: RunningHub, phone: Browser) -> None:
    hub.take()
    mine = hub.take("kependudukan-kk")
    phone.open(f"{mine['url']}?lang=id")
    text = phone.text()
    for words in (mine["number"], "Kartu Keluarga (KK)", "orang di depan", "Tunggu di Ruang Tunggu, loket 1–2"):
        assert words in text
    assert phone.ask("document.querySelector('dd').innerText") == "1"


def test_it_follows_the_queue_without_a_touch(hub: RunningHub, phone: Browser) -> None:
    hub.take()
    mine = hub.take()
    phone.open(f"{mine['url']}?lang=id")
    phone.wait("document.querySelector('dd').innerText === '1'")
    hub.post(NEXT)
    phone.wait("document.body.innerText.includes('Giliran Anda berikutnya')")
    hub.post(NEXT)
    phone.wait("document.querySelector('.called .desk')?.innerText === 'Loket 1'")
    assert phone.ask("document.title") == f"{mine['number']} · Silakan menuju loket 1"
    assert phone.ask("document.getElementById('said').textContent") == f"{mine['number']}. Silakan menuju loket 1"
    hub.post("/api/counters/loket-1/finish", {"ticket": mine["id"]})
    phone.wait("document.body.innerText.includes('Layanan selesai')")


def test_the_language_is_switched_by_a_touch(hub: RunningHub, phone: Browser) -> None:
    mine = hub.take()
    phone.open(f"{mine['url']}?lang=id")
    phone.ask("document.querySelector('nav a[lang=en]').click()")
    phone.wait("document.documentElement.lang === 'en' && document.body.innerText.includes('Your queue number')")
    hub.post(NEXT)
    phone.wait("document.querySelector('.called .desk')?.innerText === 'Counter 1'")


def test_without_a_choice_it_speaks_the_phones_language(hub: RunningHub, phone: Browser) -> None:
    url = hub.take()["url"]
    phone.language("en-GB,en;q=0.9")
    phone.open(url)
    assert phone.ask("document.documentElement.lang") == "en"
    phone.language("id-ID")
    phone.open(f"{url}?")
    assert phone.ask("document.documentElement.lang") == "id"


@pytest.mark.parametrize(("ticket", "language"), [("en", "en"), ("id", "id"), ("jv", "id")])
def test_a_phone_of_no_language_of_ours_gets_the_tickets(hub: RunningHub, ticket: str, language: str) -> None:
    url = hub.take(language=ticket)["url"]
    page = httpx.get(url, headers={"Accept-Language": "fr"}, trust_env=False).text
    assert f'<html lang="{language}">' in page


@pytest.mark.parametrize("language", ["id", "en"])
def test_it_stands_on_a_phone_without_scrolling_sideways(
    hub: RunningHub, phone: Browser, language: str, tmp_path: Path
) -> None:
    mine = hub.take("kependudukan-pindah", priority=True)
    phone.open(f"{mine['url']}?lang={language}")
    phone.wait("document.fonts.status === 'loaded'")
    assert phone.ask("document.documentElement.scrollWidth") == 360
    right = "Math.max(...[...document.querySelectorAll('main *')].map(one => one.getBoundingClientRect().right))"
    assert phone.ask(f"{right} <= 340")
    assert phone.ask("parseFloat(getComputedStyle(document.querySelector('h1 strong')).fontSize) >= 60")
    assert phone.ask("[...document.querySelectorAll('nav a')].every(a => a.offsetHeight >= 44 && a.offsetWidth >= 44)")
    phone.shoot(tmp_path / "page.png")


@pytest.mark.parametrize("number", ["K-012", "WW-999", "WW-1000"])
def test_the_widest_number_stays_on_its_card(phone: Browser, number: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    ticket = a_ticket(number=number)
    page.write_text(document(ticket_page(Sight(ticket, is_today=True), small_hall(), EN), small_hall(), EN), "utf-8")
    phone.open(page.as_uri())
    phone.wait("document.fonts.status === 'loaded'")
    for width in (320, 360, 480, 844):
        phone.call("Emulation.setDeviceMetricsOverride", width=width, height=640, deviceScaleFactor=1, mobile=True)
        room = "document.querySelector('h1').clientWidth - document.querySelector('h1 strong').scrollWidth"
        assert phone.ask(room) == 0, width
    phone.call("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=2, mobile=True)


def test_it_draws_in_the_houses_letters(hub: RunningHub, phone: Browser) -> None:
    phone.open(hub.take()["url"])
    phone.wait("document.fonts.status === 'loaded'")
    assert phone.ask("[...document.fonts].filter(font => font.status === 'loaded').length") == 3


def test_without_scripts_it_still_says_everything(hub: RunningHub, phone: Browser) -> None:
    mine = hub.take()
    phone.scripts(on=False)
    try:
        phone.open(mine["url"])
        assert mine["number"] in phone.text()
    finally:
        phone.scripts(on=True)


def test_it_says_when_the_line_is_cut_and_mends_it(tmp_path: Path, phone: Browser) -> None:
    with start_hub(tmp_path) as first:
        mine = first.take()
        phone.open(f"{mine['url']}?lang=id")
        phone.wait("document.getElementById('line').hidden")
        port = first.address.rpartition(":")[2]
        first.kill()
    phone.wait("!document.getElementById('line').hidden")
    with start_hub(tmp_path, listen=f"127.0.0.1:{port}") as second:
        phone.wait("document.getElementById('line').hidden")
        second.post(NEXT)
        phone.wait("document.querySelector('.called') !== null")
        phone.open("about:blank")


def test_nobody_elses_ticket_stands_in_its_feed(hub: RunningHub) -> None:
    others = hub.take()
    mine = hub.take()
    listener = hub.listen(f"/t/{mine['token']}/events?lang=id")
    first = listener.message()
    assert mine["number"] in first["data"]
    assert others["number"] not in first["data"]
    listener.close()


@pytest.mark.parametrize("path", ["/t/nothing", f"/t/{'x' * 22}", "/t/nothing/events"])
def test_a_token_nobody_has_is_not_found(hub: RunningHub, path: str) -> None:
    assert hub.client.get(path).status_code == 404


def test_the_bare_address_says_what_this_is(hub: RunningHub, phone: Browser) -> None:
    phone.open(f"{hub.address}/?lang=en")
    assert "Queue hub of Kantor Pelayanan Kecamatan" in phone.text()
    assert phone.ask("document.querySelector('main a').getAttribute('href')") == "/board"


def touch(phone: Browser, selector: str) -> None:
    """As a finger does: a real press and release where it stands, which lets the page sound."""
    phone.ask(f"document.querySelector({selector!r}).scrollIntoView({{block: 'center'}})")
    box = phone.ask(
        f"(({{x, y, width, height}}) => [x + width / 2, y + height / 2])"
        f"(document.querySelector({selector!r}).getBoundingClientRect())"
    )
    assert isinstance(box, list)
    for kind in ("mousePressed", "mouseReleased"):
        phone.call("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1)


def test_the_phone_rings_when_near_and_at_every_call_once_it_was_asked_to(hub: RunningHub, phone: Browser) -> None:
    waiting = [hub.take() for _ in range(4)]
    with phone.sounds_shown():
        phone.open(f"{waiting[-1]['url']}?lang=id")
    phone.wait("document.querySelector('dd').innerText === '3'")
    touch(phone, "#ring")
    phone.wait(f"{RUNG} === 1 && document.getElementById('rings').innerText.includes('Biarkan halaman ini terbuka')")
    hub.post(NEXT)  # two before me
    phone.wait(f"{RUNG} === 2 && document.body.innerText.includes('Giliran Anda sudah dekat')")
    for _ in range(3):
        hub.post(NEXT)
    phone.wait(f"{RUNG} === 5 && document.querySelector('.called') !== null")
    assert phone.promised("window.context.suspend().then(() => window.context.state)") == "suspended"  # as it sleeps
    hub.post("/api/counters/loket-1/recall", {"ticket": waiting[-1]["id"]})
    phone.wait(f"{RUNG} === 8 && document.body.innerText.includes('Dipanggil 2 kali')")
    phone.wait("window.context.state === 'running'")


def test_the_phone_is_silent_until_it_is_asked(hub: RunningHub, phone: Browser) -> None:
    mine = hub.take()
    phone.open(f"{mine['url']}?lang=id")
    hub.post(NEXT)
    phone.wait("document.querySelector('.called') !== null")
    assert phone.ask(RUNG) == 0


def test_the_latest_calls_of_the_zone_stand_below_as_on_its_tv(hub: RunningHub, phone: Browser) -> None:
    first, mine = hub.take(), hub.take()
    phone.open(f"{mine['url']}?lang=id")
    hub.post(NEXT)
    phone.wait(f"document.querySelector('#board li')?.textContent === '{first['number']} Loket 1'")
    touch(phone, "#calls summary")
    hub.post(NEXT)
    phone.wait(f"document.querySelector('#board .mine')?.innerText.includes('{mine['number']}')")
    assert phone.ask("document.querySelector('#calls').open")


def test_a_number_is_given_up_by_two_touches_and_not_called(hub: RunningHub, phone: Browser) -> None:
    mine, after = hub.take(), hub.take()
    phone.open(f"{mine['url']}?lang=id")
    touch(phone, "#leave summary")
    assert "tidak akan dipanggil lagi" in phone.text()
    touch(phone, "#leave button")
    phone.wait("document.body.innerText.includes('Nomor ini sudah dikembalikan')")
    assert phone.ask("document.getElementById('leave').hidden")
    assert hub.post(NEXT).json()["ticket"]["id"] == after["id"]


def test_who_gives_up_too_late_or_twice_sees_how_it_stands(hub: RunningHub) -> None:
    mine = hub.take()
    hub.post(NEXT)
    page = hub.client.post(f"/t/{mine['token']}/cancel?lang=en", follow_redirects=True)
    assert page.status_code == 200
    assert "Please go to counter 1" in page.text
    assert hub.client.post("/t/nothing/cancel").status_code == 404
    assert hub.client.get(f"/t/{mine['token']}/cancel").status_code == 405


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_screen_reader_meets_no_fault_in_any_state(hub: RunningHub, phone: Browser, language: str) -> None:
    other, mine = hub.take("kependudukan-kk"), hub.take("kependudukan-kk", priority=False)
    found: dict[str, object] = {}

    def judge(state: str) -> None:
        phone.open(f"{mine['url']}?lang={language}&{state}")
        phone.ask(AXE)
        phone.ask("document.querySelectorAll('details').forEach(one => one.open = true)")
        found[state] = phone.promised(FAULTS)

    judge("waiting")
    hub.post(NEXT)
    hub.post(NEXT)
    judge("called")
    hub.post("/api/counters/loket-1/no-show", {"ticket": mine["id"]})
    judge("no-show")
    mine = other
    judge("finished")
    assert found == dict.fromkeys(found, "[]")
