"""What a site file says of the paper: what it may say, and what is told of a slip."""

from pathlib import Path

import pytest

from shared.hall import TICKET
from shared.site import load
from tests.shared.site.sample import VALID, errors_in, write


def test_a_hall_s_ticket_is_told_to_its_kiosks(tmp_path: Path) -> None:
    text = VALID + '[ticket]\nlanguages = ["en"]\n[[ticket.text]]\nlanguage = "id"\nfooter = "Gratis"\n'
    ticket = load(write(tmp_path, text)).hall("http://hub").ticket
    assert ticket is not None
    assert (tuple(ticket.elements), ticket.languages, ticket.footer("id")) == (TICKET, ["en"], "Gratis")


def test_a_hall_without_the_table_says_nothing_of_it(tmp_path: Path) -> None:
    assert load(write(tmp_path, VALID)).hall("http://hub").ticket is None


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ('elements = ["number", "bokses"]', "'elements' tidak dapat berisi \"bokses\". Maksudnya 'boxes'?"),
        ('second_copy = ["nomber"]', "'second_copy' tidak dapat berisi \"nomber\". Maksudnya 'number'?"),
        ('elements = ["number", "qr", "qr"]', "'qr' tertulis dua kali di elements. Hapus salah satunya."),
        ('element = ["number"]', "Kunci 'element' tidak dikenal di [ticket]. Maksudnya 'elements'?"),
        ('languages = ["idn"]', "'languages' tidak dapat berisi \"idn\". Maksudnya 'id'?"),
        (
            '[[ticket.text]]\nlanguage = "id"\n[[ticket.text]]\nlanguage = "id"',
            "language 'id' sudah dipakai di baris 38. Setiap language di [[ticket.text]] harus berbeda.",
        ),
    ],
)
def test_a_slip_is_told_with_the_nearest_name(tmp_path: Path, table: str, told: str) -> None:
    (error,) = errors_in(tmp_path, f"{VALID}[ticket]\n{table}\n")
    assert error.partition(": ")[2] == told


@pytest.mark.parametrize("elements", ["[]", '["hall", "time"]'])
def test_a_ticket_without_its_number_is_none(tmp_path: Path, elements: str) -> None:
    (error,) = errors_in(tmp_path, f"{VALID}[ticket]\nelements = {elements}\n")
    assert error.endswith("; number harus ada.")


def test_lines_across_may_be_repeated(tmp_path: Path) -> None:
    assert errors_in(tmp_path, f'{VALID}[ticket]\nelements = ["rule", "number", "gap", "gap", "rule"]\n') == []
