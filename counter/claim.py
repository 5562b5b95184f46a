"""Having a counter: signing in and out at the hub, and hearing that somebody else has it now."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from pydantic import ValidationError
from PySide6.QtCore import QObject, Signal

from counter.installation import Installation
from shared.access_wire import Session, SignIn, SignOut
from shared.hall import Counter
from shared.model import Kind
from shared.qt.link import HubLink
from shared.trouble import Trouble
from shared.wire import CounterSession, CounterView, Event


@dataclass(frozen=True)
class Holder:
    """Who has a counter: the officer's name, empty where nobody signs in; on which PC; since when."""

    name: str
    host: str
    since: datetime


def holder_of(session: CounterSession) -> Holder:
    """Who that is."""
    return Holder(session.staff.name if session.staff else "", session.host, session.since)


def taken_by(trouble: Trouble) -> Holder | None:
    """Who has the counter that was refused as taken; None for any other trouble."""
    if trouble.code != "counter_taken":
        return None
    try:
        return holder_of(CounterSession.model_validate(trouble.now))
    except ValidationError:  # a newer hub may tell it otherwise: the trouble's own sentence still says it
        return None


@dataclass(frozen=True)
class Asked:
    """A wish for a counter as it is sent, and repeated under its key while no answer comes."""

    counter: Counter
    body: SignIn
    key: UUID


class Claim(QObject):
    """This app's right to a counter; one at a time.

    granted(Session)           the counter is ours
    refused(Trouble)           counter_taken, wrong_pin, pin_locked, hub_away, …; `again` and `take_over` repeat it
    taken_over(Holder)         another app has the counter now
    ended()                    the session is over: idle too long, or the officer was disabled
    """

    granted = Signal(object)
    refused = Signal(object)
    taken_over = Signal(object)
    ended = Signal()

    def __init__(self, link: HubLink, here: Installation, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session: Session | None = None
        self._link, self._here = link, here
        self._asked: Asked | None = None
        link.event_came.connect(self._happened)
        link.barred.connect(self._barred)

    @property
    def is_asking(self) -> bool:
        """Whether a wish is on its way."""
        return self._asked is not None

    # -------------------------------------------------------- in and out

    def ask(
        self, counter: Counter, *, staff: int | None = None, pin: str | None = None, by_force: bool = False
    ) -> None:
        """Wish for `counter`; one wish at a time. `by_force`: also from an app that is at it now."""
        body = SignIn(app=self._here.app, host=self._here.host, staff=staff, pin=pin, take_over=by_force)
        self._send(Asked(counter, body, uuid4()))

    def _send(self, asked: Asked) -> None:
        self._asked = asked
        reply = self._link.post(f"/api/counters/{asked.counter.id}/sign-in", asked.body, Session, key=asked.key)
        reply.done.connect(lambda session: self._granted(asked, session))
        reply.failed.connect(lambda trouble: self._refused(asked, trouble))

    def forget(self) -> None:
        """Whatever is on its way concerns nobody any more."""
        self._asked = None

    def leave(self) -> None:
        """Give the counter up, if it is ours. Nobody waits for the answer: a silent app's counter is free soon."""
        self.forget()
        if self.session is not None:
            path = f"/api/counters/{self.session.counter}/sign-out"
            self._link.post(path, SignOut(app=self._here.app), Event, key=uuid4())
            self._drop()

    def _drop(self) -> None:
        self.session = None
        self._link.open_session("")

    def _granted(self, asked: Asked, session: Session) -> None:
        if asked is self._asked:
            self._asked = None
            self.session = session
            self._link.open_session(session.token)
            self.granted.emit(session)

    def _refused(self, asked: Asked, trouble: Trouble) -> None:
        if asked is self._asked:
            self._asked = None
            self.refused.emit(trouble)

    # -------------------------------------------------------- what becomes of it

    def look(self, view: CounterView) -> None:
        """The hub's view of the counter: an event may have been missed."""
        has_it = view.session
        if self.session is not None and has_it is not None and view.counter == self.session.counter:
            self._judge(has_it.app, holder_of(has_it))

    def _happened(self, event: Event) -> None:
        if self.session is None or event.counter != self.session.counter:
            return
        if event.kind is Kind.SIGNED_IN:
            self._judge(event.app or "", Holder(event.by.name if event.by else "", event.words, event.at))
        elif event.kind is Kind.SIGNED_OUT and event.app == self._here.app and event.at > self.session.since:
            self._end()

    def _judge(self, app: str, holder: Holder) -> None:
        # What is older than our session is news that comes late: it was ours afterwards.
        if self.session is not None and app != self._here.app and holder.since >= self.session.since:
            self._drop()
            self.taken_over.emit(holder)

    def _barred(self, trouble: Trouble) -> None:
        if trouble.code == "session_ended":
            self._end()

    def _end(self) -> None:
        if self.session is not None:
            self._drop()
            self.ended.emit()
