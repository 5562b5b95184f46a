"""A hall for tests: Dukcapil has a counter of its own and shares one with Samsat; Pajak stands alone upstairs."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from shared.hall import Agency, Counter, DisplaySettings, Hall, KioskSettings, Printer, Service, Zone

WITA = ZoneInfo("Asia/Makassar")
MORNING = datetime(2026, 2, 12, 8, 0, tzinfo=WITA)


class Clock:
    """A clock that a test turns."""

    def __init__(self, now: datetime = MORNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)


def small_hall(public_url: str = "http://192.168.1.10:8080") -> Hall:
    return Hall(
        name="MPP Contoh",
        short_name="MPP",
        timezone="Asia/Makassar",
        languages=["id", "en"],
        counter_word="loket",
        public_url=public_url,
        zones=[Zone(id="l1", name="Lantai 1"), Zone(id="l2", name="Lantai 2")],
        agencies=[
            _agency("dukcapil", "A", "l1", {"ktp": 7, "kk": 10}),
            _agency("samsat", "B", "l1", {"stnk": 5}),
            _agency("pajak", "C", "l2", {"npwp": 6}),
        ],
        counters=[
            Counter(id="1", number="1", zone="l1", agencies=["dukcapil"]),
            Counter(id="2", number="2", zone="l1", agencies=["dukcapil", "samsat"]),
            Counter(id="3", number="3", zone="l2", agencies=["pajak"]),
        ],
        kiosks=[KioskSettings(id="kios-1", name="Mesin tiket", printer=Printer(road="memory"))],
        displays=[DisplaySettings(id="tv-1", name="TV", zones=["l1"])],
    )


def _agency(name: str, prefix: str, zone: str, minutes: dict[str, int]) -> Agency:
    services = [Service(id=key, name=key.upper(), name_en=f"{key} service", minutes=m) for key, m in minutes.items()]
    return Agency(id=name, name=name.title(), short_name=name, prefix=prefix, zone=zone, services=services)
