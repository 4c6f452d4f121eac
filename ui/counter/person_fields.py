"""The fields of the first card: which ones a kind of identity asks for, in reading order, and how they are typed."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.desk.visit_form import NUMBERS
from resources.words import _

KINDS = ("person", "organisation", "foreigner", "passport", "unidentified")


@dataclass(frozen=True)
class FormField:
    """A field of the form: its path in the visit, its label, and how it is typed (`name`, `number`, `text`)."""

    path: str
    label: str
    typed: str = "name"
    digits: int = 0
    optional: bool = False
    hint: str = ""
    placeholder: str = ""


def all_fields() -> Mapping[str, FormField]:
    """Every field a form may show, by path."""
    fields = (
        FormField("client.national_number", _("National number"), "number", 10),
        FormField("client.legal_number", _("Organisation number"), "number", 11),
        FormField("client.foreign_number", _("Foreign national's number"), "number", 14),
        FormField("client.passport_number", _("Passport number"), "text"),
        FormField("client.nationality", _("Nationality")),
        FormField("client.name", _("Name of the organisation")),
        FormField("client.given_name", _("Given name")),
        FormField("client.family_name", _("Family name")),
        FormField("client.father_name", _("Father's name"), optional=True),
        FormField("client.mobile", _("Mobile"), "number", 17, optional=True),
        FormField("client.birth_date", _("Birth date"), "number", 8, optional=True, placeholder="1370/01/01"),
        FormField("client.phone", _("Telephone"), "number", 17, optional=True),
        FormField("client.postal_code", _("Postal code"), "number", 10, optional=True),
        FormField("client.address", _("Address"), optional=True),
        FormField(AGENT, _("Representative's given name"), placeholder=_("Came in person")),
        FormField("representative.family_name", _("Representative's family name")),
        FormField("representative.national_number", _("Representative's number"), "number", 10, optional=True),
        FormField("representative.authority", _("Authority"), optional=True, hint=_("Such as power of attorney")),
    )
    return {field.path: field for field in fields}


AGENT = "representative.given_name"
"""The first field of whoever came instead of the client; the others come once something is written in it."""
REPRESENTATIVE = (
    AGENT,
    "representative.family_name",
    "representative.national_number",
    "representative.authority",
)
MORE = ("client.birth_date", "client.phone", "client.postal_code", "client.address")
NAMES = ("client.given_name", "client.family_name", "client.father_name")
NUMBER_FIELDS = frozenset(f"client.{field}" for field, _rule in NUMBERS.values())

_SOMEBODY = (*NAMES, "client.mobile")
OF_KIND = {
    "person": ("client.national_number", *_SOMEBODY),
    "organisation": ("client.legal_number", "client.name", "client.mobile"),
    "foreigner": ("client.foreign_number", "client.nationality", *_SOMEBODY),
    "passport": ("client.passport_number", "client.nationality", *_SOMEBODY),
    "unidentified": _SOMEBODY,
}
MORE_OF = {kind: MORE if kind != "organisation" else MORE[1:] for kind in KINDS}
EDITABLE = {
    kind: (*(("client.name", "client.mobile") if kind == "organisation" else _SOMEBODY), *MORE_OF[kind])
    for kind in KINDS
}
"""What may be put right of somebody known. The number is who they are; another number is another visit's question."""
REQUIRED = {
    "person": ("client.national_number", "client.given_name", "client.family_name"),
    "organisation": ("client.legal_number", "client.name"),
    "foreigner": ("client.foreign_number", "client.given_name", "client.family_name"),
    "passport": ("client.passport_number", "client.nationality", "client.given_name", "client.family_name"),
    "unidentified": ("client.family_name",),
}
