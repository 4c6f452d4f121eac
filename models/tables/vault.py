"""The desk's own: secrets, drafts, wrong tries, the find index's map. Migrated by Alembic."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, String, Table, Text

from models.tables.columns import Blob, Id

VAULT = MetaData()

kept = Table(
    "kept",
    VAULT,
    Column("name", String(40), primary_key=True),
    Column("value", Blob, nullable=False),
)
"""The desk's own small values: number, incarnation, signing key, recovery code."""

draft = Table(
    "draft",
    VAULT,
    Column("id", Id, primary_key=True),
    Column("person", Id, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("body", Blob, nullable=False),
)

sent = Table(
    "sent",
    VAULT,
    Column("attempt", Id, primary_key=True),
    Column("request", Id, nullable=False),
    Column("queue", Text, nullable=False),
    Column("uri", Text, nullable=False),
    Column("paper", Text, nullable=False),
    Column("job", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)
"""Papers that may have left the desk and are not settled: to which printer, and its own name for the job once known."""

wrong_try = Table(
    "wrong_try",
    VAULT,
    Column("person", Id, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("until", BigInteger, nullable=False),
)

found = Table(
    "found",
    VAULT,
    Column("id", Integer, primary_key=True),
    Column("office", Integer, nullable=False),
    Column("client", Id, nullable=False),
    Index("found_by_client", "office", "client", unique=True),
)
"""Gives each client the small whole number under which the full-text index knows its words; a greater one came later.
Beside it stand two virtual tables, which only SQLite has: `find_words` and, of its words, `find_vocabulary`."""

known_word = Table(
    "known_word",
    VAULT,
    Column("id", Integer, primary_key=True),
    Column("word", Text, nullable=False, unique=True),
    sqlite_autoincrement=True,
)
"""Every word of the find index, for the search that forgives a slip; a word that was met later has a greater id."""
