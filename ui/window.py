"""The window: the names to sign in with, or the workplace of whoever has signed in."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget
from shiboken6 import delete, isValid

from app.desk.doorstep import Here, Opening
from resources.words import _
from ui import theme
from ui.preferences import Preferences, write
from ui.sign_in.page import SignInPage
from ui.sign_in.presenter import SignIn
from ui.status.line import Line
from ui.theme import px
from ui.trouble import Trouble
from ui.widgets.halo import Halo
from ui.work import Work

if TYPE_CHECKING:
    from app.desk.desk import Desk
    from app.desk.people import Session
    from ui.counter.page import CounterPage
    from ui.counter.papers import Papers
    from ui.help.sheet import KeySheet
    from ui.likeness import Likeness
    from ui.lock.curtain import Curtain
    from ui.lock.idle import Idle
    from ui.shift import Shift
    from ui.workplace import Workplace

SMALLEST = (960, 600)
"""Whatever the size of the text: a small screen with large letters has the compact layout, and scrolls."""
OPEN_AFTER_MS = 80
"""From the first painting until the desk is opened behind it: by then the page has come to rest. Opening it sooner
would take the interpreter away from its paint and make it later, and nobody writes a password in that time."""


class Window(QMainWindow):
    """One desk's window. `receipts` tells the folder into which receipts are written as files.

    With somebody `glanced` at, the sign-in page stands at once, and the desk is opened as soon as it has been painted:
    `opened` is called then, or the window closes with the `failure`.
    """

    def __init__(
        self,
        opening: Opening,
        receipts: Callable[[], Path],
        glanced: Here | None = None,
        preferences: Preferences | None = None,
    ) -> None:
        super().__init__()
        self.opening, self.receipts = opening, receipts
        self.preferences = preferences or Preferences(theme="light", scale=100, guide_seen=True)
        self.opened: Callable[[], None] = lambda: None
        self.turned: Callable[[bool], None] = lambda signed_in: None
        """Called when somebody has signed in, or out."""
        self.failure: Exception | None = None
        self._painted = False
        self.work = Work(self)
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        self.setWindowTitle(_("Miz-e Khedmat"))
        self.setMinimumSize(*SMALLEST)
        self.resize(px(1366), px(768))
        self.workplace: Workplace | None = None
        self.curtain: Curtain | None = None
        self.focus_behind: QWidget | None = None
        self._likeness_behind: Likeness | None = None
        self._idle: Idle | None = None
        self.keys: KeySheet | None = None
        self.papers: Papers | None = None
        self.line: Line | None = None
        self.sign_in = self._new_sign_in(glanced)
        self.halo = Halo(self)
        QShortcut(QKeySequence("F1"), self).activated.connect(self.show_keys)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_turned)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(OPEN_AFTER_MS, self._open_desk)

    def _open_desk(self) -> None:
        self.work.change(self, "_desk_open", self.opening.desk, failed="_desk_shut")

    def _desk_open(self, desk: "Desk") -> None:
        self._take_up_line(desk)
        if self.counter is None:
            self.sign_in.start()  # tables of an older program may say otherwise now
        self.opened()

    def _desk_shut(self, error: Exception) -> None:
        self.failure = error
        self.close()

    def _new_sign_in(self, glanced: Here | None = None) -> SignInPage:
        presenter = SignIn(self.opening, self.work)
        presenter.signed_in = self.start_shift
        if self.line is not None:
            presenter.follow(self.line)
        page = SignInPage(presenter)
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        page.start(glanced)
        return page

    def start_shift(self, session: "Session") -> None:
        """The counter, for whoever has just signed in."""
        from ui.counter.papers import Papers
        from ui.shift import Shift

        self.papers = self.papers or Papers(self.work)  # they go on through a sign-out
        desk = self.opening.desk()
        line = self._take_up_line(desk)
        self.sign_in.presenter.leave()
        shift = Shift(desk, session, self.work, self.receipts(), self.papers, self.preferences, line)
        shift.locking.turned = self._lock_turned
        shift.preferred = self.prefer
        self.workplace = self._workplace(shift)
        self._show_only(self.workplace)
        self.workplace.start()
        self.halo.raise_()
        self._watch()
        self.turned(True)

    def _take_up_line(self, desk: "Desk") -> Line:
        """The line to the centre, from the desk's opening on, whoever is signed in."""
        if self.line is None:
            self.line = Line(desk, self.work)
            self.line.start()
            self.sign_in.presenter.follow(self.line)
        return self.line

    def _workplace(self, shift: "Shift") -> "Workplace":
        from ui.workplace import Workplace

        made = Workplace(shift, self.sign_in.presenter.here.desk)
        made.rail.leave.clicked.connect(self.sign_out)
        shift.show_keys = self.show_keys
        return made

    def _watch(self) -> None:
        """From the first shift on: the scanner, and whether anybody is here."""
        if self._idle is not None:
            return
        from ui.lock.idle import Idle
        from ui.scanner import Scanner

        self.winId()  # only now is there surely a handle, to which keys and mouse come
        self._scanner = Scanner(self, self._scanned, lambda: self.is_open and not self._second_is_asked())
        self._idle = Idle(self.windowHandle(), lambda: self.preferences.lock_minutes * 60, self.lock)

    def _scanned(self, text: str, write: Callable[[str], None] | None = None, *, is_number: bool = False) -> None:
        if self.workplace is not None:
            self.workplace.shift.scans.scanned(text, write, is_number=is_number)

    def _second_is_asked(self) -> bool:
        return self.workplace is not None and self.workplace.shift.second.is_open

    # --- the lock ------------------------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Somebody is signed in, and their screen is not locked."""
        return self.workplace is not None and self.curtain is None

    def lock(self) -> None:
        if self.workplace is not None:
            self.workplace.shift.locking.close()

    def _lock_turned(self) -> None:
        if self.workplace is None:
            return
        if self.workplace.shift.locking.is_closed:
            self._draw_curtain(self.workplace)
        else:
            self._lift_curtain(self.workplace)

    def _draw_curtain(self, workplace: "Workplace") -> None:
        if self.keys is not None:
            self.keys.leave()
        self.focus_behind = self.focusWidget()
        self.curtain = self._curtain(workplace)
        self.stack.addWidget(self.curtain)
        self.stack.setCurrentWidget(self.curtain)
        # It is taken out of the window whole: no Tab and no screen reader finds what is not there.
        self.stack.removeWidget(workplace)
        workplace.setParent(None)
        self.curtain.focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _curtain(self, workplace: "Workplace") -> "Curtain":
        from ui.lock.curtain import Curtain

        made = Curtain(workplace.shift.locking)
        made.another.clicked.connect(self.sign_out)
        return made

    def _lift_curtain(self, workplace: "Workplace") -> None:
        self.curtain = None
        self._show_only(workplace)
        focused, self.focus_behind = self.focus_behind, None
        if focused is not None and isValid(focused) and focused.isVisible():
            focused.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._likeness_behind is not None:
            self._likeness_behind.take_focus(workplace)
        self._likeness_behind = None
        self.halo.raise_()

    @property
    def counter(self) -> "CounterPage | None":
        """The counter's page, while somebody is signed in."""
        return self.workplace.counter if self.workplace is not None else None

    def open(self, page: str) -> None:
        """Another page: `counter`, `files`, `log` or `settings`."""
        if self.workplace is not None:
            self.workplace.shift.open(page)

    def sign_out(self) -> None:
        """Back to the names; what is being written is kept as a draft."""
        if self.workplace is not None:
            self.workplace.shift.leave()
            if self.curtain is not None:
                self.workplace.deleteLater()
            self.workplace = self.curtain = self.focus_behind = None
        self._show_only(None)
        self.turned(False)

    def _show_only(self, page: QWidget | None) -> None:
        old = self.stack.currentWidget()
        if page is None:
            self.sign_in = self._new_sign_in()
        else:
            self.stack.addWidget(page)
            self.stack.setCurrentWidget(page)
        if old is not None:
            self.stack.removeWidget(old)
            old.deleteLater()

    # --- look and help -------------------------------------------------------------------------------------------

    def prefer(self, preferences: Preferences) -> None:
        """The window looks like this from now on, and at the next start."""
        before, self.preferences = self.preferences, preferences
        folder = self.opening.desk().store.folder
        self.work.change(self, "_preferences_kept", lambda: write(folder, preferences), failed="_preferences_kept")
        if (before.theme, before.scale) != (preferences.theme, preferences.scale):
            QTimer.singleShot(0, self, self.restyle)  # the click that chose it is still on its way through the page

    def _preferences_kept(self, _outcome: object) -> None:
        """No work hangs on that file."""

    def _system_turned(self) -> None:
        if self.preferences.theme == "system":
            self.restyle()

    def restyle(self) -> None:
        """Dresses the application anew and builds what stands in the window again, over the same presenters: every
        letter and the focus stay. Not to be called from within a widget of a page: the old ones are gone at once, for
        dressing them again before they go would take most of the time.
        """
        from ui.likeness import Likeness

        application, old = QApplication.instance(), self.stack.currentWidget()
        if not isinstance(application, QApplication) or old is None:
            return
        likeness, shift = Likeness.of(old, self.focusWidget()), self.workplace.shift if self.workplace else None
        if self.curtain is not None and self.workplace is not None:
            self._likeness_behind = Likeness.of(self.workplace, self.focus_behind) or self._likeness_behind
            delete(self.workplace)
        self.stack.removeWidget(old)
        for gone in filter(None, (old, self.keys)):
            delete(gone)
        self.keys = self.focus_behind = None
        theme.apply(application, self.preferences)
        self.setMinimumSize(*SMALLEST)
        shown = self._built_anew(shift)
        if likeness is None or not likeness.take_focus(shown):
            shown.setFocus(Qt.FocusReason.OtherFocusReason)
        self.halo.raise_()

    def _built_anew(self, shift: "Shift | None") -> QWidget:
        """What stands in the window, shown: names, curtain or workplace."""
        if shift is None:
            self.sign_in = SignInPage(self.sign_in.presenter)
            self._show_only(self.sign_in)
            return self.sign_in
        self.workplace = self._workplace(shift)
        if self.curtain is not None:
            self.curtain = self._curtain(self.workplace)
            self._show_only(self.curtain)
        else:
            self._show_only(self.workplace)
        self.workplace.start()
        return self.curtain or self.workplace

    def show_keys(self) -> None:
        """F1: the keys of what is open; once more, and they are gone."""
        from ui.help.sheet import KeySheet

        if self.keys is None:
            self.keys = KeySheet(self)
            self.keys.guide = lambda: self.workplace.show_guide() if self.workplace is not None else None
        if self.keys.isVisible():
            self.keys.leave()
        elif self.workplace is None:
            self.keys.show_page("sign-in")
        else:
            self.keys.show_page("lock" if self.curtain is not None else self.workplace.shift.page)

    def show_trouble(self, trouble: Trouble) -> None:
        """A failure that nobody expected, said calmly wherever the clerk is."""
        if self.counter is not None:
            self.counter.counter.banner = trouble
            self.counter.render_state()
        else:
            self.sign_in.presenter.message = trouble.text
            self.sign_in.render_state()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.counter is not None:
            self.counter.counter.keep_draft()
        self.work.close()
        super().closeEvent(event)
