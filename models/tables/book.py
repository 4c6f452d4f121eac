"""What orders an office's lines, the lines, and the files that they name. Only ever added to, but for files that never
became whole; migrated by Alembic."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, MetaData, SmallInteger, String, Table

from models.tables.columns import Blob, Id

BOOK = MetaData()

line = Table(
    "line",
    BOOK,
    Column("office", Integer, primary_key=True, autoincrement=False),
    Column("desk", Integer, primary_key=True, autoincrement=False),
    Column("incarnation", Id, primary_key=True),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("position", BigInteger),
    Column("entry", Id, nullable=False),
    Column("subject", Id, nullable=False),
    Column("actor", Id, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("business_day", Integer, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("version", SmallInteger, nullable=False),
    Column("salt", Blob(16), nullable=False),
    Column("digest", Blob(32), nullable=False),
    Column("hash", Blob(32), nullable=False),
    Column("body", Blob),
    Index("line_by_entry", "office", "entry", unique=True),
    Index("line_by_subject", "office", "subject"),
    Index("line_by_position", "office", "position"),
)

mark = Table(
    "mark",
    BOOK,
    Column("office", Integer, primary_key=True, autoincrement=False),
    Column("desk", Integer, primary_key=True, autoincrement=False),
    Column("incarnation", Id, primary_key=True),
    Column("next_sequence", BigInteger, nullable=False),
    Column("head", Blob(32), nullable=False),
    Column("last_at", BigInteger, nullable=False),
)
"""Where a desk's chain stands: the next sequence, the last hash and the last time."""

feed = Table(
    "feed",
    BOOK,
    Column("office", Integer, primary_key=True, autoincrement=False),
    Column("position", BigInteger, nullable=False),
)
"""The head of an office's feed at the centre: the last position given. Its row is the lock of whoever writes, so that
the order of positions is the order of commits."""

turn = Table(
    "turn",
    BOOK,
    Column("office", Integer, primary_key=True, autoincrement=False),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("stamp", Id, nullable=False),
)
"""One transaction in a feed: the last position that it gave, and a number drawn for it. A database without that number
does not have it, nor anything that came after."""

link = Table(
    "link",
    BOOK,
    Column("office", Integer, primary_key=True, autoincrement=False),
    Column("desk", Integer, primary_key=True, autoincrement=False),
    Column("incarnation", Id, primary_key=True),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("entry", Id, nullable=False),
    Column("hash", Blob(32), nullable=False),
)
"""A place in a chain whose line stands in another incarnation: a copied book sends what the centre already has, and a
chain that was written anew keeps its old hashes, so that a signed sheet still proves them."""

file = Table(
    "file",
    BOOK,
    Column("office", Integer, primary_key=True, autoincrement=False),
    Column("hash", Blob(32), primary_key=True),
    Column("sender", Integer, primary_key=True, autoincrement=False),
    Column("type", String(40), nullable=False),
    Column("size", Integer, nullable=False),
    Column("stands", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("whole_at", BigInteger),
    Column("unsent", Boolean, nullable=False),
)
"""A file, named by the SHA-256 of its content. While it comes in, each desk that sends it has a row of its own and
`stands` bytes of it are there; one becomes whole, and that is all an office keeps. `sender` is 0 for what did not come
from a desk; `unsent` is said at a desk of what its centre has not confirmed."""
Index("file_whole", file.c.office, file.c.hash, unique=True, info={"where": file.c.whole_at.is_not(None)})
Index("file_unsent", file.c.office, file.c.at, info={"where": file.c.unsent})

file_part = Table(
    "file_part",
    BOOK,
    Column("office", Integer, primary_key=True, autoincrement=False),
    Column("hash", Blob(32), primary_key=True),
    Column("sender", Integer, primary_key=True, autoincrement=False),
    Column("start", Integer, primary_key=True, autoincrement=False),
    Column("bytes", Blob, nullable=False),
)

projection = Table(
    "projection",
    BOOK,
    Column("name", String(20), primary_key=True),
    Column("number", Integer, nullable=False),
)
"""Which PROJECTION_NUMBER the projected tables were built with."""
