"""What went wrong, as the calm words of a banner. No Qt here."""

from dataclasses import dataclass

from app.desk.failures import note_defect, store_sentence
from app.vault.problems import sort_error
from resources.words import _


@dataclass(frozen=True)
class Trouble:
    """A banner: `danger` or `warn`, what happened, and what is safe and what to do."""

    kind: str
    head: str
    text: str


def trouble_of(error: BaseException, head: str, *, unsaved: bool = False) -> Trouble:
    """The banner for a failure. A defect of our own is logged by its place alone, never with what was typed."""
    known = sort_error(error)
    if known is None:
        note_defect(error)
        text = _("Something went wrong in the program itself. What was registered before is safe; try again.")
    else:
        text = store_sentence(known)
    if unsaved:
        text += " " + _("No receipt was printed; what you wrote is still here.")
    return Trouble("danger", head, text)
