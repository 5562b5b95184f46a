"""A hall's configuration as the programs use it."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from shared import hall
from shared.addresses import is_loopback, pages_of
from shared.site.doubts import doubts
from shared.site.findings import Said, said
from shared.site.tables import SiteFile
from shared.voice.models import Models
from shared.words import Words, msg


class Site(BaseModel):
    """A hall's configuration, as the programs use it."""

    model_config = ConfigDict(frozen=True)

    path: Path
    file: SiteFile
    """The file's own tables, for what clients do not need."""
    logo: str = ""
    """The logo as a data: URL, or empty."""
    text: str = ""
    """The file as it was written, with its comments."""

    @property
    def name(self) -> str:
        """The hall's whole name: a hub that answers with another is another hall's."""
        return self.file.hall.name

    @property
    def listen(self) -> str:
        """Where the hub listens unless told otherwise: `host:port`; port 0 picks one."""
        return self.file.hall.listen

    @property
    def own_url(self) -> str:
        """Where programs on the hub's own PC find it: loopback where it listens on every address."""
        host, _, port = self.listen.rpartition(":")
        here = "127.0.0.1" if host in ("0.0.0.0", "[::]") else host  # noqa: S104  -- compared, not bound
        return f"{'http' if is_loopback(host) else 'https'}://{here}:{port}"

    @property
    def pages(self) -> str:
        """Where the visitors' pages listen, at a hub that other PCs reach: `host:port`; port 0 picks one."""
        return pages_of(self.file.hall.listen, self.file.hall.pages)

    @property
    def public_url(self) -> str:
        """What the QR opens, without a slash at its end; empty: the address the hub listens on."""
        return self.file.hall.public_url

    @property
    def single_pc(self) -> bool:
        """Whether the first app starts the hub itself, because one PC does everything."""
        return self.file.hall.single_pc

    @property
    def timezone(self) -> str:
        """The hall's IANA time zone; its midnight begins the numbers anew."""
        return self.file.hall.timezone

    def hall(self, public_url: str) -> hall.Hall:
        """What clients need of the configuration. `public_url`: what the QR really opens (see the property)."""
        told = self.file.model_dump()
        return hall.Hall.model_validate(told | told["hall"] | {"public_url": public_url, "logo": self.logo})

    def warnings(self, *, address: str = "", words: Words | None = None) -> list[str]:
        """What works, but probably not as meant. `address`: the URL where visitors' pages really are, when they are."""
        is_alone = is_loopback(self.listen.rpartition(":")[0])
        told = doubts(self.file, address or f"http://{self.listen if is_alone else self.pages}")
        return [doubt.told(words or Words("id")) for doubt in (*told, *_models(self.file))]


def _models(file: SiteFile) -> Iterator[Said]:
    """Folders of Piper models that lack something: of those that this PC needs, or has."""
    others = (tv.piper for tv in file.displays)
    for folder in dict.fromkeys([file.voice.piper, *(one for one in others if one and Path(one).is_dir())]):
        if folder and not Path(folder).is_dir():
            say = msg("Folder Piper '{folder}' tidak ada di PC ini. Salin ke sini bila PC ini bersuara.")
            yield said(say, folder=folder)
        elif folder and (names := Models(Path(folder)).lacking()):
            say = msg(
                "Di folder Piper '{folder}' di PC ini kurang: {names}. Periksa dengan: antre voice check {folder}"
            )
            yield said(say, folder=folder, names=", ".join(names))
