#!/usr/bin/env python3
"""The one door to everything: `python3 run.py VERB`. `python3 run.py --help` lists the verbs.

It sets up what the verb still lacks and then hands over to it. Only the standard library is used until then,
and this file stays readable to any Python 3, so that an old one answers with a sentence.
"""

import sys

OLDEST, NEWEST = (3, 11), (3, 14)


def unfit(major: int, minor: int) -> str:
    """What to tell a person whose Python cannot run Antre; empty when it can."""
    if OLDEST <= (major, minor) <= NEWEST:
        return ""
    what = "an older" if (major, minor) > NEWEST else "a newer"
    return f"Antre runs on Python 3.11 to 3.14, and this is {major}.{minor}: try again with {what} Python."


def main() -> int:
    """Do what the command line asks; the answer is the exit status."""
    sentence = unfit(*sys.version_info[:2])
    if sentence:
        print(sentence, file=sys.stderr)
        return 1
    from start.verbs import run  # noqa: PLC0415  -- an older Python could not read it

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
