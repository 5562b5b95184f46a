"""A file or folder as a person writes it into a configuration."""

from contextlib import suppress
from pathlib import Path


def written_path(written: str) -> Path:
    """Where it is: `~` is the home of whoever runs the program; what is no home is a name as any other."""
    path = Path(written)
    with suppress(RuntimeError):
        path = path.expanduser()
    return path.absolute()
