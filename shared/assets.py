"""Where the data shipped with the programs stands, from a checkout and from an installed folder alike."""

import os
import sys
from pathlib import Path

_ROOT = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent))

ASSETS = _ROOT / "assets"
CONFIG = _ROOT / "config"


def installed_site() -> Path:
    """Where this PC's hall is configured for every program and every user, by the system's custom."""
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "Antre" / "site.toml"
    return Path("/etc/antre/site.toml")


def default_site() -> Path:
    """The site file where none is named: this PC's own when it has one, else the small office shipped with us."""
    own = installed_site()
    return own if own.exists() else CONFIG / "small.toml"
