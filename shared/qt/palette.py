"""The colours of the house as tokens: which there are, and which text stands on which ground. No Qt.

The pairs are declared here and nowhere else: their contrast is computed in `tests/shared/test_theme.py`, and
`tests/kiosk/test_contrast.py` looks at every text of every kiosk screen whether its pair is among them.
"""

from dataclasses import dataclass

from shared.marks import MARKS


@dataclass(frozen=True)
class Palette:
    """The colours of one surface, as `#RRGGBB`. `marks`: what stands below an agency's prefix."""

    ground: str
    card: str
    ink: str
    soft: str
    line: str
    main: str
    on_main: str
    tint: str
    called: str
    on_called: str
    priority: str
    on_priority: str
    resting: str
    resting_ink: str
    resting_reason: str
    late: str
    well: str
    ribbon: str
    veil: str
    on_mark: str = "#FFFFFF"
    marks: tuple[str, ...] = MARKS
    dark: str = "#000000"
    """A screen that is only listened to."""


LIGHT = Palette(
    ground="#F5F2EC",
    card="#FFFFFF",
    ink="#14213D",
    soft="#4A5568",
    line="#E4DED1",
    main="#0B5D5E",
    on_main="#FFFFFF",
    tint="#E6F1EF",
    called="#FFC857",
    on_called="#0B1B2B",
    priority="#5B2A86",
    on_priority="#FFFFFF",
    resting="#EDE9DF",
    resting_ink="#5B6472",
    resting_reason="#8A4B00",
    late="#B3261E",
    well="#17703F",
    ribbon="#0B5D5E",
    veil="#14213D",
)
DARK = Palette(
    ground="#0B1B2B",
    card="#13293F",
    ink="#F7F4EC",
    soft="#A9BCCF",
    line="#24405C",
    main="#0B5D5E",
    on_main="#FFFFFF",
    tint="#1B3550",
    called="#FFC857",
    on_called="#0B1B2B",
    priority="#5B2A86",
    on_priority="#FFFFFF",
    resting="#13293F",
    resting_ink="#A9BCCF",
    resting_reason="#FFC857",
    late="#FF8A80",
    well="#7BD8A5",
    ribbon="#0B5D5E",
    veil="#000000",
)
CONTRAST = Palette(
    ground="#000000",
    card="#000000",
    ink="#FFFFFF",
    soft="#E6E6E6",
    line="#FFFFFF",
    main="#FFD84D",
    on_main="#000000",
    tint="#262626",
    called="#FFD84D",
    on_called="#000000",
    priority="#E3C8FF",
    on_priority="#000000",
    resting="#1F1F1F",
    resting_ink="#CFCFCF",
    resting_reason="#FFD84D",
    late="#FFB4AB",
    well="#8CF2B8",
    ribbon="#000000",
    veil="#000000",
    on_mark="#000000",
    marks=("#FFD84D",),
)
"""For eyes that need more than the usual: every pair 7:1 and more (WCAG 2.2, 1.4.6, level AAA), edges drawn white."""

PAIRS = (
    ("ink", "ground"),
    ("ink", "card"),
    ("soft", "ground"),
    ("soft", "card"),
    ("on_main", "main"),
    ("on_called", "called"),
    ("on_priority", "priority"),
    ("resting_ink", "resting"),
    ("resting_reason", "resting"),
    ("late", "card"),
    ("well", "card"),
    ("ink", "tint"),
    ("on_main", "ribbon"),
)
"""Text and the ground it stands on, in every palette."""

KIOSK_PAIRS = (
    *PAIRS[:-1],
    ("card", "ink"),
    ("soft", "tint"),
    ("main", "tint"),
    ("well", "tint"),
    ("resting_ink", "tint"),
    ("resting_reason", "tint"),
    ("resting_reason", "ground"),
    ("soft", "resting"),
    ("ink", "resting"),
    ("priority", "card"),
    ("on_mark", "main"),
    ("on_mark", "resting_ink"),
)
"""All that a kiosk may write, in its two palettes; besides, `on_mark` stands on each of the `marks`."""

PRESSED_PAIRS = (
    ("ink", "card"),
    ("ink", "resting"),
    ("ink", "ground"),
    ("card", "ink"),
    ("on_main", "main"),
    ("priority", "card"),
    ("on_priority", "priority"),
)
"""Text on a button while a finger is on it: its ground is `Theme.pressed`."""


@dataclass(frozen=True)
class Variant:
    """How a window is dressed for whoever stands there.

    `large`: one step up the type scale everywhere. `contrast`: in `CONTRAST`. `low`: nothing to touch stands in the
    upper part of the screen.
    """

    large: bool = False
    contrast: bool = False
    low: bool = False


PLAIN = Variant()
