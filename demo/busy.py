"""Visitors who come by themselves and officers who call them, through the same buttons as people."""

import random
import threading
from collections.abc import Mapping
from contextlib import suppress

from demo.hall_facts import AgencyFacts, HallFacts
from demo.play import Actor, PlayFailed, turn_to

SHORT_S = 5.0
"""How long a stand-in waits for a button before giving up: the person at the screen may be using it."""
HURRY = 3
"""Officers press so many times as often as visitors come, so that the hall does not fill up."""


class Busy:
    """A crowd and its officers, each in a thread of their own, until `stop`."""

    def __init__(self, kiosk: Actor, desks: Mapping[Actor, str], facts: HallFacts, *, per_minute: float) -> None:
        self._facts = facts
        self._pause_s = 60 / per_minute
        self._end = threading.Event()
        self._dice = random.Random(44)  # noqa: S311  -- the demo's crowd guards no secret
        self._agencies = [a for a in facts.agencies if set(a.counters) & set(desks.values())]
        self._threads = [threading.Thread(target=self._visitors, args=(kiosk,), daemon=True)]
        self._threads += [threading.Thread(target=self._officer, args=(desk,), daemon=True) for desk in desks]

    def start(self) -> None:
        """Open the doors."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Send everybody home; returns when they are gone or after a moment."""
        self._end.set()
        for thread in self._threads:
            thread.join(SHORT_S)

    def _visitors(self, kiosk: Actor) -> None:
        while not self._end.wait(self._dice.uniform(0.5, 1.5) * self._pause_s):
            try:
                self._visit(kiosk, self._dice.choice(self._agencies))
            except (PlayFailed, OSError):  # somebody else stands at the kiosk, or the demo is ending
                self._step_back(kiosk)

    @staticmethod
    def _step_back(kiosk: Actor) -> None:
        """Leave the agencies to whoever comes next."""
        with suppress(PlayFailed, OSError):
            if "back" in kiosk.enabled():
                kiosk.press("back", patience_s=SHORT_S)

    def _visit(self, kiosk: Actor, agency: AgencyFacts) -> None:
        turn_to(kiosk, f"agency-{agency.id}", patience_s=SHORT_S)
        kiosk.press(f"agency-{agency.id}", patience_s=SHORT_S)
        if not self._facts.skips_services(agency.id):
            service = f"service-{self._dice.choice(agency.services)}"
            turn_to(kiosk, service, patience_s=SHORT_S)
            kiosk.press(service, patience_s=SHORT_S)
        kiosk.press("done", patience_s=SHORT_S)

    def _officer(self, desk: Actor) -> None:
        while not self._end.wait(self._dice.uniform(0.5, 1.5) * self._pause_s / HURRY * 2):
            try:
                desk.press("serve" if "serve" in desk.enabled() else "next", patience_s=SHORT_S)
            except (PlayFailed, OSError):
                continue  # nobody waits, or the person at the screen was quicker
