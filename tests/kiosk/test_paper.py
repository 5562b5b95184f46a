"""What stands on a ticket's paper."""

from base64 import b64encode
from datetime import UTC, datetime

import pytest

from kiosk.paper import logo_picture, ticket_stories, ticket_story
from kiosk.story import (
    BigNumber,
    Boxes,
    Checklist,
    Cut,
    Element,
    Heading,
    Line,
    Logo,
    Numbered,
    Place,
    Qr,
    Stamp,
    Story,
    Title,
)
from shared.hall import TicketPaper, TicketText
from shared.model import State
from shared.places import runs, where_to_wait
from shared.words import Words
from tests.kiosk.tickets import URL, hall, journey, ticket

ID = Words("id")
EN = Words("en")


def texts(story: Story) -> list[str]:
    found: list[str] = []
    for element in story:
        match element:
            case Boxes(boxes):
                found += [f"{box.label} {box.value}" for box in boxes]
            case Qr(data):
                found.append(data)
            case Title(text) | Stamp(text) | Heading(text) | Place(text) | BigNumber(text):
                found.append(text)
            case Line(text):
                found.append(text)
            case _:
                pass
    return found


def stamps(story: Story) -> list[str]:
    return [element.text for element in story if isinstance(element, Stamp)]


def of_kind(story: Story, kind: type[Element]) -> list[Element]:
    return [element for element in story if isinstance(element, kind)]


def test_a_ticket_tells_from_top_to_bottom_what_the_domain_lists() -> None:
    assert texts(ticket_story(ticket(), hall(), ID)) == [
        "Mal Pelayanan Publik Kabupaten Paser",
        "Disdukcapil",
        "Dinas Kependudukan dan Pencatatan Sipil",
        "Kartu Keluarga (KK)",
        "NOMOR ANTREAN ANDA",
        "K-012",
        "Sisa antrean di depan: 4 orang",
        "Perkiraan tunggu: ± 12 menit",
        "Paling lama 25 menit (9 dari 10 orang)",
        "Tunggu di Lantai 1, loket 10–13",
        "Mohon menunggu nomor Anda dipanggil",
        URL,
        "Pantau giliran dari ponsel: pindai kode ini di Wi-Fi gedung.",
        "12/02/2026 09.42 WITA",
    ]


def test_in_english_every_sentence_is_english() -> None:
    english = texts(ticket_story(ticket(language="en", ahead=1), hall(), EN))
    indonesian = set(texts(ticket_story(ticket(ahead=1), hall(), ID)))
    names = {
        "Mal Pelayanan Publik Kabupaten Paser",
        "Disdukcapil",
        "Dinas Kependudukan dan Pencatatan Sipil",
        "K-012",
        URL,
    }
    assert set(english) & indonesian == names
    assert "Ahead of you: 1 person" in english
    assert "Wait in Lantai 1, counters 10–13" in english
    assert "Family card" in english
    assert english[-1] == "12/02/2026 09:42 WITA"


def test_the_time_is_the_halls_not_the_computers() -> None:
    assert texts(ticket_story(ticket(), hall(timezone="Asia/Jakarta"), ID))[-1] == "12/02/2026 08.42 WIB"


def test_a_ticket_ends_with_its_one_cut() -> None:
    story = ticket_story(ticket(), hall(), ID, copy=True)
    assert isinstance(story[-1], Cut)
    assert len(of_kind(story, Cut)) == 1


def test_only_a_reprint_says_salinan() -> None:
    assert stamps(ticket_story(ticket(), hall(), ID)) == []
    assert stamps(ticket_story(ticket(), hall(), ID, copy=True)) == ["SALINAN"]


def test_priority_is_told_and_never_the_condition_behind_it() -> None:
    usual, first = (texts(ticket_story(ticket(priority=p), hall(), ID)) for p in (False, True))
    assert [text for text in first if text not in usual] == ["Antrean Prioritas"]


def test_an_agency_without_a_shorter_name_is_named_once() -> None:
    assert texts(ticket_story(ticket("g"), hall(), ID)).count("Pegadaian") == 1


def test_a_ticket_that_no_longer_waits_has_no_boxes() -> None:
    story = ticket_story(ticket(ahead=None, estimate_minutes=None), hall(), ID)
    assert of_kind(story, Boxes) == []


def test_who_waits_for_nobody_reads_soon_and_not_zero_minutes() -> None:
    assert "Perkiraan tunggu: Segera" in texts(ticket_story(ticket(ahead=0, estimate_minutes=0), hall(), ID))


def test_where_the_hub_has_learnt_nothing_yet_no_longest_wait_is_claimed() -> None:
    story = ticket_story(ticket(estimate_high_minutes=None), hall(), ID)
    assert not any("Paling lama" in text for text in texts(story))


def test_a_ticket_for_several_services_lists_them_in_order() -> None:
    story = ticket_story(journey(), hall(), ID)
    assert "Layanan Anda berurutan, dengan nomor yang sama:" in texts(story)
    assert of_kind(story, Numbered) == [
        Numbered(
            (
                "Disdukcapil: Kartu Keluarga (KK)",
                "DP3AKB: Data Tunggal Sosial dan Ekonomi Nasional (DTSEN)",
                "Pegadaian: Gadai",
            )
        )
    ]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "Janji temu pukul 10.30"),
        ({"appointment_missed": True}, "Terlambat untuk janji temu pukul 10.30: menunggu seperti tanpa janji."),
        (
            {"state": State.HELD, "held_until": datetime(2026, 2, 12, 2, 15, tzinfo=UTC)},
            "Janji temu pukul 10.30. Nomor ini mulai menunggu pukul 10.15.",
        ),
    ],
)
def test_an_appointment_is_named_with_what_came_of_it(changes: dict[str, object], told: str) -> None:
    booked = ticket().model_copy(update={"appointment": datetime(2026, 2, 12, 2, 30, tzinfo=UTC)} | changes)
    assert texts(ticket_story(booked, hall(), ID)).count(told) == 1


def test_a_ticket_for_one_service_lists_none() -> None:
    assert of_kind(ticket_story(ticket(), hall(), ID), Numbered) == []


def test_a_ticket_without_an_address_has_no_code_and_no_sentence_about_one() -> None:
    story = ticket_story(ticket(url=None), hall(), ID)
    assert of_kind(story, Qr) == []
    assert not any("pindai" in text for text in texts(story))


def test_a_hall_of_gerai_says_gerai() -> None:
    made = hall(counter_word="gerai")
    assert where_to_wait(made.agency("k"), made, ID) == "Tunggu di Lantai 1, gerai 10–13"


def test_an_agency_without_a_counter_waits_in_its_zone() -> None:
    assert where_to_wait(hall().agency("g"), hall(), ID) == "Tunggu di Lantai 1"


def test_one_counter_is_one_in_english() -> None:
    made = hall(counters=hall().counters[:1])
    assert where_to_wait(made.agency("k"), made, EN) == "Wait in Lantai 1, counter 10"


@pytest.mark.parametrize(
    ("numbers", "written"),
    [
        (["10", "11", "12", "13"], "10–13"),
        (["5"], "5"),
        (["7", "1", "3", "6", "5"], "1, 3, 5–7"),
        (["2", "1", "VIP"], "1–2, VIP"),
        (["07", "8"], "8, 07"),
        (["4", "4"], "4"),
    ],
)
def test_numbers_of_counters_are_written_as_people_do(numbers: list[str], written: str) -> None:
    assert runs(numbers) == written


def test_the_logo_is_taken_from_its_data_url() -> None:
    url = f"data:image/png;base64,{b64encode(b'a picture').decode()}"
    assert logo_picture(hall(logo=url)) == b"a picture"


def test_a_hall_without_a_logo_has_none() -> None:
    assert logo_picture(hall()) is None


# ---------------------------------------------------------------- the hall's template


def with_template(**template: object) -> Story:
    return ticket_story(ticket(language="en", ahead=1), hall(ticket=TicketPaper.model_validate(template)), EN)


def test_a_table_that_says_nothing_changes_nothing() -> None:
    assert with_template() == ticket_story(ticket(language="en", ahead=1), hall(), EN)


def test_the_hall_decides_what_stands_on_paper_and_in_which_order() -> None:
    story = with_template(elements=["time", "number", "rule", "hall"])
    assert texts(story) == ["12/02/2026 09:42 WITA", "YOUR QUEUE NUMBER", "K-012", hall().name]
    assert of_kind(story, Logo) == []
    assert isinstance(story[-1], Cut)


@pytest.mark.parametrize(
    ("elements", "above"), [(["number"], []), (["logo", "hall", "number"], ["Mal Pelayanan Publik Kabupaten Paser"])]
)
def test_a_reprint_says_salinan_whatever_the_template(elements: list[str], above: list[str]) -> None:
    template = TicketPaper.model_validate({"elements": elements})
    assert texts(ticket_story(ticket(), hall(ticket=template), ID, copy=True))[: len(above) + 1] == [*above, "SALINAN"]


def test_the_hall_s_own_sentences_take_the_place_of_the_usual_ones() -> None:
    own = {"language": "en", "number": "Your turn", "message": "Have a seat", "qr": "Scan me", "footer": "Free"}
    told = texts(with_template(texts=[own]))
    assert [text for text in told if text in own.values()] == ["Your turn", "Have a seat", "Scan me", "Free"]
    assert not {"YOUR QUEUE NUMBER", "Please wait until your number is called"} & set(told)


def test_a_language_without_own_sentences_has_the_usual_ones_and_the_first_footer() -> None:
    told = texts(with_template(texts=[TicketText(language="id", message="Silakan duduk", footer="Gratis")]))
    assert "Please wait until your number is called" in told
    assert "Silakan duduk" not in told
    assert "Gratis" in told


def test_an_added_language_stands_under_the_visitor_s_and_nothing_twice() -> None:
    told = texts(with_template(languages=["id", "en"]))
    assert told[2:5] == ["Dinas Kependudukan dan Pencatatan Sipil", "Family card", "Kartu Keluarga (KK)"]
    assert told[5:10] == [
        "YOUR QUEUE NUMBER",
        "K-012",
        "NOMOR ANTREAN ANDA",
        "Ahead of you: 1 person",
        "Estimated wait: ± 12 min",
    ]
    assert "Sisa antrean di depan: 1 orang" in told
    assert len(set(told)) == len(told)


def test_what_to_bring_is_a_checklist_in_the_visitor_s_language_where_the_service_says_it() -> None:
    told = {"requirements": ["KTP asli"], "requirements_en": ["ID card"]}
    agencies = [
        agency.model_copy(update={"services": [agency.services[0].model_copy(update=told if agency.id == "k" else {})]})
        for agency in hall().agencies
    ]
    template = TicketPaper(elements=["number", "checklist", "time"], languages=["id"])
    made = hall(agencies=agencies, ticket=template)
    story = ticket_story(ticket(language="en"), made, EN)
    assert of_kind(story, Checklist) == [Checklist(("ID card",)), Checklist(("KTP asli",))]
    assert "What to bring" in texts(story)
    assert of_kind(ticket_story(ticket("z"), made, ID), Checklist) == []
    assert "Yang perlu dibawa" not in texts(ticket_story(ticket("z"), made, ID))


def test_a_second_paper_is_the_staff_s_in_the_hall_s_language_with_a_cut_of_its_own() -> None:
    template = TicketPaper(second_copy=["service", "number"], languages=["en"])
    visitors, staffs = ticket_stories(ticket(language="en"), hall(ticket=template), EN)
    assert texts(staffs) == ["UNTUK PETUGAS", "Kartu Keluarga (KK)", "NOMOR ANTREAN ANDA", "K-012"]
    assert visitors == ticket_story(ticket(language="en"), hall(ticket=template), EN)
    assert isinstance(staffs[-1], Cut)


def test_without_a_template_a_ticket_is_one_paper() -> None:
    assert ticket_stories(ticket(), hall(), ID) == [ticket_story(ticket(), hall(), ID)]
