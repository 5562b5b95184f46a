"""Two browsers that say a zone's calls at once are noticed; one that is loaded anew, or a TV's hall, is not."""

import pytest

from hub.boards_heard import TOLD_S, BoardsHeard

Asked = tuple[float, str, str]


class Hall:
    """A hall whose pages ask at certain moments."""

    def __init__(self) -> None:
        self.now = 0.0
        self.boards = BoardsHeard(lambda: self.now)

    def hears(self, *asked: Asked) -> list[str]:
        for self.now, zone, page in asked:
            self.boards.asked(zone, page)
        return self.boards.troubles()


@pytest.mark.parametrize(
    ("asked", "is_told"),
    [
        ([(0, "l1", "a"), (0.1, "l1", "b"), (1, "l1", "a")], True),
        ([(0, "l1", "a"), (1, "l1", "a"), (2, "l1", "a")], False),  # one page, one call
        ([(0, "l1", "a"), (0.1, "l2", "b"), (1, "l1", "a")], False),  # each floor has its own
        ([(0, "l1", "a"), (1, "l1", "a"), (1.5, "l1", "b"), (2.5, "l1", "b")], False),  # loaded anew: another name
        ([(0, "l1", "a"), (60, "l1", "b"), (120, "l1", "a")], False),  # never the same call
        ([(0, "l1", ""), (0.1, "l1", "b"), (1, "l1", ""), (1.1, "l1", "x" * 99)], False),  # who does not name itself
    ],
)
def test_two_pages_are_told_when_they_speak_in_turn(asked: list[Asked], *, is_told: bool) -> None:
    assert Hall().hears(*asked) == ["boards_speak"] * is_told


def test_it_is_told_for_ten_minutes() -> None:
    hall = Hall()
    hall.hears((0, "l1", "a"), (0.1, "l1", "b"), (1, "l1", "a"))
    hall.now = 1 + TOLD_S
    assert hall.boards.troubles() == ["boards_speak"]
    hall.now += 1
    assert hall.boards.troubles() == []


def test_who_names_itself_anew_each_time_fills_nothing() -> None:
    hall = Hall()
    for n in range(1000):
        hall.hears((n / 1000, "l1", str(n)))
    assert len(hall.boards._saying["l1"]) == 8
