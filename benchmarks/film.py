"""Films made for measuring and testing: a pattern that moves, in the codecs that halls have."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import av
import numpy as np
from numpy.typing import NDArray

Codec = Literal["libx264", "libvpx-vp9", "mpeg4"]
Draw = Callable[[int], NDArray[np.uint8]]
"""The picture of a frame by its number: rows × columns × RGB."""

_OPTIONS: dict[Codec, dict[str, str]] = {
    "libx264": {"preset": "veryfast"},
    "libvpx-vp9": {"deadline": "realtime", "cpu-used": "8"},
    "mpeg4": {},
}
_BITS = 4_000_000
"""A second: as cameras and editors give 720p."""
_MOVES = 6
"""Pixels a frame by which the pattern passes."""


def write_film(path: Path, codec: Codec, draw: Draw, *, seconds: float, rate: int = 30) -> Path:
    """A film of what `draw` gives, in the container that the name's ending says; its index stands at the front."""
    tall, wide, _ = draw(0).shape
    options = {"movflags": "faststart"} if path.suffix == ".mp4" else {}
    with av.open(str(path), "w", options=options) as container:
        stream = container.add_stream(codec, rate=rate, options=_OPTIONS[codec])
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = wide, tall, "yuv420p", _BITS
        for frame in _frames(draw, round(seconds * rate)):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def _frames(draw: Draw, count: int) -> Iterator[av.VideoFrame]:
    for number in range(count):
        yield av.VideoFrame.from_ndarray(draw(number), format="rgb24")


def scenery(wide: int, tall: int) -> Draw:
    """Soft clouds that pass, with grain: at 4 Mbit/s as hard to decode as a film of the place."""
    dice = np.random.default_rng(1)
    clouds = dice.integers(40, 200, (tall // 40 + 1, wide // 20 + 1, 3), dtype=np.uint8)
    sky = clouds.repeat(40, 0).repeat(40, 1)[:tall]
    grain = dice.integers(0, 24, (tall, 2 * wide, 1), dtype=np.uint8)

    def draw(number: int) -> NDArray[np.uint8]:
        left = number * _MOVES % wide
        return np.ascontiguousarray(sky[:, left : left + wide] + grain[:, wide - left : 2 * wide - left])

    return draw


def halves(wide: int, tall: int, left: tuple[int, int, int], right: tuple[int, int, int]) -> Draw:
    """Two colours side by side, always."""
    picture = np.empty((tall, wide, 3), np.uint8)
    picture[:, : wide // 2], picture[:, wide // 2 :] = left, right
    return lambda _number: picture
