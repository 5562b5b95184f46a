"""Where a hub listens, and what follows from it: on loopback alone it needs no key, no PIN and no TLS. Pure."""

from ipaddress import ip_address

PAGES_PORT = "8080"
"""Of the visitors' pages, where the site names no other."""


def is_loopback(host: str) -> bool:
    """Whether only programs of the same PC reach `host` (an address, in brackets or not, or `localhost`)."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def pages_of(listen: str, pages: str = "") -> str:
    """Where the visitors' pages listen (`host:port`) beside a hub that listens on `listen`; `pages`: as the site says.

    A hub that picks a port for itself picks one for them as well.
    """
    host, _, port = listen.rpartition(":")
    return pages or f"{host}:{'0' if port == '0' else PAGES_PORT}"
