"""A small valid site file to break in tests, and a large one to time."""

from pathlib import Path

from shared.site import SiteErrors, load
from shared.words import Words

VALID = """\
[hall]
name = "Gedung Uji"
short_name = "Uji"
timezone = "Asia/Makassar"

[[zone]]
id = "lantai-1"
name = "Lantai 1"

[[agency]]
id = "disdukcapil"
name = "Dinas Kependudukan"
short_name = "Dukcapil"
prefix = "A"
zone = "lantai-1"

[[agency.service]]
id = "disdukcapil-ktp"
name = "KTP elektronik"
minutes = 7

[[counter]]
id = "loket-1"
number = "1"
zone = "lantai-1"
agencies = ["disdukcapil"]

[[kiosk]]
id = "kios-1"
name = "Mesin tiket"
printer = { road = "network", address = "printer-1.lan:9100" }

[[display]]
id = "tv-1"
name = "TV"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "gedung.toml"
    path.write_text(text, encoding="utf-8")
    return path


def errors_in(folder: Path, text: str, language: str = "id") -> list[str]:
    """What is told of `text`, as `LINE: what. hint`."""
    path = write(folder, text)
    try:
        load(path, Words(language))
    except SiteErrors as errors:
        return [line.removeprefix(f"{path}:") for line in str(errors).splitlines()]
    return []


def large(*, agencies: int = 47, services: int = 450) -> str:
    """The largest hall there is: so many agencies with their services, two counters each."""
    tables = [VALID.partition("[[agency]]")[0]]
    for index in range(agencies):
        name, prefix = f"instansi-{index}", f"{chr(65 + index // 26)}{chr(65 + index % 26)}"
        tables.append(
            f'[[agency]]\nid = "{name}"\nname = "Dinas Urusan Nomor {index}"\nshort_name = "Dinas {index}"\n'
            f'name_en = "Office of Affairs {index}"\nprefix = "{prefix}"\nzone = "lantai-1"\n'
        )
        tables += [
            f'[[agency.service]]\nid = "{name}-{number}"\nname = "Layanan {number}"\n'
            f'name_en = "Service {number}"\nminutes = 10\n'
            for number in range(index, services, agencies)
        ]
        tables += [
            f'[[counter]]\nid = "loket-{number}"\nnumber = "{number}"\nzone = "lantai-1"\nagencies = ["{name}"]\n'
            for number in (2 * index + 1, 2 * index + 2)
        ]
    return "\n".join(tables)
