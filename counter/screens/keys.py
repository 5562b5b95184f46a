"""Which key is which verb. The letters are those of the Indonesian words, in every language the same."""

from PySide6.QtCore import Qt

from counter.desk import Verb

FINISH_KEY = Qt.Key.Key_S
VERB_KEYS = {
    Qt.Key.Key_Space: Verb.NEXT,
    Qt.Key.Key_R: Verb.RECALL,
    Qt.Key.Key_M: Verb.SERVE,
    FINISH_KEY: Verb.FINISH,
    Qt.Key.Key_T: Verb.NO_SHOW,
    Qt.Key.Key_B: Verb.UNDO_NEXT,
}
MORE_KEY = Qt.Key.Key_L
COME_KEY = Qt.Key.Key_D
HELP_KEY = Qt.Key.Key_F12
"""Held for a second, so that nobody calls for help by a slip."""
SIGN_OUT_KEY = Qt.Key.Key_F10
COMPACT_KEY = Qt.Key.Key_K
CHANGE_KEY = Qt.Key.Key_G


def letter(verb: Verb) -> str:
    """The letter that stands on the verb's button."""
    return next(chr(key) for key, named in VERB_KEYS.items() if named is verb)
