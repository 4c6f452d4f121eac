"""The settings without their glass. What is chosen holds at once; there is nothing to save. No Qt here."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from app.desk.lock import MAX_DIGITS, MIN_DIGITS, PinError
from models.text import ascii_digits
from resources import words
from resources.words import _
from ui.doors import Doors
from ui.lock.presenter import Locking
from ui.preferences import Preferences
from ui.settings.acts import Acts, Asked, Known
from ui.settings.centre import CentreSettings
from ui.shell import NoShell, Shell
from ui.status.line import Line
from ui.trouble import Trouble, trouble_of

if TYPE_CHECKING:
    from printing.printers import Queue, Report

SECTIONS = ("look", "lock", "printers", "centre", "help")
EXAMPLE = "ipp://192.168.1.20/ipp/print"
PAPERS = ("a5", "a4", "roll80")


class Settings:
    """`prefer` is called with the window's new preferences. `changed` tells the page to look again; `focus` names the
    part that should have the focus next; the page takes it."""

    def __init__(
        self,
        acts: Acts,
        doors: Doors,
        locking: Locking,
        preferences: Preferences,
        shell: Shell | None = None,
        line: Line | None = None,
    ) -> None:
        self.acts, self.doors, self.locking, self.shell = acts, doors, locking, shell or NoShell()
        self.centre = CentreSettings(acts, doors, self.shell, line, self._heard)
        self.preferences = preferences
        self.changed: Callable[[], None] = lambda: None
        self.prefer: Callable[[Preferences], None] = lambda preferences: None
        self.printers_changed: Callable[[], None] = lambda: None
        self.show_guide: Callable[[], None] = lambda: None
        self.show_keys: Callable[[], None] = lambda: None
        self.version = ""
        self.section = "look"
        self.banner: Trouble | None = None
        self.pin = ""
        self.pin_problem = ""
        self.known: Known | None = None
        self.asked: dict[str, Asked] = {}
        self.tests: dict[str, str] = {}
        """What became of a printer's test page, by its name."""
        self.testing: set[str] = set()
        self.new_name = self.new_address = ""
        self.new_problem = ""
        self.new_problem_at = ""
        """`name` or `address`: the field that is wrong."""
        self.removing = ""
        """The printer of which is asked whether it is really to be forgotten."""
        self.busy = False

    def start(self) -> None:
        """The page is shown."""
        self.read_printers()
        self.centre.start()
        if not self.version:
            self.doors.read(self, "_version_read", self.acts.version, failed="_not_read")

    def leave(self) -> None:
        """Somebody else comes."""
        self.centre.leave()

    def _heard(self) -> None:
        self.changed()

    def _version_read(self, version: str) -> None:
        self.version = version
        self.changed()

    def go_to(self, section: str) -> None:
        if section != self.section:
            self.section, self.banner = section, None
            if section == "printers":
                self.read_printers()
            self.changed()

    def back(self) -> None:
        """Esc: a question is taken back; else to the counter."""
        if self.removing:
            self.removing = ""
            self.changed()
        else:
            self.shell.open_counter()

    def dismiss_banner(self) -> None:
        self.banner = None
        self.changed()

    # --- the window's look, and its lock -----------------------------------------------------------------------------

    def choose(self, **chosen: Any) -> None:
        """`theme`, `scale` or `lock_minutes`."""
        new = replace(self.preferences, **chosen)
        if new != self.preferences:
            self.preferences = new
            self.prefer(new)
            self.changed()

    def type_pin(self, pin: str) -> None:
        self.pin = pin
        if self.pin_problem:
            self.pin_problem = ""
            self.changed()

    def set_pin(self) -> None:
        """The PIN of this session, until signing out."""
        try:
            self.locking.set_pin(self.pin)
        except PinError:
            least, most = words.number(MIN_DIGITS), words.number(MAX_DIGITS)
            self.pin_problem = _("A PIN has {least} to {most} digits.").format(least=least, most=most)
            self.changed()
            return
        self.pin = self.pin_problem = ""
        self.changed()
        self.shell.toast(_("The PIN is set; it opens the locked screen until you sign out."))

    # --- printers ----------------------------------------------------------------------------------------------------

    @property
    def may_change(self) -> bool:
        return self.acts.may_change_printers

    @property
    def usual_paper(self) -> str:
        return self.known.settings.paper if self.known is not None else PAPERS[0]

    def default(self, paper: str) -> str:
        """The name of the printer that this paper goes to, empty for none."""
        return self.known.settings.defaults.get(paper, "") if self.known is not None else ""

    def is_own(self, queue: "Queue") -> bool:
        """Whether the desk itself has named it, and not the operating system."""
        return self.known is not None and queue.name in self.known.settings.addresses

    def read_printers(self) -> None:
        self.doors.read(self, "_known_read", self.acts.known, failed="_not_read", latest=True)

    def _known_read(self, known: Known) -> None:
        self.busy = False
        before = self.known.queues if self.known is not None else ()
        self.known = known
        if known.queues != before:
            queues = known.queues
            self.asked = {name: asked for name, asked in self.asked.items() if name in {q.name for q in queues}}
            job = partial(self.acts.ask, queues)
            self.doors.paper(self, "_all_asked", job, told="_answered", failed="_not_asked", leave=lambda: None)
        self.changed()

    def _answered(self, asked: Asked) -> None:
        self.asked[asked.name] = asked
        self.changed()

    def _all_asked(self, _nothing: None) -> None:
        pass

    def _not_asked(self, error: Exception) -> None:
        self.banner = trouble_of(error, _("A printer could not be asked."))
        self.changed()

    def _not_read(self, error: Exception) -> None:
        self.busy = False
        self.banner = trouble_of(error, _("This could not be read just now."))
        self.changed()

    def choose_default(self, paper: str, name: str) -> None:
        if name and name != self.default(paper):
            self._change(partial(self.acts.set_default, paper, name))

    def choose_usual(self, paper: str) -> None:
        if paper != self.usual_paper:
            self._change(partial(self.acts.set_usual_paper, paper))

    def type_new(self, *, name: str | None = None, address: str | None = None) -> None:
        self.new_name = self.new_name if name is None else name
        self.new_address = self.new_address if address is None else address
        if self.new_problem:
            self.new_problem = self.new_problem_at = ""
            self.changed()

    def add(self) -> None:
        """The printer whose name and address are written."""
        address = self.new_address.strip()
        if "://" in address:  # a computer's, which a Persian keyboard writes with its own digits; a folder's name stays
            address = ascii_digits(address)
        self._change(partial(self.acts.add, self.new_name, address), "_added")

    def ask_to_remove(self, name: str) -> None:
        self.removing = "" if self.removing == name else name
        self.changed()

    def remove(self) -> None:
        name, self.removing = self.removing, ""
        if name:
            self._change(partial(self.acts.remove, name))

    def _change(self, job: Callable[[], None], done: str = "_done") -> None:
        if not self.busy:
            self.busy, self.banner = True, None
            self.doors.change(self, done, job, failed="_not_done")
            self.changed()

    def _added(self, _nothing: None) -> None:
        self.new_name = self.new_address = ""
        self._done(None)

    def _done(self, _nothing: None) -> None:
        self.busy = False
        self.printers_changed()
        self.read_printers()

    def _not_done(self, error: Exception) -> None:
        from app.desk.paper_words import printer_sentence
        from app.desk.printers import PrinterError

        self.busy = False
        if isinstance(error, PrinterError) and error.code in ("required", "bad_address"):
            self.new_problem_at = "name" if error.code == "required" else "address"
            self.new_problem = (
                printer_sentence(error)
                if error.code == "required"
                else _("This is not a printer's address; one is {address}").format(address=f"\u2066{EXAMPLE}\u2069")
            )
        elif isinstance(error, PrinterError):
            self.banner = Trouble("danger", _("The printers stay as they were."), printer_sentence(error))
        else:
            self.banner = trouble_of(error, _("The printers stay as they were."))
        self.changed()

    def print_test(self, name: str) -> None:
        """The printer's test page, followed for a minute."""
        if name in self.testing:
            return
        self.testing.add(name)
        self.tests[name] = _("The test page is on its way.")
        self.doors.paper(
            self, "_tested", lambda told: self._test(name), told="_tested", failed="_not_tested", leave=lambda: None
        )
        self.changed()

    def _test(self, name: str) -> "tuple[str, Report | Exception]":
        try:
            return self.acts.print_test_page(name)
        except Exception as error:  # noqa: BLE001  # it is said beside the printer it belongs to
            return name, error

    def _tested(self, answer: "tuple[str, Report | Exception]") -> None:
        from app.desk.paper_words import paper_sentence, printer_sentence
        from app.desk.printers import PrinterError

        name, report = answer
        self.testing.discard(name)
        if isinstance(report, PrinterError):
            self.tests[name] = printer_sentence(report)
        elif isinstance(report, Exception):
            self.tests[name] = trouble_of(report, "").text
        else:
            self.tests[name] = paper_sentence(report)
        self.changed()

    def _not_tested(self, error: Exception) -> None:
        self.banner = trouble_of(error, _("The test page was not printed."))
        self.changed()
