"""How true estimates of waiting are: `python -m benchmarks.waits` prints the table that stands in docs/perkiraan.md.

Four simulated weeks are learnt from, the four after them are held out and judged (see `benchmarks.month`). Against it
stands 'people × minutes ÷ open counters', what the hub says as long as it has learnt nothing.
"""

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from math import ceil
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from benchmarks.month import Month, Visit
from hub.estimates import Estimates
from hub.learning import WEEKS, learn
from hub.store import FILE_NAME, Store
from shared.assets import CONFIG
from shared.hall import Hall
from shared.site.reading import load

SEED = 2026
"""Its weeks were judged by alone: what the estimator weighs was chosen on the months of seeds 1, 2 and 3."""
FIRST = date(2026, 10, 5)
DAYS = 20
"""Working days learnt from, and as many judged."""
_BEGIN, _END = "<!-- benchmarks.waits -->", "<!-- /benchmarks.waits -->"


class Score(NamedTuple):
    """One service's held-out weeks. Minutes; `held`: the part (0 to 1) of those who waited no longer than 'most'."""

    name: str
    visits: int
    waited: float
    plain_error: float
    error: float
    held: float

    @property
    def is_better(self) -> bool:
        """Whether what was told was nearer the truth than people × minutes ÷ open counters."""
        return self.error < self.plain_error


def held_out(hall: Hall, folder: Path, *, seed: int = SEED, days: int = DAYS, judged: int = DAYS) -> list[Visit]:
    """Learn from so many days; the visits of so many after them, each with what was told."""
    store = Store(folder / FILE_NAME)
    month = Month(hall, store, seed=seed)
    for _ in month.play(FIRST, days):
        pass
    after = FIRST + timedelta(weeks=WEEKS)
    month.crew.floor.times.estimates = Estimates(learn(hall, store, after.isoformat(), lambda: False))
    visits = list(month.play(after, judged))
    store.close()
    return visits


def scores(hall: Hall, visits: Iterable[Visit]) -> list[Score]:
    """The services, the most visited first."""
    by_service: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        by_service[visit.told.row.service].append(visit)
    found = [_score(hall, service, theirs) for service, theirs in by_service.items()]
    return sorted(found, key=lambda score: -score.visits)


def _score(hall: Hall, service: str, visits: list[Visit]) -> Score:
    minutes = hall.service(service).minutes
    agency = hall.agency(visits[0].told.row.agency).short_name
    return Score(
        f"{agency}: {hall.service(service).name}",
        len(visits),
        fmean(visit.waited_minutes for visit in visits),
        fmean(abs(visit.waited_minutes - plain(visit, minutes)) for visit in visits),
        fmean(abs(visit.waited_minutes - (visit.told.minutes or 0)) for visit in visits),
        fmean(visit.waited_minutes <= (visit.told.most or 0) for visit in visits),
    )


def plain(visit: Visit, minutes: int) -> int:
    """People × minutes ÷ open counters."""
    return ceil((visit.told.ahead or 0) * minutes / visit.opened)


def table(found: list[Score]) -> str:
    """As Markdown, in Indonesian, with a line that sums it up."""
    visits = sum(score.visits for score in found)

    def over_all(figures: Iterable[float]) -> float:
        return sum(figure * score.visits for figure, score in zip(figures, found, strict=True)) / visits

    better = sum(score.is_better for score in found)
    errors = (
        f"{over_all(s.error for s in found):.1f} menit, dengan rumus biasa {over_all(s.plain_error for s in found):.1f}"
    )
    head = [
        f"Lebih tepat di **{better} dari {len(found)} layanan** ({100 * better / len(found):.0f} %).",
        f"Semua {visits} nomor: selisih rata-rata {errors} menit;",
        f"'paling lama' benar untuk {100 * over_all(s.held for s in found):.0f} % nomor.",
        "",
        "| Layanan | Nomor | Tunggu | Selisih rumus biasa | Selisih perkiraan | Lebih tepat | 'Paling lama' benar |",
        "|---|--:|--:|--:|--:|---|--:|",
    ]
    rows = [
        f"| {s.name} | {s.visits} | {s.waited:.1f} | {s.plain_error:.1f} | {s.error:.1f} | "
        f"{'ya' if s.is_better else 'tidak'} | {100 * s.held:.0f} % |"
        for s in found
    ]
    return "\n".join([*head, *rows])


def main() -> int:
    """Print the table, or write it into a page between its marks."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.waits", description=__doc__)
    parser.add_argument("--into", type=Path, metavar="FILE", help="write the table into this page instead")
    parser.add_argument("--seed", type=int, default=SEED)
    args = parser.parse_args()
    hall = load(CONFIG / "balikpapan.toml").hall("http://hub")
    with tempfile.TemporaryDirectory(prefix="antre-waits-") as folder:
        made = table(scores(hall, held_out(hall, Path(folder), seed=args.seed)))
    if args.into is None:
        print(made)
        return 0
    before, _, rest = args.into.read_text(encoding="utf-8").partition(_BEGIN)
    args.into.write_text(f"{before}{_BEGIN}\n{made}\n{_END}{rest.partition(_END)[2]}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
