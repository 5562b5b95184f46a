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
from shared.arguments import language_asked
from shared.words import FIRST, Words, msg
from start import checks, packages
from start.environment import Environment
from start.locks import relock
from start.packages import Want
from start.progress import SetupError, say

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = ("requirements.lock",)
PROOFS = "tests/proofs"
EVERYTHING = ("requirements.lock", "requirements-dev.lock")
NEAR = 0.7
"""How alike a word must be to a verb to have been meant as it: a slip of a letter is 0.8."""
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
        msg("mainkan seluruh gedung di komputer ini: mesin tiket, dua loket, TV, dan kertas"),
        "demo",
        wants=(*packages.QT, *packages.DEMO),
        windows=True,
    ),
    "test": Verb(
        msg("periksa proyek ini: ruff, mypy, dan pytest; dengan argumen, hanya pytest dengan argumen itu"),
        locks=EVERYTHING,
        wants=(*packages.QT, *packages.DEMO, *packages.TESTS),
    ),
    "setup": Verb(msg("hanya menyiapkan; dengan --tests juga untuk test, bench, dan prove")),
    "hub": Verb(msg("jalankan hub, pemilik basis data gedung"), "hub"),
    "kiosk": Verb(
        msg("jalankan mesin tiket: layar pengunjung, yang mencetak tiket"), "kiosk", wants=packages.QT, windows=True
    ),
    "counter": Verb(msg("jalankan aplikasi petugas"), "counter", wants=packages.QT, windows=True),
    "display": Verb(msg("jalankan TV ruang tunggu"), "display", wants=packages.QT, windows=True),
    "check": Verb(msg("periksa FILE konfigurasi gedung dan sebut semua kesalahannya"), "shared.site"),
    "ticket": Verb(msg("gambar tiket cetak sebuah gedung"), "kiosk.ticket_command"),
    "staff": Verb(msg("atur siapa yang boleh masuk di loket, dengan PIN dan peran apa"), "hub.staff_command"),
    "technician-pin": Verb(msg("atur PIN teknisi untuk mesin tiket gedung"), "hub.technician_command"),
    "pair": Verb(
        msg("tampilkan kode untuk memasangkan mesin tiket, loket, atau TV dengan hub di PC ini"), "hub.pair_command"
    ),
    "voice": Verb(
        msg("sebut apa yang direkam untuk panggilan gedung, atau periksa folder rekaman"), "display.voice_command"
    ),
    "bookings": Verb(
        msg("terima janji temu dari berkas CSV, daftar janji sehari, buat atau batalkan satu"), "hub.bookings_command"
    ),
    "bench": Verb(
        msg("ukur kecepatannya di sini, dalam satu tabel"),
        "benchmarks",
        locks=EVERYTHING,
        wants=(*packages.QT, *packages.DEMO, *packages.BENCH),
    ),
    "prove": Verb(
        msg("jalankan uji panjang, atau hanya NAME"),
        locks=EVERYTHING,
        wants=(*packages.QT, *packages.DEMO, *packages.TESTS, *packages.BENCH, *packages.PROOFS),
    ),
}

# Without these, tests still run and say what they left out; on CI they may leave nothing out.
_OPTIONAL = {*packages.TESTS, *packages.BENCH, *packages.PROOFS}

_HELP = {
    "test": msg("python3 run.py test [ARGUMEN PYTEST …]"),
    "setup": msg(
        "python3 run.py setup [--tests] [--relock]\n\n"
        "--tests   juga semua yang diperlukan test, bench, dan prove\n"
        "--relock  untuk pengembang: tulis ulang kedua berkas kunci dari pyproject.toml (perlu uv)"
    ),
    "prove": msg("python3 run.py prove [NAME] [ARGUMEN PYTEST …]"),
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
        print(usage(_words(arguments)))
        return 0 if arguments else 2
    if name not in VERBS:
        print(unknown(name, _words(arguments)), file=sys.stderr)
        return 2
    if not is_checkout():
        return _run_installed(name, rest)
    if {"--help", "-h"}.intersection(rest):
        return _help(name, rest)
    return _HANDLERS.get(name, _program)(name, rest)


def _words(arguments: list[str]) -> Words:
    """The words of the language that is asked for; of another than Indonesian by the libraries that set-up brings.

    Without them this becomes the Python that has them, or speaks Indonesian where nothing was set up yet.
    """
    try:
        return Words(language_asked(arguments))
    except ImportError:
        environment = Environment(ROOT)
        if environment.is_ready(PROGRAMS) and environment.python != Path(sys.executable):
            _hand_over(environment, "start.installed", arguments)
        return Words(FIRST)


def usage(words: Words) -> str:
    """What `--help` prints."""
    verbs = "\n".join(f"  {name:<16}{words.say(verb.summary)}" for name, verb in VERBS.items())
    return words.say(
        msg(
            "Antre: antrean mal pelayanan publik, dari sentuhan di mesin tiket sampai suara di ruang tunggu.\n\n"
            "python3 run.py PERINTAH [pilihan]     (sesudah disiapkan juga: antre PERINTAH [pilihan])\n\n{verbs}\n\n"
            "PERINTAH --help menyebut pilihan masing-masing. --version menyebut versinya.\n"
            "In English, once it is set up: --help --language en"
        ),
        verbs=verbs,
    )


def unknown(name: str, words: Words) -> str:
    """What is said of a verb that is none, with the nearest that is."""
    near = difflib.get_close_matches(name, VERBS, n=1, cutoff=NEAR)
    what = words.say(msg("Tidak ada perintah '{name}'."), name=name)
    meant = words.say(msg("Maksudnya '{name}'?"), name=near[0]) if near else ""
    return f"{what} {meant}".rstrip() + f"\n\n{usage(words)}"


def verb_help(name: str, words: Words) -> str:
    """The help that is ours to give; empty when the program is set up and tells its own."""
    verb = VERBS[name]
    summary = words.say(verb.summary)
    if name in _HELP:
        return f"{words.say(_HELP[name])}\n\n{summary[0].upper()}{summary[1:]}.{_names(name, words)}"
    if Environment(ROOT).is_ready(verb.locks):
        return ""
    later = words.say(msg("Pilihannya disebut di sini sesudah 'python3 run.py setup' dijalankan."))
    return f"python3 run.py {name} …\n\n{summary}\n\n{later}"


def _names(name: str, words: Words) -> str:
    proofs = sorted(path.stem.removeprefix("test_") for path in (ROOT / PROOFS).glob("test_*.py"))
    if name != "prove" or not proofs:
        return ""
    return "\n\n" + words.say(msg("NAME salah satu dari: {names}"), names=", ".join(proofs))


def _help(name: str, arguments: list[str]) -> int:
    told = verb_help(name, _words([name, *arguments]))
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
        say = msg("'{name}' hanya untuk salinan kerja kode sumber.")
        print(_words(arguments).say(say, name=name), file=sys.stderr)
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
        words = _words(arguments)
        what = words.say(msg("setup tidak mengenal {names}"), names=" ".join(sorted(strange)))
        print(f"{what}\n\n{verb_help(name, words)}", file=sys.stderr)
        return 2
    if "--relock" in arguments:
        relock(ROOT)
    whole = VERBS["prove" if "--tests" in arguments else "demo"]
    environment = _prepare(whole)
    say(f"Ready. {environment.python.with_name('antre')} has the same verbs.")
    return 0


_HANDLERS = {"test": _test, "prove": _prove, "setup": _setup}
