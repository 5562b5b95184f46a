"""The answer to 'why this one?', in both languages."""

import errno

import pytest

from shared.model import Reason
from shared.reasons import rule, sentence
from shared.refusals import why
from shared.trouble import Trouble
from shared.wire import Why
from shared.words import Words

RATIO = Why(kind=Reason.RATIO, waited_minutes=14, priority=2, regular=1)


@pytest.mark.parametrize(
    ("why", "is_priority", "indonesian", "english"),
    [
        (
            Why(kind=Reason.FIRST_COME, waited_minutes=14),
            False,
            "paling lama menunggu; menunggu 14 menit",
            "waited longest; waited 14 minutes",
        ),
        (RATIO, True, "prioritas 2:1; menunggu 14 menit", "priority 2:1; waited 14 minutes"),
        (
            RATIO,
            False,
            "giliran umum di antara prioritas 2:1; menunggu 14 menit",
            "regular turn among priority 2:1; waited 14 minutes",
        ),
        (
            Why(kind=Reason.WEIGHTED, waited_minutes=1, weight=1.5),
            True,
            "waktu tunggu prioritas dihitung 1,5×; menunggu 1 menit",
            "priority waiting time counts 1.5×; waited 1 minute",
        ),
        (
            Why(kind=Reason.LONGEST, waited_minutes=72, longest_minutes=60),
            False,
            "menunggu sampai batas 60 menit; menunggu 72 menit",
            "waited to the limit of 60 minutes; waited 72 minutes",
        ),
    ],
)
def test_a_reason_is_one_sentence(why: Why, is_priority: bool, indonesian: str, english: str) -> None:
    assert sentence(Words("id"), why, is_priority=is_priority) == indonesian
    assert sentence(Words("en"), why, is_priority=is_priority) == english


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_words_where_its_figures_are_not_known(reason: Reason) -> None:
    assert "{" not in rule(Words("id"), reason, None, is_priority=True)
    assert rule(Words("en"), reason, None, is_priority=False) != rule(Words("id"), reason, None, is_priority=False)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.EISDIR, ("itu folder, bukan berkas", "it is a folder, not a file")),
        (errno.ENOSPC, ("disknya penuh", "the disk is full")),
        (errno.EADDRINUSE, ("sudah dipakai program lain", "another program uses it already")),
        (errno.EMLINK, ("as the system says it", "as the system says it")),
    ],
)
def test_what_the_system_refuses_is_said_in_our_users_words(code: int, said: tuple[str, str]) -> None:
    told = Trouble("data_unusable", path="/x", **why(OSError(code, "as the system says it")))
    assert (told.sentence(Words("id")), told.sentence(Words("en"))) == (
        f"Folder data /x tidak dapat dipakai: {said[0]}.",
        f"The data folder /x cannot be used: {said[1]}.",
    )
