"""Lists of bookings as offices write them. It is Thursday, 12 February 2026, 08.00."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from hub.booking_cells import Services, Unread, date_in, moment_in, priority_in, time_in
from hub.booking_file import read
from hub.booking_import import MOST_TOLD, review, settle
from hub.bookings import cancel_booking
from hub.rows import BookingRow
from hub.store import Book
from shared.booking_wire import Imported
from shared.hall import Appointments, Hall
from shared.site import load
from shared.trouble import Trouble
from shared.words import Words
from tests.hub.conftest import Day
from tests.hub.running import ROOT
from tests.hub.small_hall import WITA, small_hall

ID, EN = Words("id"), Words("en")


@pytest.fixture
def hall() -> Hall:
    hall = small_hall()
    pajak = hall.agencies[2]
    twin = pajak.services[0].model_copy(update={"id": "npwp-badan"})
    agencies = [*hall.agencies[:2], pajak.model_copy(update={"services": [*pajak.services, twin]})]
    return hall.model_copy(update={"agencies": agencies, "appointments": Appointments(per_hour=3)})


def at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 2, day, hour, minute, tzinfo=WITA)


def bookings(text: str, hall: Hall) -> list[tuple[str, str, datetime, tuple[str, ...], bool]]:
    lines, faults = read(text, hall)
    assert [fault.what.told(ID) for fault in faults] == []
    return [(one.code, one.asked.service, one.asked.at, one.asked.then, one.asked.priority) for one in lines]


def faults(text: str, hall: Hall, words: Words = ID) -> list[tuple[int, str, str]]:
    return [(one.line, one.what.told(words), one.hint.told(words)) for one in read(text, hall)[1]]


class TestFile:
    @pytest.mark.parametrize(
        "text",
        [
            "code,service,date,time\nAB-12,ktp,2026-02-13,08:30\n",
            "\ufeffkode;layanan;tanggal;jam\r\nab12;KTP;13/02/2026;08.30\r\n;;;\r\n",
            "Code\tService\tAt\nAB12\tktp service\t2026-02-13T08:30\n",
            'code;service;at;priority;\n"AB12";"ktp";"13/02/2026 08.30";tidak;\n',
            "code,service,at\nAB12,ktp,2026-02-13T00:30Z",
            "priority,time,date,service,code\n\n,8.30,13-2-2026,ktp,AB12\n",
        ],
    )
    def test_is_read_however_a_spreadsheet_writes_it(self, hall: Hall, text: str) -> None:
        assert bookings(text, hall) == [("AB12", "ktp", at(13, 8, 30), (), False)]

    def test_names_further_services_and_priority(self, hall: Hall) -> None:
        text = (
            "code;service;date;time;then;priority\n"
            'AB12;ktp;13/02/2026;08.30;"stnk; npwp-badan";ya\n'
            "CD34;kk;13/02/2026;09.00;stnk|ktp;x\n"
        )
        assert [one[3:] for one in bookings(text, hall)] == [(("stnk", "npwp-badan"), True), (("stnk", "ktp"), True)]

    @pytest.mark.parametrize(
        ("head", "what"),
        [
            (
                "code;service;date;time;Nama Pemohon",
                "Kolom 'Nama Pemohon' tampak berisi data pribadi, yang tidak disimpan",
            ),
            ("NIK,code,service,at", "Kolom 'NIK' tampak berisi data pribadi, yang tidak disimpan"),
            ("code;service;at;no_hp", "Kolom 'no_hp' tampak berisi data pribadi, yang tidak disimpan"),
            ("code;servis;date;time", "Kolom 'servis' tidak dikenal"),
            ("code;service;date", "Kolom ini tidak ada: jam (time)"),
            ("code;code;service;at", "Kolom 'code' ditulis dua kali"),
            (
                "AB11;kk;13/02/2026;08.30",
                "Kolom ini tidak ada: kode (code), layanan (service), tanggal (date), jam (time)",
            ),
            ("code;service;at", "Berkas ini tidak berisi janji temu"),
        ],
    )
    def test_with_a_wrong_first_line_is_not_read_on(self, hall: Hall, head: str, what: str) -> None:
        rows = "" if what.startswith("Berkas") else "\nAB12;ktp;13/02/2026;08.30"
        assert [(line, said) for line, said, _ in faults(head + rows, hall)] == [(1, what)]

    def test_tells_all_that_is_wrong_with_its_line_and_the_way_out(self, hall: Hall) -> None:
        text = (
            "code;service;date;time;priority\n"
            "AB12;ktpp;13/02/2026;08.30;\n"
            "AB12;npwp;31/02/2026;8,5;mungkin\n"
            "\n"
            "6409011212900001;ktp;13/02/2026;08.30;\n"
            "CD34;KTP;13/02/2026;08.30;;catatan\n"
            'EF56;"kk";13/02/2026;08.30;\n'
            "EF56;kk;13/02/2026;09.30;\n"
            ";;13/02/2026;;\n"
        )
        assert faults(text, hall) == [
            (2, "Layanan 'ktpp' tidak ada di gedung ini", "Maksudnya 'ktp'?"),
            (3, "Tanggal '31/02/2026' tidak dapat dibaca", "Tulis 2026-11-23 atau 23/11/2026."),
            (3, "Jam '8,5' tidak dapat dibaca", "Tulis 08.30 atau 08:30."),
            (3, "'mungkin' bukan ya atau tidak", "Tulis ya, atau kosongkan."),
            (5, "Kode ini tampak seperti NIK atau nomor telepon", "Pakai kode yang tidak menunjuk kepada orangnya."),
            (
                6,
                "Baris ini berisi lebih banyak kolom daripada baris pertama",
                "Apit isi yang memuat tanda pemisah dengan tanda kutip.",
            ),
            (8, "Kode EF56 sudah ada di baris 7", "Beri setiap janji temu kodenya sendiri."),
            (9, "Kode belum diisi", "Tulis 4–20 huruf dan angka."),
            (9, "Jam belum diisi", "Tulis 08.30 atau 08:30."),
            (9, "Layanan belum diisi", "Tulis id atau nama layanan seperti di berkas konfigurasi gedung."),
        ]

    def test_with_a_quote_that_is_not_closed_says_where(self, hall: Hall) -> None:
        text = 'code;service;at\nAB12;ktp;2026-02-13T08:30\nCD34;"ktp;2026-02-13T08:30\nEF56;ktp;2026-02-13T08:30\n'
        assert faults(text, hall)[0][:2] == (3, "Tanda kutip di baris ini tidak berpasangan")

    def test_counts_the_lines_of_a_cell_with_line_breaks(self, hall: Hall) -> None:
        assert faults('code;service;at\n"AB\n12";ktp;2026-02-13T08:30\nCD34;kpt;2026-02-13T08:30\n', hall)[0][0] == 4

    def test_is_told_in_english_too(self, hall: Hall) -> None:
        text = "code;service;at\nAB12;ktpp;2026-02-13T08:30\n"
        assert faults(text, hall, EN) == [(2, "There is no service 'ktpp' in this hall", "Did you mean 'ktp'?")]


def test_the_example_in_the_docs_is_right_for_the_small_hall() -> None:
    example = (ROOT / "docs" / "janji-temu.md").read_text(encoding="utf-8").partition("```csv\n")[2].partition("```")[0]
    assert [code for code, *_ in bookings(example, load(ROOT / "config" / "small.toml").hall(""))] == [
        "K7QF93MD",
        "2W8M4T1X",
    ]


class TestCell:
    @pytest.mark.parametrize(
        "text", ["23/13/2026", "2026-02-30", "13/02/26", "Jumat", "13 Februari 2026", "", "2026-02-13x"]
    )
    def test_that_is_no_date(self, text: str) -> None:
        with pytest.raises(Unread):
            date_in(text)

    @pytest.mark.parametrize("text", ["24.00", "8", "08.60", "pagi", "", "08.30.15"])
    def test_that_is_no_time(self, text: str) -> None:
        with pytest.raises(Unread):
            time_in(text)

    @pytest.mark.parametrize("text", ["", "2026-02-13 pagi", "0001-01-01T00:00:00+14:00", "besok 08.30"])
    def test_that_is_no_moment(self, text: str) -> None:
        with pytest.raises(Unread):
            moment_in(text, WITA)

    @pytest.mark.parametrize(
        ("text", "is_yes"), [("Ya", True), ("TRUE", True), ("1", True), ("", False), ("Tidak", False)]
    )
    def test_of_priority(self, text: str, is_yes: bool) -> None:
        assert priority_in(text) is is_yes

    def test_of_a_service_whose_name_two_have_wants_its_id(self, hall: Hall) -> None:
        services = Services(hall)
        assert services.one("npwp") == "npwp"
        named = Services(hall.model_copy(update={"agencies": [_renamed(agency) for agency in hall.agencies]}))
        with pytest.raises(Unread) as unread:
            named.one("surat")
        assert unread.value.hint.told(ID) == "Yang ada: ktp, kk, stnk, npwp, npwp-badan."


def _renamed(agency: Any) -> Any:  # noqa: ANN401  -- an agency, whose services all get one name
    services = [service.model_copy(update={"name": "Surat", "name_en": ""}) for service in agency.services]
    return agency.model_copy(update={"services": services})


class TestImport:
    def imported(self, day: Day, text: str) -> Imported:
        new, told = settle(review(text, day.floor.hall, day.clock()), day.book, ID)
        day.book.put_bookings(new)
        return told

    def refused(self, day: Day, text: str) -> list[tuple[int, str]]:
        with pytest.raises(Trouble) as trouble:
            self.imported(day, text)
        assert trouble.value.code == "bookings_wrong"
        now: Any = trouble.value.now
        return [(fault["line"], fault["what"]) for fault in now["faults"]]

    def test_is_all_new_and_then_all_the_same(self, day: Day) -> None:
        text = "code;service;date;time\nAB12;ktp;12/02/2026;08.30\nCD34;stnk;13/02/2026;08.30\n"
        assert self.imported(day, text) == Imported(new=2, same=0)
        day.clock.now += timedelta(hours=3)  # one of them has passed meanwhile, and the other was cancelled
        cancel_booking(day.floor, day.book, day.clock(), "CD34")
        assert self.imported(day, text) == Imported(new=0, same=2)
        assert [row.is_cancelled for row in kept(day.book)] == [0, 1]

    def test_of_which_one_line_is_wrong_takes_in_nothing(self, day: Day) -> None:
        self.imported(day, "code;service;at\nAB12;ktp;2026-02-13T08:30")
        text = (
            "code;service;at\n"
            "GOOD;ktp;2026-02-13T08:30\n"
            "PAST;ktp;2026-02-12T07:30\n"
            "AB12;kk;2026-02-13T08:30\n"
            "ENOUGH;kk;2026-02-13T08:59\n"
            "FULL;kk;2026-02-13T08:00\n"
            "NONE;kpt;2026-02-13T08:00\n"
        )
        assert self.refused(day, text) == [
            (3, "Janji temu tidak dapat dicatat untuk pukul 07.30: sudah lewat, atau lebih dari 366 hari lagi"),
            (4, "Kode AB12 sudah dipakai janji temu lain"),
            (6, "Sudah ada 3 janji temu untuk jam 08.00, sebanyak yang diterima"),
            (7, "Layanan 'kpt' tidak ada di gedung ini"),
        ]
        assert [row.code for row in kept(day.book)] == ["AB12"]

    def test_tells_a_hundred_faults_and_how_many_there_are(self, day: Day) -> None:
        text = "code;service;at\n" + "".join(f"C{n:04};layanan-{n};2026-02-13T08:30\n" for n in range(500))
        with pytest.raises(Trouble) as trouble:
            self.imported(day, text)
        now: Any = trouble.value.now
        assert (trouble.value.values, len(now["faults"])) == ({"count": 500}, MOST_TOLD)


def kept(book: Book) -> list[BookingRow]:
    return [row for day in ("2026-02-12", "2026-02-13") for row in book.bookings(day)]
