"""Words of the find index that a typed word may have meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

_MOST = 8
_SHORTEST = 3
"""A shorter word is one slip away from nearly everything."""


def alternatives(connection: Connection, word: str) -> list[str]:
    """The words nearest to this one, itself among them if it is known: one slip away, from six letters on two.

    A slip is a letter too much, too few or wrong, or two neighbours swapped (optimal string alignment).
    """
    from rapidfuzz import process  # 20 ms that only a slip should pay
    from rapidfuzz.distance import OSA

    if len(word) < _SHORTEST:
        return [word]
    slips = 1 if len(word) < 6 else 2
    near = _vocabulary(connection).of_length(len(word) - slips, len(word) + slips)
    return [found for found, _, _ in process.extract(word, near, scorer=OSA.distance, score_cutoff=slips, limit=_MOST)]


def distance(word: str, other: str) -> int:
    """How many slips lie between two words."""
    from rapidfuzz.distance import OSA

    return OSA.distance(word, other)


class _Vocabulary:
    """The known words by length, read once and then only what was added."""

    def __init__(self) -> None:
        self.first: int | None = None
        self.last = 0
        self._by_length: dict[int, list[str]] = defaultdict(list)

    def of_length(self, shortest: int, longest: int) -> Sequence[str]:
        return [word for length in range(shortest, longest + 1) for word in self._by_length.get(length, ())]

    def read_on(self, connection: Connection) -> None:
        rows = connection.exec_driver_sql("SELECT id, word FROM known_word WHERE id > ? ORDER BY id", (self.last,))
        for number, word in rows:
            self._by_length[len(word)].append(word)
            self.last = number


_vocabularies: WeakKeyDictionary[Engine, _Vocabulary] = WeakKeyDictionary()
_guard = Lock()


def _vocabulary(connection: Connection) -> _Vocabulary:
    first = connection.exec_driver_sql("SELECT min(id) FROM known_word").scalar()
    with _guard:
        vocabulary = _vocabularies.get(connection.engine)
        if vocabulary is None or vocabulary.first != first:  # A rebuild numbers all words anew.
            vocabulary = _vocabularies[connection.engine] = _Vocabulary()
            vocabulary.first = first
        vocabulary.read_on(connection)
        return vocabulary
