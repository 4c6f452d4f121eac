"""What the find field finds: clients by the beginning of a number, by names in any order, and through a slip.

Best first: an exact number, then numbers that begin so, then those whose names hold just these words, then those where
the last word only begins so, then those where all do; of equals, whoever was registered last. Only when there is nobody
are words tried that differ by a slip. A client who was merged into another is found as that other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy import Connection

from app.vault.find_index import check_index, index_clients, name_words, rebuild_index
from app.vault.slips import alternatives, distance
from models.text import compact, words

__all__ = ["FoundClient", "check_index", "find_clients", "index_clients", "rebuild_index"]

_LONGEST_QUERY = 300
"""Characters; nobody's name is longer, and what is pasted may be."""
_MOST_WORDS = 8
_SHORT = 2
"""So many words are tried as beginnings, all of them, even where one is found by whole words; more cost too much."""
_CANDIDATES = 100
"""How many of a slip's possible meanings are looked at."""

How = Literal["number", "mobile", "name", "slip"]


class FoundClient(msgspec.Struct, frozen=True):
    """A client, and what they were found by. The number is whole; whoever shows it masks it."""

    id: UUID
    name: str
    father_name: str
    number: str
    mobile: str
    how: How


def find_clients(connection: Connection, text: str, limit: int = 20) -> list[FoundClient]:
    """At most `limit` clients for what has been typed so far, best first; any text is a fair question."""
    text = text[:_LONGEST_QUERY]
    found: dict[UUID, FoundClient] = {}
    for each in _candidates(connection, text, limit):
        found.setdefault(each.id, each)
        if len(found) >= limit:
            break
    return list(islice(found.values(), max(limit, 0)))


def _candidates(connection: Connection, text: str, limit: int) -> Iterator[FoundClient]:
    nobody = True
    for each in _by_number(connection, text, limit):
        nobody = False
        yield each
    typed = words(text)[:_MOST_WORDS]
    if not typed:
        return
    for query in (_just, _last_begun, _all_begun):
        if query is _all_begun and not (nobody or len(typed) == _SHORT):
            break
        for each in _by_words(connection, query(typed), limit, "name"):
            nobody = False
            yield each
    if nobody:
        yield from _by_slip(connection, typed, limit)


# --- numbers ---------------------------------------------------------------------------------------------------------

_CLIENT = (
    "client.office, client.id, client.given_name, client.family_name, client.name, client.father_name, "
    "client.number, client.mobile, client.merged_into"
)
_MOBILE = re.compile(r"(?:\+98|0098|98|0)?(9\d{0,9})", re.ASCII)
_NUMBER = re.compile(r"\+?\d+|[a-z]{0,3}\d[a-z\d]*", re.ASCII | re.IGNORECASE)
_NATIONAL_NUMBER = 10


def _by_number(connection: Connection, text: str, limit: int) -> Iterator[FoundClient]:
    typed = compact(text)
    if not _NUMBER.fullmatch(typed):
        return
    number = typed.upper()
    padded = number.zfill(_NATIONAL_NUMBER) if number.isdecimal() and 8 <= len(number) < _NATIONAL_NUMBER else ""
    mobile = f"0{match[1]}" if (match := _MOBILE.fullmatch(number)) else number
    searches: list[tuple[How, str]] = [("number", number), ("mobile", mobile)]
    if number.startswith(("09", "+", "0098")):
        searches.reverse()
    for office in _offices(connection):
        if padded:
            yield from _beginning(connection, office, "number", padded, limit)
        for column, beginning in searches:
            yield from _beginning(connection, office, column, beginning, limit)


def _beginning(connection: Connection, office: int, column: How, beginning: str, limit: int) -> list[FoundClient]:
    end = beginning[:-1] + chr(ord(beginning[-1]) + 1)
    query = (
        f"SELECT {_CLIENT} FROM client "  # noqa: S608  # constants
        f"WHERE office = ? AND {column} >= ? AND {column} < ? ORDER BY {column} LIMIT ?"
    )
    return list(_found(connection, connection.exec_driver_sql(query, (office, beginning, end, limit)), column))


def _offices(connection: Connection) -> Iterator[int]:
    """The offices of the client table, each by a step in its index."""
    office = connection.exec_driver_sql("SELECT min(office) FROM client").scalar()
    while office is not None:
        yield office
        office = connection.exec_driver_sql("SELECT min(office) FROM client WHERE office > ?", (office,)).scalar()


# --- words -----------------------------------------------------------------------------------------------------------

_BY_WORDS = (
    f"SELECT {_CLIENT} FROM find_words "  # noqa: S608  # constants
    "CROSS JOIN found ON found.id = find_words.rowid "
    "CROSS JOIN client ON client.office = found.office AND client.id = found.client "
    "WHERE find_words MATCH ? ORDER BY find_words.rowid DESC LIMIT ?"
)


def _just(typed: Sequence[str]) -> str:
    return _either(" ".join(map(_quoted, way)) for way in _ways(typed))


def _last_begun(typed: Sequence[str]) -> str:
    """The last word as a beginning, as it is while it is being typed."""
    return _either(" ".join(map(_quoted, way)) + "*" for way in _ways(typed))


def _all_begun(typed: Sequence[str]) -> str:
    return _either(" ".join(_quoted(word) + "*" for word in way) for way in _ways(typed))


def _ways(typed: Sequence[str]) -> Iterator[Sequence[str]]:
    """The words as typed, and with neighbours joined: a name typed in two words may stand there as one."""
    yield typed
    for at in range(len(typed) - 1):
        yield [*typed[:at], typed[at] + typed[at + 1], *typed[at + 2 :]]
    if len(typed) > 2:
        yield ["".join(typed)]


def _quoted(word: str) -> str:
    return f'"{word}"'


def _either(queries: Iterable[str]) -> str:
    return " OR ".join(f"({query})" for query in queries)


def _by_words(connection: Connection, query: str, limit: int, how: How) -> list[FoundClient]:
    return list(_found(connection, connection.exec_driver_sql(_BY_WORDS, (query, limit)), how))


def _by_slip(connection: Connection, typed: Sequence[str], limit: int) -> list[FoundClient]:
    meant = [alternatives(connection, word) for word in typed]
    if not all(meant):
        return []
    query = " AND ".join(f"({_either(map(_quoted, choice))})" for choice in meant)
    found = _by_words(connection, query, max(limit, _CANDIDATES), "slip")
    return sorted(found, key=lambda client: _apart(typed, client.name))[:limit]


def _apart(typed: Sequence[str], name: str) -> int:
    own = name_words(name)
    return sum(min((distance(word, other) for other in own), default=len(word)) for word in typed)


# --- rows ------------------------------------------------------------------------------------------------------------

_LONGEST_CHAIN = 8


def _found(connection: Connection, rows: Iterable[Any], how: How) -> Iterator[FoundClient]:
    for row in list(rows):
        for _ in range(_LONGEST_CHAIN):
            if row is None or row.merged_into is None:
                break
            row = _client(connection, row.office, row.merged_into)
        if row is not None and row.merged_into is None:
            name = row.name or f"{row.given_name} {row.family_name}".strip()
            yield FoundClient(UUID(bytes=row.id), name, row.father_name, row.number, row.mobile, how)


def _client(connection: Connection, office: int, client: bytes) -> Any:
    query = f"SELECT {_CLIENT} FROM client WHERE office = ? AND id = ?"  # noqa: S608  # constants
    return connection.exec_driver_sql(query, (office, client)).first()
