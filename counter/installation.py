"""Which app this is, for the hub that lets one app have a counter."""

import os
import platform
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from shared.settings import Settings
from shared.turns import lock_now

MOST = 20
"""Apps of one person on one PC."""
APP_SETTING = "app"
LONGEST_HOST = 80


@dataclass
class Installation:
    """`app`: a UUID that stays over restarts; two apps that run at once have two. `host`: this PC's name."""

    app: str
    host: str
    lock: int = -1
    """The open file that says that this one is running; the system closes it with the program."""

    def leave(self) -> None:
        """This app ends: the next one that starts is it."""
        if self.lock >= 0:
            os.close(self.lock)
            self.lock = -1


def installation(settings: Settings, data: Path) -> Installation:
    """The first of this PC's apps that is not running."""
    data.mkdir(parents=True, exist_ok=True)
    for place in range(MOST):
        lock = os.open(data / f"counter-{place + 1}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        if lock_now(lock):
            return Installation(_app(settings, f"{APP_SETTING}_{place + 1}"), _host(), lock)
        os.close(lock)
    return Installation(str(uuid4()), _host())


def _app(settings: Settings, name: str) -> str:
    kept = settings.get(name)
    try:
        return str(UUID(kept or ""))
    except ValueError:
        app = str(uuid4())
        settings.keep(name, app)
        return app


def _host() -> str:
    return platform.node()[:LONGEST_HOST] or "PC"
