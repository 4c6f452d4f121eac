"""The index behind the find field: the words of every client's names, each known under a small whole number.

Words are those of `models.text.words`. A name of several words is also indexed with neighbours joined and as a whole,
so that قلی‌زاده is found however it is parted. The tokenizer is `ascii`, which leaves such words as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection

from models.findings import Finding
from models.records import Client
from models.text import words

Progress = Callable[[int, int], None]
"""Called with (clients done, clients in all)."""

_BATCH = 20_000
_JOINED_WHOLE = 4
"""A name of more words is a sentence; nobody writes it as one word."""

_KNOW = "INSERT OR IGNORE INTO known_word(word) VALUES (?)"
_NUMBER = (
    "INSERT INTO found(office, client) VALUES (?, ?) "
    "ON CONFLICT(office, client) DO UPDATE SET office = excluded.office RETURNING id"
)
_INDEX = "INSERT OR REPLACE INTO find_words(rowid, words) VALUES (?, ?)"


@lru_cache(maxsize=65_536)
def name_words(name: str) -> tuple[str, ...]:
    """The words under which a name is found: its own, neighbours joined, and the whole as one."""
    own = words(name)
    if len(own) < 2:
        return own
    joined = [first + second for first, second in pairwise(own)]
    if 2 < len(own) <= _JOINED_WHOLE:
        joined.append("".join(own))
    return (*own, *joined)


def index_clients(connection: Connection, clients: Iterable[Client]) -> None:
    """Makes the clients findable as they are now, whether they are new or corrected: three statements a client."""
    for client in clients:
        d = client.details
        own = _words_of(d.given_name, d.family_name, d.name)
        number = connection.exec_driver_sql(_NUMBER, (client.office, client.id.bytes)).scalar_one()
        connection.exec_driver_sql(_INDEX, (number, " ".join(own)))
        connection.exec_driver_sql(_KNOW, [(word,) for word in own]) if own else None


def rebuild_index(connection: Connection, progress: Progress = lambda done, of: None) -> int:
    """Makes the whole index anew from the client table, whoever was registered last last; returns how many it holds."""
    raw = _cursor(connection)
    total = raw.execute("SELECT count(*) FROM client").fetchone()[0]
    # Client ids come in no order: an index that is made at the end is sorted once, instead of visited a million times.
    for statement in ("DROP INDEX found_by_client", "DELETE FROM found", "DELETE FROM known_word"):
        raw.execute(statement)
    _set(raw, "delete-all")
    _set(raw, "hashsize", 64 << 20)  # Few large pieces instead of a merge every few thousand clients.
    known: set[str] = set()
    done = 0
    rows = _cursor(connection).execute(
        "SELECT office, id, given_name, family_name, name FROM client ORDER BY registered_at, office, id"
    )
    while batch := rows.fetchmany(_BATCH):
        numbered = range(done + 1, done + len(batch) + 1)
        indexed = [_words_of(given, family, name) for _, _, given, family, name in batch]
        fresh = set().union(*indexed) - known
        known |= fresh
        raw.executemany("INSERT INTO found(id, office, client) VALUES (?, ?, ?)", _numbered(numbered, batch))
        raw.executemany(
            "INSERT INTO find_words(rowid, words) VALUES (?, ?)", zip(numbered, map(" ".join, indexed), strict=True)
        )
        raw.executemany(_KNOW, [(word,) for word in sorted(fresh)])
        done += len(batch)
        progress(done, total)
    raw.execute("CREATE UNIQUE INDEX found_by_client ON found(office, client)")
    _set(raw, "optimize")
    _set(raw, "hashsize", 1 << 20)
    return done


def _numbered(numbers: Iterable[int], batch: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, int, bytes]]:
    return ((number, office, client) for number, (office, client, *_) in zip(numbers, batch, strict=True))


def _words_of(*names: str) -> set[str]:
    return set().union(*map(name_words, names))


def _cursor(connection: Connection) -> Any:
    return connection.connection.cursor()


def _set(raw: Any, command: str, value: int | None = None) -> None:
    if value is None:
        raw.execute("INSERT INTO find_words(find_words) VALUES (?)", (command,))
    else:
        raw.execute("INSERT INTO find_words(find_words, rank) VALUES (?, ?)", (command, value))


# --- checking --------------------------------------------------------------------------------------------------------

_SAMPLE = 2_000

_COUNTS = {
    "find_missing": "SELECT count(*) FROM client WHERE NOT EXISTS "
    "(SELECT 1 FROM found WHERE found.office = client.office AND found.client = client.id)",
    "find_extra": "SELECT count(*) FROM found WHERE NOT EXISTS "
    "(SELECT 1 FROM client WHERE client.office = found.office AND client.id = found.client)",
    "find_unindexed": "SELECT count(*) FROM found WHERE id NOT IN (SELECT id FROM find_words_docsize)",
    "find_unnumbered": "SELECT count(*) FROM find_words_docsize WHERE id NOT IN (SELECT id FROM found)",
}


def check_index(connection: Connection) -> Iterator[Finding]:
    """Whether the index holds every client and nobody else, under the words of their names and no others.

    Counts every word of every client, and looks a sample of clients up by theirs. Nothing when all is well; what a
    rebuild of the index puts right otherwise.
    """
    raw = _cursor(connection)
    for name, query in _COUNTS.items():
        if count := raw.execute(query).fetchone()[0]:
            yield Finding(name, f"{count} clients")
    expected: Counter[str] = Counter()
    for given, family, name in raw.execute("SELECT given_name, family_name, name FROM client"):
        expected.update(_words_of(given, family, name))
    stored = Counter(dict(raw.execute("SELECT term, doc FROM find_vocabulary").fetchall()))
    if expected != stored:
        differing = sum(expected[word] != stored[word] for word in expected.keys() | stored.keys())
        yield Finding("find_words_differ", f"{differing} words")
    known = {word for (word,) in raw.execute("SELECT word FROM known_word")}
    if unknown := expected.keys() - known:
        yield Finding("find_words_unknown", f"{len(unknown)} words")
    yield from _check_sample(raw)


def _check_sample(raw: Any) -> Iterator[Finding]:
    highest = raw.execute("SELECT max(id) FROM found").fetchone()[0] or 0
    step = max(1, highest // _SAMPLE)
    sample = raw.execute(
        "SELECT found.id, given_name, family_name, name FROM found "
        "JOIN client ON client.office = found.office AND client.id = found.client WHERE found.id % ? = 0",
        (step,),
    ).fetchall()
    for number, given, family, name in sample:
        own = _words_of(given, family, name)
        query = " ".join(f'"{word}"' for word in own)
        found = "SELECT 1 FROM find_words WHERE find_words MATCH ? AND rowid = ?"
        if own and not raw.execute(found, (query, number)).fetchone():
            yield Finding("find_words_misplaced", f"row {number}")
