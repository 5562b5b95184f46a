"""The verbs of `run.py` and of the installed `antre`: what each is for, what it needs, what it hands over to."""

import difflib
import importlib.util
import os
import runpy
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn

from shared import __version__
from start import checks, packages
from start.environment import Environment
from start.locks import relock
from start.packages import Want
from start.progress import SetupError, say

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = ("requirements.lock",)
PROOFS = "tests/proofs"
EVERYTHING = ("requirements.lock", "requirements-dev.lock")
WATCHED = "--watched"
WATCHDOG = "shared.watchdog"
"""What runs kiosk and TV where nobody sits at them: a program without Qt, so it comes before theirs."""


class Verb(NamedTuple):
    """One verb: its line in the help, the module that `python -m` runs, and what must stand before it does."""

    summary: str
    module: str = ""
    locks: tuple[str, ...] = PROGRAMS
    wants: tuple[Want, ...] = ()
    windows: bool = False
    """Whether it opens windows, so that a machine with a screen needs the screen's packages too."""


VERBS = {
    "demo": Verb(
        "play a whole hall on this computer: kiosk, two counters, TV and paper",
        "demo",
        wants=(*packages.QT, *packages.DEMO),
        windows=True,
    ),
    "test": Verb(
        "check the project: ruff, mypy and pytest; with arguments, pytest alone with them",
        locks=EVERYTHING,
        wants=(*packages.QT, *packages.DEMO, *packages.TESTS),
    ),
    "setup": Verb("only set up; with --tests also for test, bench and prove"),
    "hub": Verb("run the hub, which owns the hall's database", "hub"),
    "kiosk": Verb("run the visitor's screen, which prints tickets", "kiosk", wants=packages.QT, windows=True),
    "counter": Verb("run the officer's app", "counter", wants=packages.QT, windows=True),
    "display": Verb("run the lobby TV", "display", wants=packages.QT, windows=True),
    "check": Verb("check a hall's configuration FILE and tell all its errors", "shared.site"),
    "ticket": Verb("draw a hall's printed ticket as a picture", "kiosk.ticket_command"),
    "staff": Verb("say who may sign in at counters, with which PIN and role", "hub.staff_command"),
    "technician-pin": Verb("set the technicians' PIN for the hall's kiosks", "hub.technician_command"),
    "pair": Verb("show the code that pairs a kiosk, counter or display with the hub of this PC", "hub.pair_command"),
    "voice": Verb("list what to record for a hall's calls, or check a folder of recordings", "display.voice_command"),
    "bookings": Verb("take in appointments from a CSV file, list a day's, make or cancel one", "hub.bookings_command"),
    "bench": Verb(
        "measure how fast this is here, as one table",
        "benchmarks",
        locks=EVERYTHING,
        wants=(*packages.QT, *packages.DEMO, *packages.BENCH),
    ),
    "prove": Verb(
        "run the long proofs, or the one NAMEd",
        locks=EVERYTHING,
        wants=(*packages.QT, *packages.DEMO, *packages.TESTS, *packages.BENCH, *packages.PROOFS),
    ),
}

# Without these, tests still run and say what they left out; on CI they may leave nothing out.
_OPTIONAL = {*packages.TESTS, *packages.BENCH, *packages.PROOFS}

_HELP = {
    "test": "python3 run.py test [ARGUMENTS OF PYTEST …]",
    "setup": "python3 run.py setup [--tests] [--relock]\n\n"
    "--tests   everything that test, bench and prove need as well\n"
    "--relock  for developers: write both lock files anew from pyproject.toml (needs uv)",
    "prove": "python3 run.py prove [NAME] [ARGUMENTS OF PYTEST …]",
}


def run(arguments: Sequence[str]) -> int:
    """Do what a command line asks; the answer is the exit status."""
    try:
        return _run(list(arguments))
    except SetupError as trouble:
        say(f"\n{trouble}")
        return 1
    except KeyboardInterrupt:
        say("\nStopped. Whatever was under way goes on with the next try.")
        return 130


def _run(arguments: list[str]) -> int:
    name, *rest = arguments or ["--help"]
    if name in {"--version", "-V"}:
        print(f"antre {__version__}")
        return 0
    if name in {"--help", "-h", "help"}:
        print(usage())
        return 0 if arguments else 2
    if name not in VERBS:
        print(unknown(name), file=sys.stderr)
        return 2
    if not is_checkout():
        return _run_installed(name, rest)
    if {"--help", "-h"}.intersection(rest):
        return _help(name, rest)
    return _HANDLERS.get(name, _program)(name, rest)


def usage() -> str:
    """What `--help` prints."""
    verbs = "\n".join(f"  {name:<16}{verb.summary}" for name, verb in VERBS.items())
    return (
        "Antre: the queue of a public service mall, from the touch on the kiosk to the voice in the hall.\n\n"
        f"python3 run.py VERB [options]     (after set-up also: antre VERB [options])\n\n{verbs}\n\n"
        "VERB --help tells the options of each. --version tells the version."
    )


def unknown(name: str) -> str:
    """What is said of a verb that is none, with the nearest that is."""
    near = difflib.get_close_matches(name, VERBS, n=1)
    return f"There is no verb '{name}'." + (f" Did you mean '{near[0]}'?" if near else "") + f"\n\n{usage()}"


def verb_help(name: str) -> str:
    """The help that is ours to give; empty when the program is set up and tells its own."""
    verb = VERBS[name]
    if name in _HELP:
        return f"{_HELP[name]}\n\n{verb.summary[0].upper()}{verb.summary[1:]}.{_names(name)}"
    if Environment(ROOT).is_ready(verb.locks):
        return ""
    return (
        f"python3 run.py {name} …\n\n{verb.summary}\n\nIts options are told here once 'python3 run.py setup' has run."
    )


def _names(name: str) -> str:
    proofs = sorted(path.stem.removeprefix("test_") for path in (ROOT / PROOFS).glob("test_*.py"))
    return f"\n\nNAME is one of: {', '.join(proofs)}" if name == "prove" and proofs else ""


def _help(name: str, arguments: list[str]) -> int:
    told = verb_help(name)
    if not told:
        _hand_over(Environment(ROOT), VERBS[name].module, arguments)
    print(told)
    return 0


def is_checkout() -> bool:
    """Whether this is a working copy that sets itself up, and not a program installed by its installer."""
    return not getattr(sys, "frozen", False) and (ROOT / PROGRAMS[0]).exists()


def _run_installed(name: str, arguments: list[str]) -> int:
    module, arguments = behind(name, arguments)
    if not module or name == "bench" or not importlib.util.find_spec(module):
        print(f"'{name}' is for a working copy of the source.", file=sys.stderr)
        return 2
    sys.argv = [f"antre {name}", *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
    return 0


def _prepare(verb: Verb, arguments: Sequence[str] = ()) -> Environment:
    environment = Environment(ROOT)
    wants = [*verb.wants, *(packages.SCREEN if verb.windows and has_screen(arguments) else ())]
    _bring_packages(wants, environment)
    if not environment.is_ready(verb.locks):
        environment.make_ready(verb.locks)
        say("Set-up is done.\n")
    return environment


def _bring_packages(wants: Sequence[Want], environment: Environment) -> None:
    lacking = packages.missing(wants)
    if packages.lacks_venv() and not environment.python.exists():
        lacking.append(packages.venv())
    if not lacking:
        return
    try:
        packages.install(lacking)
    except SetupError as trouble:
        if os.environ.get("CI") == "true" or not _OPTIONAL.issuperset(lacking):
            raise
        say(f"{trouble}\nWhat needs them is left out.\n")


def has_screen(arguments: Sequence[str] = ()) -> bool:
    """Whether windows will stand on a screen; without one Qt draws into memory."""
    headless = "--headless" in arguments or os.environ.get("QT_QPA_PLATFORM") == "offscreen"
    return not headless and bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _program(name: str, arguments: list[str]) -> int:
    _hand_over(_prepare(VERBS[name], arguments), *behind(name, arguments))


def behind(name: str, arguments: list[str]) -> tuple[str, list[str]]:
    """The module a verb runs, and its arguments: the watchdog's where the program is to be watched."""
    if (
        name in {"kiosk", "display"}
        and WATCHED in arguments
        and not {"--help", "-h", "--version"}.intersection(arguments)
    ):
        return WATCHDOG, [name, *arguments]
    return VERBS[name].module, arguments


def _hand_over(environment: Environment, module: str, arguments: Sequence[str]) -> NoReturn:
    """Become the program, so that signals and the exit status are its own."""
    # -P: a folder named hub where the person stands must not be taken for ours.
    command = [str(environment.python), "-P", "-m", module, *arguments]
    if sys.platform == "win32":  # exec would detach from the terminal there
        sys.exit(subprocess.run(command, check=False).returncode)
    os.execv(command[0], command)


def _test(name: str, arguments: list[str]) -> int:
    environment = _prepare(VERBS[name])
    os.chdir(ROOT)
    if arguments:
        _hand_over(environment, "pytest", arguments)
    failed = checks.failed(environment.python, ROOT)
    say(f"\nFailed: {', '.join(failed)}" if failed else "\nAll is well: ruff, mypy, pytest.")
    return int(bool(failed))


def _prove(name: str, arguments: list[str]) -> int:
    environment = _prepare(VERBS[name])
    os.chdir(ROOT)
    _hand_over(environment, "pytest", ["-v", "-s", "--timeout=0", *which_proofs(arguments)])


def which_proofs(arguments: Sequence[str]) -> list[str]:
    """The arguments for pytest that run all proofs, those of one file, or those whose name holds a word."""
    name, *rest = [*arguments, ""]
    one = f"{PROOFS}/test_{name}.py"
    if name and (ROOT / one).exists():
        return [one, *rest[:-1]]
    if name and not name.startswith("-"):
        return [PROOFS, "-k", *arguments]
    return [PROOFS, *arguments]


def _setup(name: str, arguments: list[str]) -> int:
    if strange := set(arguments) - {"--tests", "--relock"}:
        print(f"setup does not know {' '.join(sorted(strange))}\n\n{verb_help(name)}", file=sys.stderr)
        return 2
    if "--relock" in arguments:
        relock(ROOT)
    whole = VERBS["prove" if "--tests" in arguments else "demo"]
    environment = _prepare(whole)
    say(f"Ready. {environment.python.with_name('antre')} has the same verbs.")
    return 0


_HANDLERS = {"test": _test, "prove": _prove, "setup": _setup}
