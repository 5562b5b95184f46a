import pytest

from shared.site.syntax import parse


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("a = Kantor Kecamatan", "Kantor Kecamatan"),
        ("a = True  # ya", "True"),
        ("a = “Kantor”", "Kantor"),
        ('a = "Kantor', "Kantor"),
        ("a = 127.0.0.1:8080", "127.0.0.1:8080"),
        ('a = "C:\\suara"', "C:\\suara"),
        ('a = "x" y', 'x" y'),
        ('a = ["p" "q"]', ["p", "q"]),
        ("a = ", ""),
    ],
)
def test_a_broken_value_counts_as_what_was_meant(line: str, value: object) -> None:
    data, _, broken = parse(f"before = 1\n{line}\nafter = 2\n")
    assert ([one.line for one in broken], data) == ([2], {"before": 1, "a": value, "after": 2})


def test_a_key_written_twice_counts_once() -> None:
    data, _, broken = parse("a = 1\na = 2\nb = 3")
    assert ([one.line for one in broken], data) == ([2], {"a": 1, "b": 3})


def test_a_broken_line_of_a_key_written_twice_is_told_once() -> None:
    data, _, broken = parse("a = 1\na = x\nb = 3")
    assert ([one.line for one in broken], data) == ([2], {"a": 1, "b": 3})


def test_a_line_that_stays_broken_is_dropped() -> None:
    data, _, broken = parse('"a = x\nb = 3')
    assert ([one.line for one in broken], data) == ([1], {"b": 3})


def test_several_broken_lines_are_told_at_once() -> None:
    data, _, broken = parse('a = x\nb = 2\nc = "y\n[t]\nd = yes')
    assert [one.line for one in broken] == [1, 3, 5]
    assert data == {"a": "x", "b": 2, "c": "y", "t": {"d": "yes"}}


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("[a]\n[a]", 2, "Tabel ini sudah ditulis di atas"),
        ("a = 1\n[[b]\nc = 1", 2, "Kurung judul tabel tidak lengkap"),
        ("a = 1\nkata saja\nb = 2", 2, "Tanda = tidak ada"),
        ("a = [\n'x'\n'y'\n]\n", 3, "Daftar [ ] belum ditutup atau kurang koma"),
        ("a = [1,\nb = 2\n", 2, "Nilai tidak dapat dibaca"),
        ("a = { b = 1\nc = 2", 1, "Tabel { } belum ditutup atau kurang koma"),
        ('a = """x', 1, "Tanda kutip tidak ditutup"),
        ("{", 1, "Baris ini tidak dapat dibaca"),
    ],
)
def test_what_no_single_line_can_mend_ends_the_reading(text: str, line: int, what: str) -> None:
    data, read, broken = parse(text)
    assert ([(one.line, one.what) for one in broken], data, read) == ([(line, what)], {}, "")


def test_reading_ends_however_much_is_broken() -> None:
    _, _, broken = parse("\n".join(f"k{i} = x" for i in range(1000)))
    assert len(broken) == 50


def test_what_is_not_broken_is_read_as_it_is() -> None:
    text = "a = '''x\r\ny'''\r\nb = 1\r\n"
    data, _, broken = parse(text)
    assert (data, broken) == ({"a": "x\ny", "b": 1}, [])
