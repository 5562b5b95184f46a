"""The kiosk without eyes: only what is said, four corners, or a keypad."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from kiosk.kiosk import Kiosk
from kiosk.modes import AS_USUAL, Mode
from kiosk.narrator import Narrator
from kiosk.scene import Stage
from kiosk.screens.window import KioskWindow
from shared.qt.voice.loudspeaker import Loudspeaker
from shared.qt.voice.renderer import Renderer
from shared.trouble import Trouble
from shared.voice.sound import wav_seconds
from tests.kiosk.conftest import Until, Visitor, shown
from tests.kiosk.stand_in import SmallHub, StandInLink
from tests.kiosk.test_screens import Eyes

STAND_INS = Path(__file__).parents[1] / "shared/voice/stand_ins"


class Noting(Narrator):
    """Says nothing, and notes what it would have."""

    def __init__(self, *, there: bool = True) -> None:
        super().__init__(Path())
        self.said: list[str] = []
        self.languages: set[str] = set()
        self._open = False
        self.answers = there

    @property
    def is_open(self) -> bool:
        return self._open

    def open(self, language: str) -> None:
        if not self._open:
            self._open = True
            self.languages.add(language)
            self._tell(there=self.answers)

    def close(self) -> None:
        self._open, self._there = False, None

    def say(self, language: str, text: str) -> None:
        self.languages.add(language)
        self.said.append(text)


class Blind:
    """Somebody who hears, and touches the corners of the screen."""

    def __init__(self, window: KioskWindow, narrator: Noting, until: Until) -> None:
        self.window, self.narrator, self.until = window, narrator, until

    def touch(self, corner: str) -> str:
        """Touch a corner; what is said then."""
        x, y = {"before": (20, 20), "after": (-20, 20), "leave": (20, -20), "choose": (-20, -20)}[corner]
        place = QPoint(x % self.window.width(), y % self.window.height())
        under = self.window.childAt(place)
        assert isinstance(under, QWidget)
        return self._hears(
            lambda: QTest.mouseClick(under, Qt.MouseButton.LeftButton, pos=under.mapFrom(self.window, place))
        )

    def press(self, key: Qt.Key) -> str:
        """Strike a key of the keypad; what is said then."""
        return self._hears(lambda: QTest.keyClick(self.window, key))

    def _hears(self, act: object) -> str:
        before = len(self.narrator.said)
        assert callable(act)
        act()
        self.until(lambda: len(self.narrator.said) > before)
        return self.narrator.said[-1]

    def finds(self, begins: str) -> str:
        """Go on until a choice is said that begins so."""
        for _ in range(30):
            said = self.touch("after")
            if said.partition(". ")[2].startswith(begins):
                return said
        raise AssertionError(f"{begins!r} was not said: {self.narrator.said}")


@pytest.fixture
def narrator() -> Noting:
    return Noting()


@pytest.fixture
def window(kiosk: Kiosk, link: StandInLink, narrator: Noting, qtbot: QtBot) -> KioskWindow:
    return shown(KioskWindow(kiosk, link, narrator=narrator), qtbot, QSize(960, 540))


@pytest.fixture
def eyes(window: KioskWindow) -> Eyes:
    return Eyes(window)


@pytest.fixture
def blind(window: KioskWindow, narrator: Noting, until: Until) -> Blind:
    """Somebody for whom the reading was just turned on."""
    window._kiosk.switch(Mode.SPOKEN)
    until(lambda: narrator.said)
    return Blind(window, narrator, until)


def test_a_ticket_without_seeing_the_screen(blind: Blind, visitor: Visitor, hub: SmallHub) -> None:
    assert "Hari ini mau mengurus apa? Sentuh instansi yang Anda tuju." in blind.narrator.said[0]
    assert "kanan bawah untuk memilih" in blind.narrator.said[0]
    assert blind.finds("Instansi K") == "1. Instansi K. Dinas K. Tanpa menunggu."
    assert "Layanan apa yang Anda perlukan?" in blind.touch("choose")
    blind.finds("Kartu Keluarga")
    blind.touch("choose")
    visitor.sees(Stage.DONE)
    blind.until(lambda: "Silakan ambil tiket Anda" in blind.narrator.said[-1])
    assert blind.narrator.said[-1].startswith("Nomor Anda: K, nol nol satu.")
    assert "Instansi K. Kartu Keluarga (KK). 0 orang di depan. Segera perkiraan tunggu." in blind.narrator.said[-1]
    assert len(hub.tickets) == 1


def test_the_keypad_turns_it_on_and_works_it(window: KioskWindow, narrator: Noting, until: Until) -> None:
    visitor = Blind(window, narrator, until)
    assert "Hari ini mau mengurus apa?" in visitor.press(Qt.Key.Key_Right)
    assert visitor.press(Qt.Key.Key_Right).startswith("1. Instansi K")
    assert visitor.press(Qt.Key.Key_Down).startswith("2. Instansi M")
    assert visitor.press(Qt.Key.Key_Left).startswith("1. Instansi K")
    assert "Layanan apa yang Anda perlukan?" in visitor.press(Qt.Key.Key_Return)
    assert "Hari ini mau mengurus apa?" in visitor.press(Qt.Key.Key_Escape)


def test_before_the_first_and_after_the_last_choice_the_screen_goes_round(blind: Blind) -> None:
    last = blind.touch("before")
    assert last.startswith("8. English")
    assert "Hari ini mau mengurus apa?" in blind.touch("after")


def test_a_switch_says_what_it_is_now(blind: Blind, visitor: Visitor) -> None:
    assert blind.finds("Antrean Prioritas").endswith("membawa balita. Tidak menyala.")
    assert blind.touch("choose").endswith("membawa balita. Menyala.")
    assert visitor.scene.priority


def test_the_sheet_is_worked_by_the_corners_as_every_screen_is(blind: Blind, visitor: Visitor) -> None:
    blind.finds("Tampilan")
    assert "Berlaku sampai kunjungan Anda selesai." in blind.touch("choose")
    assert blind.touch("after").startswith("1. Huruf besar")
    assert blind.touch("choose").endswith("Menyala.")
    assert (visitor.scene.modes.large, visitor.scene.choosing_modes) == (True, True)


def test_what_is_for_the_staff_alone_is_not_read(blind: Blind, visitor: Visitor) -> None:
    visitor.kiosk._excuse.say(Trouble("clock_behind", clock="1", last="2"))
    blind.until(lambda: "Maaf" in blind.narrator.said[-1])
    assert "petugas:" not in blind.narrator.said[-1]


def test_another_language_is_read_in_that_language(blind: Blind) -> None:
    blind.finds("English")
    blind.touch("choose")
    blind.until(lambda: "What can we do for you today?" in blind.narrator.said[-1])
    assert blind.narrator.languages == {"id", "en"}


def test_choosing_nothing_says_how_to_find_something(blind: Blind, visitor: Visitor) -> None:
    assert blind.touch("choose") == "Pilih dulu dengan Berikutnya."
    assert visitor.scene.stage is Stage.CHOOSING


def test_back_from_the_first_screen_ends_the_visit_and_the_voice(blind: Blind, visitor: Visitor) -> None:
    QTest.mouseClick(blind.window.zones.quarters[2], Qt.MouseButton.LeftButton)
    assert visitor.scene.modes == AS_USUAL
    assert not blind.narrator.is_open
    assert not blind.window.zones.isVisible()


def test_any_corner_answers_whether_somebody_is_still_there(blind: Blind, visitor: Visitor) -> None:
    blind.finds("Instansi S")
    visitor.kiosk.visit.ask_still_there()
    blind.until(lambda: "Masih di sana?" in blind.narrator.said[-1])
    assert "Hari ini mau mengurus apa?" in blind.touch("choose")
    assert visitor.scene.stage is Stage.CHOOSING


@pytest.mark.usefixtures("blind")
def test_who_listens_has_three_times_as_long(visitor: Visitor) -> None:
    visitor.kiosk.touched()
    assert visitor.kiosk.visit.idle.interval() == 90_000
    visitor.takes("k-0")
    assert visitor.scene.stay is not None
    assert visitor.scene.stay.seconds == 60


def test_a_dark_screen_shows_nothing_at_all_and_works(blind: Blind, visitor: Visitor) -> None:
    visitor.kiosk.switch(Mode.DARK)
    picture = blind.window.grab().toImage().scaled(96, 54)
    assert {picture.pixelColor(x, y).name() for x in range(96) for y in range(53)} == {"#000000"}
    assert blind.touch("after").startswith("1. Instansi K")


def test_the_sheet_offers_the_voice_and_closes_for_it(eyes: Eyes, visitor: Visitor, narrator: Noting) -> None:
    eyes.touch("modes")
    eyes.touch("mode-spoken")
    assert (visitor.scene.modes.spoken, visitor.scene.choosing_modes) == (True, False)
    visitor.until(lambda: narrator.said)
    assert "Hari ini mau mengurus apa?" in narrator.said[0]


def test_a_kiosk_without_a_voice_says_so_and_does_not_offer_it(
    kiosk: Kiosk, link: StandInLink, qtbot: QtBot, until: Until
) -> None:
    narrator = Noting(there=False)
    eyes = Eyes(shown(KioskWindow(kiosk, link, narrator=narrator), qtbot, QSize(960, 540)))
    eyes.touch("modes")
    switch = eyes.find("mode-spoken")
    assert isinstance(switch, QAbstractButton)
    assert (switch.isEnabled(), switch.accessibleName()) == (False, "Suara. Suara tidak tersedia di sini.")
    eyes.touch("modes-done")
    QTest.keyClick(eyes.window, Qt.Key.Key_Right)
    until(lambda: not kiosk.scene.modes.spoken)
    assert not eyes.sees("zones")


# ---------------------------------------------------------------- the voice itself


class FromStandIns(Narrator):
    """Its sentences are rendered by espeak-ng; a program of few words plays them."""

    def _programs(self) -> tuple[Renderer, Loudspeaker]:
        speaker = [sys.executable, str(STAND_INS / "speaker.py"), "Headphones"]
        return Renderer(self._cache, parent=self), Loudspeaker(command=speaker, parent=self)


@pytest.fixture
def voice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Narrator]:
    monkeypatch.setenv("PLAYED", str(tmp_path / "played"))
    voice = FromStandIns(tmp_path)
    yield voice
    voice.close()


def test_a_real_sentence_is_rendered_and_played(voice: Narrator, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(voice.known, timeout=10_000) as known:
        voice.open("id")
    assert known.args == [True]
    voice.say("id", "Hari ini mau mengurus apa?")
    qtbot.waitUntil(lambda: len(list(tmp_path.glob("*.wav"))) == 2, timeout=10_000)
    assert max(wav_seconds(file) for file in tmp_path.glob("*.wav")) > 1
    voice.close()
    assert (voice.is_open, voice.there) == (False, None)
