"""An office's settings: what its desks and its papers say of it."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, select

from app.central import written
from app.central.rights import Hand, NotAccepted, require
from models import tables as t
from models.entries import OfficeSet
from models.ids import reference_id
from models.records import Person

HOME = reference_id("office", "home")
"""The subject of an office's settings in its own feed, the same at every desk."""
OFFICE_TEXTS = ("name", "caption", "phone", "address", "hours", "complaint")
_decode = msgspec.json.Decoder(OfficeSet).decode


def office_of(connection: Connection, office: int) -> OfficeSet | None:
    """An office's settings as its desks have them; None for an office there is not."""
    query = select(t.office_settings.c.record).where(
        t.office_settings.c.office == office, t.office_settings.c.id == HOME
    )
    record = connection.execute(query).scalar_one_or_none()
    if record is not None:
        return _decode(record)
    name = connection.execute(select(t.office.c.name).where(t.office.c.number == office)).scalar_one_or_none()
    return None if name is None else OfficeSet(name=name)


def settings(connection: Connection, who: Person, office: int) -> OfficeSet | None:
    """The same, for who may see it. Raises `NotAllowed`."""
    require(who, "administrator")
    return office_of(connection, office)


def set_office(hand: Hand, office: int, said: dict[str, str], weekdays: tuple[int, ...], *, legal_note: bool) -> None:
    """The office's settings from now on, at all its desks; its emblem stays. Raises `NotAllowed`, `NotAccepted`."""
    require(hand.person, "administrator")
    texts: dict[str, Any] = {
        field: written.text(field, said.get(field, ""), 300, needed=field == "name") for field in OFFICE_TEXTS
    }
    days = tuple(day for day in (5, 6, 0, 1, 2, 3, 4) if day in weekdays)
    if not days:
        raise NotAccepted("weekdays", "required")
    hand.hold(office)
    before = settings(hand.connection, hand.person, office)
    if before is None:
        raise NotAccepted("office", "not_found")
    entry = OfficeSet(
        **texts,
        emblem=before.emblem,
        weekdays=days,
        tracking_url=written.address("tracking_url", said.get("tracking_url", "")),
        legal_note=legal_note,
    )
    hand.say(office, (HOME, entry))
