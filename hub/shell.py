"""What a page for browsers is made from: its shell, style and script in `pages/`, and what the browser lets it do."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from string import Template

_PAGES = Path(__file__).parent / "pages"
_FONTS = ("text", "label", "number")


@cache
def shell(name: str) -> Template:
    """The document, with places for what changes."""
    return Template((_PAGES / f"{name}.html").read_text(encoding="utf-8"))


@cache
def style(name: str) -> str:
    """Its style, with the house's letters inside."""
    fonts = {font: b64encode((_PAGES / f"{font}.woff2").read_bytes()).decode() for font in _FONTS}
    return Template((_PAGES / f"{name}.css").read_text(encoding="utf-8")).substitute(fonts)


@cache
def script(name: str) -> str:
    """What it does by itself."""
    return (_PAGES / f"{name}.js").read_text(encoding="utf-8")


@cache
def headers(name: str = "page") -> dict[str, str]:
    """What a browser may do with the page: run its own script, draw its own style, ask this hub. Nothing is kept."""
    policy = (
        f"default-src 'none'; script-src '{_hash(script(name))}'; style-src '{_hash(style(name))}'; font-src data:; "
        "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",  # the address is the secret
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
