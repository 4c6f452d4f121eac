"""Parts of entries, which have no life of their own: details of a person, what was asked for, with which papers."""

from __future__ import annotations

import datetime
from uuid import UUID

import msgspec


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of an entry that has no life of its own."""


class ClientDetails(Value, frozen=True, kw_only=True):
    """Who somebody is, normalised for the store. An empty text means: not known.

    `kind` is `person`, `organisation`, `foreigner`, `passport` or `unidentified`; `number` is the identity number
    of that kind in ASCII digits (a passport's in capitals); `country` is the nationality as said.
    A person has given and family names, an organisation has `name`.
    """

    kind: str
    number: str = ""
    country: str = ""
    given_name: str = ""
    family_name: str = ""
    name: str = ""
    father_name: str = ""
    birth_date: datetime.date | None = None
    mobile: str = ""
    phone: str = ""
    postal_code: str = ""
    address: str = ""

    @property
    def display_name(self) -> str:
        return self.name or " ".join(part for part in (self.given_name, self.family_name) if part)


class Override(Value, frozen=True, kw_only=True):
    """A refused value taken all the same: the field, the reason, and the second person who approved."""

    field: str
    reason: str
    approved_by: UUID


class Representative(Value, frozen=True, kw_only=True):
    """Who stood at the counter for the client, and by what authority."""

    national_number: str = ""
    given_name: str
    family_name: str
    authority: str = ""

    @property
    def display_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class ServiceOffered(Value, frozen=True, kw_only=True):
    """A service as it stood when it was asked for; `working_days` is the promised time, `cost` is rials."""

    code: str
    number: int
    title: str
    service_id: str = ""
    unit: str = ""
    officer: str = ""
    cost: int = 0
    working_days: int = 0
    steps: tuple[str, ...] = ()


class Document(Value, frozen=True, kw_only=True):
    title: str
    received: bool


class Warned(Value, frozen=True, kw_only=True):
    """A doubt that was shown and did not block: the field's path and the stable code."""

    field: str
    code: str
