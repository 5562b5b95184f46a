"""Who sits behind the window: one officer at a time, at the counter that was chosen and is ours."""

import logging

from PySide6.QtCore import QObject, QPoint, QTimer

from counter.choice import Choice
from counter.claim import Claim, Holder, taken_by
from counter.desk import Desk, Verb
from counter.installation import Installation
from counter.officer import Officer, Pace
from counter.screens.sentences import Sentences
from counter.screens.taken_screen import TakenScreen
from counter.screens.window import CounterWindow
from counter.supervisor import Supervisor
from shared.access_wire import Session
from shared.hall import Counter, Hall
from shared.qt.run import Launch
from shared.trouble import Trouble
from shared.wire import Staff

log = logging.getLogger(__name__)

ID_SETTING = "id"
CORNER_SETTING = "small_window"


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
        self._taken = TakenScreen(sentences)
        self.claim = Claim(launch.link, here, self)
        self._supervisor = Supervisor(launch.link, self)
        self._retry = QTimer(self, interval=pace.retry, singleShot=True)
        self._retry.timeout.connect(self._claim_again)
        window.add_page(self._taken)
        self._connect(window)
        self._hear()

    def _connect(self, window: CounterWindow) -> None:
        window.counter_chosen.connect(self._choose)
        window.pressed.connect(self._press)
        window.ordered.connect(self._order)
        window.corner_changed.connect(self._keep_corner)
        window.sheet_turned.connect(self._supervisor.watch)
        self._supervisor.changed.connect(window.show_overview)
        self._supervisor.told.connect(self._tell)
        self._taken.taken_over.connect(self._take_over)
        self._taken.left.connect(self._ask_other)

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
        self._sit_down()
        self._claim_again()

    def _choose(self, counter: Counter) -> None:
        self._launch.settings.keep(ID_SETTING, counter.id)
        self.claim.leave()
        self.take(counter)

    def _claim_again(self) -> None:
        if self._counter is None or self.officer is None or self.claim.session or self.claim.is_asking:
            return
        if self._launch.link.up:
            self.claim.ask(self._counter)

    def _sit_down(self, staff: Staff | None = None) -> None:
        self._stand_up()
        if self._counter is None:
            return
        self.officer = Officer(self._launch.link, self._counter, staff=staff, pace=self._pace, parent=self)
        self.officer.changed.connect(self._show)
        self._window.show_desk(self.officer.desk)
        self._window.sit_down()
        self.officer.start()

    def _stand_up(self) -> None:
        """Nobody sits here now; what is at the counter stays there."""
        if self.officer is not None:
            self.officer.changed.disconnect(self._show)
            self.officer.close()
            self.officer.deleteLater()
            self.officer = None
            self._window.leave_desk()

    # -------------------------------------------------------- what becomes of the claim

    def _granted(self, session: Session) -> None:
        if self.officer is None:
            self._sit_down(session.staff)

    def _refused(self, trouble: Trouble) -> None:
        holder = taken_by(trouble)
        if holder is not None and self._counter is not None:
            self._stand_up()
            self._taken.show_holder(self._counter, holder)
            self._window.show_page(self._taken)
        elif trouble.is_undecided:
            self._retry.start()
        else:
            log.info("the counter was not given: %s", trouble)

    def _take_over(self) -> None:
        if self._counter is not None and not self.claim.is_asking:
            self.claim.ask(self._counter, by_force=True)

    def _ask_other(self) -> None:
        self.claim.forget()
        self._window.ask_counter()

    def _taken_over(self, holder: Holder) -> None:
        counter = self._counter
        self._stand_up()
        if counter is not None:
            self._window.ask_counter(self._sentences.taken_over(counter, holder))

    def _ended(self) -> None:
        self._claim_again()

    # -------------------------------------------------------- the hall changes

    def take_up(self, hall: Hall) -> None:
        """The hall has changed: the officer stays, with what is at the counter; unless the counter is gone."""
        self._window.take_up(hall)
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
        if desk.live and desk.view is not None:
            self.claim.look(desk.view)

    def _press(self, verb: Verb) -> None:
        if self.officer is not None:
            self.officer.press(verb)

    def _order(self, choice: Choice) -> None:
        if choice.path:
            self._supervisor.order(choice)
        elif self.officer is not None and choice.verb is not None:
            self.officer.press(choice.verb, choice.body)

    def _tell(self, trouble: Trouble) -> None:
        if self.officer is not None:
            self.officer.tell(trouble)

    def _keep_corner(self, corner: QPoint) -> None:
        self._launch.settings.keep(CORNER_SETTING, f"{corner.x()},{corner.y()}")
