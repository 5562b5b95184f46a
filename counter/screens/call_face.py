"""The surface of the button that calls."""

from PySide6.QtGui import QColor

from counter.desk import Desk, Verb
from counter.screens.face import Face
from counter.screens.next_words import NextWords
from counter.screens.sentences import SEPARATOR
from shared.qt.theme import Theme

DONE = frozenset(
    {
        "goes_on",
        "number_given",
        "appointment_given",
        "appointment_ahead",
        "outcome_corrected",
        "reprint_asked",
        "reprint_done",
        "hall_order_done",
    }
)
"""What is told when an order went well: nothing to be told of in the colour of trouble."""


class CallFace(Face):
    """Teal while it calls, deeper while it rests, and like a closed counter where nobody can be called.

    Pale while the counter pauses: seen at a glance, and from across the room.
    """

    def __init__(self) -> None:
        super().__init__("next")
        self.said = NextWords("", calls=True)
        self._went_well = False

    @property
    def _pauses(self) -> bool:
        return self.said.verb is Verb.RESUME

    def say(self, said: NextWords, desk: Desk) -> None:
        """Take these words; on when 'next' is offered."""
        self.said = said
        self._went_well = desk.message is not None and desk.message.code in DONE
        self.setText(said.title)
        number = said.following.number if said.following else said.paper
        self.setAccessibleDescription(SEPARATOR.join(filter(None, (number, said.why, said.key, said.told))))
        self.setEnabled(said.verb in desk.offered)
        if desk.busy is None:
            self.settle()
        elif self.theme is not None:
            self.dress(self.theme)

    def ink(self, theme: Theme) -> QColor:
        """The colour of its words."""
        if self._pauses:
            return theme.main
        return theme.on_main if self.said.calls else theme.resting_ink

    def soft_ink(self, theme: Theme) -> QColor:
        """The colour of its smaller words."""
        if self._pauses:
            return theme.ink
        return theme.tint if self.said.calls else theme.resting_reason

    def told_ink(self, theme: Theme) -> QColor:
        """The colour of what became of the last press."""
        if self.said.calls and not self._pauses:
            return theme.called
        return theme.ink if self._went_well else theme.late

    def fill(self, theme: Theme) -> QColor:
        """Its surface."""
        if not self.said.calls:
            return theme.resting
        if self._pauses:
            return theme.tint
        return theme.main if self.looks_on else theme.main.darker(125)

    def edge(self, theme: Theme) -> QColor:
        """No line of its own on teal."""
        if self._pauses:
            return theme.main
        return self.fill(theme) if self.said.calls else theme.line

    def ring(self, theme: Theme) -> QColor:
        """Amber on teal."""
        return theme.called if self.said.calls and not self._pauses else theme.main

    def radius(self, theme: Theme) -> int:
        """A tile's."""
        return theme.px(24)
