import subprocess
import sys

import pytest
from PySide6.QtWidgets import QWidget

from shared.assets import CONFIG
from shared.qt import run

# A process of its own: the bound would stay for every later test.
SECOND_WINDOW = """
import ctypes
import sys
from shared.heap import steady

class Info(ctypes.Structure):  # mallinfo2(3)
    names = "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost"
    _fields_ = [(name, ctypes.c_size_t) for name in names.split()]

c = ctypes.CDLL(None)
c.malloc.restype, c.malloc.argtypes, c.free.argtypes = ctypes.c_void_p, [ctypes.c_size_t], [ctypes.c_void_p]
c.mallinfo2.restype = Info
if "steady" in sys.argv:
    steady()
picture = 1366 * 768 * 4
c.free(c.malloc(picture))
before = c.mallinfo2().hblkhd
c.malloc(picture)
print("pages of its own" if c.mallinfo2().hblkhd - before >= picture else "in the heap")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc; nothing is set on another system")
@pytest.mark.parametrize(("how", "where"), [("steady", "pages of its own"), ("as glibc does", "in the heap")])
def test_the_picture_of_a_later_window_has_pages_that_go_back_with_it(how: str, where: str) -> None:
    command = [sys.executable, "-c", SECOND_WINDOW, how]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True, cwd=CONFIG.parent)
    assert ran.stdout.strip() == where


def test_every_app_begins_with_a_steady_heap(monkeypatch: pytest.MonkeyPatch) -> None:
    class Begun(Exception):  # noqa: N818  -- no error: it ends the start
        pass

    def begin() -> None:
        raise Begun

    monkeypatch.setattr(run, "steady", begin)
    with pytest.raises(Begun):
        run.run("kiosk", lambda _launch: QWidget())
