"""The hub with PINs that are hashed lightly: `python -m tests.hub.light_hub` with the hub's own options.

A real hash takes 50 ms and 64 MB, which was most of what tests of a secured hub cost. `test_commands.py` and
`TestSecrets` have real ones.
"""

import sys

from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST

import hub.pins
from hub.__main__ import main

if __name__ == "__main__":
    vars(hub.pins)["_hasher"] = lambda: PasswordHasher.from_parameters(CHEAPEST)
    sys.exit(main())
