"""What the folds say of the book. Dropped and rebuilt at will, so it carries no unique or foreign key that a fact on
paper could violate, and every row's `office` leads its key."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, MetaData, String, Table, Text

from models.tables.columns import Blob, Id

PROJECTION_NUMBER = 5
"""Rises with every change of a projected table or a fold; a store with another number is rebuilt on opening."""

PROJECTION = MetaData()


def _record(name: str, *columns: Column[object] | Index) -> Table:
    return Table(
        name,
        PROJECTION,
        Column("office", Integer, primary_key=True, autoincrement=False),
        Column("id", Id, primary_key=True),
        *columns,
        Column("flags", Text, nullable=False, default=""),
    )


client = _record(
    "client",
    Column("kind", String(12), nullable=False),
    Column("number", String(20), nullable=False),
    Column("country", Text, nullable=False),
    Column("given_name", Text, nullable=False),
    Column("family_name", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("father_name", Text, nullable=False),
    Column("birth_date", Date),
    Column("mobile", String(20), nullable=False),
    Column("phone", String(20), nullable=False),
    Column("postal_code", String(20), nullable=False),
    Column("address", Text, nullable=False),
    Column("given_key", Text, nullable=False),
    Column("family_key", Text, nullable=False),
    Column("father_key", Text, nullable=False),
    Column("sort_key", Blob, nullable=False),
    Column("registered_at", BigInteger, nullable=False),
    Column("merged_into", Id),
    Index("client_by_number", "office", "number"),
    Index("client_by_mobile", "office", "mobile"),
    Index("client_by_family", "office", "family_key", "father_key", "birth_date"),
    Index("client_by_given", "office", "given_key", "father_key", "birth_date"),
)

request = _record(
    "request",
    Column("client", Id, nullable=False),
    Column("tracking_code", String(12), nullable=False),
    Column("desk", Integer, nullable=False),
    Column("registered_at", BigInteger, nullable=False),
    Column("business_day", Integer, nullable=False),
    Column("registered_by", Id, nullable=False),
    Column("client_name", Text, nullable=False),
    Column("service_code", String(40), nullable=False),
    Column("service_title", Text, nullable=False),
    Column("outcome", String(12), nullable=False),
    Column("state", String(12), nullable=False),
    Column("state_at", BigInteger, nullable=False),
    Column("unit", Text, nullable=False),
    Column("officer", Text, nullable=False),
    Column("due_on", Date),
    Column("receipt", String(12), nullable=False),
    Column("copies", Integer, nullable=False),
    Column("key", Text, nullable=False),
    Index("request_by_code", "office", "tracking_code"),
    Index("request_by_client", "office", "client", "registered_at"),
    Index("request_by_day", "office", "business_day", "registered_at", "id"),
    Index("request_by_clerk", "office", "registered_by", "registered_at"),
)
Index("request_by_key", request.c.office, request.c.key, info={"where": request.c.key != ""})

receipt = _record(
    "receipt",
    Column("request", Id, nullable=False),
    Column("copy", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("outcome", String(12), nullable=False),
)
Index(
    "receipt_unsettled",
    receipt.c.office,
    receipt.c.at,
    info={"where": receipt.c.outcome != "printed"},
)
"""One row an attempt; what has not come out yet is the desk's spool."""

person = _record(
    "person",
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("verifier", Text, nullable=False),
    Column("retired", Boolean, nullable=False),
)

service = _record(
    "service",
    Column("code", String(40), nullable=False),
    Column("title_key", Text, nullable=False),
    Column("record", Blob, nullable=False),
)
"""A small table; `record` is the whole service as JSON."""

office_settings = _record("office_settings", Column("record", Blob, nullable=False))

desk = _record(
    "desk",
    Column("number", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("public_key", Blob, nullable=False),
)

holiday = _record(
    "holiday",
    Column("day", Date, nullable=False),
    Column("title", Text, nullable=False),
    Column("type", String(12), nullable=False),
    Column("estimated", Boolean, nullable=False),
    Column("off", Boolean, nullable=False),
)

flag = _record(
    "flag",
    Column("reason", String(20), nullable=False),
    Column("about", Id, nullable=False),
    Column("desk", Integer, nullable=False),
    Column("code", String(12), nullable=False),
    Column("raised_at", BigInteger, nullable=False),
    Column("settled_at", BigInteger),
    Column("settled_by", Id),
    Column("note", Text, nullable=False),
    Index("flag_by_about", "office", "about"),
)
Index(
    "flag_unsettled",
    flag.c.office,
    flag.c.raised_at,
    info={"where": flag.c.settled_at.is_(None)},
)
