"""The kiosk's pictures: `python -m demo.kiosk_pictures` takes a number, turns each mode on, and photographs it all.

A real hub with the roster of Paser and the real kiosk, touched by its buttons; the spoken mode needs PulseAudio.
"""

import json
import sys
import tempfile
from pathlib import Path

from PIL import Image

from demo.hearing import NullSink
from demo.play import Actor, turn_to
from demo.programs import Hall
from shared.assets import CONFIG

PICTURES = CONFIG.parent / "docs" / "pictures"
SITE = CONFIG / "paser.toml"
AGENCY, SERVICE = "agency-bpjs-kesehatan", "service-bpjs-kesehatan-pendaftaran"
SCREENS = {"landscape": (1920, 1080), "coarse": (1366, 768), "upright": (1080, 1920)}
UPRIGHT = ("kiosk-agencies", "kiosk-low", "kiosk-all")
COLOURS = 128
WIDE, NARROW = 1280, 540
"""Of the pictures, in pixels."""


def switched(kiosk: Actor, *modes: str) -> None:
    """Turn these on or off, by the sheet; the spoken ones close it by themselves."""
    kiosk.press("modes")
    for mode in modes:
        kiosk.press(f"mode-{mode}")
    if "zone-choose" not in kiosk.enabled():
        kiosk.press("modes-done")


def play(kiosk: Actor, folder: Path) -> None:
    """A number as README shows it, then all modes in the order of docs/kios.md."""
    turn_to(kiosk, AGENCY)
    _take(kiosk, folder)
    turn_to(kiosk, AGENCY)
    kiosk.press("modes")
    kiosk.wait_there("mode-spoken")  # once it is known that there is a voice
    shoot(kiosk, folder, "modes")
    kiosk.press("modes-done")
    for mode in ("large", "contrast", "low"):
        switched(kiosk, mode)
        shoot(kiosk, folder, mode)
        switched(kiosk, mode)
    switched(kiosk, "large", "contrast", "low")
    shoot(kiosk, folder, "all")
    switched(kiosk, "large", "contrast", "low")
    kiosk.press("priority")
    shoot(kiosk, folder, "priority")
    _listen(kiosk, folder)


def _take(kiosk: Actor, folder: Path) -> None:
    kiosk.press("search")
    kiosk.wait_there("key-k")
    for letter in "kartu":
        kiosk.press(f"key-{letter}")
    shoot(kiosk, folder, "search")
    kiosk.press("back")
    turn_to(kiosk, AGENCY)
    shoot(kiosk, folder, "agencies")
    kiosk.press(AGENCY)
    turn_to(kiosk, SERVICE)
    shoot(kiosk, folder, "services")
    kiosk.press(SERVICE)
    kiosk.wait_there("done")
    shoot(kiosk, folder, "done")
    kiosk.press("done")


def _listen(kiosk: Actor, folder: Path) -> None:
    kiosk.press("modes")
    kiosk.wait_there("mode-spoken")
    kiosk.press("mode-spoken")
    kiosk.press("zone-after")
    shoot(kiosk, folder, "spoken")


def shoot(kiosk: Actor, folder: Path, name: str) -> None:
    """Photograph the window, in the size of a page and in few colours."""
    path = kiosk.grab(folder / f"kiosk-{name}.png")
    with Image.open(path) as picture:
        width = WIDE if picture.width > picture.height else NARROW
        small = picture.convert("RGB").resize((width, round(picture.height * width / picture.width)))
    small.quantize(COLOURS).save(path, optimize=True)


def main() -> int:
    """Make the pictures anew: those of the page, or of every screen into the folder that is named."""
    named = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as place, NullSink(Path(place) / "sound") as sink:
        for screen, (width, height) in SCREENS.items():
            if named is None and screen == "coarse":
                continue
            own = Path(place) / screen
            _play_on(own, (width, height), sink.environment)
            _keep(own / "pictures", named / screen if named else PICTURES, upright="-upright" if height > width else "")
    return 0


def _play_on(place: Path, size: tuple[int, int], sound: dict[str, str]) -> None:
    width, height = size
    screen = {"name": "kiosk", "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96, "dpr": 1}
    (place / "pictures").mkdir(parents=True)
    (place / "screens.json").write_text(json.dumps({"screens": [screen]}), "utf-8")
    env = {"QT_QPA_PLATFORM": f"offscreen:configfile={place / 'screens.json'}"} | sound
    hall = Hall(place / "hall", SITE, env=env)
    try:
        hall.open_hub()
        where = ("--id", "kios-1", "--windowed", f"{width}x{height}+0+0", "--printer", "memory:")
        play(hall.open_app("kiosk", "kiosk", *where), place / "pictures")
    finally:
        hall.close()


def _keep(pictures: Path, where: Path, *, upright: str) -> None:
    """Of the upright screen the page shows what differs most."""
    where.mkdir(parents=True, exist_ok=True)
    for picture in pictures.glob("*.png"):
        if not upright or where != PICTURES or picture.stem in UPRIGHT:
            picture.rename(where / f"{picture.stem}{upright}.png")


if __name__ == "__main__":
    sys.exit(main())
