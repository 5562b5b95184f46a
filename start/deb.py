"""The Debian package around the built folder: where its files go, what it stands on, what it says."""

import os
import platform
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from shared import __version__
from start import packages
from start.installed import PROGRAMS
from start.progress import SetupError, say

HOME = "opt/antre"
SITE = "etc/antre/site.toml"
DATA = "/var/lib/antre"
UNIT = "usr/lib/systemd/system/antre-hub.service"
AUTOSTART = "usr/share/antre/autostart"
SESSIONS = "usr/share/xsessions"
GROUP = "antre"
"""May write the hall's file: the service, which takes a new text up from the counter app."""

# What the folder leaves to the system besides Qt's own list: see superfluous() in build_installer.py.
BESIDES = ("libgcc-s1", "libgssapi-krb5-2", "libstdc++6", "zlib1g")

# Debian 12 and newer read it. 83 MB where xz makes 68; with xz a build took 334 s on two busy cores, with this 106.
_PACKING = ("-Zzstd", "-z9")

UNATTENDED = ("kiosk", "display")

_NAMES = {
    "kiosk": ("Antre: mesin tiket", "Antre: kiosk", "Layar pengunjung yang mencetak nomor antrean"),
    "counter": ("Antre: loket", "Antre: counter", "Aplikasi petugas untuk memanggil antrean"),
    "display": ("Antre: TV ruang tunggu", "Antre: lobby TV", "Nomor yang dipanggil, di layar dan suara"),
}

_CONTROL = """\
Package: antre
Version: {version}
Architecture: {architecture}
Maintainer: Antre <antre@localhost>
Installed-Size: {kibibytes}
Depends: {depends}
Suggests: cups-client, pulseaudio | pipewire-pulse, x11-xserver-utils
Section: misc
Priority: optional
Description: antrean pelayanan publik / queue of a public service hall
 Mesin tiket mencetak nomor antrean, petugas memanggil dari loket, dan TV di
 ruang tunggu menampilkan serta menyuarakan nomor dalam bahasa Indonesia dan
 Inggris. Satu PC kecil, satu basis data, satu jaringan lokal, tanpa internet.
 .
 A kiosk prints numbered tickets, officers call them from their counters, and
 the TV in the lobby shows and speaks the number in Indonesian and English.
 One small PC, one database, one local network, no internet.
"""

_UNIT = f"""\
[Unit]
Description=Antre hub
After=network.target

[Service]
ExecStart=/{HOME}/antre-hub --site /{SITE} --data {DATA}
DynamicUser=yes
SupplementaryGroups={GROUP}
StateDirectory=antre
ReadWritePaths=/etc/antre
Environment=HOME={DATA}
LimitNOFILE=65536
Restart=on-failure
RestartSec=2

[Install]
WantedBy=multi-user.target
"""

# As Debian policy 9.2.2 asks, by adduser's own programs. The group goes with the last file that may be its: the
# number of one that went too early could be given to another group, and the file with it.
# A hub that runs on from deleted files would take tickets into nowhere at its next start: it ends before they go.
_SCRIPTS = {
    "postinst": f"""\
getent group {GROUP} >/dev/null || addgroup --quiet --system {GROUP}
chgrp {GROUP} /etc/antre
chmod 2775 /etc/antre
if [ -e /{SITE} ]; then chgrp {GROUP} /{SITE}; chmod 664 /{SITE}; fi
if [ -d /run/systemd/system ]; then
    systemctl daemon-reload
    systemctl try-restart antre-hub.service
fi
""",
    "prerm": f"""\
if [ "$1" = remove ]; then
    if [ -d /run/systemd/system ]; then systemctl disable --now antre-hub.service; fi
    for program in /proc/[0-9]*/exe; do
        case "$(readlink "$program" || true)" in
            /{HOME}/*) pid="${{program#/proc/}}"; kill "${{pid%/exe}}" 2>/dev/null || true ;;
        esac
    done
fi
""",
    "postrm": f"""\
rm -f /etc/systemd/system/multi-user.target.wants/antre-hub.service
if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
if [ "$1" = purge ]; then
    rmdir /etc/antre 2>/dev/null || true
    if [ ! -e /etc/antre ] && getent group {GROUP} >/dev/null && command -v delgroup >/dev/null; then
        delgroup --quiet --system {GROUP}
    fi
    echo "Data antrean tidak dihapus: {DATA} dan ~/.local/share/antre."
    echo "The queue's data is kept: {DATA} and ~/.local/share/antre."
fi
""",
}


def look() -> None:
    """Raises SetupError where no .deb can be made."""
    if not shutil.which("dpkg-deb"):
        raise SetupError("The program dpkg-deb is missing here, so there can be no .deb; --no-deb builds the folder.")


def write(folder: Path, out: Path) -> Path:
    """Make `out/antre_<version>_<architecture>.deb` of the built `folder`. Raises SetupError where that fails."""
    look()
    architecture = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    ).stdout.strip()
    package = out / f"antre_{__version__}_{architecture}.deb"
    say(f"Debian package: {package.name}")
    with tempfile.TemporaryDirectory(prefix=".antre-deb-", dir=out) as name:
        stage = Path(name) / "antre"
        stage.mkdir(mode=0o755)
        lay_out(folder, stage)
        _write_control(stage, architecture)
        made = subprocess.run(
            ["dpkg-deb", "--root-owner-group", *_PACKING, "--build", stage, package],
            capture_output=True,
            text=True,
            check=False,
        )
    if made.returncode:
        raise SetupError(f"dpkg-deb made no package: {made.stderr.strip()}")
    return package


def lay_out(folder: Path, stage: Path) -> None:
    """Put everything where it will stand on the machine, below `stage`."""
    shutil.copytree(folder, stage / HOME, symlinks=True, copy_function=os.link)
    site = (folder / "_internal/config/small.toml").read_text(encoding="utf-8")
    entries = {**desktop_entries(), **autostart_entries(), **session_entries()}
    for name, text in {SITE: site, UNIT: _UNIT, **entries}.items():
        _write(stage / name, text)
    (stage / "usr/bin").mkdir(parents=True)
    for program in PROGRAMS:
        (stage / "usr/bin" / program).symlink_to(f"/{HOME}/{program}")
    for made in (stage, *stage.rglob("*")):
        if made.is_dir() and not made.is_symlink():
            made.chmod(0o755)


def desktop_entries() -> Mapping[str, str]:
    """What stands in the desktop's menu for the three apps, by the file's place."""
    picture = f"Icon=/{HOME}/_internal/assets/logos/antre.png\n"
    return {
        f"usr/share/applications/antre-{room}.desktop": (
            f"[Desktop Entry]\nType=Application\nName={name}\nName[en]={english}\nComment={comment}\n"
            f"Exec={_command(room)}\n{picture}Terminal=false\nCategories=Office;\n"
        )
        for room, (name, english, comment) in _NAMES.items()
    }


def autostart_entries() -> Mapping[str, str]:
    """What has the desktop start an app by itself, to be copied to /etc/xdg/autostart; by the file's place.

    Kiosk and TV, at which nobody sits, are watched by a program of ours; the officer's app is started again when it
    ends in any other way than by being closed.
    """
    return {
        f"{AUTOSTART}/antre-{room}.desktop": (
            f"[Desktop Entry]\nType=Application\nName={name}\nName[en]={english}\nComment={comment}\n"
            f"Exec={_command(room) if room in UNATTENDED else _again(room)}\nTerminal=false\n"
        )
        for room, (name, english, comment) in _NAMES.items()
    }


def session_entries() -> Mapping[str, str]:
    """Sessions that are nothing but kiosk or TV, to be chosen at log-in; by the file's place.

    There is no desktop behind the window then, and no window manager: none of their keys leads anywhere.
    """
    return {
        f"{SESSIONS}/antre-{room}.desktop": (
            f"[Desktop Entry]\nType=Application\nName={_NAMES[room][0]}\nName[en]={_NAMES[room][1]}\n"
            f"Comment={_NAMES[room][2]}\nExec={_command(room)}\nTryExec=/{HOME}/antre-{room}\n"
        )
        for room in UNATTENDED
    }


def _command(room: str) -> str:
    return f"/{HOME}/antre-{room}{' --watched' if room in UNATTENDED else ''}"


def _again(room: str) -> str:
    return f'sh -c "until {_command(room)}; do sleep 2; done"'


def depends() -> list[str]:
    """The packages it stands on, as the control file writes them."""
    wants = [want.debian.replace("|", " | ") for want in (*packages.QT, *packages.SCREEN)]
    return [f"libc6 (>= {platform.libc_ver()[1]})", *sorted({*wants, *BESIDES, "adduser"})]


def control(architecture: str, kibibytes: int) -> str:
    """The control file. `kibibytes`: what it takes on the disk."""
    return _CONTROL.format(
        version=__version__, architecture=architecture, kibibytes=kibibytes, depends=", ".join(depends())
    )


def _write_control(stage: Path, architecture: str) -> None:
    sizes = {file.lstat().st_ino: file.lstat().st_size for file in stage.rglob("*") if not file.is_dir()}
    _write(stage / "DEBIAN/control", control(architecture, sum(sizes.values()) // 1024))
    _write(stage / "DEBIAN/conffiles", f"/{SITE}\n")
    for name, script in _SCRIPTS.items():
        _write(stage / "DEBIAN" / name, f"#!/bin/sh\nset -e\n{script}", mode=0o755)


def _write(path: Path, text: str, *, mode: int = 0o644) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
