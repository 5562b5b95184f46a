import io
from pathlib import Path

import pytest
from PIL import Image

from shared.site import logo
from tests.shared.site.sample import VALID, errors_in


def png(width: int, height: int) -> bytes:
    content = io.BytesIO()
    Image.new("1", (width, height)).save(content, "PNG")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (png(64, 64), None),
        (png(2000, 100), None),
        (png(63, 64), "Logo 'logo.png' terlalu kecil atau terlalu besar"),
        (png(100, 2001), "Logo 'logo.png' terlalu kecil atau terlalu besar"),
        (png(100, 100) + bytes(logo.BYTES), "Logo 'logo.png' terlalu kecil atau terlalu besar"),
        (b"GIF89a", "Logo 'logo.png' bukan gambar PNG"),
        (b"\x89PNG\r\n\x1a\n", "Logo 'logo.png' bukan gambar PNG"),
        (b"", "Logo 'logo.png' bukan gambar PNG"),
    ],
)
def test_a_logo_is_a_png_of_sane_size(tmp_path: Path, content: bytes, error: str | None) -> None:
    (tmp_path / "logo.png").write_bytes(content)
    told = errors_in(tmp_path, VALID.replace("\n\n[[zone]]", '\nlogo = "logo.png"\n[[zone]]', 1))
    assert [line.partition(".png'")[2].split(". ")[0] for line in told] == (
        [error.partition(".png'")[2]] if error else []
    )
