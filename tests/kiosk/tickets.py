"""A hall of three agencies and its tickets, as paper tests need them."""

from datetime import UTC, date, datetime

from kiosk.dialect import ticket_bytes
from kiosk.paper import ticket_story
from shared.hall import Agency, Counter, Hall, Printer, Service, Zone
from shared.model import State, StepState
from shared.wire import Step, Ticket
from shared.words import Words

URL = "http://192.168.1.10:8080/t/Ab3dEf6hIj9kLm2nOp5qRs"
LONGEST = "Dinas Pemberdayaan Perempuan, Perlindungan Anak dan Keluarga Berencana"
LONGEST_SERVICE = "Data Tunggal Sosial dan Ekonomi Nasional (DTSEN)"


def hall(**changes: object) -> Hall:
    """Disdukcapil at counters 10–13 upstairs, an agency of the longest names, and one without a counter."""
    made = Hall(
        name="Mal Pelayanan Publik Kabupaten Paser",
        short_name="MPP Paser",
        timezone="Asia/Makassar",
        languages=["id", "en"],
        counter_word="loket",
        public_url="http://192.168.1.10:8080",
        zones=[Zone(id="1", name="Lantai 1"), Zone(id="2", name="Lantai 2")],
        agencies=[
            _agency("k", "Dinas Kependudukan dan Pencatatan Sipil", "Disdukcapil", "Kartu Keluarga (KK)"),
            _agency("z", LONGEST, "DP3AKB", LONGEST_SERVICE),
            _agency("g", "Pegadaian", "Pegadaian", "Gadai"),
        ],
        counters=[Counter(id=str(n), number=str(n), zone="1", agencies=["k", "z"]) for n in range(10, 14)],
        kiosks=[],
        displays=[],
    )
    return made.model_copy(update=changes)


def _agency(prefix: str, name: str, short_name: str, service: str) -> Agency:
    offered = Service(id=f"{prefix}-1", name=service, name_en="Family card" if prefix == "k" else "", minutes=9)
    return Agency(id=prefix, name=name, short_name=short_name, prefix=prefix.upper(), zone="1", services=[offered])


def ticket(agency: str = "k", **changes: object) -> Ticket:
    """K-012, taken at 09.42 WITA, four people ahead."""
    made = Ticket(
        id=1,
        number="K-012",
        service=f"{agency}-1",
        agency=agency,
        priority=False,
        language="id",
        state=State.WAITING,
        taken_at=datetime(2026, 2, 12, 1, 42, tzinfo=UTC),
        day=date(2026, 2, 12),
        ahead=4,
        estimate_minutes=12,
        estimate_high_minutes=25,
        token="Ab3dEf6hIj9kLm2nOp5qRs",  # noqa: S106  -- guards nothing
        url=URL,
    )
    return made.model_copy(update=changes)


def journey() -> Ticket:
    """K-012 for three services in order, one of the longest name."""
    states = zip("kzg", (StepState.NOW, StepState.NEXT, StepState.NEXT), strict=True)
    return ticket(steps=[Step(agency=agency, service=f"{agency}-1", state=state) for agency, state in states])


def printer(paper_mm: int = 80, profile: str = "default") -> Printer:
    """A printer kept in memory."""
    return Printer.model_validate({"road": "memory", "paper_mm": paper_mm, "profile": profile})


def job(made: Ticket | None = None, *, paper_mm: int = 80, profile: str = "default", copy: bool = False) -> bytes:
    """The bytes of a ticket, in its own language."""
    made = made or ticket()
    story = ticket_story(made, hall(), Words(made.language), copy=copy)
    return ticket_bytes(story, printer(paper_mm, profile))
