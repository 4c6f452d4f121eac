"""The centre's own: offices, the desks that joined, limits. Migrated by Alembic."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, MetaData, String, Table, Text

from models.tables.columns import Blob, Id

CENTRE = MetaData()

office = Table(
    "office",
    CENTRE,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False, unique=True),
    Column("opened_at", BigInteger, nullable=False),
)

seat = Table(
    "seat",
    CENTRE,
    Column("desk", Integer, primary_key=True, autoincrement=False),
    Column("office", Integer, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("code_hash", Blob(32)),
    Column("code_until", BigInteger, nullable=False),
    Column("wrong_codes", Integer, nullable=False),
    Column("public_key", Blob(32)),
    Column("token_hash", Blob(32), unique=True),
    Column("joined_at", BigInteger),
    Column("revoked_at", BigInteger),
    Column("seen_at", BigInteger),
    Column("former", Integer),
    Column("program", String(40), nullable=False),
    Column("unsent", BigInteger),
    Column("unsent_at", BigInteger),
    Column("push_slot", BigInteger, nullable=False, default=0),
    Column("pushes", Integer, nullable=False, default=0),
)
"""A desk's place at the centre: made by an administrator, taken once by whoever has its code; `token_hash` is of the
secret that the desk itself drew, `former` the number under which it wrote before it joined, `unsent` how many lines it
had when last heard of that were not here, the first of them written at `unsent_at`; `pushes` were made in the span of
time `push_slot`."""

hit = Table(
    "hit",
    CENTRE,
    Column("key", String(80), primary_key=True),
    Column("slot", BigInteger, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
)
"""How often something happened in a slot of time; all processes of the centre count here."""

session = Table(
    "session",
    CENTRE,
    Column("token_hash", Blob(32), primary_key=True),
    Column("person", Id, nullable=False, index=True),
    Column("made_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
)
"""Who is signed in at the centre's pages; `token_hash` is of the secret that only their browser has."""

trust = Table(
    "trust",
    CENTRE,
    Column("fingerprint", Blob(32), primary_key=True),
    Column("certificate", Text, nullable=False),
)
"""Whom desks are to trust at the centre's address, as PEM; one row, or none where every computer knows by itself."""
