"""Visits that are still being written: kept in the desk's own file from the first pause of a form, removed in the
transaction that registers it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec

from app.desk.desk import Desk
from app.desk.people import Session
from app.vault.drafts import drafts, drop_draft, save_draft


class Draft(msgspec.Struct, frozen=True):
    """What was typed of a visit, in the shape that `register` takes; `id` was made at its first keystroke."""

    id: UUID
    visit: dict[str, Any]
    at: int


def save(desk: Desk, session: Session, draft_id: UUID, visit: dict[str, Any]) -> None:
    """Keeps the visit as it stands, in place of what was kept before. Raises `StoreError`."""
    with desk.store.writing() as connection:
        save_draft(connection, draft_id, session.person.id, msgspec.json.encode(visit), desk.clock())


def listing(desk: Desk, session: Session) -> list[Draft]:
    """The person's drafts, the latest first. Raises `StoreError`."""
    with desk.reading() as connection:
        kept = drafts(connection, session.person.id)
    found = [Draft(draft.id, msgspec.json.decode(draft.body), draft.at) for draft in kept]
    return sorted(found, key=lambda draft: draft.at, reverse=True)


def drop(desk: Desk, draft_id: UUID) -> None:
    """Forgets a draft; one that is gone already is gone. Raises `StoreError`."""
    with desk.store.writing() as connection:
        drop_draft(connection, draft_id)
