"""What must hold of the rules that say who is next: nobody waits for ever, and each counter has one rule.

Found in the raw values, as in `shared.site.between`.
"""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from shared.bounds import is_bounded
from shared.hall import Rules
from shared.site.findings import Finding, Said, choose_from, did_you_mean, nearest, said, select
from shared.site.lines import Way
from shared.site.tables import RulesTable
from shared.words import msg

RULES: tuple[Way, ...] = (("rules",), ("agency", "*", "rules"), ("counter", "*", "rules"))
"""Where rules may stand; the nearest to a counter counts, from the last to the first."""


def findings(data: dict[str, Any]) -> Iterator[Finding]:
    """All of them."""
    yield from _unbounded(data)
    agencies = [agency for agency in _tables(data, "agency") if isinstance(agency.get("id"), str)]
    services = {agency["id"]: _services(agency) for agency in agencies}
    for at, counter in select(data, ("counter", "*")):
        if isinstance(counter, dict) and isinstance(counter.get("agencies"), list):
            yield from _counter(data, at, counter)
            yield from _strangers(at, counter, services)
    yield from _unserved(data)


def _tables(data: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [table for _, table in select(data, (name, "*")) if isinstance(table, dict)]


def _services(agency: dict[str, Any]) -> list[str]:
    return [service for _, service in select(agency, ("service", "*", "id")) if isinstance(service, str)]


def _rules(table: object) -> Rules | None:
    """The rules of a table; None where there is none, or where it is wrong, which is told elsewhere."""
    try:
        return Rules.model_validate(RulesTable.model_validate(table).model_dump())
    except ValidationError:
        return None


def _unbounded(data: dict[str, Any]) -> Iterator[Finding]:
    for way in RULES:
        for at, table in select(data, way):
            rules = _rules(table)
            if rules is not None and not is_bounded(rules):
                key = next((key for key in ("regular", "priority") if getattr(rules, key) == 0), "order")
                what = said(msg("Dengan aturan ini sebagian pengunjung dapat dilewati tanpa batas"))
                yield Finding((*at, "order" if rules.order == "weighted" else key), what, _limit())


def _limit() -> Said:
    return said(msg("Tambahkan, misalnya: {example}"), example="longest_minutes = 60")


def _counter(data: dict[str, Any], at: Way, counter: dict[str, Any]) -> Iterator[Finding]:
    of_agencies = [_of_agency(data, agency) for agency in counter["agencies"]]
    if "rules" not in counter and any(rules != of_agencies[0] for rules in of_agencies):
        what = said(msg("Instansi di loket '{counter}' punya aturan yang berbeda-beda"), counter=counter.get("id"))
        yield Finding((*at, "agencies"), what, said(msg("Tulis [counter.rules] untuk loket itu.")))
        return
    rules = _rules(counter["rules"]) if "rules" in counter else next(iter(of_agencies), None)
    is_limited = rules is not None and rules.longest_minutes > 0
    if counter.get("queues") == "in_order" and len(of_agencies) > 1 and not is_limited:
        what = said(msg("Dengan queues = in_order antrean kedua dapat menunggu tanpa batas"))
        yield Finding((*at, "queues"), what, said(msg("Isi longest_minutes di [counter.rules], atau di [rules].")))


def _of_agency(data: dict[str, Any], agency: object) -> Rules | None:
    """The rules of an agency's people: its own, or the hall's."""
    own = (table["rules"] for table in _tables(data, "agency") if table.get("id") == agency and "rules" in table)
    return _rules(next(own, data.get("rules", {})))


def _strangers(at: Way, counter: dict[str, Any], services: dict[Any, list[str]]) -> Iterator[Finding]:
    offered = [service for agency in counter["agencies"] for service in services.get(str(agency), ())]
    for place, service in select(counter.get("services"), ("*",)):
        if isinstance(service, str) and service not in offered and offered:
            what = said(
                msg("Instansi di loket '{counter}' tidak punya layanan '{id}'"), counter=counter.get("id"), id=service
            )
            near = nearest(service, offered)
            yield Finding((*at, "services", *place), what, did_you_mean(near) if near else choose_from(offered))


def _unserved(data: dict[str, Any]) -> Iterator[Finding]:
    counters = [counter for counter in _tables(data, "counter") if isinstance(counter.get("agencies"), list)]
    for at, agency in select(data, ("agency", "*")):
        if not isinstance(agency, dict):
            continue
        ours = [counter for counter in counters if agency.get("id") in counter["agencies"]]
        if not ours or any(not counter.get("services") for counter in ours):
            continue
        served = {service for counter in ours for service in counter["services"] if isinstance(service, str)}
        for place, service in select(agency, ("service", "*", "id")):
            if service not in served:
                what = said(msg("Layanan '{service}' tidak dilayani loket mana pun"), service=service)
                yield Finding((*at, *place), what, said(msg("Tambahkan id itu ke services salah satu [[counter]].")))
