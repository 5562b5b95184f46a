from pathlib import Path

import pytest

from shared.site import load, phones_reach
from shared.voice.models import Models
from shared.words import Words
from tests.shared.site.sample import VALID, write
from tests.shared.voice.piper_folder import piper_folder

LAN = 'listen = "0.0.0.0:8443"\npublic_url = "http://192.168.1.5:8080"\n'
OPEN = VALID.replace("\n\n[[zone]]", f"\n{LAN}\n[[zone]]", 1)
KIOSK = '\n[[kiosk]]\nid = "kios-2"\nname = "Kedua"\nprinter = {{ road = "{road}", address = "printer-1.lan:9100" }}\n'
ZONE = '\n[[zone]]\nid = "lantai-2"\nname = "Lantai 2"\n'


def warnings(folder: Path, text: str, address: str = "") -> list[str]:
    return load(write(folder, text)).warnings(address=address)


def test_a_hall_as_meant_gives_no_warning(tmp_path: Path) -> None:
    assert warnings(tmp_path, OPEN) == []


def test_a_folder_of_models_that_lacks_something_is_told_where_it_is_needed_or_stands(tmp_path: Path) -> None:
    folder, elsewhere = piper_folder(tmp_path / "piper"), tmp_path / "tv"
    voice = f'\n[voice]\npiper = "{folder}"\n'
    tv = OPEN.replace('name = "TV"\n', f'name = "TV"\npiper = "{elsewhere}"\n')
    assert warnings(tmp_path, tv + voice) == []
    (folder / "id.onnx").unlink()
    piper_folder(elsewhere).joinpath("id.onnx.json").unlink()
    told = warnings(tmp_path, tv + voice)
    assert [one.rpartition(". ")[0] for one in told] == [
        f"Di folder Piper '{folder}' di PC ini kurang: id.onnx",
        f"Di folder Piper '{elsewhere}' di PC ini kurang: id.onnx.json",
    ]


def test_a_folder_of_models_that_is_not_here_is_told_as_such(tmp_path: Path) -> None:
    folder = tmp_path / "piper"
    (told,) = warnings(tmp_path, f'{OPEN}\n[voice]\npiper = "{folder}"\n')
    assert told == f"Folder Piper '{folder}' tidak ada di PC ini. Salin ke sini bila PC ini bersuara."


FOLDERS = """
[voice]
clips = 'rekaman'
[[kiosk]]
id = "kios-9"
name = "Kesembilan"
pictures = 'gambar'
printer = { road = "file", address = 'cetak/karcis.bin' }
"""


def test_each_folder_that_is_not_here_is_told_once_with_whose_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    here = ["rekaman", "gambar", "cetak", "suara", "film"]
    tvs = "".join(
        f'\n[[display]]\nid = "{tv}"\nname = "{tv}"\nclips = "suara"\nlayout = "media"\nmedia = "film"\n'
        for tv in ("tv-8", "tv-9")
    )
    site = load(write(tmp_path, OPEN + FOLDERS + tvs))
    elsewhere = "tidak ada di PC ini. Bila perangkat itu PC lain, periksa di sana."
    assert site.warnings(is_asked=True) == [
        "Folder rekaman 'rekaman' tidak ada di PC ini. Salin ke sini bila PC ini bersuara.",
        f"Folder 'gambar' (pictures, mesin tiket kios-9) {elsewhere}",
        f"Folder 'cetak' (address, mesin tiket kios-9) {elsewhere}",
        f"Folder 'suara' (clips, TV tv-8, tv-9) {elsewhere}",
        f"Folder 'film' (media, TV tv-8, tv-9) {elsewhere}",
    ]
    assert len(site.warnings()) == 1  # a hub says at each start what it can know
    for name in here:
        Path(name).mkdir()
    assert site.warnings(is_asked=True) == []


def test_folders_in_the_home_of_who_runs_the_programs_are_found_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for home in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(home, str(tmp_path))
    for name in ("rekaman", "gambar", "cetak"):
        (tmp_path / name).mkdir()
    site = load(write(tmp_path, OPEN + FOLDERS.replace("= '", "= '~/")))
    assert site.warnings(is_asked=True) == []
    (tmp_path / "gambar").rename(tmp_path / "gambarnya")
    (told,) = site.warnings(is_asked=True)
    assert told.endswith(f"Maksudnya '{Path('~/gambarnya')}'?")


def test_a_home_that_nobody_has_is_a_folder_that_is_not_here(tmp_path: Path) -> None:
    (told,) = warnings(tmp_path, f"{OPEN}\n[voice]\npiper = '~nobody-at-all/piper'\n")
    assert told == "Folder Piper '~nobody-at-all/piper' tidak ada di PC ini. Salin ke sini bila PC ini bersuara."
    assert Models(Path("~nobody-at-all/piper")).lacking()


def test_a_file_in_place_of_a_folder_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "media").write_text("")
    tv = f'layout = "media"\nmedia = "{tmp_path / "media"}"\n'
    text = VALID.replace('name = "TV"\n', f'name = "TV"\n{tv}').replace("[hall]\n", "[hall]\nsingle_pc = true\n", 1)
    told = warnings(tmp_path, text, "http://192.168.1.5:8080")
    assert told[-1] == f"'{tmp_path / 'media'}' (media, TV tv-1) bukan folder."


def test_a_hall_of_one_pc_is_told_of_its_devices_folders_unasked_and_of_the_nearest_name(tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    tv = f'layout = "media"\nmedia = "{tmp_path / "medai"}"\n'
    text = VALID.replace('name = "TV"\n', f'name = "TV"\n{tv}').replace("[hall]\n", "[hall]\nsingle_pc = true\n", 1)
    assert warnings(tmp_path, text, "http://192.168.1.5:8080")[-1] == (
        f"Folder '{tmp_path / 'medai'}' (media, TV tv-1) tidak ada di PC ini. "
        f"Bila perangkat itu PC lain, periksa di sana. Maksudnya '{tmp_path / 'media'}'?"
    )


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ('short_name = "DPMPTSP"', "DPMPTSP, 7 huruf"),
        ('short_name = "BPJS TK"', ""),
        ('short_name = "DPMPTSP"\nspoken = "Perizinan"', ""),
        ('short_name = "Dukcapil"\nname_en = "CIVREG office"', "CIVREG, 6 huruf"),
        ('short_name = "Dukcapil"\nname_en = "Civil registration (CIVREG)"', ""),
    ],
)
def test_a_name_that_would_be_spelt_by_many_letters_is_told_where_names_are_said(
    tmp_path: Path, written: str, word: str
) -> None:
    named = OPEN.replace('short_name = "Dukcapil"', written)
    assert warnings(tmp_path, named) == []
    told = warnings(tmp_path, f"{named}\n[voice]\nsay_agency = true\n")
    assert [word in one and "disdukcapil" in one for one in told] == [True] * bool(word)


@pytest.mark.parametrize(
    ("url", "reached"),
    [
        ("http://192.168.1.5:8080", True),
        ("http://[fd00::5]:8080", True),
        ("https://antrean.kota.go.id", True),
        ("http://antrean:8080", True),
        ("http://127.0.0.1:8080", False),
        ("http://127.8.0.1", False),
        ("http://[::1]:8080", False),
        ("http://0.0.0.0:8080", False),
        ("http://[::]:8080", False),
        ("http://localhost:8080", False),
        ("http://hub.localhost", False),
        ("http://", False),
    ],
)
def test_a_phone_reaches_what_is_not_this_pc_alone(url: str, reached: bool) -> None:
    assert phones_reach(url) is reached


def test_a_qr_that_no_phone_can_open_is_told(tmp_path: Path) -> None:
    [warning] = warnings(tmp_path, VALID)
    assert warning == (
        "Kode QR membuka http://127.0.0.1:8080, yang tidak terjangkau ponsel pengunjung. "
        "Isi listen dan public_url di [hall] dengan alamat hub di jaringan gedung."
    )


def test_the_address_the_hub_really_has_counts(tmp_path: Path) -> None:
    assert warnings(tmp_path, VALID, address="http://192.168.1.5:8080") == []


def test_a_hub_that_listens_to_itself_alone_is_told(tmp_path: Path) -> None:
    [warning] = warnings(tmp_path, OPEN, address="http://127.0.0.1:8080")
    assert warning == (
        "Hub hanya mendengarkan di http://127.0.0.1:8080: PC lain dan ponsel tidak dapat terhubung. "
        "Periksa listen di [hall]."
    )


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        (OPEN.partition("[[kiosk]]")[0] + OPEN[OPEN.index("[[display]]") :],
         "Tidak ada [[kiosk]]: pengunjung tidak dapat mengambil nomor."),
        (OPEN.replace('"network"', '"memory"'), "Mesin tiket 'kios-1' tidak mencetak (road = memory)."),
        (OPEN + KIOSK.format(road="network"), "Mesin tiket 'kios-1' dan 'kios-2' memakai printer yang sama."),
        (OPEN + ZONE, "Zona 'lantai-2' tidak punya loket."),
        (OPEN.partition("[[display]]")[0],
         "Zona 'lantai-1' tidak punya TV; panggilan di sana tidak tampak dan tidak terdengar."),
        (OPEN + 'voice = true\n[[display]]\nid = "papan-1"\nname = "Papan"\nlayout = "sign"\ncounter = "loket-1"',
         "Papan loket 'papan-1' ikut mengucapkan panggilan seluruh zona. Tulis voice = false."),
        (OPEN + "voice = false", "Zona 'lantai-1' tidak punya TV yang bersuara; panggilan di sana tidak terdengar."),
    ],
)  # fmt: skip
def test_what_works_but_was_hardly_meant_is_told(tmp_path: Path, text: str, warning: str) -> None:
    assert warnings(tmp_path, text) == [warning]


@pytest.mark.parametrize(("limit", "told"), [("", 1), ("longest_minutes = 60", 0)])
def test_a_ratio_without_a_limit_says_what_comes_of_undone_calls(tmp_path: Path, limit: str, told: int) -> None:
    text = OPEN.replace("\n\n[[zone]]", f'\n\n[rules]\norder = "ratio"\n{limit}\n\n[[zone]]', 1)
    said = warnings(tmp_path, text)
    assert len(said) == told
    assert all(one.startswith("Dengan ratio tanpa longest_minutes") for one in said)


def test_an_agency_that_no_machine_offers_is_told(tmp_path: Path) -> None:
    second = (
        OPEN[OPEN.index("[[agency]]") : OPEN.index("[[counter]]")].replace("disdukcapil", "bpn").replace('"A"', '"B"')
    )
    text = OPEN.replace('agencies = ["disdukcapil"]', 'agencies = ["disdukcapil", "bpn"]')
    text = text.replace("printer = {", 'agencies = ["disdukcapil"]\nprinter = {') + second
    assert warnings(tmp_path, text) == ["Instansi 'bpn' tidak ada di mesin tiket mana pun."]


def test_an_agency_that_waits_far_from_its_counters_is_told(tmp_path: Path) -> None:
    text = OPEN.replace('zone = "lantai-1"\n\n[[agency.s', 'zone = "lantai-2"\n\n[[agency.s') + ZONE
    assert warnings(tmp_path, text) == [
        "Zona 'lantai-2' tidak punya loket.",
        "Instansi 'disdukcapil' menunggu di zona yang tidak punya loketnya.",
    ]


def test_warnings_speak_english_too(tmp_path: Path) -> None:
    site = load(write(tmp_path, OPEN + "voice = false"))
    assert site.warnings(words=Words("en")) == ["Zone 'lantai-1' has no TV with a voice; calls there are not heard."]
