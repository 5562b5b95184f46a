"""What stands on a TV in words: the display's first language large, its second small underneath."""

from datetime import date, datetime

from shared.hall import DisplaySettings, Hall
from shared.words import Words, msg

WELCOME = msg("Selamat datang")
NUMBER = msg("Nomor antrean")
QUIET = msg("Mohon menunggu nomor Anda dipanggil")
WAITING = msg("Menunggu")
NOBODY_WAITS = msg("Belum ada yang menunggu")
CLOSED = msg("Tutup")
PAUSED = msg("Istirahat")
SERVING = msg("Sedang melayani")
ON_PAPER = msg("nomor kertas")
ABOUT = msg("± {minutes} mnt")
TURN_SOUND_ON = msg("Sentuh layar untuk menyalakan suara")
SILENT_UNTIL = msg("Tanpa suara sampai {time}")
SILENT_IN = msg("Tanpa suara sampai {time} · {zones}")
RECONNECTING = msg("Menyambung kembali…")
COUNTER = {"loket": msg("Loket"), "gerai": msg("Gerai")}
MOST_ZONES = 3
"""So many zones a screen names; a list of more is read by nobody, and leaves the day no room."""
GO_TO = {"loket": msg("Silakan ke loket {counter}"), "gerai": msg("Silakan ke gerai {counter}")}


class Labels:
    """The words of one TV. Of each pair the second is empty where the TV has one language."""

    def __init__(self, hall: Hall, settings: DisplaySettings) -> None:
        languages = [*settings.languages, *hall.languages, "id"]
        self._main = Words(languages[0])
        self._under = Words(settings.languages[1]) if len(settings.languages) > 1 else None
        self._word = hall.counter_word
        self.hall_name = hall.name
        names = {zone.id: zone.name for zone in hall.zones}
        zones = [names[zone] for zone in settings.zones if zone in names]
        self.title = " · ".join([hall.short_name, *(zones if len(zones) <= MOST_ZONES else ())])

    def both(self, text: str, **values: object) -> tuple[str, str]:
        """`text` in the first and the second language."""
        under = self._under.say(text, **values) if self._under else ""
        return self._main.say(text, **values), under

    def main(self, text: str, **values: object) -> str:
        """`text` in the first language."""
        return self._main.say(text, **values)

    @property
    def both_counter(self) -> tuple[str, str]:
        """The hall's word for a counter in the first and the second language."""
        return self.both(COUNTER[self._word])

    @property
    def counter(self) -> str:
        """The hall's word for a counter: `Loket` or `Gerai`."""
        return self._main.say(COUNTER[self._word])

    def go_to(self, counter: str) -> tuple[str, str]:
        """Where a called visitor goes: `Silakan ke loket 12`, `Please go to counter 12`."""
        return self.both(GO_TO[self._word], counter=counter)

    def clock(self, moment: datetime) -> str:
        """`09.42`."""
        return self._main.clock(moment)

    def day(self, day: date) -> str:
        """`Kamis, 12 Februari 2026`."""
        return self._main.day(day)
