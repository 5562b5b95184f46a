"""`antre ticket`: a hall's printed ticket as a picture, painted from the very bytes that its printer would get."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image

from kiosk.dialect import job_bytes
from kiosk.paper import logo_picture, ticket_stories
from shared.arguments import Arguments
from shared.assets import default_site
from shared.hall import Hall, Printer
from shared.model import State
from shared.receipt.escpos import papers
from shared.refusals import reason
from shared.site import SiteErrors, load
from shared.site.findings import choose_from, did_you_mean, nearest
from shared.wire import Ticket
from shared.words import Words, msg

DOTS = {58: 384, 80: 576}
"""How wide a paper is printed, by its width in mm."""
_TABLE = 96
"""Grey between two papers, in dots."""
_GREY = 160
_TOKEN = "ContohTiketPratinjau22"  # noqa: S105  -- opens nothing; as long as a real one, so that the code is as large


class _UnknownError(ValueError):
    """No such service, kiosk or language; the sentence says which there are."""


def sample(hall: Hall, service: str, language: str, now: datetime) -> Ticket:
    """A ticket as the hub might give it now: twelfth of its agency's, four people ahead."""
    agency = next(one for one in hall.agencies if any(offered.id == service for offered in one.services))
    return Ticket(
        id=1,
        number=f"{agency.prefix}-012",
        service=service,
        agency=agency.id,
        priority=False,
        language=language,
        state=State.WAITING,
        taken_at=now,
        day=now.astimezone(ZoneInfo(hall.timezone)).date(),
        ahead=4,
        estimate_minutes=12,
        estimate_high_minutes=25,
        token=_TOKEN,
        url=f"{hall.public_url}/t/{_TOKEN}",
    )


def preview(ticket: Ticket, hall: Hall, printer: Printer) -> Image.Image:
    """All papers of a ticket, one under another, a dot a pixel."""
    job = job_bytes(ticket_stories(ticket, hall, Words(ticket.language)), printer, logo_picture(hall))
    drawn = [paper.picture(DOTS[printer.paper_mm]) for paper in papers(job)]
    height = sum(paper.height for paper in drawn) + _TABLE * (len(drawn) - 1)
    table = Image.new("L", (DOTS[printer.paper_mm], height), _GREY)
    top = 0
    for paper in drawn:
        table.paste(paper, (0, top))
        top += paper.height + _TABLE
    return table


def parser_of() -> ArgumentParser:
    """The arguments."""
    parser = Arguments(prog="antre ticket", description=msg("Tiket cetak sebuah gedung sebagai gambar."))
    parser.add_argument("--preview", type=Path, required=True, metavar="FILE.png", help=msg("gambar di berkas itu"))
    parser.add_argument("--site", type=Path, default=default_site(), metavar="FILE", help=msg("konfigurasi gedung"))
    parser.add_argument("--service", metavar="ID", help=msg("sebuah layanan gedung; tanpa ini yang pertama"))
    parser.add_argument(
        "--kiosk", metavar="ID", help=msg("seperti dicetak printer mesin tiket ini; tanpa ini yang pertama")
    )
    parser.add_argument(
        "--width", type=int, choices=sorted(DOTS), help=msg("lebar kertas dalam mm; tanpa ini menurut mesin tiketnya")
    )
    parser.add_argument("--language", help=msg("bahasa pengunjung; tanpa ini yang pertama di gedung"))
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """0; 1 where the site is wrong or the picture cannot be written, 2 where there is no such service or the like."""
    args = parser_of().parse_args(argv)
    try:
        site = load(args.site)
        hall = site.hall(site.public_url or f"http://{site.pages}")
        ticket = sample(hall, _service(hall, args), _language(hall, args), datetime.now(UTC))
        preview(ticket, hall, _printer(hall, args)).save(args.preview, "png")
    except _UnknownError as unknown:
        sys.stderr.write(f"{unknown}\n")
        return 2
    except SiteErrors as errors:
        sys.stderr.write(f"{errors}\n")
        return 1
    except OSError as error:
        what = msg("Gambar {file} tidak dapat ditulis ({why}). Pilih folder yang ada dan boleh ditulisi.")
        words = Words("id")
        sys.stderr.write(words.say(what, file=args.preview, why=reason(error, words)) + "\n")
        return 1
    sys.stdout.write(f"{args.preview}\n")
    return 0


def _service(hall: Hall, args: Namespace) -> str:
    return _one_of([service.id for agency in hall.agencies for service in agency.services], args.service)


def _language(hall: Hall, args: Namespace) -> str:
    return _one_of(hall.languages, args.language)


def _printer(hall: Hall, args: Namespace) -> Printer:
    kiosks = {kiosk.id: kiosk.printer for kiosk in hall.kiosks}
    printer = kiosks[_one_of(list(kiosks), args.kiosk)] if kiosks else Printer(road="none")
    return printer.model_copy(update={"paper_mm": args.width or printer.paper_mm})


def _one_of(names: list[str], asked: str | None) -> str:
    """The one that is meant; the first where none is. Raises _UnknownError with the nearest."""
    if asked is None or asked in names:
        return asked or names[0]
    near = nearest(asked, names)
    words, way_out = Words("id"), did_you_mean(near) if near else choose_from(names)
    what = words.say(msg("'{name}' tidak ada di gedung ini."), name=asked)
    raise _UnknownError(f"{what} {way_out.told(words)}")


if __name__ == "__main__":
    sys.exit(main())
