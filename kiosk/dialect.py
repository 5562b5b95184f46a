"""A story → the bytes of one printer: ESC/POS on 58 or 80 mm paper, through python-escpos.

Only number, logo and, where the printer cannot draw one itself, the QR go as pictures. All else is the
printer's own type: it prints faster, and a whole ticket stays under 8 kB.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor
from threading import Lock
from typing import Any

from PIL import Image

from kiosk import lettering, pictures
from kiosk.layout import Grid, Typed
from kiosk.lettering import Row
from kiosk.numeral import Numeral
from kiosk.stored_logo import StoredLogo, stored
from kiosk.story import (
    BigNumber,
    Boxes,
    Checklist,
    Cut,
    Element,
    Gap,
    Heading,
    Line,
    Logo,
    Numbered,
    Place,
    Qr,
    Rule,
    Stamp,
    Story,
    Title,
)
from shared.hall import Printer

JOB_BYTES = 8000
"""What a ticket may weigh without its logo: the small buffers of cheap printers hold it whole."""

_DOTS = {58: 384, 80: 576}
_CAPITAL_MM = {58: 11, 80: 15}
"""How high the number's capitals are at least, by the paper's width in mm."""
_TALLEST = 1.25
"""A short number grows to the paper's width, but no higher than this many times the least height."""
_DPI = 203
_MM_PER_INCH = 25.4
_CELL_WIDTH, _CELL_HEIGHT = 12, 24
"""A character of the printer's font A, in dots."""
_MARGIN = 8
"""White left and right of the number, in dots."""
_QR_MM = 25
"""A narrower code is hard for old phones."""
_QR_QUIET = 4
"""White around a code, in modules (ISO/IEC 18004)."""
_LOGO_MM = 12
_PAGE = "CP437"
"""The code page with frames and ±: number 0 in every printer of python-escpos's profiles, and where they wake up."""
_ASCII_PROFILE = "simple"
"""python-escpos's profile for printers of which nothing is known: they get ASCII and nothing drawn by signs."""
_HALF_LINE = 15
_DRAWN = 256
"""So many lines, boxes and pictures are kept as drawn: some dozen stand on a ticket."""
_PRINTERS = 8
"""For so many printers at most."""


@dataclass(frozen=True)
class Sheet:
    """The paper as a printer counts: `width` in dots, `columns` of font A, dots an inch."""

    paper_mm: int
    width: int
    columns: int
    dpi: int

    def dots(self, mm: float) -> int:
        """Millimetres in dots, rounded up."""
        return ceil(mm * self.dpi / _MM_PER_INCH)

    @property
    def capitals(self) -> range:
        """The heights, in dots, that the number's capitals may have."""
        least = self.dots(_CAPITAL_MM[self.paper_mm])
        return range(least, floor(least * _TALLEST) + 1)


def job_bytes(stories: Sequence[Story], settings: Printer, logo: bytes | None = None) -> bytes:
    """As `ticket_bytes`, for all papers of a ticket, one after another."""
    return b"".join(ticket_bytes(story, settings, logo) for story in stories)


def logo_to_store(settings: Printer, logo: bytes | None) -> StoredLogo | None:
    """The logo for a printer's own memory; None where there is no logo, or no printer of that kind keeps one."""
    return None if logo is None or settings.road == "none" else _Pen(settings, logo).logo_to_store()


def warm_up(settings: Printer, logo: bytes | None) -> None:
    """Load what the first ticket needs, so that its visitor does not wait for it: half a second, 1.5 s on a busy PC."""
    if settings.road != "none":
        ticket_bytes((Logo(), Line("Antre"), BigNumber("A-000"), Cut()), settings, logo)


def ticket_bytes(story: Story, settings: Printer, logo: bytes | None = None) -> bytes:
    """`story` for the printer of `settings`, from waking it to the cut. `logo`: bytes of a picture file.

    Raises KeyError when python-escpos has no profile of that name, ValueError when it is a customer display's.
    """
    pen = _pen(settings, logo)
    with pen.lock:
        return _written(pen, story)


def _written(pen: "_Pen", story: Story) -> bytes:
    pieces = [pen.draw(element) for element in story]
    taken = sum(len(piece) for piece, element in zip(pieces, story, strict=True) if not isinstance(element, Logo))
    room = JOB_BYTES - len(pen.start) - taken
    numbered = [
        pen.number(element.text, room) if isinstance(element, BigNumber) else piece
        for piece, element in zip(pieces, story, strict=True)
    ]
    return pen.start + b"".join(numbered)


class _Pen:
    """Writes elements in one printer's dialect; each sets the face it needs. `start` wakes the printer up.

    What it drew once it need not draw again: most of a ticket is the same for the next visitor. `lock`: for one thread
    at a time.
    """

    def __init__(self, settings: Printer, logo: bytes | None) -> None:
        self.lock = Lock()
        self.draw = lru_cache(_DRAWN)(self._draw)
        self._device = _device(settings.profile)
        self._profile = self._device.profile
        self._sheet = _sheet(settings, self._profile.profile_data)
        self._logo = logo
        # The library measures pictures by its profile and complains on the terminal where that knows no width.
        media = {"width": {"pixels": self._sheet.width, "mm": settings.paper_mm}, "dpi": self._sheet.dpi}
        self._profile.profile_data = {**self._profile.profile_data, "media": media}
        self._way = next((way for way in _WAYS if self._profile.supports(way)), None)
        if self._way is None:
            raise ValueError(f"{settings.profile} is no printer: it takes no pictures")
        simple = settings.profile == _ASCII_PROFILE
        page = ("ascii", lettering.ASCII) if simple else (_PAGE, lettering.DRAWN)
        self._grid = Grid(self._sheet.columns, *page)
        self.start = self._wake()

    def _wake(self) -> bytes:
        self._device.hw("INIT")
        self._device.charcode(_PAGE)
        self._device.set(align="center")
        return self._taken()

    def _taken(self) -> bytes:
        done = bytes(self._device.output)
        self._device.clear()
        return done

    def _draw(self, element: Element) -> bytes:
        """The bytes of one element; none for the number, which waits for the room the others leave."""
        match element:
            case Title() | Heading() | Place() | Line() | Numbered() | Checklist() | Stamp() | Boxes() | Rule():
                self._type(element)
            case Gap():
                self._feed(_HALF_LINE)
            case Logo():
                self._draw_logo()
            case Qr(data):
                self._qr(data)
            case Cut():
                self._device.cut("PART")
            case BigNumber():
                pass
        return self._taken()

    def number(self, text: str, room: int) -> bytes:
        """The number as a picture of at most `room` bytes, as wide as the paper allows."""
        numeral = Numeral(text)
        width = self._sheet.width - 2 * _MARGIN
        fit = numeral.fit(capitals=self._sheet.capitals, width=width, room=room - _PICTURE_HEAD)
        self._image(numeral.picture(fit), wide_dots=fit.coarse)
        return self._taken()

    # -------------------------------------------------------- printer type

    def _type(self, element: Typed) -> None:
        # Frames as close as the characters are high, so that the uprights meet.
        close = isinstance(element, Boxes)
        if close:
            self._device.line_spacing(_CELL_HEIGHT)
        for row in self._grid.rows(element):
            self._row(row)
        if close:
            self._device.line_spacing()

    def _row(self, row: Row) -> None:
        for run in row:
            face = run.face
            self._device.set(custom_size=True, width=face.wide, height=face.high, bold=face.bold, invert=face.inverse)
            self._device.text(run.text)
        self._device.ln()

    def _feed(self, dots: int) -> None:
        self._device.set(custom_size=True, width=1, height=1)
        self._device.line_spacing(dots)
        self._device.ln()
        self._device.line_spacing()

    # -------------------------------------------------------- pictures

    def _draw_logo(self) -> None:
        if self._logo is not None:
            self._image(self._logo_picture(self._logo))
            self._feed(_HALF_LINE)

    def _logo_picture(self, logo: bytes) -> Image.Image:
        return pictures.logo(logo, self._sheet.width // 2, self._sheet.dots(_LOGO_MM))

    def logo_to_store(self) -> StoredLogo | None:
        """The logo as the printer may keep it, where its kind can."""
        if self._logo is None or not self._profile.supports("graphics"):
            return None
        picture = self._logo_picture(self._logo)
        self._image(picture)
        return stored(pictures.harmless(picture), self._taken())

    def _qr(self, data: str) -> None:
        least = self._sheet.dots(_QR_MM) / pictures.qr_width(data)
        native = self._profile.supports("qrCode")
        module = ceil(least) if native else 2 * ceil(least / 2)
        self._feed(_QR_QUIET * module)
        if native:
            self._device.qr(data, ec=_QR_CORRECTION, size=module, native=True)
        else:
            modules = pictures.qr_modules(data)
            half = (modules.width * module // 2, modules.height * module // 2)
            self._image(modules.resize(half), wide_dots=True, high_dots=True)
        self._feed(_QR_QUIET * module)

    def _image(self, picture: Image.Image, *, wide_dots: bool = False, high_dots: bool = False) -> None:
        self._device.image(
            pictures.harmless(picture),
            impl=self._way,
            high_density_horizontal=not wide_dots,
            high_density_vertical=not high_dots,
        )


_pen = lru_cache(_PRINTERS)(_Pen)

_WAYS = ("bitImageRaster", "graphics", "bitImageColumn")
"""Ways to send a picture, the one that most printers know first."""
_PICTURE_HEAD = 32
"""What a picture's command takes besides its dots, in bytes, in the longest of those ways."""
_QR_CORRECTION = 1
"""Level M: a sixth of the code may be creased or smudged. (escpos counts L M Q H from 0.)"""


def _sheet(settings: Printer, profile: dict[str, Any]) -> Sheet:
    """The paper of `settings`, narrower where the profile's printer has fewer dots or columns."""
    media = profile["media"]
    dots = media["width"].get("pixels")
    width = min(_DOTS[settings.paper_mm], dots) if isinstance(dots, int) else _DOTS[settings.paper_mm]
    dpi = media.get("dpi")
    columns = width // _CELL_WIDTH
    told = profile["fonts"]["0"]["columns"]
    # Profiles without a width count 42 columns whatever the paper; one says 12 and means dots.
    if isinstance(dots, int) and 2 * columns // 3 <= told < columns:
        columns = told
    return Sheet(settings.paper_mm, width, columns, dpi if isinstance(dpi, int) else _DPI)


def _device(profile: str) -> Any:  # noqa: ANN401  -- python-escpos ships no types
    """A python-escpos printer that only collects bytes."""
    # Half a second to load, which the kiosk's first frame must not wait for.
    from escpos.magicencode import Encoder  # noqa: PLC0415  -- as said
    from escpos.printer import Dummy  # noqa: PLC0415  -- as said

    return Dummy(profile=profile, magic_encode_args={"encoder": Encoder({_PAGE: "0"})})
