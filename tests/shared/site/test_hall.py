import base64
from pathlib import Path

import pytest
from pydantic import ValidationError

from shared.assets import ASSETS
from shared.site import Site, load
from shared.site.tables import SiteFile
from tests.shared.site.sample import VALID, errors_in, write


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return load(write(tmp_path, VALID))


def with_hall(folder: Path, *options: str) -> Site:
    return load(write(folder, VALID.replace("\n\n[[zone]]", "\n" + "\n".join(options) + "\n[[zone]]", 1)))


def test_clients_get_the_hall_with_what_the_qr_really_opens(site: Site) -> None:
    hall = site.hall("http://192.168.1.5:8080")
    assert (hall.name, hall.public_url) == ("Gedung Uji", "http://192.168.1.5:8080")
    assert hall.service("disdukcapil-ktp").minutes == 7
    assert [counter.id for counter in hall.counters_of("disdukcapil")] == ["loket-1"]
    assert hall.kiosks[0].printer.address == "printer-1.lan:9100"
    assert hall.displays[0].languages == ["id", "en"]


def test_nothing_of_the_hall_is_lost_on_the_way_to_clients(site: Site) -> None:
    hall = site.hall("http://x").model_dump()
    told = site.file.model_dump()
    settings = told.pop("hall")
    shown = {name: value for name, value in settings.items() if name in hall} | told
    assert {name: hall[name] for name in shown} == shown | {"public_url": "http://x"}
    assert settings.keys() - hall.keys() == {"listen", "pages", "single_pc"}


def test_what_is_not_written_has_its_default(site: Site) -> None:
    assert site.timezone == "Asia/Makassar"
    assert (site.listen, site.public_url, site.single_pc, site.logo) == ("127.0.0.1:8080", "", False, "")


def test_a_slash_after_the_public_address_is_dropped(tmp_path: Path) -> None:
    assert (
        with_hall(tmp_path, 'public_url = "https://antrean.kota.go.id/mpp/"').public_url
        == "https://antrean.kota.go.id/mpp"
    )


@pytest.mark.parametrize(
    ("listen", "own"),
    [
        ("127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("0.0.0.0:80", "https://127.0.0.1:80"),
        ("[::]:8443", "https://127.0.0.1:8443"),
        ("[::1]:8080", "http://[::1]:8080"),
        ("192.168.1.5:0", "https://192.168.1.5:0"),
    ],
)
def test_programs_beside_the_hub_find_it(tmp_path: Path, listen: str, own: str) -> None:
    assert with_hall(tmp_path, f'listen = "{listen}"').own_url == own


def test_a_site_does_not_change(site: Site) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        setattr(site.file.hall, "name", "Lain")  # noqa: B010  -- mypy knows that it cannot be written; the test proves it


def test_the_logo_travels_with_the_hall(tmp_path: Path) -> None:
    site = with_hall(tmp_path, 'logo = "logos/paser.png"')
    kind, _, text = site.hall("http://x").logo.partition(",")
    assert kind == "data:image/png;base64"
    assert base64.b64decode(text) == (ASSETS / "logos" / "paser.png").read_bytes()


def test_a_logo_beside_the_site_file_comes_first(tmp_path: Path) -> None:
    picture = (ASSETS / "logos" / "balikpapan.png").read_bytes()
    (tmp_path / "logos").mkdir()
    (tmp_path / "logos" / "paser.png").write_bytes(picture)
    assert base64.b64decode(with_hall(tmp_path, 'logo = "logos/paser.png"').logo.partition(",")[2]) == picture


def test_screens_and_inline_tables_are_read(tmp_path: Path) -> None:
    text = VALID + "screen = { width_mm = 476, height_mm = 268 }\n"
    screen = load(write(tmp_path, text)).hall("http://x").displays[0].screen
    assert screen is not None
    assert (screen.width_mm, screen.height_mm) == (476, 268)


def test_every_table_is_a_part_of_the_file() -> None:
    assert set(SiteFile.model_fields) == {
        "hall",
        "hours",
        "days",
        "rules",
        "appointments",
        "zones",
        "agencies",
        "counters",
        "outcomes",
        "ticket",
        "kiosks",
        "displays",
        "voice",
    }


def test_a_tv_s_volume_may_change_by_the_hour(tmp_path: Path) -> None:
    site = load(
        write(tmp_path, VALID + 'volume_at = [{ from = "07.30", percent = 90 }, { from = "14:00", percent = 60 }]')
    )
    (display,) = site.hall("http://x").displays
    assert (display.volume, [(one.begin, one.percent) for one in display.volume_at]) == (
        100,
        [("07.30", 90), ("14:00", 60)],
    )


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('from = "24.00", percent = 50', "'from' tidak dapat berisi \"24.00\". Isinya jam seperti 07.30."),
        ('from = "7.30", percent = 5', "'percent' tidak dapat berisi 5. Isinya bilangan bulat 10–100 (persen)."),
        (
            'from = "7.30", percent = 50 }, { from = "07:30", percent = 60',
            "'07:30' tertulis dua kali di volume_at. Hapus salah satunya.",
        ),
    ],
)
def test_a_volume_that_means_nothing_is_told(tmp_path: Path, written: str, said: str) -> None:
    (told,) = errors_in(tmp_path, f"{VALID}volume_at = [{{ {written} }}]")
    assert told.partition(": ")[2] == said
