"""How the commands of the hub's PC ask and tell a trouble: who reads it sits at a terminal, and touches no screen."""

import getpass
import sys

from pydantic import ValidationError

from shared.access_wire import SetPin
from shared.trouble import Trouble
from shared.words import Words, msg

STEPS = {
    "bad_request": msg("Jalankan lagi dengan isian yang benar; --help menyebut semuanya."),
    "clock_behind": msg("Betulkan jam PC ini. Bila sudah benar, lihat --accept-clock di antre hub --help."),
    "device_unknown": msg("Sebut folder data hub yang sedang berjalan dengan --data."),
    "hub_fault": msg("Sebabnya ada di logs/hub.log di folder data hub."),
    "name_taken": msg("Jalankan lagi dengan nama yang membedakan keduanya; antre staff list menyebut semuanya."),
    "unknown_booking": msg("Jalankan antre bookings list untuk melihat semua kode pada suatu hari."),
    "unknown_device": msg("Jalankan antre pair untuk melihat semua perangkat."),
    "unknown_staff": msg("Jalankan antre staff list untuk melihat semua nama dan nomornya."),
}
"""The next step at a terminal, where it is another than on a screen."""


_TRIES = 3
"""How often a PIN is asked for that cannot be one."""


def told(trouble: Trouble, words: Words) -> str:
    """What is wrong, and what to type next."""
    step = words.say(STEPS[trouble.code]) if trouble.code in STEPS else trouble.step(words)
    sentence = trouble.sentence(words).replace("?.", "?")  # what is wrong with a typed word may end in a question
    return f"{sentence} {step}"


def typed_pin(words: Words, *, from_stdin: bool) -> str:
    """A new PIN, typed twice unseen, or a line of standard input. Raises Trouble: pin_unfit, pins_differ."""
    if from_stdin:
        return _fit(sys.stdin.readline().strip())
    for _ in range(_TRIES - 1):
        try:
            return _typed(words)
        except Trouble as trouble:
            sys.stderr.write(f"{trouble.sentence(words)}\n")
    return _typed(words)


def _typed(words: Words) -> str:
    """The PIN, typed twice unseen. Raises Trouble: pin_unfit, pins_differ."""
    try:
        pin = _fit(getpass.getpass(words.say(msg("PIN baru (4–8 angka): "))))
        again = getpass.getpass(words.say(msg("Sekali lagi: ")))
    except EOFError:
        raise Trouble("pin_unfit") from None
    if pin != again:
        raise Trouble("pins_differ")
    return pin


def _fit(pin: str) -> str:
    """Raises Trouble('pin_unfit')."""
    try:
        return SetPin(pin=pin).pin
    except ValidationError:
        raise Trouble("pin_unfit") from None  # without what was typed
