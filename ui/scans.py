"""What a scan means, and where it is taken: a card to its holder, a code or a receipt to its request. No Qt here."""

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from models.codes import CodeError, grouped, parse_tracking_code
from models.identity import IdentityError, legal_number, national_number
from models.paper_body import from_payload
from resources import words
from resources.words import _
from ui.doors import Doors
from ui.shell import Shell
from ui.trouble import Trouble, trouble_of

if TYPE_CHECKING:
    from app.desk.desk import Desk
    from app.desk.verifying import Verified
    from ui.counter.presenter import Counter

NATIONAL_NUMBER = "client.national_number"


class Meaning(NamedTuple):
    """`kind` is `number` (of a card), `code` (a request's), `receipt` (a whole QR code) or `other`."""

    kind: str
    text: str


def meaning(text: str) -> Meaning:
    """What has been scanned, by its form and check digits alone."""
    text = text.strip()
    try:
        from_payload(text)
    except ValueError:
        pass
    else:
        return Meaning("receipt", text)
    if text.isascii() and text.isdecimal():
        if len(text) == 12 and _is_right(parse_tracking_code, text):
            return Meaning("code", text)
        if len(text) == 10 and _is_right(national_number, text):
            return Meaning("number", text)
        if len(text) == 11 and _is_right(legal_number, text):
            return Meaning("number", text)
    return Meaning("other", text)


def _is_right(rule: Callable[[str], object], text: str) -> bool:
    try:
        rule(text)
    except (CodeError, IdentityError):
        return False
    return True


class Proved(NamedTuple):
    """A receipt's verdict, and whether its request is in this desk's book."""

    verified: "Verified"
    is_here: bool


class ScanActs:
    """What scanning asks of the desk, behind the doors."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def prove(self, payload: str) -> Proved:
        from app.desk.receipts import NoSuchRequest
        from app.desk.requests import request
        from app.desk.verifying import verify

        verified = verify(self.desk, payload)
        if verified.verdict != "genuine" or verified.body is None:
            return Proved(verified, is_here=False)
        try:
            request(self.desk, verified.body.code)
        except NoSuchRequest:
            return Proved(verified, is_here=False)
        return Proved(verified, is_here=True)


class Scans:
    """Takes each scan where it belongs: a card to its holder, a code or a receipt to its request."""

    def __init__(self, acts: ScanActs, doors: Doors, shell: Shell, counter: "Counter") -> None:
        self.acts, self.doors, self.shell, self.counter = acts, doors, shell, counter
        self._seen = ("", counter.id)

    def scanned(self, text: str, write: Callable[[str], None] | None = None, *, is_number: bool = False) -> None:
        """`write` puts a text into the field with the focus, if there is one; `is_number` if it asks for a number."""
        kind, text = meaning(text)
        if kind == "receipt":
            self.doors.read(self, "_proved", lambda: self.acts.prove(text), failed="_not_proved")
        elif kind == "code":
            self.shell.open_file(text)
        elif write is not None and (is_number or kind == "other"):
            write(text)
        elif kind == "number":
            self._card(text)
        elif text.isascii() and text.isdecimal():
            self.shell.find(text)
        else:
            self.shell.toast(_("What was scanned is no card and no receipt."))

    def _card(self, number: str) -> None:
        counter, person = self.counter, self.counter.person
        if self._seen == (number, counter.id) and person.is_there:
            return  # the scanner saw the same card twice
        if person.is_new and person.kind == "person" and not person.texts.get(NATIONAL_NUMBER):
            counter.type_field(NATIONAL_NUMBER, words.digits(number))
            counter.leave_field(NATIONAL_NUMBER)
        else:
            self.shell.find(number)
        self._seen = (number, counter.id)

    def _proved(self, proved: Proved) -> None:
        verdict, body, service = proved.verified.verdict, proved.verified.body, proved.verified.service
        if body is None or verdict == "altered":
            self._warn(_("The desk's signature on it is not right. Compare it with the file, and ask your supervisor."))
        elif verdict == "unknown_desk":
            desk = words.digits(body.code[:4].lstrip("0"))
            self.shell.toast(_("Nothing is known here of desk {desk}, which this receipt names.").format(desk=desk))
        else:
            code = f"\u2066{words.digits(grouped(body.code))}\u2069"
            signed = (code, service.offered.title if service else "", _due(body.due))
            text = _("The receipt is genuine: {signed}").format(signed=" · ".join(part for part in signed if part))
            if proved.is_here:
                self.shell.open_file(body.code)
            self.shell.toast(text)

    def _warn(self, text: str) -> None:
        """Stays until it is read: somebody with a forged paper may stand at the counter."""
        self.counter.banner = Trouble("danger", _("This receipt is not genuine."), text)
        self.shell.open_counter()
        self.counter.changed()

    def _not_proved(self, error: Exception) -> None:
        self.shell.toast(trouble_of(error, _("This could not be read just now.")).text)


def _due(day: datetime.date | None) -> str:
    return _("Answer by {day}").format(day=words.long_date(day)) if day else ""
