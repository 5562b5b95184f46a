"""ESC/POS bytes → the paper they print: its texts, its pictures, how it looks. One `Paper` a cut ticket."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from PIL import Image, ImageChops
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.main import QRCode

from shared.receipt.commands import Command, UnknownBytesError, commands
from shared.receipt.paint import KNIFE, Align, Band, Face, Picture, Text, White, Words, draw

LINE_DOTS = 34
"""A sixth of an inch at 203 dpi: the line spacing of ESC 2."""
PAGES = {0: "cp437", 2: "cp850", 16: "cp1252", 19: "cp858"}
"""Code pages by number, as Epson and most others count."""
_FRAMES = " │─┌┐└┘├┤|+-"
_ALIGNMENTS: dict[int, Align] = {0: "left", 1: "center", 2: "right"}
_CORRECTIONS = {48: ERROR_CORRECT_L, 49: ERROR_CORRECT_M, 50: ERROR_CORRECT_Q, 51: ERROR_CORRECT_H}


_FED_CUTS = (65, 66)
"""GS V with these feeds to the knife by itself."""


class CutThroughError(ValueError):
    """The paper was cut where it was printed."""


@dataclass(frozen=True)
class Paper:
    """One ticket as it falls out of the printer. `codes`: what its native QR codes say."""

    bands: tuple[Band, ...]
    codes: tuple[str, ...] = ()
    cut: bool = True

    @property
    def lines(self) -> list[str]:
        """The printed texts from top to bottom, without the white and frames around them; empty lines left out."""
        texts = (
            "".join(words.text for words in band.words).strip(_FRAMES) for band in self.bands if isinstance(band, Text)
        )
        return [text for text in texts if text]

    @property
    def pictures(self) -> list[Image.Image]:
        """Logo, number and QR from top to bottom: black on white, a dot a pixel."""
        return [band.picture for band in self.bands if isinstance(band, Picture)]

    def picture(self, width_dots: int = 576) -> Image.Image:
        """How it looks, `width_dots` wide (384 on 58 mm paper), a dot a pixel. Raises TooWideError."""
        return draw(self.bands, width_dots)


def papers(data: bytes, pages: Mapping[int, str] = PAGES) -> list[Paper]:
    """The tickets in `data`; what follows the last cut is one too, with `cut` False.

    `pages`: the printer's code pages by number. Raises UnknownBytesError, IncompleteError, CutThroughError.
    """
    printer = _Printer(pages)
    for command in commands(data):
        printer.obey(command)
    return printer.papers()


class _Printer:
    """What a printer knows while it reads."""

    def __init__(self, pages: Mapping[int, str]) -> None:
        self._pages = pages
        self._done: list[Paper] = []
        self._stored = Image.new("1", (1, 1))
        self._qr: dict[int, bytes] = {}
        self._start_paper()
        self._wake(b"")
        self._verbs: dict[str, Callable[[bytes], None]] = {
            "text": self._text,
            "LF": self._line_feed,
            "ESC @": self._wake,
            "ESC !": self._mode,
            "ESC E": lambda body: self._set(bold=bool(body[0] & 1)),
            "ESC -": lambda body: self._set(underline=body[0] % 48 > 0),
            "ESC M": lambda body: self._set(small=body[0] % 48 == 1),
            "ESC a": self._alignment,
            "ESC t": self._code_page,
            "ESC 2": self._spacing_default,
            "ESC 3": self._spacing_set,
            "ESC d": lambda body: self._feed(body[0] * self._spacing),
            "ESC J": lambda body: self._feed(body[0]),
            "GS !": lambda body: self._set(wide=1 + (body[0] >> 4), high=1 + (body[0] & 7)),
            "GS B": lambda body: self._set(inverse=bool(body[0] & 1)),
            "GS v 0": self._raster,
            "ESC *": self._column,
            "GS ( L": self._graphics,
            "GS ( k": self._code,
            "GS V": self._cut,
        }

    def obey(self, command: Command) -> None:
        """Carry out one command. Those that print nothing (status, process ids, smoothing) are passed over."""
        verb = self._verbs.get(command.name)
        if verb is not None:
            verb(command.body)

    def papers(self) -> list[Paper]:
        """The cut tickets, then what hangs out uncut."""
        return [*self._done, *([self._paper(cut=False)] if self._bands else [])]

    # -------------------------------------------------------- type

    def _wake(self, _: bytes) -> None:
        self._face, self._align, self._page, self._spacing = Face(), _ALIGNMENTS[0], "ascii", LINE_DOTS
        self._line: list[Words] = []
        self._columns: Image.Image | None = None

    def _set(self, **changes: int) -> None:
        self._face = replace(self._face, **changes)  # type: ignore[arg-type]  # names come from the table above

    def _mode(self, body: bytes) -> None:
        bits = body[0]
        self._set(small=bool(bits & 1), bold=bool(bits & 8), underline=bool(bits & 128))
        self._set(high=2 if bits & 16 else 1, wide=2 if bits & 32 else 1)

    def _alignment(self, body: bytes) -> None:
        self._align = _ALIGNMENTS[body[0] % 48]

    def _code_page(self, body: bytes) -> None:
        if body[0] not in self._pages:
            raise UnknownBytesError(f"ESC t {body[0]}: no such code page here")
        self._page = self._pages[body[0]]

    def _spacing_default(self, _: bytes) -> None:
        self._spacing = LINE_DOTS

    def _spacing_set(self, body: bytes) -> None:
        self._spacing = body[0]

    def _text(self, body: bytes) -> None:
        self._line.append(Words(body.decode(self._page), self._face))

    def _line_feed(self, _: bytes) -> None:
        if self._columns is not None:
            self._bands.append(Picture(self._columns, self._align))
        elif self._line:
            tallest = max(words.face.cell[1] for words in self._line)
            self._bands.append(Text(tuple(self._line), self._align, max(self._spacing, tallest)))
        else:
            self._feed(self._spacing)
        self._line, self._columns = [], None

    def _feed(self, dots: int) -> None:
        self._bands.append(White(dots))

    # -------------------------------------------------------- dots

    def _show(self, picture: Image.Image) -> None:
        self._bands.append(Picture(picture, self._align))

    def _raster(self, body: bytes) -> None:
        size = (8 * (body[1] + 256 * body[2]), body[3] + 256 * body[4])
        self._show(_enlarged(_dots(size, body[5:]), 1 + (body[0] & 1), 1 + (body[0] >> 1 & 1)))

    def _column(self, body: bytes) -> None:
        deep = body[0] >= 32  # noqa: PLR2004  -- m 32 and 33 are the 24-dot modes
        height = 24 if deep else 8
        lying = _dots((height, body[1] + 256 * body[2]), body[3:])
        standing = lying.transpose(Image.Transpose.TRANSPOSE)
        self._columns = _enlarged(standing, 1 if body[0] & 1 else 2, 1 if deep else 3)

    def _graphics(self, body: bytes) -> None:
        function, rest = body[3], body[4:]
        if function in (2, 50):
            self._show(self._stored)
            return
        size = (rest[4] + 256 * rest[5], rest[6] + 256 * rest[7])
        self._stored = _enlarged(_dots(size, rest[8:]), rest[1], rest[2])

    def _code(self, body: bytes) -> None:
        function, rest = body[3], body[4:]
        self._qr[function] = rest
        if function == 81:  # noqa: PLR2004  -- print what was stored
            data = self._qr[80][1:].decode()
            self._codes.append(data)
            self._show(_qr(data, self._qr[67][0], self._qr[69][0]))

    # -------------------------------------------------------- paper

    def _start_paper(self) -> None:
        self._bands: list[Band] = []
        self._codes: list[str] = []

    def _paper(self, *, cut: bool) -> Paper:
        return Paper(tuple(self._bands), tuple(self._codes), cut)

    def _cut(self, body: bytes) -> None:
        if body[0] in _FED_CUTS:
            self._feed(KNIFE + body[1])
        fed = self._bands.pop() if self._bands else None
        if not isinstance(fed, White) or fed.height < KNIFE:
            raise CutThroughError("the knife falls into the print: feed first")
        self._feed(fed.height - KNIFE)
        self._done.append(self._paper(cut=True))
        self._start_paper()


def _dots(size: tuple[int, int], data: bytes) -> Image.Image:
    return ImageChops.invert(Image.frombytes("1", size, data))


def _enlarged(picture: Image.Image, across: int, down: int) -> Image.Image:
    return picture.resize((picture.width * across, picture.height * down), Image.Resampling.NEAREST)


def _qr(data: str, module: int, correction: int) -> Image.Image:
    code = QRCode(error_correction=_CORRECTIONS[correction], border=0)
    code.add_data(data)
    code.make()
    matrix: list[list[bool]] = code.get_matrix()
    picture = Image.new("1", (len(matrix), len(matrix)))
    picture.putdata([0 if dark else 255 for row in matrix for dark in row])
    return _enlarged(picture, module, module)
