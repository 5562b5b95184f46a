"""Who sits behind the window: one officer at a time, at the counter that was chosen and is ours."""

import logging
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QPoint, QTimer

from counter.choice import Choice
from counter.claim import Claim, Holder, taken_by
from counter.configuration import CHANGE, ConfigurationWork
from counter.desk import Desk, Plea, Verb
from counter.help import HelpLine
from counter.installation import Installation
from counter.officer import Officer, Pace
from counter.screens.configuration_page import ConfigurationPage
from counter.screens.sentences import Sentences
from counter.screens.sign_in_screen import SignInScreen
from counter.screens.taken_screen import TakenScreen
from counter.screens.window import CounterWindow
from counter.still_here import StillHere
from counter.supervisor import Supervisor
from shared.access_wire import Session, StaffList
from shared.hall import Counter, Hall
from shared.qt.run import Launch
from shared.qt.theme import Theme
from shared.trouble import Trouble
from shared.wire import AnswerAlarm, RaiseAlarm, Staff

log = logging.getLogger(__name__)

ID_SETTING = "id"
CORNER_SETTING = "small_window"
STAFF_SETTING = "staff"


@dataclass(frozen=True)
class Who:
    """Who wants to sit here. The PIN is kept for as long as the hub has not decided."""

    staff: Staff
    pin: str = field(repr=False)


class Seat(QObject):
    """Chooses, claims and leaves counters, and seats an officer at the one that is ours.

    A hub that asks nobody who they are shows the desk at once: the claim is made beside it.
    """

    def __init__(
        self, launch: Launch, window: CounterWindow, sentences: Sentences, *, here: Installation, pace: Pace
    ) -> None:
        super().__init__(window)
        self._launch, self._window, self._sentences, self._pace = launch, window, sentences, pace
        self._counter: Counter | None = None
        self.officer: Officer | None = None
        self._who: Who | None = None
        self._taken, self._sign_in = TakenScreen(sentences), SignInScreen(sentences)
        self._configuration: ConfigurationPage | None = None
        self.claim = Claim(launch.link, here, self)
        self._supervisor = Supervisor(launch.link, self)
        self._still_here = StillHere(launch.link, self)
        self._still_here.changed.connect(self._sign_in.show_there)
        self._help = HelpLine(launch.link, self)
        self._help.changed.connect(self._plead)
        self._help.answered.connect(self._look)
        self._help.told.connect(self._tell)
        self._retry = QTimer(self, interval=pace.retry, singleShot=True)
        self._retry.timeout.connect(self._claim_again)
        self._names = QTimer(self, interval=pace.retry, singleShot=True)
        self._names.timeout.connect(self._fetch_names)
        window.add_page(self._taken)
        window.add_page(self._sign_in)
        self._connect(window)
        self._hear()

    def _connect(self, window: CounterWindow) -> None:
        window.counter_chosen.connect(self._choose)
        window.pressed.connect(self._press)
        window.ordered.connect(self._order)
        window.corner_changed.connect(self._keep_corner)
        window.help_called.connect(self._help.call)
        window.help_answered.connect(self._help.answer)
        window.sheet_turned.connect(self._supervisor.watch)
        self._supervisor.changed.connect(window.show_overview)
        self._supervisor.told.connect(self._tell)
        self._taken.taken_over.connect(self._take_over)
        self._taken.left.connect(self._ask_other)
        self._sign_in.given.connect(self._try)
        self._sign_in.left.connect(self._ask_other)
        window.sign_out_asked.connect(self._sign_out)

    def _hear(self) -> None:
        self.claim.granted.connect(self._granted)
        self.claim.refused.connect(self._refused)
        self.claim.taken_over.connect(self._taken_over)
        self.claim.ended.connect(self._ended)
        self._launch.link.caught_up.connect(self._claim_again)

    # -------------------------------------------------------- to a counter

    def take(self, counter: Counter) -> None:
        """Go to `counter`."""
        self._counter = counter
        if self._launch.link.is_secured:
            self._ask_who(known=self._launch.settings.get(STAFF_SETTING))
        else:
            self._sit_down()
            self._claim_again()

    def _choose(self, counter: Counter) -> None:
        self._launch.settings.keep(ID_SETTING, counter.id)
        if self.officer is not None and counter == self._counter:
            self._window.sit_down()
            return
        self.claim.leave()
        self.take(counter)

    def _claim_again(self) -> None:
        if self._counter is None or self.officer is None or self.claim.session or self.claim.is_asking:
            return
        if self._launch.link.up:
            self.claim.ask(self._counter)

    def _sit_down(self) -> None:
        self._stand_up()
        self._still_here.watch(None)
        if self._counter is None:
            return
        self.officer = Officer(self._launch.link, self._counter, pace=self._pace, parent=self)
        self.officer.changed.connect(self._show)
        self._window.show_desk(self.officer.desk)
        self._help.sit(self._counter)
        self._window.sit_down()
        self.officer.start()

    def _stand_up(self) -> None:
        """Nobody sits here now; what is at the counter stays there."""
        if self.officer is not None:
            self.officer.changed.disconnect(self._show)
            self.officer.close()
            self.officer.deleteLater()
            self.officer = None
            self._help.sit(None)
            self._window.leave_desk()

    # -------------------------------------------------------- who it is

    def _ask_who(self, *, known: str | None = None, told: str = "") -> None:
        """Ask who sits here, where the hub wants to know. `known`: who most likely; `told`: what is said first."""
        self._stand_up()
        self._who = None
        if self._counter is not None:
            likely = int(known) if known and known.isdecimal() else None
            self._sign_in.ask(self._counter, known=likely, told=told)
            self._window.show_page(self._sign_in)
            self._still_here.watch(self._counter)
            self._fetch_names()

    def _fetch_names(self) -> None:
        reply = self._launch.link.get("/api/staff", StaffList)
        reply.done.connect(lambda listed: self._sign_in.show_staff(listed.staff))
        reply.failed.connect(self._no_names)

    def _no_names(self, trouble: Trouble) -> None:
        self._sign_in.tell(trouble)
        if self.officer is None and self._who is None:
            self._names.start()

    def _try(self, staff: Staff, pin: str) -> None:
        self._who = Who(staff, pin)
        self._wish()

    def _wish(self, *, by_force: bool = False) -> None:
        if self._counter is None or self.claim.is_asking:
            return
        who = self._who
        if who is None:
            self.claim.ask(self._counter, by_force=by_force)
        else:
            self.claim.ask(self._counter, staff=who.staff.id, pin=who.pin, by_force=by_force)

    def _sign_out(self) -> None:
        """This officer leaves; the next one has what is at the counter."""
        if self.officer is not None and self.officer.desk.staff is not None and self.officer.desk.may_leave:
            self.claim.leave()
            self._ask_who()

    # -------------------------------------------------------- what becomes of the claim

    def _granted(self, session: Session) -> None:
        self._who = None
        if session.staff is not None:
            self._launch.settings.keep(STAFF_SETTING, str(session.staff.id))
        if self.officer is None:
            self._sit_down()

    def _refused(self, trouble: Trouble) -> None:
        holder = taken_by(trouble)
        if holder is not None and self._counter is not None:
            self._stand_up()
            self._taken.show_holder(self._counter, holder)
            self._window.show_page(self._taken)
        elif self._launch.link.is_secured:
            self._who = None
            self._window.show_page(self._sign_in)
            self._sign_in.tell(trouble)
        elif trouble.is_undecided:
            self._retry.start()
        else:
            log.info("the counter was not given: %s", trouble)

    def _take_over(self) -> None:
        self._wish(by_force=True)

    def _ask_other(self) -> None:
        self._who = None
        self.claim.forget()
        self._still_here.watch(None)
        self._window.ask_counter()

    def _taken_over(self, holder: Holder) -> None:
        counter = self._counter
        self._stand_up()
        if counter is not None:
            self._window.ask_counter(self._sentences.taken_over(counter, holder))

    def _ended(self) -> None:
        if self._launch.link.is_secured:
            told = self._sentences.trouble(Trouble("session_ended"))
            self._ask_who(known=self._launch.settings.get(STAFF_SETTING), told=told)
        else:
            self._claim_again()

    # -------------------------------------------------------- the hall changes

    def take_up(self, hall: Hall) -> None:
        """The hall has changed: the officer stays, with what is at the counter; unless the counter is gone."""
        self._window.take_up(hall)
        if self._configuration is not None and self._configuration.isVisible():
            self._configuration.hall_changed()
        counter = self._counter
        if counter is None:
            return
        self._counter = next((one for one in hall.counters if one.id == counter.id), None)
        if self._counter is None:
            self.claim.leave()
            self._stand_up()
            self._window.ask_counter(self._sentences.trouble(Trouble("unknown_counter", counter=counter.id)))
        elif self.officer is not None:
            self.officer.sit(self._counter)

    # -------------------------------------------------------- at the desk

    def _show(self, desk: Desk) -> None:
        self._window.show_desk(desk)
        if self._configuration is not None:
            self._configuration.alarm.show_desk(desk)
        self._help.look(desk)
        if desk.live and desk.view is not None:
            self.claim.look(desk.view)

    def _plead(self, plea: Plea) -> None:
        if self.officer is not None:
            self.officer.plead(plea)

    def _look(self) -> None:
        if self.officer is not None:
            self.officer.refresh()

    def _press(self, verb: Verb) -> None:
        if self.officer is not None:
            self.officer.press(verb)

    def _order(self, choice: Choice) -> None:
        if isinstance(choice.body, RaiseAlarm):
            self._help.call()
        elif isinstance(choice.body, AnswerAlarm):
            self._help.answer(int(choice.path))
        elif choice.signs_out:
            self._sign_out()
        elif choice.path == CHANGE:
            self._open_configuration()
        elif choice.path:
            self._supervisor.order(choice)
        elif self.officer is not None and choice.verb is not None:
            self.officer.press(choice.verb, choice.body)

    def _open_configuration(self) -> None:
        """The hall's file: its page is made when it is first wanted, which most starts never do."""
        if self._configuration is None:
            self._configuration = ConfigurationPage(self._sentences, ConfigurationWork(self._launch.link, self))
            self._configuration.left.connect(self._window.sit_down)
            self._configuration.alarm.answered.connect(self._help.answer)
            self._window.add_page(self._configuration)
            self._configuration.dress(Theme(self._window.size()))
        self._window.show_page(self._configuration)
        if self.officer is not None:
            self._configuration.alarm.show_desk(self.officer.desk)
        self._configuration.begin()

    def _tell(self, trouble: Trouble) -> None:
        if self.officer is not None:
            self.officer.tell(trouble)

    def _keep_corner(self, corner: QPoint) -> None:
        self._launch.settings.keep(CORNER_SETTING, f"{corner.x()},{corner.y()}")
