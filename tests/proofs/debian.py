"""A Debian 12 in a folder, made by debootstrap and entered by chroot.

What it mounts and starts stands in namespaces of its own, so that it goes with it. Only what this machine needs to
reach its package registries is carried over.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.needs import program

HOUR = 3600.0

_ENTER = """
mount --rbind /dev "$0/dev" && mount -t proc none "$0/proc" && mount -t sysfs none "$0/sys"
mount -t tmpfs none "$0/dev/shm" && mount -t tmpfs none "$0/tmp"
exec chroot "$0" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "$@"
"""


class Debian:
    """One such machine. `include`: packages it holds besides the least a Debian has."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self, *include: str) -> None:
        """Install it. Bounded by an hour."""
        command: list[str | Path] = [program("debootstrap"), "--variant=minbase"]
        command += [f"--include={','.join(include)}"] if include else []
        subprocess.run([*command, "bookworm", self.folder], check=True, timeout=HOUR)
        for file in ("etc/resolv.conf", "etc/hosts"):
            shutil.copy(f"/{file}", self.folder / file)
        if bundle := os.environ.get("PIP_CERT", os.environ.get("SSL_CERT_FILE", "")):
            shutil.copy(bundle, self.folder / "etc/registry.crt")

    def run(self, *command: str, network: bool = True, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command in it and show what it says; an hour is its bound. Programs it leaves behind end with it."""
        ran = subprocess.run(
            self._inside(command, environment, network=network),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=HOUR,
            check=False,
        )
        print(f"\n$ {' '.join(command)}\n{ran.stdout[-6000:]}")
        return ran

    def start(self, *command: str, **environment: str) -> "subprocess.Popen[bytes]":
        """Start a command in it; to kill the answer ends all that it started."""
        return subprocess.Popen(self._inside(command, environment, network=True), stdin=subprocess.DEVNULL)

    def _inside(self, command: Sequence[str], environment: Mapping[str, str], *, network: bool) -> list[str | Path]:
        spaces = ["unshare", "--mount", "--pid", "--fork", "--kill-child", *([] if network else ["--net"])]
        variables = [f"{name}={value}" for name, value in environment.items()]
        return [*spaces, "sh", "-c", _ENTER, self.folder, *variables, *command]
