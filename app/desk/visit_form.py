"""Reading a visit as it was typed or sent: every field checked by the rules, every problem kept, nothing lost.

Only what the input itself can tell is decided here; whom the desk knows already is asked of the book later.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import msgspec

from app.desk.sentences import Problem, problem
from models import identity
from models.calendar import business_day, now_us, parse_jalali
from models.codes import CodeError, parse_tracking_code
from models.entries import ClientDetails, Representative, Warned
from models.text import fold, has_forbidden

OUTCOMES = ("follow_up", "done", "guided")
NAME, TITLE, SHORT, SUBJECT, NOTE, ADDRESS = 100, 200, 200, 1_000, 4_000, 500
MAX_DOCUMENTS = 50
MAX_KEY = 100

NUMBERS: Mapping[str, tuple[str, Callable[[str], identity.Checked]]] = {
    "person": ("national_number", identity.national_number),
    "organisation": ("legal_number", identity.legal_number),
    "foreigner": ("foreign_number", identity.foreign_number),
    "passport": ("passport_number", identity.passport_number),
}
"""A kind of client → its number's field and rule; `unidentified` has none."""

_VISIT = {"client", "representative", "service", "subject", "note", "documents", "outcome", "due_on", "bring_by"}
_VISIT |= {"continues", "receipt", "receipt_reason", "key", "confirm", "override"}
_CONTACT = {"id", "kind", "mobile", "phone", "postal_code", "address"}
_NAMES = {"given_name", "family_name", "father_name", "birth_date"}
_CLIENT = {
    "person": _CONTACT | _NAMES | {"national_number"},
    "organisation": _CONTACT | {"legal_number", "name"},
    "foreigner": _CONTACT | _NAMES | {"foreign_number", "nationality"},
    "passport": _CONTACT | _NAMES | {"passport_number", "nationality"},
    "unidentified": _CONTACT | _NAMES | {"nationality"},
}
_REPRESENTATIVE = {"national_number", "given_name", "family_name", "authority"}


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """The client as said: an id, or a kind with details. `given` names the details that were said at all."""

    id: UUID | None = None
    details: ClientDetails = ClientDetails(kind="")
    given: frozenset[str] = frozenset()


class VisitForm(msgspec.Struct, frozen=True, kw_only=True):
    """A visit whose every field is well-formed."""

    client: Said
    representative: Representative | None
    service: str
    subject: str
    note: str
    received: tuple[str, ...]
    outcome: str
    due_on: datetime.date | None
    bring_by: datetime.date | None
    continues: str
    declined: str | None
    key: str
    key_digest: str
    another_person: bool
    overrides: tuple[tuple[str, str], ...]
    warnings: tuple[Warned, ...]


def read_visit(visit: object) -> VisitForm | tuple[Problem, ...]:
    """The visit read, or every problem found in it. Never raises, whatever the object holds."""
    if not isinstance(visit, dict):
        return (problem("", "not_json"),)
    return _Reader(visit).read()


class _Reader:
    def __init__(self, visit: dict[str, Any]) -> None:
        self.visit = visit
        self.problems: list[Problem] = []
        self.warnings: list[Warned] = []
        self.used: list[tuple[str, str]] = []

    def read(self) -> VisitForm | tuple[Problem, ...]:
        self._unknown(self.visit, _VISIT, "")
        self.confirmed = self._confirmed()
        self.override = self._override()
        form = VisitForm(
            client=self._client(),
            representative=self._representative(),
            service=self.text(self.visit, "service", "", TITLE, required=True),
            subject=self.text(self.visit, "subject", "", SUBJECT, multiline=True),
            note=self.text(self.visit, "note", "", NOTE, multiline=True),
            received=self._documents(),
            outcome=self._outcome(),
            due_on=self.date(self.visit, "due_on", ""),
            bring_by=self.date(self.visit, "bring_by", ""),
            continues=self._continues(),
            declined=self._declined(),
            key=self.text(self.visit, "key", "", MAX_KEY),
            key_digest="",
            another_person="client" in self.confirmed,
            overrides=tuple(self.used),
            warnings=(),
        )
        if form.outcome != "follow_up" and form.due_on is not None:
            self.refuse("due_on", "not_allowed")
        if self.problems:
            return tuple(self.problems)
        digest = content_digest(self.visit) if form.key else ""
        return msgspec.structs.replace(form, key_digest=digest, warnings=tuple(self.warnings))

    def refuse(self, field: str, code: str, **details: Any) -> None:
        self.problems.append(problem(field, code, **details))

    # --- one field -----------------------------------------------------------------------------------------------

    def text(
        self, part: dict[str, Any], name: str, path: str, limit: int, *, required: bool = False, multiline: bool = False
    ) -> str:
        value = part.get(name)
        field = path + name
        if value is None:
            value = ""
        if not isinstance(value, str):
            self.refuse(field, "bad_format")
            return ""
        # A text far beyond its limit is not worth folding first.
        folded = "" if len(value) > 20 * limit else fold(value, multiline=multiline)
        if len(folded) > limit or len(value) > 20 * limit:
            self.refuse(field, "too_long", limit=limit)
        elif has_forbidden(value):
            self.refuse(field, "bad_format")
        elif required and not folded:
            self.refuse(field, "required")
        return folded

    def date(self, part: dict[str, Any], name: str, path: str) -> datetime.date | None:
        written = self.text(part, name, path, 40)
        if not written:
            return None
        try:
            return parse_jalali(written)
        except ValueError:
            self.refuse(path + name, "not_a_date")
            return None

    def number(self, part: dict[str, Any], name: str, path: str, rule: Callable[[str], identity.Checked]) -> str:
        written = self.text(part, name, path, 60)
        field = path + name
        if not written:
            return ""
        try:
            checked = rule(written)
        except identity.IdentityError as error:
            return self._overridden(field, error)
        for doubt in checked.doubts:
            if doubt in ("padded", "equal_digits"):
                if field not in self.confirmed:
                    self.refuse(field, "needs_confirmation")
                elif doubt == "padded":
                    self.warnings.append(Warned(field=field, code=doubt))
            elif doubt != "foreign_phone":
                self.warnings.append(Warned(field=field, code=doubt))
        return checked.value

    def _overridden(self, field: str, error: identity.IdentityError) -> str:
        if error.code == "bad_check_digit" and field in self.override:
            self.used.append((field, self.override[field]))
            return error.value or ""
        self.refuse(field, error.code, missing=error.missing or 0)
        return ""

    # --- the parts -----------------------------------------------------------------------------------------------

    def _unknown(self, part: dict[str, Any], known: set[str], path: str) -> None:
        for name in part:
            if name not in known:
                shown = name if has_forbidden(name) is False and len(name) <= 60 else "?"
                self.refuse(path + shown, "unknown_field")

    def _part(self, name: str) -> dict[str, Any] | None:
        value = self.visit.get(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.refuse(name, "bad_format")
            return None
        return value

    def _client(self) -> Said:
        part = self._part("client")
        if part is None:
            if not isinstance(self.visit.get("client"), str | list | int | float):
                self.refuse("client", "required")
            return Said()
        client_id = self._client_id(part)
        kind = self.text(part, "kind", "client.", 20)
        if not kind and not part.get("id"):
            self.refuse("client.kind", "required")
            return Said()
        if kind and kind not in _CLIENT:
            self.refuse("client.kind", "bad_format")
            return Said()
        self._unknown(part, _CLIENT[kind] if kind else set().union(*_CLIENT.values()), "client.")
        return Said(id=client_id, details=self._details(part, kind), given=self._given(part))

    def _client_id(self, part: dict[str, Any]) -> UUID | None:
        written = self.text(part, "id", "client.", 60)
        if not written:
            return None
        try:
            return UUID(written)
        except ValueError:
            self.refuse("client.id", "not_found")
            return None

    def _details(self, part: dict[str, Any], kind: str) -> ClientDetails:
        names = {name: self.text(part, name, "client.", NAME) for name in ("given_name", "family_name", "father_name")}
        number = ""
        for of_kind, (field, rule) in NUMBERS.items():
            if kind in ("", of_kind) and part.get(field):
                number = self.number(part, field, "client.", rule)
                kind = kind or of_kind
        country = self.text(part, "nationality", "client.", NAME)
        if kind == "passport" and number and not country:
            self.refuse("client.nationality", "required")
        birth_date = self.date(part, "birth_date", "client.")
        if birth_date is not None and birth_date > business_day(now_us()):
            self.refuse("client.birth_date", "not_a_date")
        return ClientDetails(
            kind=kind,
            number=number,
            country=country,
            name=self.text(part, "name", "client.", TITLE),
            birth_date=birth_date,
            mobile=self.number(part, "mobile", "client.", identity.mobile),
            phone=self.number(part, "phone", "client.", identity.landline),
            postal_code=self.number(part, "postal_code", "client.", identity.postal_code),
            address=self.text(part, "address", "client.", ADDRESS),
            **names,
        )

    def _given(self, part: dict[str, Any]) -> frozenset[str]:
        """The names of ClientDetails' fields that the input speaks of; an empty text says nothing."""
        renamed = {"nationality": "country", **dict.fromkeys((field for field, _ in NUMBERS.values()), "number")}
        return frozenset(
            renamed.get(name, name) for name, value in part.items() if name != "id" and value not in (None, "")
        )

    def _representative(self) -> Representative | None:
        part = self._part("representative")
        if part is None:
            return None
        path = "representative."
        self._unknown(part, _REPRESENTATIVE, path)
        return Representative(
            national_number=self.number(part, "national_number", path, identity.national_number),
            given_name=self.text(part, "given_name", path, NAME, required=True),
            family_name=self.text(part, "family_name", path, NAME, required=True),
            authority=self.text(part, "authority", path, SHORT),
        )

    def _documents(self) -> tuple[str, ...]:
        documents = self.visit.get("documents")
        if documents is None:
            return ()
        if not isinstance(documents, list):
            self.refuse("documents", "bad_format")
            return ()
        if len(documents) > MAX_DOCUMENTS:
            self.refuse("documents", "too_long")
            return ()
        named = {f"documents[{n}]": title for n, title in enumerate(documents)}
        return tuple(self.text(named, field, "", TITLE, required=True) for field in named)

    def _outcome(self) -> str:
        outcome = self.text(self.visit, "outcome", "", 20) or "follow_up"
        if outcome not in OUTCOMES:
            self.refuse("outcome", "bad_format")
        return outcome

    def _continues(self) -> str:
        written = self.text(self.visit, "continues", "", 40)
        if not written:
            return ""
        try:
            return parse_tracking_code(written)
        except CodeError as error:
            self.refuse("continues", error.code)
            return ""

    def _declined(self) -> str | None:
        if not self.text(self.visit, "receipt", "", 20):
            return None
        if self.visit["receipt"] != "declined":
            self.refuse("receipt", "bad_format")
        return self.text(self.visit, "receipt_reason", "", SUBJECT, required=True)

    def _confirmed(self) -> frozenset[str]:
        confirm = self.visit.get("confirm")
        if confirm is None:
            return frozenset()
        if not isinstance(confirm, list) or not all(isinstance(field, str) for field in confirm):
            self.refuse("confirm", "bad_format")
            return frozenset()
        return frozenset(confirm)

    def _override(self) -> dict[str, str]:
        override = self._part("override") or {}
        allowed = {"client.national_number", "client.legal_number", "representative.national_number"}
        reasons = {}
        for field in override:
            if field not in allowed:
                self.refuse("override", "unknown_field")
            else:
                reasons[field] = self.text(override, field, "override.", SUBJECT, required=True)
        return reasons


def content_digest(visit: dict[str, Any]) -> str:
    """What a repeated key is compared by: everything said in the visit but the key itself, whatever its order."""
    said = {name: value for name, value in visit.items() if name != "key"}
    encoded = msgspec.json.encode(said, order="sorted")
    return hashlib.sha256(encoded).hexdigest()
