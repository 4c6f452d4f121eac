"""What these pages say of what was done and of what could not be taken."""

from __future__ import annotations

from resources.words import N_, Translator

DONE = {
    "revoked": N_("The desk's place was taken back. Its lines stay."),
    "settled": N_("The flag is settled; the desks hear of it."),
    "admitted": N_("The person is admitted, and can sign in at every desk once it has heard of it."),
    "changed": N_("The person was changed; the desks hear of it."),
    "withdrawn": N_("The service was withdrawn; desks offer it no more once they have heard of it."),
    "published": N_("Published; every desk takes it over when it next asks."),
}
_SENTENCES = {
    ("name", "exists"): N_("A person of this name is here already; write another name."),
    ("name", "none_left"): N_("All numbers for desks were given; a further centre is needed."),
    ("role", "required"): N_("Choose at least one role."),
    ("role", "last_administrator"): N_("This is the last administrator; admit another one first."),
    ("unit", "required"): N_("A unit officer needs a unit."),
    ("password", "required"): N_("Write a password."),
    ("password", "too_short"): N_("A password has at least four characters."),
    ("once", "exists"): N_("This form was sent before and made a desk; it stands in the list."),
    ("code", "exists"): N_("A service has this code already; change that one, or write another code."),
    ("code", "none_left"): N_("There are no numbers left for services."),
    ("working_days", "bad_format"): N_("Write a whole number of working days, 90 at most."),
    ("cost", "bad_format"): N_("Write the cost in rials, digits only."),
    ("day", "bad_format"): N_("Write the day as year, month and day: 1405/10/02."),
    ("tracking_url", "bad_format"): N_("Write a web address in Latin letters: https://…"),
    ("weekdays", "required"): N_("An office works on one day of the week at least."),
    ("note", "required"): N_("Write what was found or done."),
    ("picture", "required"): N_("Choose a picture."),
    ("picture", "bad_format"): N_("This is no picture that can be read; choose a PNG or JPEG."),
    ("picture", "too_large"): N_("The picture has too many dots; choose a smaller one."),
    ("picture", "empty"): N_("The picture is all white."),
    ("picture", "too_detailed"): N_("The picture has too much detail for an emblem; take a line drawing."),
}
_BY_CODE = {
    "required": N_("This is needed."),
    "too_long": N_("This is too long."),
    "bad_format": N_("This holds something that cannot be read; write it again."),
    "not_found": N_("This is no longer here."),
}


def done(words: Translator, what: str) -> str:
    """What was done, for the page that follows; empty for nothing."""
    return words.gettext(DONE.get(what, ""))


def problem(words: Translator, field: str, code: str) -> str:
    """Why what was written in a field is not taken, and what helps."""
    return words.digits(words.gettext(_SENTENCES.get((field, code)) or _BY_CODE[code]))
