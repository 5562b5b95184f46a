"""Keys and values that `shared.site.tables` does not allow, in words."""

from typing import get_args

from pydantic_core import ErrorDetails

from shared.site.findings import (
    Finding,
    Said,
    choose_from,
    did_you_mean,
    nearest,
    option_of,
    said,
    title,
    written,
)
from shared.site.lines import Way
from shared.site.tables import keys_of, options, table_in
from shared.words import msg


def findings(errors: list[ErrorDetails]) -> list[Finding]:
    """The errors of the tables' types as findings. A misspelt key is told once, not also as the missing one."""
    unknown = [_unknown(error["loc"]) for error in errors if error["type"] == "extra_forbidden"]
    meant = {way for _, way in unknown}
    missing = [_missing(e["loc"]) for e in errors if e["type"] == "missing" and e["loc"] not in meant]
    wrong = [_wrong(error) for error in errors if error["type"] not in ("extra_forbidden", "missing")]
    return [*(finding for finding, _ in unknown), *missing, *wrong]


def _unknown(way: Way) -> tuple[Finding, Way | None]:
    """A key nobody knows, and the way to the one that was probably meant."""
    table, key = way[:-1], str(way[-1])
    keys = keys_of(option_of(table))
    what = said(msg("Kunci '{key}' tidak dikenal di {table}"), key=key, table=title(table))
    if not table:
        what = said(msg("Tabel '{key}' tidak dikenal"), key=key)
    elsewhere = _tables_with(key) if table else []
    inner = None if table else _table_within(key)
    # A key that another table has is rather misplaced than misspelt, unless it is very like one of this table.
    if near := nearest(key, keys, likeness=0.75 if elsewhere or inner else 0.6):
        return Finding(way, what, did_you_mean(near)), (*table, near)
    if elsewhere:
        return Finding(way, what, said(msg("Tempatnya di {tables}."), tables=", ".join(elsewhere))), None
    if inner:
        return Finding(way, what, did_you_mean(inner)), None
    return Finding(way, what, choose_from(keys)), None


def _table_within(key: str) -> str | None:
    """The table of that name within another, as it is written: `service` is `agency.service`."""
    found = (way for way, one in options().items() if way[-1] == key and len(way) > 1 and table_in(one.annotation))
    return next((".".join(way) for way in found), None)


def _tables_with(key: str) -> list[str]:
    found = (way for way, one in options().items() if way[-1] == key and not table_in(one.annotation))
    return [_option_title(way[:-1]) for way in found]


def _option_title(option: tuple[str, ...]) -> str:
    """A table as it is written, from its option."""
    annotation = options()[option].annotation
    is_list = table_in(annotation) is not annotation
    return title((*option, 0) if is_list else option)


def _missing(way: Way) -> Finding:
    option = options()[option_of(way)]
    if table_in(option.annotation) and not option.examples:
        table = _option_title(option_of(way))
        return Finding(way, said(msg("Tabel {table} tidak ada"), table=table), said(msg("Tambahkan tabel itu.")))
    what = said(msg("'{key}' belum diisi di {table}"), key=way[-1], table=title(way[:-1]))
    example = f"{way[-1]} = {written((option.examples or [''])[0])}"
    return Finding(way, what, said(msg("Tambahkan, misalnya: {example}"), example=example))


def _wrong(error: ErrorDetails) -> Finding:
    way, names = error["loc"], option_of(error["loc"])
    option = options()[names]
    what = said(msg("'{key}' tidak dapat berisi {value}"), key=names[-1], value=written(error["input"]))
    if near := _meant(error, [str(one) for one in get_args(option.annotation)]):
        return Finding(way, what, did_you_mean(near))
    if table_in(option.annotation):
        return Finding(way, what, said(msg("Tulis sebagai tabel {table}."), table=_option_title(names)))
    return Finding(way, what, said(msg("Isinya {rule}."), rule=Said(option.description or "")))


def _meant(error: ErrorDetails, literals: list[str]) -> str | None:
    """The nearest allowed value, where only some are allowed."""
    if error["type"] == "literal_error":
        return nearest(str(error["input"]), literals)
    if error["type"] == "not_allowed":
        context = error["ctx"]
        return context["meant"] or nearest(str(error["input"]), context["allowed"])
    return None
