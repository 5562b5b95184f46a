import pytest

from shared.calling import calling_of, said_name
from shared.hall import Hall, VoiceSettings
from tests.display.day import HALL


@pytest.mark.parametrize(
    ("names", "indonesian", "english"),
    [
        ({"short_name": "Dukcapil"}, "Dukcapil", "Dukcapil"),
        ({"short_name": "BPJS Kesehatan"}, "B P J S Kesehatan", "B P J S Kesehatan"),
        ({"short_name": "PT. PLN (Persero)"}, "P T P L N", "P T P L N"),
        ({"short_name": "DP3AKB lantai 12"}, "D P 3 A K B lantai 12", "D P 3 A K B lantai 12"),
        ({"short_name": "BPJS-TK"}, "B P J S T K", "B P J S T K"),
        ({"short_name": "Samsat", "name_en": "Vehicle Tax (Samsat)"}, "Samsat", "Vehicle Tax"),
        ({"short_name": "DPMPTSP", "spoken": "Perizinan"}, "Perizinan", "Perizinan"),
        ({"short_name": "DPMPTSP", "spoken": "Perizinan", "spoken_en": "Licensing"}, "Perizinan", "Licensing"),
        ({"short_name": "DPMPTSP", "spoken": "Perizinan", "name_en": "Permits"}, "Perizinan", "Permits"),
        ({"short_name": "PLN", "spoken": "PLN"}, "PLN", "PLN"),
        ({"short_name": "(UPT)"}, "U P T", "U P T"),
    ],
)
def test_a_name_is_said_as_written_for_it_and_otherwise_abbreviations_are_spelt(
    names: dict[str, str], indonesian: str, english: str
) -> None:
    agency = HALL.agencies[0].model_copy(update={"name_en": "", **names})
    assert (said_name(agency, "id"), said_name(agency, "en")) == (indonesian, english)


def said(hall: Hall, agency: str, language: str = "id") -> str:
    return calling_of(hall).speech("A-012", "5", agency=agency, language=language).text


def test_a_hall_says_the_agency_between_number_and_counter_where_it_wants_that() -> None:
    naming = HALL.model_copy(update={"voice": VoiceSettings(say_agency=True)})
    assert said(naming, "bpjs") == "Nomor antrean, A, nol satu dua, B P J S Kesehatan, silakan menuju loket lima."
    assert said(naming, "samsat", "en") == "Queue number A, zero one two, Samsat, please go to counter five."
    assert said(HALL, "bpjs") == "Nomor antrean, A, nol satu dua, silakan menuju loket lima."


def test_an_agency_that_this_program_does_not_know_is_not_named() -> None:
    naming = HALL.model_copy(update={"voice": VoiceSettings(say_agency=True)})
    assert said(naming, "baru") == said(HALL, "baru")
