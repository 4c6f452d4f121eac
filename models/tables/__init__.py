"""Every table, in four sets that live and die differently.

* `BOOK` holds the lines, what orders them, and the files that they name. Only ever added to, but for files that never
  became whole; migrated by Alembic.
* `PROJECTION` is what the folds say of the book. Dropped and rebuilt at will, so it carries no unique or foreign key
  that a fact on paper could violate, and every row's `office` leads its key.
* `VAULT` is the desk's own: secrets, drafts, wrong tries, the find index's map. Migrated by Alembic.
* `CENTRE` is the centre's own: offices, the desks that joined, limits. Migrated by Alembic.

Ids are 16 bytes, times integer microseconds UTC, business days Jalali yyyymmdd, sort keys bytes.
"""

from models.tables.book import BOOK, feed, file, file_part, line, link, mark, projection, turn
from models.tables.centre import CENTRE, hit, office, seat, session, trust
from models.tables.projected import (
    PROJECTION,
    PROJECTION_NUMBER,
    client,
    desk,
    flag,
    holiday,
    office_settings,
    person,
    receipt,
    request,
    service,
)
from models.tables.vault import VAULT, draft, found, kept, known_word, sent, wrong_try

__all__ = [
    "BOOK",
    "CENTRE",
    "PROJECTION",
    "PROJECTION_NUMBER",
    "VAULT",
    "client",
    "desk",
    "draft",
    "feed",
    "file",
    "file_part",
    "flag",
    "found",
    "hit",
    "holiday",
    "kept",
    "known_word",
    "line",
    "link",
    "mark",
    "office",
    "office_settings",
    "person",
    "projection",
    "receipt",
    "request",
    "seat",
    "sent",
    "service",
    "session",
    "trust",
    "turn",
    "wrong_try",
]
