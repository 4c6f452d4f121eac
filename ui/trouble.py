"""What went wrong, as the calm words of a banner. No Qt here."""

from dataclasses import dataclass

from app.desk.failures import clock_sentence, note_defect, store_sentence
from app.vault.problems import sort_error
from resources.words import _


@dataclass(frozen=True)
class Trouble:
    """A banner: `danger` or `warn`, what happened, and what is safe and what to do. It `asks_clock` where two people
    can put it right by saying that the computer's clock is."""

    kind: str
    head: str
    text: str
    asks_clock: bool = False


def trouble_of(error: BaseException, head: str, *, unsaved: bool = False) -> Trouble:
    """The banner for a failure. A defect of our own is logged by its place alone, never with what was typed."""
    from app.book.append import ClockSetBack

    known = sort_error(error)
    asks_clock = isinstance(error, ClockSetBack)
    if asks_clock:
        text = clock_sentence()
    elif known is None:
        note_defect(error)
        text = _("Something went wrong in the program itself. What was registered before is safe; try again.")
    else:
        text = store_sentence(known)
    if unsaved:
        text += " " + still_here()
    return Trouble("danger", head, text, asks_clock)


def still_here() -> str:
    """What is safe when a visit was not saved."""
    return _("No receipt was printed; what you wrote is still here.")
