"""Every table, in four sets that live and die differently.

* `BOOK` holds the lines, what orders them, and the files that they name. Only ever added to, but for files that never
  became whole; migrated by Alembic.
* `PROJECTION` is what the folds say of the book. Dropped and rebuilt at will, so it carries no unique or foreign key
  that a fact on paper could violate, and every row's `office` leads its key.
* `VAULT` is the desk's own: secrets, drafts, wrong tries, the find index's map. Migrated by Alembic.
* `CENTRE` is the centre's own: offices, the desks that joined, limits. Migrated by Alembic.

Ids are 16 bytes, times integer microseconds UTC, business days Jalali yyyymmdd, sort keys bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeEngine

PROJECTION_NUMBER = 4
"""Rises with every change of a projected table or a fold; a store with another number is rebuilt on opening."""

BOOK = MetaData()
PROJECTION = MetaData()
VAULT = MetaData()
CENTRE = MetaData()


class Blob(LargeBinary):
    """Bytes as they are: both drivers take and give `bytes`, so no value is wrapped and unwrapped on its way."""

    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> None:
        return None

    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        return None


class Id(TypeEngine[UUID]):
    """A UUID kept as its 16 bytes, alike on SQLite and PostgreSQL."""

    __visit_name__ = "large_binary"
    operator_classes = LargeBinary.operator_classes
    length = 16
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[UUID | None], bytes | None]:
        return _bytes_of

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[bytes | None], UUID | None]:
        return _uuid_of

    def coerce_compared_value(self, op: OperatorType | None, value: object) -> TypeEngine[UUID]:
        return self


def _bytes_of(value: UUID | None) -> bytes | None:
    return None if value is None else value.bytes


@lru_cache(4_096)
def _uuid_of(value: bytes | None) -> UUID | None:
    # Rows read together share most of their ids: the desk's incarnation, the clerk, the subject.
    return None if value is None else UUID(bytes=value)


# --- the book --------------------------------------------------------------------------------------------------------

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

# --- the projection --------------------------------------------------------------------------------------------------


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

# --- the vault -------------------------------------------------------------------------------------------------------

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

# --- the centre ------------------------------------------------------------------------------------------------------

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
had when last heard of that were not here, the first of them written at `unsent_at`; `pushes` were made in the span of time `push_slot`."""

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
