"""How `antre staff`, `pair` and `bookings` tell a trouble: who reads it sits at a terminal, and touches no screen."""

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


def told(trouble: Trouble, words: Words) -> str:
    """What is wrong, and what to type next."""
    step = words.say(STEPS[trouble.code]) if trouble.code in STEPS else trouble.step(words)
    return f"{trouble.sentence(words)} {step}"
