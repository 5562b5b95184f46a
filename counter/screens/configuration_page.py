"""The supervisor's page 'Konfigurasi': the hall's file, what is wrong with it, and all it has been."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from counter.configuration import ConfigurationWork, faults_of
from counter.screens.alarm_banner import AlarmBanner
from counter.screens.fit_label import FitLabel
from counter.screens.numbered_list import NumberedList
from counter.screens.page import Page
from counter.screens.quiet_button import QuietButton
from counter.screens.sentences import SEPARATOR, Sentences
from counter.screens.text_editor import TextEditor
from shared.configuration_wire import Checked, Configuration, ConfigurationFacts, Configurations, Fault
from shared.qt.theme import Theme
from shared.trouble import Trouble
from shared.words import msg

TITLE = msg("Konfigurasi")
ORIGINS = {"file": msg("berkas di PC hub"), "app": msg("aplikasi loket"), "undo": msg("dikembalikan")}
WORKING = msg("Sebentar…")
CHANGED = msg("Ada perubahan yang belum dipakai.")
NOTHING_WRONG = msg("Tidak ada kesalahan. Tekan Pakai untuk memakainya.")
LEAVE_ANYWAY = msg("Ada perubahan yang belum dipakai. Tekan Esc sekali lagi untuk membuangnya.")
SIDE_UNITS = 480
FAULTS_UNITS = 190


class ConfigurationPage(Page):
    """An editor with the numbers of its lines, the history beside it. F5 checks, F9 takes up, F7 brings back.

    left()   back to the desk
    """

    left = Signal()

    def __init__(self, sentences: Sentences, work: ConfigurationWork) -> None:
        super().__init__()
        self._sentences, self._work = sentences, work
        self._say = sentences.words.say
        self._newest: ConfigurationFacts | None = None
        self._opened: Configuration | None = None
        self._shown = ""
        """The text as it was opened."""
        self._meant: tuple[str, int] | None = None
        """What was pressed once and is done when it is pressed again: Esc, or F7 with a number."""
        self._make()
        self._arrange()
        self._connect()
        self.setFocusProxy(self.editor)

    def _make(self) -> None:
        say = self._say
        self.alarm = AlarmBanner(self._sentences, key="F11")
        self._title, self.status = FitLabel("configuration-title"), FitLabel("configuration-status", lines=2, grow=True)
        self._title.setText(say(TITLE))
        self.editor = TextEditor("configuration-text")
        self.faults = NumberedList("configuration-faults")
        self.history = NumberedList("configuration-history")
        self._told = FitLabel("configuration-history-title")
        self._told.setText(say(msg("Riwayat")))
        self._check = QuietButton("configuration-check", say(msg("Periksa")), "F5")
        self._apply = QuietButton("configuration-apply", say(msg("Pakai")), "F9")
        self._back = QuietButton("configuration-back", say(msg("Kembalikan")), "F7")
        self._leave = QuietButton("configuration-leave", say(msg("Kembali")), "Esc")

    def _arrange(self) -> None:
        self._head, self._body = QHBoxLayout(), QHBoxLayout()
        self._left, self._side, self._column = QVBoxLayout(), QVBoxLayout(), QVBoxLayout(self)
        self._head.addWidget(self._title)
        self._head.addWidget(self.status, 1)
        for button in (self._check, self._apply, self._leave):
            self._head.addWidget(button)
        self._left.addWidget(self.editor, 1)
        self._left.addWidget(self.faults)
        self._side.addWidget(self._told)
        self._side.addWidget(self.history, 1)
        self._side.addWidget(self._back)
        self._body.addLayout(self._left, 1)
        self._body.addLayout(self._side)
        self._column.addWidget(self.alarm)
        self._column.addLayout(self._head)
        self._column.addLayout(self._body, 1)
        self.faults.hide()

    def _connect(self) -> None:
        self._check.clicked.connect(self.check)
        self._apply.clicked.connect(self.apply)
        self._back.clicked.connect(self.go_back)
        self._leave.clicked.connect(self.leave)
        self.editor.textChanged.connect(self._edited)
        self.faults.taken.connect(self._go_to_line)
        self.history.taken.connect(self._open_earlier)
        self._work.listed.connect(self._show_history)
        self._work.opened.connect(self._show_text)
        self._work.checked.connect(self._show_checked)
        self._work.taken_up.connect(self._show_taken_up)
        self._work.refused.connect(self._show_refused)

    # -------------------------------------------------------- what a supervisor does

    def begin(self) -> None:
        """Show what is in force, and all that was."""
        self._newest = self._opened = None
        self._put_text("")
        self._show_faults([])
        self.status.setText(self._say(WORKING))
        self._work.look()

    def hall_changed(self) -> None:
        """Another configuration is in force: show it, unless somebody is changing the one before."""
        if not self.has_changes:
            self._opened = None
        self._work.look()

    @property
    def has_changes(self) -> bool:
        """Whether the text is another than the one that was opened."""
        return self.editor.text() != self._shown

    def check(self) -> None:
        """Ask the hub what stands against the text."""
        self._begin_asking()
        self._work.check(self.editor.text())

    def apply(self) -> None:
        """Have the text in force."""
        if self._newest is not None:
            self._begin_asking()
            self._work.apply(self.editor.text(), base=self._opened.id if self._opened else self._newest.id)

    def go_back(self) -> None:
        """Have the marked configuration in force again; pressed twice."""
        number = self.history.number
        if number is not None and self._means("back", number):
            self._begin_asking()
            self._work.go_back(number)
        elif number is not None:
            said = msg("Kembalikan konfigurasi nomor {number}? Tekan F7 sekali lagi.")
            self.status.setText(self._say(said, number=number))

    def leave(self) -> None:
        """Back to the desk; with changes, pressed twice."""
        if not self.has_changes or self._means("leave", 0):
            self.left.emit()
        else:
            self.status.setText(self._say(LEAVE_ANYWAY))

    def _means(self, what: str, number: int) -> bool:
        """Whether this was pressed a moment ago already."""
        is_meant = self._meant == (what, number)
        self._meant = None if is_meant else (what, number)
        return is_meant

    def _begin_asking(self) -> None:
        self._meant = None
        self.status.setText(self._say(WORKING))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the editor and the lists leave to us."""
        keys: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_F5: self.check,
            Qt.Key.Key_F9: self.apply,
            Qt.Key.Key_F7: self.go_back,
            Qt.Key.Key_F6: self._to_the_other,
            Qt.Key.Key_F8: self._to_next_fault,
            Qt.Key.Key_F11: self.alarm.come,
            Qt.Key.Key_Escape: self.leave,
        }
        act = keys.get(Qt.Key(event.key()))
        if act is not None and not event.isAutoRepeat():
            act()

    def _to_the_other(self) -> None:
        (self.history if self.editor.hasFocus() else self.editor).setFocus()

    def _to_next_fault(self) -> None:
        self.faults.mark_next()
        self._go_to_line(self.faults.number or 0)

    def _go_to_line(self, line: int) -> None:
        if line:
            self.editor.go_to(line)
            self.editor.setFocus()

    def _open_earlier(self, number: int) -> None:
        """Look at an earlier one: its text can be checked, changed and taken up as any other."""
        if self.has_changes and not self._means("open", number):
            self.status.setText(self._say(msg("Ada perubahan yang belum dipakai. Tekan Enter sekali lagi.")))
        else:
            self._work.open(number)

    def _edited(self) -> None:
        self._meant = None
        if self.has_changes:
            self.status.setText(self._say(CHANGED))

    # -------------------------------------------------------- what the hub says

    def _show_history(self, told: Configurations) -> None:
        self._newest = told.configurations[0]
        self.history.clear()
        for one in told.configurations:
            self.history.add(self._line(one), one.id)
        self.history.setCurrentRow(0)
        if self._opened is None:
            self._work.open(self._newest.id)
        if told.refused and not self.faults.count():
            self._list_faults([self._of_the_file(one) for one in told.refused])

    def _line(self, one: ConfigurationFacts) -> str:
        when = f"{one.at:%d/%m/%Y} {self._sentences.words.clock(one.at)}"
        who = one.by or self._say(ORIGINS[one.origin])
        in_force = [self._say(msg("berlaku"))] if self._newest is not None and one.id == self._newest.id else []
        return SEPARATOR.join([str(one.id), when, who, *in_force])

    def _show_text(self, opened: Configuration) -> None:
        is_newest = self._newest is not None and opened.id == self._newest.id
        if is_newest:
            self._opened = opened
        self._put_text(opened.text)
        in_force, earlier = msg("Nomor {number} berlaku."), msg("Nomor {number}, tidak berlaku lagi.")
        self.status.setText(self._say(in_force if is_newest else earlier, number=opened.id))

    def _put_text(self, text: str) -> None:
        if self.editor.text() != text:  # else the cursor stays where it is
            self.editor.setPlainText(text)
        self._shown = self.editor.text()  # the ends of its lines may have been another system's

    def _show_checked(self, checked: Checked) -> None:
        self._show_faults(checked.faults)
        if checked.faults:
            self.status.setText(self._count(checked.faults))
        else:
            self.status.setText(" ".join([self._say(NOTHING_WRONG), *checked.warnings]))

    def _count(self, faults: list[Fault]) -> str:
        return self._sentences.words.count("{n} kesalahan.", "{n} kesalahan.", len(faults))

    def _show_taken_up(self, facts: ConfigurationFacts) -> None:
        self._show_faults([])
        self._opened = None
        self._work.look()
        self.status.setText(self._say(msg("Nomor {number} berlaku."), number=facts.id))

    def _show_refused(self, trouble: Trouble) -> None:
        self._show_faults(faults_of(trouble))
        self.status.setText(self._sentences.trouble(trouble))

    def _of_the_file(self, fault: Fault) -> Fault:
        """What is wrong with the file as it stands at the hub, which is not the text that is seen here."""
        where = self._say(msg("Baris {line}: "), line=fault.line) if fault.line else ""
        what = self._say(msg("Berkas di PC hub belum dipakai. {what}"), what=f"{where}{fault.what}")
        return Fault(what=what, hint=fault.hint)

    def _show_faults(self, faults: list[Fault]) -> None:
        self.editor.show_faults({one.line: one.what for one in reversed(faults) if one.line})
        self._list_faults(faults)

    def _list_faults(self, faults: list[Fault]) -> None:
        self.faults.clear()
        for one in faults:
            line = self._say(msg("Baris {line}: "), line=one.line) if one.line else ""
            self.faults.add(f"{line}{one.what}. {one.hint}".strip(), one.line)
        self.faults.setVisible(bool(faults))

    # -------------------------------------------------------- looks

    def dress(self, theme: Theme) -> None:
        """Sizes and colours."""
        self.alarm.dress(theme)
        self._title.dress(theme.font(36, 800), theme.ink)
        self.status.dress(theme.font(22), theme.soft)
        self._told.dress(theme.font(24, 700), theme.ink)
        for part in (self.editor, self.faults, self.history, self._check, self._apply, self._back, self._leave):
            part.dress(theme)
        self.history.setFixedWidth(theme.px(SIDE_UNITS))
        self.faults.setMaximumHeight(theme.px(FAULTS_UNITS))
        pad, gap = theme.px(28), theme.px(16)
        self._column.setContentsMargins(pad, pad, pad, pad)
        for layout in (self._column, self._head, self._body, self._left, self._side):
            layout.setSpacing(gap)
