import subprocess
import sys
from pathlib import Path

import pytest

from shared.assets import CONFIG
from shared.site.__main__ import main
from tests.shared.site.sample import VALID, write


def test_a_good_file_is_summed_up_with_its_warnings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, VALID)
    assert main([str(path)]) == 0
    good, counts, warning = capsys.readouterr().out.splitlines()
    assert good == f"{path}: konfigurasi baik."
    assert counts == "Gedung Uji: 1 zona, 1 instansi, 1 layanan, 1 loket, 1 mesin tiket, 1 TV."
    assert warning.startswith("Perhatian: Kode QR membuka http://127.0.0.1:8080,")


def test_counters_are_counted_by_the_halls_own_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(write(tmp_path, VALID.replace("\n\n[[zone]]", '\ncounter_word = "gerai"\n[[zone]]')))])
    assert "1 gerai," in capsys.readouterr().out


def test_a_bad_file_gives_its_errors_and_their_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, VALID.replace("minutes = 7", "minutes = 0").replace('"A"', '"a"'))
    assert main([str(path)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{path}:14: 'prefix' tidak dapat berisi \"a\". Isinya satu atau dua huruf besar.",
        f"{path}:20: 'minutes' tidak dapat berisi 0. Isinya bilangan bulat 1–480.",
        "2 kesalahan.",
    ]


def test_it_speaks_english_when_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--language", "en", str(write(tmp_path, VALID))])
    told = capsys.readouterr().out.splitlines()
    assert told[1] == "Gedung Uji: 1 zone, 1 agency, 1 service, 1 counter, 1 ticket machine, 1 TV."
    assert told[2].startswith("Note: The QR code opens")


@pytest.mark.parametrize(("file", "status"), [("small.toml", 0), ("smal.toml", 1)])
def test_the_programs_exit_status_tells_too(file: str, status: int) -> None:
    command = [sys.executable, "-m", "shared.site", str(CONFIG / file)]
    assert subprocess.run(command, capture_output=True, check=False, timeout=60, cwd=CONFIG.parent).returncode == status
