"""What the stable tokens of the book are called on screen and in the register."""

from __future__ import annotations

from models.flags import REASONS
from resources.words import N_, _

STATES = {
    "open": N_("Registered"),
    "lacking": N_("Papers incomplete"),
    "referred": N_("Referred"),
    "answered": N_("Ready to deliver"),
    "delivered": N_("Delivered"),
    "done": N_("Done"),
    "guided": N_("Guided"),
    "withdrawn": N_("Withdrawn by the client"),
    "voided": N_("Voided"),
}
STEPS = {
    "register": N_("Registered"),
    "receive-document": N_("A paper was brought"),
    "refer": N_("Referred to"),
    "answer": N_("Answered"),
    "extend": N_("The answer takes longer"),
    "deliver": N_("Delivered"),
    "withdraw": N_("Withdrawn by the client"),
    "void": N_("Voided"),
    "reassign": N_("The client was corrected"),
}
"""What a step in a request's life is called where it is shown to the client."""
ROLES = {
    "clerk": N_("Desk clerk"),
    "supervisor": N_("Supervisor"),
    "unit_officer": N_("Unit officer"),
    "administrator": N_("Administrator"),
}
FLAGS = {
    "unknown_kind": N_("Written by a newer program"),
    "unreadable": N_("Cannot be read"),
    "waits_for_request": N_("Its registration has not come yet"),
    "not_allowed": N_("Written by somebody who may not"),
    "illegal_step": N_("Out of the order of a request's life"),
    "repeated_code": N_("Two requests with one tracking code"),
    "same_number": N_("One identity number, perhaps two people"),
    "override": N_("A doubtful number was accepted"),
    "clock": N_("The desk's clock was off"),
}
"""Why the centre wants somebody to look at an entry."""
FLAG_ADVICE = {
    "unknown_kind": N_("Update the centre; the entry then takes its place by itself."),
    "unreadable": N_("Ask whoever made the program of that desk; the entry is kept as it came."),
    "waits_for_request": N_("The desk that registered it has not sent it yet. Look whether that desk is connected."),
    "not_allowed": N_("The work was done and stays. Speak with the person, or give them the right."),
    "illegal_step": N_("The step changed nothing. Look at the request at its desk, and settle what was meant."),
    "repeated_code": N_("Tell both clients apart by their second number. The desk's book was probably copied."),
    "same_number": N_("Compare the two files at the desk, and merge them if it is one person."),
    "override": N_("Look at the paper again; correct the client's file if the number was misread."),
    "clock": N_("Set the desk's clock right; days that were printed stay as promised."),
}
"""What helps then."""


def settled_by(reason: str) -> str:
    """Who settles what the centre holds against an entry, in one sentence."""
    known = REASONS.get(reason)
    if known is not None and known.waits:
        return _("It settles by itself.")
    if known is not None and known.owner == "supervisor":
        return _("A supervisor settles it at the centre.")
    return _("An administrator settles it at the centre.")


def state(token: str) -> str:
    """The name of a request's state, in the language of the program."""
    return _(STATES[token])


def role(token: str) -> str:
    """The name of a role."""
    return _(ROLES[token])
