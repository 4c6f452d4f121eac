"""The person at the counter: somebody known, or a form for somebody new with its problems at their fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.desk.sentences import Problem, problem
from app.desk.visit_form import NUMBERS, VisitForm, read_visit
from models.text import compact
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


@dataclass(frozen=True)
class KnownPerson:
    """A client of the register as the counter shows them; numbers are already masked."""

    id: UUID
    kind: str
    name: str
    father_name: str
    number: str
    mobile: str
    requests: int
    open_requests: int


@dataclass(frozen=True)
class Similar:
    """Somebody who may be the same person, and which of their facts agree with what was typed."""

    id: UUID
    name: str
    facts: tuple[tuple[str, bool], ...]


def all_fields() -> Mapping[str, FormField]:
    """Every field a form may show, by path, in reading order."""
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
        FormField("client.birth_date", _("Birth date"), "number", 8, optional=True),
        FormField("client.phone", _("Telephone"), "number", 17, optional=True),
        FormField("client.postal_code", _("Postal code"), "number", 10, optional=True),
        FormField("client.address", _("Address"), optional=True),
        FormField("representative.given_name", _("Representative's given name")),
        FormField("representative.family_name", _("Representative's family name")),
        FormField("representative.national_number", _("Representative's number"), "number", 10, optional=True),
        FormField("representative.authority", _("Authority"), optional=True, hint=_("Such as power of attorney")),
    )
    return {field.path: field for field in fields}


_NAMES = ("client.given_name", "client.family_name", "client.father_name", "client.mobile")
_OF_KIND = {
    "person": ("client.national_number", *_NAMES),
    "organisation": ("client.legal_number", "client.name", "client.mobile"),
    "foreigner": ("client.foreign_number", "client.nationality", *_NAMES),
    "passport": ("client.passport_number", "client.nationality", *_NAMES),
    "unidentified": _NAMES,
}
_MORE = ("client.birth_date", "client.phone", "client.postal_code", "client.address")
_REPRESENTATIVE = (
    "representative.given_name",
    "representative.family_name",
    "representative.national_number",
    "representative.authority",
)
_REQUIRED = {
    "person": ("client.national_number", "client.given_name", "client.family_name"),
    "organisation": ("client.legal_number", "client.name"),
    "foreigner": ("client.foreign_number", "client.given_name", "client.family_name"),
    "passport": ("client.passport_number", "client.nationality", "client.given_name", "client.family_name"),
    "unidentified": ("client.family_name",),
}


class Person:
    """State of the first card. Texts stay as typed, also those of a kind that is not chosen at the moment."""

    def __init__(self) -> None:
        self.known: KnownPerson | None = None
        self.shown_number: str | None = None  # the known one's whole number, once it was asked for
        self.is_new = False
        self.kind = "person"
        self.texts: dict[str, str] = {}
        self.problems: dict[str, Problem] = {}
        self.doubts: dict[str, Problem] = {}
        self.confirmed: set[str] = set()
        self.similar: tuple[Similar, ...] = ()
        self.with_representative = False
        self.with_more = False
        self.folded = False

    @property
    def is_folded(self) -> bool:
        """The form is done and shown as one line, so that the whole visit is seen at once."""
        return self.folded and self.is_new and not self.lacks and not self.similar

    @property
    def is_there(self) -> bool:
        return self.is_new or self.known is not None

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of the fields that are shown, in order."""
        own = (*_OF_KIND[self.kind], *(_MORE_OF[self.kind] if self.with_more else ())) if self.is_new else ()
        return (*own, *(_REPRESENTATIVE if self.has_representative else ()))

    @property
    def has_representative(self) -> bool:
        return self.with_representative or (self.is_new and self.kind == "organisation")

    @property
    def name(self) -> str:
        """Who this is, as far as is written."""
        if self.known is not None:
            return self.known.name
        if self.kind == "organisation":
            return self._text("client.name")
        return f"{self._text('client.given_name')} {self._text('client.family_name')}".strip()

    @property
    def lacks(self) -> str:
        """The first shown field that keeps the visit from being registered, empty if none does."""
        required = _REQUIRED[self.kind] if self.is_new else ()
        for path in self.paths:
            if path in self.problems or (path in required and not self._text(path)):
                return path
        return ""

    def _text(self, path: str) -> str:
        return self.texts.get(path, "").strip()

    def is_optional(self, path: str) -> bool:
        return path not in _REQUIRED[self.kind] and path not in _REPRESENTATIVE[:2]

    def type(self, path: str, text: str) -> None:
        """Keep what is typed. A changed field is judged anew, and whoever it resembled may be somebody else now."""
        self.texts[path] = text
        self.problems.pop(path, None)
        self.doubts.pop(path, None)
        self.confirmed.discard(path)
        if path.startswith("client."):
            self.similar = ()
            self.confirmed.discard("client")

    def is_right(self, path: str) -> bool:
        """The number in this field is whole and holds its check digit."""
        name = path.rpartition(".")[2]
        if name not in ("national_number", "legal_number") or not self._text(path):
            return False
        return not any(self._judge(path))

    def check(self, path: str) -> None:
        """Judge one field by the desk's own rules, as registering would."""
        self.problems.pop(path, None)
        self.doubts.pop(path, None)
        if not self._text(path):
            return
        wrong, doubtful = self._judge(path)
        if wrong is not None:
            self.problems[path] = wrong
        elif doubtful is not None:
            self.doubts[path] = doubtful

    def _judge(self, path: str) -> tuple[Problem | None, Problem | None]:
        part, _dot, name = path.partition(".")
        probe: dict[str, Any] = {"service": "-", "confirm": sorted(self.confirmed), "client": {"kind": self.kind}}
        if part == "client":
            if name == "passport_number":
                probe["client"]["nationality"] = "-"
            probe["client"][name] = self.texts[path]
        else:
            probe[part] = {"given_name": "-", "family_name": "-", name: self.texts[path]}
        answer = read_visit(probe)
        if isinstance(answer, VisitForm):
            doubt = next((w for w in answer.warnings if w.field == path), None)
            return None, problem(doubt.field, doubt.code) if doubt else None
        return next((p for p in answer if p.field == path), None), None

    def client(self) -> dict[str, str]:
        """The visit's `client`: whoever is known by id, else what is typed for the chosen kind."""
        if self.known is not None:
            return {"id": str(self.known.id)}
        written = {p.partition(".")[2]: self.texts[p] for p in self.paths if p.startswith("client.") and self._text(p)}
        return {"kind": self.kind, **written}

    def representative(self) -> dict[str, str] | None:
        written = {p.partition(".")[2]: self.texts[p] for p in _REPRESENTATIVE if self._text(p)}
        return written if written and self.has_representative else None

    def begin(self, find_text: str) -> None:
        """A new form that starts from what stood in the find field: a number, a mobile or a name."""
        self.is_new, self.known = True, None
        digits = compact(find_text)
        if not (digits.isascii() and digits.isdecimal()):
            given, _space, family = find_text.strip().partition(" ")
            self.texts |= {"client.given_name": given, "client.family_name": family.strip()}
        elif digits.startswith("09") and len(digits) == 11:
            self.texts["client.mobile"] = find_text
        elif len(digits) == 11:
            self.kind = "organisation"
            self.texts["client.legal_number"] = find_text
        else:
            self.texts["client.national_number"] = find_text
            self.check("client.national_number")

    def first_empty(self) -> str:
        """Where writing goes on: at the first problem, else the first empty field."""
        return next((p for p in self.paths if p in self.problems), "") or next(
            (p for p in self.paths if not self._text(p)), self.paths[0]
        )

    def restore(self, visit: Mapping[str, Any]) -> None:
        """What a draft holds of the person; a known client is looked up by the caller."""
        client = visit.get("client", {})
        if "id" not in client and client:
            self.is_new = True
            self.kind = client.get("kind", "person")
            self.texts = {f"client.{name}": text for name, text in client.items() if name != "kind"}
            self.with_more = any(path in self.texts for path in _MORE)
        self.texts |= {f"representative.{name}": text for name, text in visit.get("representative", {}).items()}
        self.with_representative = bool(visit.get("representative"))
        self.confirmed = set(visit.get("confirm", ()))

    def show_problems(self, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        """Take the problems that have a field here; returns the others."""
        mine = [p for p in problems if p.field in self.paths]
        self.problems |= {p.field: p for p in mine}
        if any(p.field in _MORE for p in problems):
            self.with_more = True
        return tuple(p for p in problems if p not in mine)


_MORE_OF = {kind: _MORE if kind != "organisation" else _MORE[1:] for kind in KINDS}

NUMBER_FIELDS = frozenset(f"client.{field}" for field, _rule in NUMBERS.values())
