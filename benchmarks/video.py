"""The lobby TV with a film beside its calls and its running text: what it costs, and whether calls still come first.

The film is H.264, 1280×720 with 30 frames a second, decoded without a GPU; it begins anew as often as it ends.
"""

import json
import time
import tomllib
from itertools import pairwise
from pathlib import Path

from benchmarks.film import scenery, write_film
from benchmarks.lobby import Part, a_tv, painted
from benchmarks.processes import cpu_s, memory_mb
from benchmarks.screen import Screen, readings, screen
from benchmarks.servers import hub_of
from demo.play import wait_until

_TV = "tv-bench"
_FILM: Part = (200, 520, 700, 521)
_TOP_ROW: Part = (1010, 640, 1400, 770)
"""Of the calls beside the film, on 1920×1080."""
_PATIENCE_S = 60.0
_SETTLED_S = 3.0
_GLANCE_S = 0.5
_SHORTEST_S = 12.0
"""A film that begins anew more often is measured at beginning."""


def measure(folder: Path, site: Path, *, calls: int, seconds: float) -> dict[str, float]:
    """`video_*`: % of a core and MB with all of the TV's processes, frames a second, call → painted in ms."""
    films = folder / "films"
    films.mkdir()
    write_film(films / "film.mp4", "libx264", scenery(1280, 720), seconds=max(seconds, _SHORTEST_S))
    with screen(folder / "x-video") as shown, hub_of(folder / "video", _with_a_film(site, folder, films)) as hall:
        tv = a_tv(hall, shown, _TV).process.pid
        wait_until(lambda: _changes(shown, _GLANCE_S) > 1, "the film to run", patience_s=_PATIENCE_S)
        time.sleep(_SETTLED_S)
        frames = _changes(shown, seconds) / seconds
        before = cpu_s(tv)
        time.sleep(seconds)
        figures = {"video_fps": frames, "video_cpu_percent": 100 * (cpu_s(tv) - before) / seconds}
        figures["video_mb"] = memory_mb(tv)
        p50, p99 = painted(hall, shown, calls=calls, row=_TOP_ROW)
        return figures | {"video_call_to_painted_p50_ms": p50, "video_call_to_painted_p99_ms": p99}


def _changes(shown: Screen, seconds: float) -> int:
    """How often the film's line of pixels became another."""
    return sum(before != now for before, now in pairwise(readings(shown, _FILM, seconds)))


def _with_a_film(site: Path, folder: Path, films: Path) -> Path:
    """The hall with one TV more, which shows the films beside the calls of the first one's zones."""
    own, text = folder / f"video-{site.name}", site.read_text(encoding="utf-8")
    zones = tomllib.loads(text)["display"][0].get("zones", [])
    keys = {"id": _TV, "name": "TV", "layout": "media", "media": str(films), "zones": zones}
    tv = "\n".join(f"{key} = {json.dumps(value)}" for key, value in keys.items())
    own.write_text(f"{text}\n[[display]]\n{tv}\n", encoding="utf-8")
    return own
