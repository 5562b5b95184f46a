from pathlib import Path

from shared.sole import Sole


def test_a_device_has_one_program_on_a_pc_until_that_lets_go(tmp_path: Path) -> None:
    first, second = Sole(tmp_path), Sole(tmp_path)
    assert first.take("kiosk-1")
    assert first.take("kiosk-1")
    assert not second.take("kiosk-1")
    assert second.take("kiosk-2")
    first.close()
    assert second.take("kiosk-1")
    second.close()
