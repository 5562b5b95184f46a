"""What a site file says of outcomes and of pauses."""

from pathlib import Path

import pytest

from shared.site import load
from tests.shared.site.sample import VALID, errors_in, write

OUTCOMES = """
[[outcome]]
id = "tuntas"
name = "Tuntas"

[[outcome]]
id = "berkas-kurang"
name = "Berkas kurang"
"""


def of_agency(ids: str) -> str:
    return VALID.replace('prefix = "A"\n', f'prefix = "A"\noutcomes = {ids}\n') + OUTCOMES


def test_an_agency_has_all_outcomes_unless_it_names_its_own(tmp_path: Path) -> None:
    for text, ids in (
        (VALID, []),
        (VALID + OUTCOMES, ["tuntas", "berkas-kurang"]),
        (of_agency('["tuntas"]'), ["tuntas"]),
    ):
        hall = load(write(tmp_path, text)).hall("http://hub")
        assert [result.id for result in hall.results_of("disdukcapil")] == ids


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (of_agency('["tuntsa"]'), "[[outcome]] dengan id 'tuntsa' tidak ada. Maksudnya 'tuntas'?"),
        (
            of_agency('["tuntas"]').replace(OUTCOMES, ""),
            "[[outcome]] dengan id 'tuntas' tidak ada. Tambahkan tabel itu.",
        ),
        (of_agency('["tuntas", "tuntas"]'), "'tuntas' tertulis dua kali di outcomes. Hapus salah satunya."),
        (VALID + OUTCOMES + OUTCOMES.split("\n\n", maxsplit=1)[0], "id 'tuntas' sudah dipakai di baris"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, text: str, told: str) -> None:
    [error] = errors_in(tmp_path, text)
    assert told in error


def test_a_hall_has_reasons_for_a_pause_of_its_own_or_the_usual_ones(tmp_path: Path) -> None:
    own = VALID.replace('name = "Gedung Uji"\n', 'name = "Gedung Uji"\npause_reasons = ["Apel pagi"]\n')
    usual = ["Istirahat", "Salat", "Rapat", "Gangguan sistem"]
    for text, reasons in ((VALID, usual), (own, ["Apel pagi"])):
        assert load(write(tmp_path, text)).hall("http://hub").pause_reasons == reasons
