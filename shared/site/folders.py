"""Folders that a configuration names: what of them is not on this PC, or lacks something.

A folder is of the PC that uses it, and that may be another one than the configuration is checked on: so nothing here
is an error.
"""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from shared.site.findings import Said, said
from shared.site.tables import SecondPrinterTable, SiteFile
from shared.voice.models import Models
from shared.words import msg
from shared.written_path import written_path


class Named(NamedTuple):
    """A folder that the file names under `key`, for the devices so called."""

    key: str
    folder: str
    is_of_kiosks: bool


def of_this_pc(file: SiteFile) -> Iterator[Said]:
    """What is amiss with the folders of `[voice]`, which the hub's PC needs too."""
    if file.voice.clips and not is_folder(file.voice.clips):
        yield _absent(
            msg("Folder rekaman '{folder}' tidak ada di PC ini. Salin ke sini bila PC ini bersuara."), file.voice.clips
        )
    if file.voice.piper and not is_folder(file.voice.piper):
        yield _absent(
            msg("Folder Piper '{folder}' tidak ada di PC ini. Salin ke sini bila PC ini bersuara."), file.voice.piper
        )
    for folder in dict.fromkeys([file.voice.piper, *(tv.piper for tv in file.displays)]):
        if folder and is_folder(folder) and (names := Models(Path(folder)).lacking()):
            say = msg(
                "Di folder Piper '{folder}' di PC ini kurang: {names}. Periksa dengan: antre voice check {folder}"
            )
            yield said(say, folder=folder, names=", ".join(names))


def of_devices(file: SiteFile) -> Iterator[Said]:
    """The folders of kiosks and TVs that are not here; one that several have is told once, with all of them."""
    users: dict[Named, list[str]] = {}
    for named, device in _named(file):
        users.setdefault(named, []).append(device)
    for named, devices in users.items():
        if named.folder and not is_folder(named.folder):
            ids = ", ".join(dict.fromkeys(devices))
            whose = said(msg("mesin tiket {ids}") if named.is_of_kiosks else msg("TV {ids}"), ids=ids)
            if _is_no_folder(named.folder):
                say = msg("'{folder}' ({key}, {device}) bukan folder.")
                yield said(say, folder=named.folder, key=named.key, device=whose)
                continue
            say = msg(
                "Folder '{folder}' ({key}, {device}) tidak ada di PC ini. Bila perangkat itu PC lain, periksa di sana."
            )
            yield _absent(say, named.folder, key=named.key, device=whose)


def is_folder(name: str) -> bool:
    """Whether a folder of that name is on this PC."""
    try:
        return written_path(name).is_dir()
    except (OSError, ValueError):  # no name a file system takes
        return False


def _is_no_folder(name: str) -> bool:
    try:
        place = written_path(name)
        return place.exists() and not place.is_dir()
    except (OSError, ValueError):
        return False


def _named(file: SiteFile) -> Iterator[tuple[Named, str]]:
    for kiosk in file.kiosks:
        yield Named("pictures", kiosk.pictures, is_of_kiosks=True), kiosk.id
        for printer in filter(None, (kiosk.printer, kiosk.second_printer)):
            yield Named("address", _written_to(printer), is_of_kiosks=True), kiosk.id
    for tv in file.displays:
        for key, folder in {"clips": tv.clips, "piper": tv.piper, "media": tv.media or ""}.items():
            yield Named(key, folder, is_of_kiosks=False), tv.id


def _written_to(printer: SecondPrinterTable) -> str:
    """The folder of the file that is written for a printer; empty on every other road."""
    return str(Path(printer.address).parent) if printer.road == "file" else ""


def _absent(what: str, folder: str, **more: object) -> Said:
    """`what`, with the folder beside it that was probably meant."""
    near = _near(Path(folder))
    told = said(what, folder=folder, **more)
    return said(msg("{what} Maksudnya '{name}'?"), what=told, name=near) if near else told


def _near(folder: Path) -> str:
    try:
        beside = sorted(one.name for one in written_path(str(folder.parent)).iterdir() if one.is_dir())
    except (OSError, ValueError):
        return ""
    near = get_close_matches(folder.name, beside, n=1, cutoff=0.75)
    return str(folder.with_name(near[0])) if near else ""
