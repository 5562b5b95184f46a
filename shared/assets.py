"""Where the data shipped with the programs stands, from a checkout and from an installed folder alike."""

import sys
from pathlib import Path

_ROOT = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent))

ASSETS = _ROOT / "assets"
CONFIG = _ROOT / "config"
