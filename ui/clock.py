"""A clock that is wrong or seems so: two people say that it is right. No Qt here."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from models.calendar import business_day
from resources import words
from resources.words import _
from ui.shell import Shell

if TYPE_CHECKING:
    from app.desk.desk import Desk
    from app.desk.people import Session
    from ui.second.presenter import SecondPerson


class Hand(Protocol):
    """Whoever is at the desk."""

    desk: "Desk"
    session: "Session"


def ask_about_clock(shell: Shell, hand: Hand, done: Callable[[Any], None]) -> None:
    """Shows what the clock says and asks a second person; `done` gets the time that holds from then on."""
    now = hand.desk.clock()
    shown = _("It is {day}, {time}. Every paper carries this date.").format(
        day=words.long_date(business_day(now)), time=words.clock(now)
    )

    def act(second: "SecondPerson") -> int:
        from app.desk.clock import accept_clock
        from app.desk.people import approve

        approver = approve(hand.desk, second.name, second.password, hand.session)
        return accept_clock(hand.desk, hand.session, approver)

    shell.ask_second(_("Is this computer's clock right?"), act, done, reason=False, hint=shown)
