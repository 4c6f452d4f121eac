"""What is wrong with something typed: a stable code at a field, and the sentence that says what to do about it."""

from __future__ import annotations

from uuid import UUID

import msgspec

from resources.words import _, ngettext, number


class Candidate(msgspec.Struct, frozen=True):
    """Somebody who may be the person at the counter."""

    id: UUID
    name: str


class Problem(msgspec.Struct, frozen=True):
    """`field` is the path in the visit (`client.mobile`, `documents[2]`), empty where it is about the whole line."""

    field: str
    code: str
    message: str
    candidates: tuple[Candidate, ...] = ()


def problem(
    field: str, code: str, *, missing: int = 0, limit: int = 0, candidates: tuple[Candidate, ...] = ()
) -> Problem:
    """The problem with its sentence. `missing` digits or the `limit` in characters make the sentence exact."""
    return Problem(field, code, _sentence(field, code, missing, limit), candidates)


def _sentence(field: str, code: str, missing: int, limit: int) -> str:
    name = field.rpartition(".")[2].partition("[")[0]
    if missing > 0 and name == "national_number":
        return ngettext(
            "A national number has ten digits; {n} digit is missing.",
            "A national number has ten digits; {n} digits are missing.",
            missing,
        ).format(n=number(missing))
    if code == "too_long" and limit:
        return _("This is longer than {n} characters; shorten it.").format(n=number(limit))
    sentences = _sentences()
    for key in ((name, code), ("", code)):
        if key in sentences:
            return sentences[key]
    return _("This cannot be accepted; check it and write it again.")


def _sentences() -> dict[tuple[str, str], str]:
    return {
        ("", "required"): _("Write this; the request cannot be registered without it."),
        ("", "too_long"): _("This is too long; shorten it."),
        ("", "bad_format"): _("This is not written the way it should be; check it and write it again."),
        ("", "not_a_date"): _("This is not a day of the calendar; write it as 1405/09/03."),
        ("", "unknown_field"): _("This field is not known here; remove it or correct its name."),
        ("", "not_allowed"): _("This is not allowed here."),
        ("", "not_found"): _("Nothing was found under this; check it and write it again."),
        ("", "needs_confirmation"): _("Check this with the client and confirm it."),
        ("", "not_json"): _("This line is not a JSON object; correct it and send it again."),
        ("national_number", "bad_check_digit"): _("The national number is not right; read it from the card again."),
        ("national_number", "bad_format"): _("A national number has ten digits; read it from the card again."),
        ("national_number", "required"): _("Write the national number, or choose another kind of identity."),
        ("national_number", "needs_confirmation"): _("This number is unusual; compare it with the card, then confirm."),
        ("national_number", "padded"): _("Zeros were put before the number to make ten digits."),
        ("legal_number", "bad_check_digit"): _("The organisation's number is not right; read it from its papers."),
        ("legal_number", "bad_format"): _("An organisation's number has eleven digits."),
        ("foreign_number", "bad_format"): _("A foreign national's number has 8 to 14 digits."),
        ("foreign_number", "unusual_length"): _("A foreign national's number usually has twelve digits; check it."),
        ("passport_number", "bad_format"): _("A passport number has 5 to 15 Latin letters and digits."),
        ("mobile", "bad_format"): _("A mobile number has eleven digits and begins with 09."),
        ("mobile", "unknown_prefix"): _("This mobile's prefix is not known; check it with the client."),
        ("phone", "bad_format"): _("Write the telephone number with its area code."),
        ("postal_code", "bad_format"): _("A postal code has ten digits."),
        ("postal_code", "bad_postal_code"): _("This does not look like a postal code; check it with the client."),
        ("kind", "required"): _("Say what kind of client this is."),
        ("kind", "bad_format"): _("This kind of client is not known."),
        ("service", "unknown_service"): _("No service has this code or title; choose one from the list."),
        ("service", "required"): _("Choose a service."),
        ("client", "required"): _("Say who the client is."),
        ("client", "needs_confirmation"): _("This may be somebody registered already; say whether it is."),
        ("id", "not_found"): _("This client is not in the register of this desk."),
        ("due_on", "holiday"): _("That day is a holiday; the nearest working day was taken."),
        ("bring_by", "holiday"): _("That day is a holiday; the nearest working day was taken."),
        ("due_on", "not_allowed"): _("The answer day lies from today to ninety days after registration."),
        ("bring_by", "not_allowed"): _("The papers must be brought by a day from today to ninety days from now."),
        ("continues", "not_found"): _("No visit with this code is known at this desk."),
        ("continues", "not_allowed"): _("Only a visit in which the client was guided can be continued."),
        ("continues", "bad_check_digit"): _("This tracking code is not right; read it from the slip again."),
        ("key", "key_reused"): _("This key was used for another visit; use a new one."),
        ("override", "not_allowed"): _("A refused number is taken only when a second person approves."),
        ("as", "not_allowed"): _("Your role does not register visits; a clerk or a supervisor does."),
        ("", "clock"): _(
            "This computer's clock stands before the last registration; correct it, or let two people accept it."
        ),
    }
