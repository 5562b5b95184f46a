import time
from pathlib import Path

import pytest

from shared.site import SiteErrors, load
from shared.site.tables import keys_of
from shared.trouble import Trouble
from tests.shared.site.sample import VALID, errors_in, large, write


def test_a_valid_file_has_no_error(tmp_path: Path) -> None:
    assert errors_in(tmp_path, VALID) == []


@pytest.mark.parametrize(
    ("road", "address"),
    [
        ("network", "192.168.1.21:9100"),
        ("network", "[fd00::21]:9100"),
        ("usb", ""),
        ("usb", "04b8:0e15"),
        ("serial", "COM3@9600"),
        ("serial", "/dev/ttyS0@19200"),
        ("spooler", "EPSON TM-T20II Receipt"),
        ("file", "tiket.bin"),
        ("memory", ""),
        ("none", ""),
    ],
)
def test_each_road_has_its_address(tmp_path: Path, road: str, address: str) -> None:
    printer = f'road = "{road}", address = "{address}", profile = "TM-T88V"'
    assert errors_in(tmp_path, VALID.replace('road = "network", address = "printer-1.lan:9100"', printer)) == []


@pytest.mark.parametrize(
    ("road", "address"),
    [("usb", "epson"), ("serial", "COM3"), ("spooler", ""), ("file", ""), ("network", "http://printer:9100")],
)
def test_another_roads_address_is_refused(tmp_path: Path, road: str, address: str) -> None:
    printer = f'road = "{road}", address = "{address}"'
    [error] = errors_in(tmp_path, VALID.replace('road = "network", address = "printer-1.lan:9100"', printer))
    assert error.startswith(f'31: address printer tidak dapat berisi "{address}". Untuk road = "{road}", isinya')


def first_changed(new: str) -> int:
    return next(
        n for n, (was, now) in enumerate(zip(VALID.split("\n"), new.split("\n"), strict=False), 1) if was != now
    )


def cannot(key: str, value: str, hint: str) -> str:
    return f"'{key}' tidak dapat berisi {value}. {hint}"


TEXT = "Isinya 1–100 karakter, satu baris."
MINUTES = "Isinya bilangan bulat 1–480."
PREFIX = "Isinya satu atau dua huruf besar."
NUMBER = "Isinya angka 1–999 di antara tanda kutip."
SLUG = "Isinya huruf kecil, angka, dan tanda hubung, paling banyak 40 karakter."
ZONE = "Isinya nama zona waktu IANA, misalnya Asia/Makassar."
ROAD = 'Untuk road = "network", isinya alamat:port, misalnya printer-1.lan:9100.'


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ('"Asia/Makassar"', '"Asia/Makasar"', cannot("timezone", '"Asia/Makasar"', "Maksudnya 'Asia/Makassar'?")),
        ('"Asia/Makassar"', '"WITA"', cannot("timezone", '"WITA"', "Maksudnya 'Asia/Makassar'?")),
        ('"Asia/Makassar"', '"../etc/passwd"', cannot("timezone", '"../etc/passwd"', ZONE)),
        ('name = "Gedung Uji"', 'name = " "', cannot("name", '" "', TEXT)),
        ('name = "Gedung Uji"', "name = 5", cannot("name", "5", TEXT)),
        ("minutes = 7", 'minutes = "7"', cannot("minutes", '"7"', MINUTES)),
        ("minutes = 7", "minutes = 7.5", cannot("minutes", "7.5", MINUTES)),
        ("minutes = 7", "minutes = true", cannot("minutes", "true", MINUTES)),
        ("minutes = 7", "minutes = 0", cannot("minutes", "0", MINUTES)),
        ('prefix = "A"', 'prefix = "a"', cannot("prefix", '"a"', PREFIX)),
        ('prefix = "A"', 'prefix = "ABC"', cannot("prefix", '"ABC"', PREFIX)),
        ('number = "1"', "number = 1", cannot("number", "1", NUMBER)),
        ('number = "1"', 'number = "satu"', cannot("number", '"satu"', NUMBER)),
        ('id = "tv-1"', 'id = "TV 1"', cannot("id", '"TV 1"', SLUG)),
        ('"network"', '"netwrk"', cannot("road", '"netwrk"', "Maksudnya 'network'?")),
        ('{ road = "network"', '{ paper_mm = 70, road = "network"', cannot("paper_mm", "70", "Isinya 58 atau 80.")),
        ("{ road", '{ profile = "TM-T88", road', cannot("profile", '"TM-T88"', "Maksudnya 'TM-T88V'?")),
        (":9100", "", f'address printer tidak dapat berisi "printer-1.lan". {ROAD}'),
        (' address = "printer-1.lan:9100"', "paper_mm = 58", f'address printer tidak dapat berisi "". {ROAD}'),
        (
            "agencies = [",
            'agencies = "x" # ',
            cannot("agencies", '"x"', "Isinya daftar id instansi, paling sedikit satu."),
        ),
    ],
)
def test_a_wrong_value_is_told_with_what_it_should_be(tmp_path: Path, old: str, new: str, error: str) -> None:
    text = VALID.replace(old, new, 1)
    assert errors_in(tmp_path, text) == [f"{first_changed(text)}: {error}"]


LISTEN = "Isinya alamat:port, port 0–65535."
URL = "Isinya alamat http:// atau https:// tanpa tanda ? dan #."
LANGUAGES = "Isinya daftar kode bahasa yang punya katalog, misalnya id dan en."
LOGO_PLACE = "Letakkan berkasnya di folder berkas ini, atau di folder assets."
SENTENCES = "Isinya daftar paling banyak 20 kalimat, masing-masing ≤ 200 karakter."
HALL_KEYS = ", ".join(keys_of(("hall",)))


@pytest.mark.parametrize(
    ("option", "error"),
    [
        ('listen = "127.0.0.1"', cannot("listen", '"127.0.0.1"', LISTEN)),
        ('listen = "0.0.0.0:70000"', cannot("listen", '"0.0.0.0:70000"', LISTEN)),
        ('public_url = "antrean.lan"', cannot("public_url", '"antrean.lan"', URL)),
        ('public_url = "http://a:b"', cannot("public_url", '"http://a:b"', URL)),
        ('public_url = "http://a/?b"', cannot("public_url", '"http://a/?b"', URL)),
        ('languages = ["id", "eng"]', cannot("languages", '"eng"', "Maksudnya 'en'?")),
        ("languages = []", cannot("languages", "[]", LANGUAGES)),
        ('languages = ["id", "id"]', "'id' tertulis dua kali di languages. Hapus salah satunya."),
        ('single_pc = "ya"', cannot("single_pc", '"ya"', "Isinya true (ya) atau false (tidak).")),
        ('counter_word = "lokett"', cannot("counter_word", '"lokett"', "Maksudnya 'loket'?")),
        ('logo = "tidak-ada.png"', f"Logo 'tidak-ada.png' tidak ditemukan. {LOGO_PLACE}"),
        ('logo = "logos/pasr.png"', "Logo 'logos/pasr.png' tidak ditemukan. Maksudnya 'logos/paser.png'?"),
        ("texts = [1]", cannot("texts", "1", SENTENCES)),
        ('jam = "08.00"', f"Kunci 'jam' tidak dikenal di [hall]. Yang ada: {HALL_KEYS}."),
        ('taglin = "x"', "Kunci 'taglin' tidak dikenal di [hall]. Maksudnya 'tagline'?"),
        ("minutes = 5", "Kunci 'minutes' tidak dikenal di [hall]. Tempatnya di [[agency.service]]."),
        ('name = "Lagi"', "Kunci atau tabel ini sudah ditulis di atas. Hapus salah satunya."),
    ],
)
def test_an_option_of_the_hall_is_checked(tmp_path: Path, option: str, error: str) -> None:
    assert errors_in(tmp_path, VALID.replace("\n\n[[zone]]", f"\n{option}\n[[zone]]")) == [f"5: {error}"]


TV, USB = '{ id = "tv-1", name = "TV" }', '"usb"'
PRINTER = 'printer = { road = "network", address = "printer-1.lan:9100" }'
SERVICE = '[[agency.service]]\nid = "disdukcapil-ktp"\nname = "KTP elektronik"\nminutes = 7\n'


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ('prefix = "A"\n', "", "10: 'prefix' belum diisi di [[agency]]. Tambahkan, misalnya: prefix = \"A\""),
        ('id = "lantai-1"\n', "", "6: 'id' belum diisi di [[zone]]. Tambahkan, misalnya: id = \"lantai-1\""),
        ("minutes = 7\n", "", "17: 'minutes' belum diisi di [[agency.service]]. Tambahkan, misalnya: minutes = 10"),
        (PRINTER, "printer = 5", f"31: {cannot('printer', '5', 'Tulis sebagai tabel [kiosk.printer].')}"),
        (PRINTER, "", "28: 'printer' belum diisi di [[kiosk]]. Tambahkan, misalnya: printer = { road = \"none\" }"),
        (
            'road = "network", ',
            "",
            "31: 'road' belum diisi di [kiosk.printer]. Tambahkan, misalnya: road = \"network\"",
        ),
        (SERVICE, "", "10: Tabel [[agency.service]] tidak ada. Tambahkan tabel itu."),
        ("[hall]", "[hal]", "1: Tabel 'hal' tidak dikenal. Maksudnya 'hall'?"),
        ("[[display]]", "[[displays]]", "33: Tabel 'displays' tidak dikenal. Maksudnya 'display'?"),
        (
            "[[zone]]",
            '[[service]]\nid = "x"\n[[zone]]',
            "6: Tabel 'service' tidak dikenal. Maksudnya 'agency.service'?",
        ),
        ("[[display]]", "[display]", f"33: {cannot('display', TV, 'Tulis sebagai tabel [[display]].')}"),
        (PRINTER, 'printer = "usb"', f"31: {cannot('printer', USB, 'Tulis sebagai tabel [kiosk.printer].')}"),
        ('prefix = "A"', 'prefiks = "A"', "14: Kunci 'prefiks' tidak dikenal di [[agency]]. Maksudnya 'prefix'?"),
    ],
)
def test_a_missing_or_misspelt_key_is_told_once(tmp_path: Path, old: str, new: str, error: str) -> None:
    assert errors_in(tmp_path, VALID.replace(old, new)) == [error]


def test_a_table_under_another_name_breaks_no_reference(tmp_path: Path) -> None:
    assert errors_in(tmp_path, VALID.replace("[[agency", "[[agencies")) == [
        "10: Tabel 'agencies' tidak dikenal. Maksudnya 'agency'?"
    ]


def test_an_empty_file_tells_which_tables_it_wants(tmp_path: Path) -> None:
    assert errors_in(tmp_path, "") == [
        f"1: Tabel {table} tidak ada. Tambahkan tabel itu."
        for table in ("[hall]", "[[zone]]", "[[agency]]", "[[counter]]")
    ]


SERVES = 'agencies = ["disdukcapil"]'
WAITS = 'zone = "lantai-1"\n\n[[agency.s'


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        (WAITS, WAITS.replace("1", "2"), "15: [[zone]] dengan id 'lantai-2' tidak ada. Maksudnya 'lantai-1'?"),
        (
            WAITS,
            WAITS.replace("l", "L", 1).replace("-", " "),
            "15: [[zone]] dengan id 'Lantai 1' tidak ada. Maksudnya 'lantai-1'?",
        ),
        (WAITS, WAITS.replace("lantai-1", "sayap"), "15: [[zone]] dengan id 'sayap' tidak ada. Yang ada: lantai-1."),
        (
            SERVES,
            SERVES.replace("pil", "pl"),
            "26: [[agency]] dengan id 'disdukcapl' tidak ada. Maksudnya 'disdukcapil'?",
        ),
        (SERVES, 'agencies = ["Dukcapil"]', "26: [[agency]] dengan id 'Dukcapil' tidak ada. Maksudnya 'disdukcapil'?"),
        (
            SERVES,
            'agencies = [\n  "disdukcapil",\n  "bpn",\n]',
            "28: [[agency]] dengan id 'bpn' tidak ada. Yang ada: disdukcapil.",
        ),
        (
            SERVES,
            'agencies = ["disdukcapil", "disdukcapil"]',
            "26: 'disdukcapil' tertulis dua kali di agencies. Hapus salah satunya.",
        ),
        (
            'name = "TV"',
            'name = "TV"\nzones = ["lantai-9"]',
            "36: [[zone]] dengan id 'lantai-9' tidak ada. Maksudnya 'lantai-1'?",
        ),
        (
            'name = "TV"',
            'name = "TV"\nlayout = "sign"\ncounter = "loket-9"',
            "37: [[counter]] dengan id 'loket-9' tidak ada. Maksudnya 'loket-1'?",
        ),
        (
            'name = "TV"',
            'name = "TV"\nlayout = "sign"',
            '33: \'counter\' belum diisi untuk layout = "sign". Tambahkan, misalnya: counter = "loket-1"',
        ),
        (
            'name = "TV"',
            'name = "TV"\nlayout = "media"',
            '33: \'media\' belum diisi untuk layout = "media". Tambahkan, misalnya: media = "/srv/antre/media"',
        ),
        (
            'name = "TV"',
            'name = "TV"\ncounter = "loket-1"',
            '36: \'counter\' hanya untuk layout = "sign". Hapus counter, atau tulis layout = "sign".',
        ),
        (
            "printer = {",
            'agencies = ["samsat"]\nprinter = {',
            "31: [[agency]] dengan id 'samsat' tidak ada. Yang ada: disdukcapil.",
        ),
    ],
)
def test_a_broken_reference_is_told_once(tmp_path: Path, old: str, new: str, error: str) -> None:
    assert errors_in(tmp_path, VALID.replace(old, new)) == [error]


AGENCY = """
[[agency]]
id = "{id}"
name = "Badan Lain"
short_name = "Lain"
prefix = "{prefix}"
zone = "lantai-1"
[[agency.service]]
id = "{service}"
name = "Layanan"
minutes = 5
"""
USED = "sudah dipakai di baris"
UNSERVED = "Tambahkan id itu ke agencies salah satu [[counter]]."
COUNTER = '[[counter]]\nid = "{id}"\nnumber = "{number}"\nzone = "lantai-1"\nagencies = ["lain"]\n'


def second(
    *, agency: str = "lain", prefix: str = "B", service: str = "lain-x", counter: str = "loket-2", number: str = "2"
) -> str:
    return VALID + AGENCY.format(id=agency, prefix=prefix, service=service) + COUNTER.format(id=counter, number=number)


def test_a_second_agency_with_its_counter_is_fine(tmp_path: Path) -> None:
    assert errors_in(tmp_path, second()) == []


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (second(prefix="A"), f"41: prefix 'A' {USED} 14. Setiap prefix di [[agency]] harus berbeda."),
        (
            second(service="disdukcapil-ktp"),
            f"44: id 'disdukcapil-ktp' {USED} 18. Setiap id di [[agency.service]] harus berbeda.",
        ),
        (second(counter="loket-1"), f"48: id 'loket-1' {USED} 23. Setiap id di [[counter]] harus berbeda."),
        (second(number="1"), f"49: number '1' {USED} 24. Setiap number di [[counter]] harus berbeda."),
        (
            VALID + AGENCY.format(id="kantor", prefix="B", service="kantor-x"),
            f"37: Instansi 'kantor' tidak dilayani loket mana pun. {UNSERVED}",
        ),
    ],
)
def test_what_must_differ_and_be_served_is_checked(tmp_path: Path, text: str, error: str) -> None:
    assert error in errors_in(tmp_path, text)


def test_all_errors_come_at_once_in_the_files_order(tmp_path: Path) -> None:
    text = second(prefix="A", counter="loket-1")
    for old, new in (
        ('short_name = "Uji"', "short_name = Uji"),
        ('timezone = "Asia/Makassar"', 'zona = "WITA"'),
        ("minutes = 7", 'minutes = "7"'),
        ("road =", "jalan ="),
    ):
        text = text.replace(old, new)
    lines = [int(error.split(":")[0]) for error in errors_in(tmp_path, text)]
    assert lines == [1, 3, 4, 20, 31, 31, 41, 48]


def test_what_hangs_on_a_broken_line_is_not_told_too(tmp_path: Path) -> None:
    text = VALID.replace('id = "disdukcapil"', "id = disdukcapil")
    assert [error.split(":")[0] for error in errors_in(tmp_path, text)] == ["11"]


def test_errors_speak_english_too(tmp_path: Path) -> None:
    text = VALID.replace("minutes = 7", "minuts = 7").replace('prefix = "A"', 'prefix = "a"')
    assert errors_in(tmp_path, text, "en") == [
        "14: 'prefix' cannot be \"a\". It holds one or two capital letters.",
        "20: Key 'minuts' is not known in [[agency.service]]. Did you mean 'minutes'?",
    ]


def test_a_missing_file_names_its_neighbour(tmp_path: Path) -> None:
    path = write(tmp_path, VALID)
    with pytest.raises(SiteErrors) as caught:
        load(path.with_name("gedong.toml"))
    assert str(caught.value) == f"{tmp_path}/gedong.toml:1: Berkas ini tidak ada. Maksudnya '{path}'?"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(SiteErrors, match=r":1: Berkas ini tidak dapat dibaca \(itu folder, bukan berkas\)"):
        load(tmp_path)


def test_other_encodings_are_named_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "gedung.toml"
    path.write_bytes(VALID.replace("Gedung", "Gédung").encode("latin-1"))
    with pytest.raises(SiteErrors) as caught:
        load(path)
    assert str(caught.value) == f"{path}:2: Bukan teks UTF-8. Simpan berkas dengan pengodean UTF-8."


def test_notepads_mark_and_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "gedung.toml"
    path.write_bytes(b"\xef\xbb\xbf" + VALID.replace("\n", "\r\n").encode())
    assert load(path).file.hall.name == "Gedung Uji"


def test_the_errors_are_an_expected_trouble(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as caught:
        load(write(tmp_path, "x = 1"))
    assert caught.value.code == "site_wrong"


def test_the_largest_hall_is_read_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, large())
    start = time.process_time()
    load(path)
    assert time.process_time() - start < 1  # seconds; 30 ms on an idle machine, and room for tracing


def test_errors_of_the_largest_hall_come_within_a_breath(tmp_path: Path) -> None:
    text = large().replace('agencies = ["instansi', 'agencies = ["instanci').replace("minutes = 10", 'minutes = "10"')
    start = time.process_time()
    assert len(errors_in(tmp_path, text)) == 450 + 94
    assert time.process_time() - start < 10  # seconds
