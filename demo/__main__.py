"""`antre demo`: the real programs on this screen with a printer made of software, or headless, played by a script."""

import argparse
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from demo.hall_facts import HallFacts
from demo.play import PlayFailed
from demo.verdict import LEAST_AGENCIES
from shared.arguments import Arguments, asked_words
from shared.assets import CONFIG
from shared.hall import Hall
from shared.site import SiteErrors, load
from shared.words import msg

BUSY_PER_MINUTE = 6.0


def main() -> int:
    """Open the demo; 0 when it went well (headless: when every witness agreed)."""
    args = _parser().parse_args()
    site = args.site.resolve()
    try:
        hall = load(site).hall(public_url="")
    except SiteErrors as errors:
        print(errors, file=sys.stderr)
        return 1
    if args.headless or not _has_screen():
        if few := _too_few(hall, site):
            print(few, file=sys.stderr)
            return 2
        return _headless(site, args.shots or Path(tempfile.mkdtemp(prefix="antre-shots-")))
    from demo.stage import perform  # noqa: PLC0415  -- Qt's windows only where there is a screen

    with tempfile.TemporaryDirectory(prefix="antre-demo-") as folder:
        return perform(Path(folder), site, busy=args.busy)


def _parser() -> argparse.ArgumentParser:
    parser = Arguments(
        prog="antre demo",
        description=msg(
            "Program yang sebenarnya di layar ini dengan printer buatan, atau tanpa layar, dimainkan menurut naskah."
        ),
    )
    parser.add_argument("--site", type=Path, default=CONFIG / "paser.toml", metavar="FILE", help=msg("gedung lain"))
    parser.add_argument(
        "--busy",
        type=float,
        nargs="?",
        const=BUSY_PER_MINUTE,
        metavar="PER_MINUTE",
        help=asked_words().say(
            msg("pengunjung dan petugas bekerja sendiri, sekian pengunjung semenit (biasanya: {n})"),
            n=f"{BUSY_PER_MINUTE:g}",
        ),
    )
    parser.add_argument(
        "--headless", action="store_true", help=msg("mainkan sehari singkat menurut naskah, tanpa layar")
    )
    parser.add_argument("--shots", type=Path, metavar="DIR", help=msg("tempat gambar hari tanpa layar itu"))
    return parser


def _has_screen() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _too_few(hall: Hall, site: Path) -> str:
    """Why no headless day can be played in `hall`; '' where it can."""
    there = len([agency for agency in HallFacts.in_hall(hall).agencies if agency.counters])
    if there >= LEAST_AGENCIES:
        return ""
    return (
        f"The headless day needs {LEAST_AGENCIES} agencies whose calls one speaking TV shows; {site.name} has {there}. "
        "Name another hall with --site, or open this one on a screen."
    )


def _headless(site: Path, shots: Path) -> int:
    from demo.day import play  # noqa: PLC0415  -- its witnesses need programs that a screen's demo does not

    missing = [program for program in ("tesseract", "pulseaudio", "parec") if shutil.which(program) is None]
    if missing:
        print(f"The headless demo reads and listens with {', '.join(missing)}: please install.", file=sys.stderr)
        return 1
    print(f"Playing a short day of {site.name} without a screen; pictures go to {shots} …", flush=True)
    with tempfile.TemporaryDirectory(prefix="antre-day-") as folder:
        try:
            summary = play(Path(folder), site, shots)
        except PlayFailed as failure:
            _keep_words(Path(folder), shots)
            print(f"The day broke off: {failure}. What the programs said: {shots}", file=sys.stderr)
            return 1
    (shots / "summary.json").write_text(json.dumps(summary.as_dict(), indent=1), encoding="utf-8")
    print(_told(summary.as_dict()))
    print(f"Pictures and summary.json: {shots}")
    return 0 if summary.good else 1


def _keep_words(folder: Path, shots: Path) -> None:
    for out in folder.glob("*.out"):
        shutil.copy(out, shots / out.name)


def _told(summary: dict[str, object]) -> str:
    rows = [f"  {name:16} {value}" for name, value in summary.items() if name not in ("pictures", "what")]
    wrong = summary["what"]
    return "\n".join([*rows, *([f"  {line}" for line in wrong] if isinstance(wrong, list) else [])])


if __name__ == "__main__":
    sys.exit(main())
