"""The rules of who is next in a site file: what is read, and what is told of those that let somebody wait for ever."""

from pathlib import Path

import pytest

from shared.hall import Rules
from shared.site import load
from tests.shared.site.sample import VALID, errors_in, write
from tests.shared.site.test_reading import second

RATIO = '[rules]\norder = "ratio"\nlongest_minutes = 60\n'
SECOND_WAITS = (
    "Dengan queues = in_order antrean kedua dapat menunggu tanpa batas. "
    "Isi longest_minutes di [counter.rules], atau di [rules]."
)
UNSERVED = (
    "Layanan 'disdukcapil-kk' tidak dilayani loket mana pun. Tambahkan id itu ke services salah satu [[counter]]."
)
ENDLESS = "Dengan aturan ini sebagian pengunjung dapat dilewati tanpa batas. Tambahkan, misalnya: longest_minutes = 60"
LAST = len(VALID.splitlines()) + 1
BOTH = 'agencies = ["disdukcapil", "lain"]'
KK = '\n[[agency.service]]\nid = "disdukcapil-kk"\nname = "KK"\nminutes = 9\n\n[[counter]]'


def test_rules_reach_the_hall_its_agencies_and_counters(tmp_path: Path) -> None:
    text = VALID.replace(
        'prefix = "A"', 'prefix = "A"\nrules = { order = "weighted", weight = 3, longest_minutes = 30 }'
    )
    text = text.replace('number = "1"', 'number = "1"\nqueues = "in_order"\nservices = ["disdukcapil-ktp"]\nrules = {}')
    hall = load(write(tmp_path, text + RATIO)).hall("http://hub")
    assert hall.rules == Rules(order="ratio", priority=2, regular=1, longest_minutes=60)
    assert hall.agencies[0].rules == Rules(order="weighted", weight=3.0, longest_minutes=30)
    counter = hall.counters[0]
    assert (counter.queues, counter.services, counter.rules) == ("in_order", ["disdukcapil-ktp"], Rules())


def test_without_rules_a_hall_has_none(tmp_path: Path) -> None:
    hall = load(write(tmp_path, VALID)).hall("http://hub")
    assert (hall.rules, hall.agencies[0].rules, hall.counters[0].rules) == (None, None, None)


@pytest.mark.parametrize(
    ("rules", "line"),
    [
        ('order = "ratio"\nregular = 0', 2),
        ('order = "ratio"\npriority = 0', 2),
        ('order = "weighted"', 1),
        ('weight = 1.5\norder = "weighted"', 2),
    ],
)
def test_a_rule_under_which_somebody_may_wait_for_ever_is_refused(tmp_path: Path, rules: str, line: int) -> None:
    assert errors_in(tmp_path, f"{VALID}[rules]\n{rules}\n") == [f"{LAST + line}: {ENDLESS}"]
    assert errors_in(tmp_path, f"{VALID}[rules]\n{rules}\nlongest_minutes = 60\n") == []


@pytest.mark.parametrize(
    "rules", ['order = "first_come"', 'order = "ratio"', 'order = "weighted"\nweight = 1', "regular = 0"]
)
def test_a_rule_that_bounds_itself_needs_no_limit(tmp_path: Path, rules: str) -> None:
    assert errors_in(tmp_path, f"{VALID}[rules]\n{rules}\n") == []


def test_a_second_queue_that_waits_for_the_first_needs_a_limit(tmp_path: Path) -> None:
    text = second().replace('agencies = ["lain"]', f'{BOTH}\nqueues = "in_order"')
    line = next(n for n, told in enumerate(text.splitlines(), 1) if told.startswith("queues"))
    assert errors_in(tmp_path, text) == [f"{line}: {SECOND_WAITS}"]
    assert errors_in(tmp_path, text + RATIO) == []


def test_agencies_that_share_a_counter_share_its_rule(tmp_path: Path) -> None:
    text = second().replace('agencies = ["lain"]', BOTH).replace('prefix = "B"', 'prefix = "B"\nrules = { weight = 3 }')
    line = next(n for n, told in enumerate(text.splitlines(), 1) if told == BOTH)
    assert errors_in(tmp_path, text) == [
        f"{line}: Instansi di loket 'loket-2' punya aturan yang berbeda-beda. Tulis [counter.rules] untuk loket itu."
    ]
    assert errors_in(tmp_path, text.replace(BOTH, f"{BOTH}\nrules = {{}}")) == []


@pytest.mark.parametrize(
    ("services", "error"),
    [
        (
            '["disdukcapil-kt"]',
            "Instansi di loket 'loket-1' tidak punya layanan 'disdukcapil-kt'. Maksudnya 'disdukcapil-ktp'?",
        ),
        (
            '["samsat"]',
            "Instansi di loket 'loket-1' tidak punya layanan 'samsat'. Yang ada: disdukcapil-ktp, disdukcapil-kk.",
        ),
        ('["disdukcapil-ktp"]', UNSERVED),
        ('["disdukcapil-ktp", "disdukcapil-kk"]', ""),
        ("[]", ""),
    ],
)
def test_a_counter_names_services_of_its_agencies(tmp_path: Path, services: str, error: str) -> None:
    text = VALID.replace("\n[[counter]]", KK, 1).replace('number = "1"', f'number = "1"\nservices = {services}')
    told = [line.split(": ", 1)[1] for line in errors_in(tmp_path, text)]
    assert error in told if error else told == []


@pytest.mark.parametrize(
    ("rules", "error"),
    [
        ('order = "rasio"', "'order' tidak dapat berisi \"rasio\". Maksudnya 'ratio'?"),
        ("regular = 11", "'regular' tidak dapat berisi 11. Isinya bilangan bulat 0–10."),
        ("weight = 0.5", "'weight' tidak dapat berisi 0.5. Isinya bilangan 1–10."),
        ('weight = "3"', "'weight' tidak dapat berisi \"3\". Isinya bilangan 1–10."),
    ],
)
def test_a_wrong_figure_is_told(tmp_path: Path, rules: str, error: str) -> None:
    assert errors_in(tmp_path, f"{VALID}[rules]\n{rules}\n") == [f"{LAST + 1}: {error}"]
