"""`user`: admitting, changing and retiring people."""

from __future__ import annotations

import argparse

from app.cli.exits import DONE, REFUSED, WRONG_USE, Stop
from app.cli.terminal import environment, open_desk_of, say, secret, sign_in_as
from app.desk import people
from models.people import AdmissionError
from resources.words import _


def run(arguments: argparse.Namespace) -> int:
    """Prints the person's name and roles as they are now."""
    if arguments.add and not arguments.role:
        raise Stop(_("Name at least one role with --role."), WRONG_USE)
    with open_desk_of(arguments) as desk:
        session = sign_in_as(desk, arguments)
        roles = tuple(arguments.role or ())
        try:
            if arguments.add:
                password = secret(
                    arguments, "MIZ_NEW_PIN", _("New password of {name}:").format(name=arguments.add), twice=True
                )
                person = people.admit(desk, session, arguments.add, roles, password, arguments.unit or "")
            elif arguments.change:
                changed = environment("MIZ_NEW_PIN")
                person = people.change(
                    desk,
                    session,
                    arguments.change,
                    roles=roles or None,
                    unit=arguments.unit,
                    password=changed,
                    retired=False,
                )
            else:
                person = people.change(desk, session, arguments.retire, retired=True)
        except AdmissionError as error:
            raise Stop(admission_sentence(error), REFUSED) from None
    say({"user": person.name, "roles": list(person.roles)} | ({"retired": True} if person.retired else {}))
    return DONE


def admission_sentence(error: AdmissionError) -> str:
    """Why somebody was not admitted or changed, and what to do."""
    sentences = {
        ("as", "not_allowed"): _("Only an administrator admits and changes people."),
        ("as", "from_centre"): _("This desk has joined a centre: people are admitted and changed there."),
        ("name", "exists"): _("A person of this name is here already; use --change, or another name."),
        ("name", "not_found"): _("Nobody of this name works at this desk."),
        ("name", "required"): _("Write the person's name."),
        ("name", "too_long"): _("The name is longer than a hundred characters."),
        ("unit", "required"): _("A unit officer needs a unit: --unit."),
        ("password", "too_short"): _("A password has at least four characters."),
        ("password", "required"): _("Write a password."),
        ("role", "last_administrator"): _("This is the last administrator; admit another one first."),
    }
    return sentences.get((error.field, error.code), _("This cannot be accepted; check it and write it again."))
