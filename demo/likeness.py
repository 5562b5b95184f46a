"""Whether two pictures of a screen look the same, and where they do not. Knows no app.

Letters are smoothed a little differently by each FreeType, and a kept picture has fewer colours than the drawn one:
both are small differences of single pixels, most at the edges of large letters. A moved button, another word or another
colour is a difference of a place. So both pictures are blurred by a pixel, and the mean difference of each block of
`BLOCK` × `BLOCK` pixels counts, beyond `SLACK` levels and what moving the block by `MOVED` of a pixel would make.
"""

from collections.abc import Iterator

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from demo.contact_sheet import Box

BLOCK = 8
SLACK, MOVED = 4, 0.35
"""Levels of 255, and parts of a pixel.

Measured on the kiosk's pictures at 0.21 to 0.33 of their size, as shares of what is allowed: kept and read again
0.4, hinting on 0.6, softer letters 0.4, bolder ones 0.8, all moved by a pixel of the screen 0.9. Of 352 labels moved by
eight pixels or with another last word, all but 16 were over it: a line of the smallest type in soft ink, moved along.
"""
GAIN = 4
"""How much a difference is strengthened to be seen."""
MARK = "#D5008F"
"""No screen has this colour."""


def differing(kept: Image.Image, drawn: Image.Image) -> Box | None:
    """Where `drawn` looks otherwise than `kept`, which is as large: the box around it all; None where nowhere."""
    soft, other = (picture.filter(ImageFilter.GaussianBlur(1)) for picture in (kept, drawn))
    edges = ImageChops.lighter(*(ImageChops.difference(soft, ImageChops.offset(soft, *by)) for by in ((1, 0), (0, 1))))
    allowed = edges.reduce(BLOCK).point([min(255, SLACK + round(MOVED * level)) for level in range(256)] * 3)
    over = ImageChops.subtract(ImageChops.difference(soft, other).reduce(BLOCK), allowed)
    found = over.getbbox()
    if found is None:
        return None
    left, top, right, bottom = (side * BLOCK for side in found)
    return left, top, min(right, kept.width), min(bottom, kept.height)


def evidence(kept: Image.Image, drawn: Image.Image, where: Box) -> Image.Image:
    """Both side by side with `where` marked, and then their difference, made strong."""
    apart = ImageChops.difference(kept, drawn).point([min(255, level * GAIN) for level in range(256)] * 3)
    shown = Image.new("RGB", (3 * kept.width + 2 * BLOCK, kept.height), "white")
    for turn, picture in enumerate((*_marked(where, kept, drawn), apart)):
        shown.paste(picture, (turn * (kept.width + BLOCK), 0))
    return shown


def _marked(where: Box, *pictures: Image.Image) -> Iterator[Image.Image]:
    for picture in pictures:
        marked = picture.copy()
        ImageDraw.Draw(marked).rectangle((where[0], where[1], where[2] - 1, where[3] - 1), outline=MARK)
        yield marked
