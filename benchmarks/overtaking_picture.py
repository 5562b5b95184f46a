"""The picture of docs/konfigurasi.md: `python -m benchmarks.overtaking_picture` simulates and draws it anew."""

import random
import sys
from collections.abc import Iterable
from typing import NamedTuple

from benchmarks.overtaking import Plans, Visit, a_day, short_of_hands
from shared.assets import CONFIG
from shared.hall import Appointments, Rules
from shared.site import load

PICTURE = CONFIG.parent / "docs" / "pictures" / "overtaking.svg"
DAYS, VISITORS, PRIORITY = 40, 330, 0.3
"""July 2025's peak was about 330 a day."""
PANELS = {
    "2 prioritas : 1 umum": Rules(order="ratio", priority=2, regular=1),
    "2 prioritas : 1 umum, batas 60 menit": Rules(order="ratio", priority=2, regular=1, longest_minutes=60),
    "Waktu tunggu × 2, batas 60 menit": Rules(order="weighted", weight=2.0, longest_minutes=60),
}
WITH_PLANS = "Urutan kedatangan, 4 janji temu setiap jam"
"""One panel more: first come, with appointments and journeys."""
_WIDTH, _HEIGHT, _LEFT, _TOP = 400, 300, 64, 64
_TEAL, _AMBER, _INK, _SOFT = "#0F766E", "#B45309", "#1F2937", "#6B7280"


class Seen(NamedTuple):
    """The most that overtook one with so many in front, and the most that were allowed to."""

    in_front: int
    most: int
    bound: int


def seen(rules: Rules, *, is_priority: bool, plans: Plans | None = None) -> list[Seen]:
    """What many days showed of a class, by how many of it came before."""
    hall = short_of_hands(load(CONFIG / "balikpapan.toml").hall("http://hub"), rules, counters=2)
    if plans is not None:
        hall = hall.model_copy(update={"appointments": Appointments(per_hour=4)})
    by_front: dict[int, list[Visit]] = {}
    for day in range(DAYS):
        chance = random.Random(day)  # noqa: S311  -- a simulation
        for visit in a_day(hall, chance, visitors=VISITORS, priority=PRIORITY, plans=plans):
            if visit.head.is_priority is is_priority:
                by_front.setdefault(visit.in_front, []).append(visit)
    return [
        Seen(front, max(one.overtakers for one in visits), max(one.bound(rules) or 0 for one in visits))
        for front, visits in sorted(by_front.items())
    ]


def panel(title: str, rules: Rules, *, at: int, plans: Plans | None = None) -> str:
    """One panel: dots for what was seen, a line for the bound; regular visitors teal, priority ones amber."""
    colours = {_TEAL: False, _AMBER: True}
    classes = {colour: seen(rules, is_priority=one, plans=plans) for colour, one in colours.items()}
    right = max((one.in_front for one in classes[_TEAL]), default=1) or 1
    top = max((one.bound for told in classes.values() for one in told), default=1) or 1
    parts = [f'<text x="0" y="-24" font-weight="700" fill="{_INK}">{title}</text>', _axes(right, top)]
    for colour, told in classes.items():
        points = [(_WIDTH * one.in_front / right, one) for one in told if one.in_front <= right]
        bound = " ".join(f"{x:.1f},{_HEIGHT * (1 - one.bound / top):.1f}" for x, one in points)
        parts.append(f'<polyline points="{bound}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [
            f'<circle cx="{x:.1f}" cy="{_HEIGHT * (1 - one.most / top):.1f}" r="4" fill="{colour}"/>'
            for x, one in points
        ]
    return f'<g transform="translate({at},{_TOP + 24})">{"".join(parts)}</g>'


def _axes(right: int, top: int) -> str:
    lines = f'<path d="M0 0V{_HEIGHT}H{_WIDTH}" fill="none" stroke="{_SOFT}"/>'
    words: list[tuple[int, int, str, object]] = [
        (-8, 6, "end", top),
        (-8, _HEIGHT, "end", 0),
        (_WIDTH, _HEIGHT + 22, "end", right),
    ]
    words.append((0, _HEIGHT + 22, "start", "0 orang segolongan di depan"))
    return lines + "".join(
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{_SOFT}">{word}</text>' for x, y, anchor, word in words
    )


def picture(panels: Iterable[str]) -> str:
    """The panels side by side, with what the colours mean."""
    drawn = list(panels)
    width = _LEFT + len(drawn) * (_WIDTH + _LEFT + 16)
    legend = (
        f'<text x="{_LEFT}" y="34"><tspan fill="{_TEAL}">● umum</tspan>'
        f'<tspan fill="{_AMBER}" dx="16">● prioritas</tspan>'
        f'<tspan fill="{_SOFT}" dx="16">titik: paling banyak mendahului dalam simulasi; garis: batasnya</tspan></text>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT + _TOP + 72}" '
        f'font-family="Plus Jakarta Sans, sans-serif" font-size="16">'
        f'<rect width="100%" height="100%" fill="#FFFFFF"/>{legend}{"".join(drawn)}</svg>\n'
    )


def main() -> int:
    """Simulate, draw, write."""
    places = [_LEFT + i * (_WIDTH + _LEFT + 16) for i in range(len(PANELS) + 1)]
    panels = [panel(title, rules, at=at) for (title, rules), at in zip(PANELS.items(), places, strict=False)]
    panels.append(panel(WITH_PLANS, Rules(), at=places[-1], plans=Plans()))
    PICTURE.write_text(picture(panels), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
