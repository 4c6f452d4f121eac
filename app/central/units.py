"""The organisation's units, as services and people name them: a request goes to a unit, and whoever is an
officer of a unit of that name answers it. A unit begins with the first service or person that names it."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, select

from app.central.places import ORGANISATION
from app.central.rights import require
from models import tables as t
from models.records import Person, Service
from models.text import search_key, sort_key

MOST = 500
"""Units of a page; an organisation of five hundred units runs several centres."""
_decode = msgspec.json.Decoder(Service).decode


class Unit(msgspec.Struct, frozen=True):
    """`services` are the titles of what it answers for and is offered now, `officers` who signs in for it."""

    name: str
    services: tuple[str, ...]
    officers: tuple[str, ...]

    @property
    def is_silent(self) -> bool:
        """Whether requests may come to it and nobody answers them in this program."""
        return bool(self.services) and not self.officers


def units(connection: Connection, who: Person) -> list[Unit]:
    """All of them in the order of the alphabet; two spellings of one search key are one unit, as they are at the desks.

    Raises `NotAllowed`.
    """
    require(who, "administrator")
    names: dict[str, str] = {}
    services: dict[str, list[str]] = {}
    officers: dict[str, list[str]] = {}
    for record in connection.execute(
        select(t.service.c.record).where(t.service.c.office == ORGANISATION).order_by(t.service.c.code)
    ).scalars():
        known = _decode(record)
        if (key := search_key(known.offered.unit)) and not known.withdrawn:
            names.setdefault(key, known.offered.unit)
            services.setdefault(key, []).append(known.offered.title)
    people = select(t.person.c.name, t.person.c.unit, t.person.c.roles).where(
        t.person.c.office == ORGANISATION, t.person.c.retired.is_(False), t.person.c.unit != ""
    )
    for row in connection.execute(people.order_by(t.person.c.name_key)):
        key = search_key(row.unit)
        names.setdefault(key, row.unit)
        if "unit_officer" in row.roles.split():
            officers.setdefault(key, []).append(row.name)
    found = [
        Unit(name, tuple(services.get(key, ())), tuple(officers.get(key, ())))
        for key, name in sorted(names.items(), key=lambda item: sort_key(item[1]))
    ]
    return found[:MOST]
