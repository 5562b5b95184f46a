"""A hall's configuration as the programs use it."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from shared import hall
from shared.addresses import is_loopback, pages_of
from shared.site.doubts import doubts
from shared.site.folders import of_devices, of_this_pc
from shared.site.tables import SiteFile
from shared.words import Words


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

    def warnings(self, *, address: str = "", words: Words | None = None, is_asked: bool = False) -> list[str]:
        """What works, but probably not as meant. `address`: the URL where visitors' pages really are, when they are.

        `is_asked`: somebody reads them who asked for all. A hub leaves out the folders of PCs it knows nothing of.
        """
        is_alone = is_loopback(self.listen.rpartition(":")[0])
        told = [*doubts(self.file, address or f"http://{self.listen if is_alone else self.pages}")]
        told += of_this_pc(self.file)
        if is_asked or self.single_pc:
            told += of_devices(self.file)
        return [doubt.told(words or Words("id")) for doubt in told]
