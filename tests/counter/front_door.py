"""Who may sit at a counter of the small hub: staff with their PINs, and another app that may have it already."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from shared.access_wire import Session, SignIn, SignOut, StaffList
from shared.model import Kind, Role
from shared.trouble import Trouble
from shared.wire import By, CounterSession, Event, Staff

OTHER_APP = "00000000-0000-4000-8000-000000000002"
SITI = Staff(id=1, name="Siti Aminah", role=Role.OFFICER)
BUDI = Staff(id=2, name="Budi Santoso", role=Role.SUPERVISOR)
PINS = {1: "1234", 2: "567890"}
TRIES = 5


@dataclass
class FrontDoor:
    """`holder`: an app that is at every counter. `asks`: whether names and PINs are wanted."""

    now: datetime
    asks: bool = False
    holder: CounterSession | None = None
    staff: list[Staff] = field(default_factory=lambda: [SITI, BUDI])
    wrong: int = 0
    sign_ins: list[tuple[str, SignIn]] = field(default_factory=list)
    sign_outs: list[str] = field(default_factory=list)

    def in_use(self, *, name: str = "", host: str = "KOMPUTER-2") -> None:
        """Another app has the counter since half an hour."""
        staff = SITI.model_copy(update={"name": name}) if name else None
        self.holder = CounterSession(staff=staff, host=host, since=self.now - timedelta(minutes=30), app=OTHER_APP)

    def listed(self) -> StaffList:
        return StaffList(staff=self.staff)

    def decide(self, counter: str, body: SignIn | SignOut) -> Session | Trouble | None:
        if isinstance(body, SignOut):
            self.sign_outs.append(counter)
            return None
        self.sign_ins.append((counter, body))
        return self._locked_out(body) or self._taken(body) or self._session(counter, body)

    def _locked_out(self, body: SignIn) -> Trouble | None:
        if not self.asks:
            return None
        if self.wrong == TRIES:
            return Trouble("pin_locked", until=(self.now + timedelta(minutes=5)).isoformat())
        if body.staff is not None and PINS.get(body.staff) == body.pin:
            self.wrong = 0
            return None
        self.wrong += 1
        return Trouble("wrong_pin", left=str(TRIES - self.wrong))

    def _taken(self, body: SignIn) -> Trouble | None:
        if self.holder is None or body.take_over:
            return None
        since = self.holder.since.isoformat()
        return Trouble(
            "counter_taken", now=self.holder.model_dump(mode="json"), who=self.holder.host, since=since, app=OTHER_APP
        )

    def _session(self, counter: str, body: SignIn) -> Session:
        self.holder = None
        staff = next((one for one in self.staff if one.id == body.staff), None)
        token = f"token-{len(self.sign_ins)}"
        idle = 30 if self.asks else 0
        return Session(
            token=token,
            counter=counter,
            since=self.now,
            app=body.app,
            host=body.host,
            staff=staff,
            idle_minutes=idle,
        )

    def taken_over(self, event: int, counter: str, *, name: str = "") -> Event:
        """Another app has taken `counter` over."""
        by = By(id=9, name=name) if name else None
        at = self.now + timedelta(minutes=1)
        return Event(id=event, kind=Kind.SIGNED_IN, at=at, counter=counter, words="KOMPUTER-2", app=OTHER_APP, by=by)

    def over(self, event: int, counter: str, app: str) -> Event:
        """The session of `app` has ended: it was idle too long, or its officer was disabled."""
        at = self.now + timedelta(minutes=31)
        return Event(id=event, kind=Kind.SIGNED_OUT, at=at, counter=counter, words="PC", app=app)
