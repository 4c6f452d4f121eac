"""What the stable tokens of the book are called on screen and in the register."""

from __future__ import annotations

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


def state(token: str) -> str:
    """The name of a request's state, in the language of the program."""
    return _(STATES[token])


def role(token: str) -> str:
    """The name of a role."""
    return _(ROLES[token])
