"""Runs the hub: `python -m hub --site FILE --data DIR --listen 127.0.0.1:8080`."""

import gc
import sys


def main() -> int:
    """Load the hub and run it, see `hub.program.main`."""
    # Loading makes no garbage, and looking for it took a sixth of every start. House.running looks again.
    gc.disable()
    # sqlite-utils loads numpy where there is one, as on a developer's PC: a sixth of every start, and no hub needs it.
    sys.modules.setdefault("numpy", None)  # type: ignore[arg-type]  # None is how Python is told that there is none
    from hub.program import main as run  # noqa: PLC0415  -- what is imported above is loaded before

    return run()


if __name__ == "__main__":
    sys.exit(main())
