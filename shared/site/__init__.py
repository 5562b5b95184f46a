"""A hall's configuration: one TOML file, read once, with every error at once.

    site = load(Path("config/paser.toml"))      # raises SiteErrors
    site.hall("http://antrean.paser.lan:8080")  # what clients need of it

`python -m shared.site FILE` is `antre check FILE`. Within: `tables` and `rules` declare what a file may hold,
`syntax` and `lines` read TOML, `content`, `between` and `turns` find what is
wrong, `doubts` what is odd, `reading` tells it.
"""

from shared.site.doubts import phones_reach
from shared.site.hall import Site
from shared.site.reading import SiteError, SiteErrors, load, read

__all__ = ["Site", "SiteError", "SiteErrors", "load", "phones_reach", "read"]
