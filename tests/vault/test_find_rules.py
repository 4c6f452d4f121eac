"""Find against a plain oracle, on small desks with few letters, where everything collides."""

from pathlib import Path
from uuid import UUID

from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from app.vault import find_index
from app.vault.find import check_index, find_clients, index_clients, rebuild_index
from app.vault.store import Store, create_store
from models.records import Client
from models.text import words
from tests.vault.schema import VaultSchema, person, put

EVERYBODY = 10_000

pieces = st.text("ابیa", min_size=1, max_size=3)
names = st.lists(pieces, max_size=3).flatmap(
    lambda parts: st.sampled_from([" ", "\u200c"]).map(lambda gap: gap.join(parts))
)
numbers = st.text("09", max_size=4)
queries = st.lists(pieces, max_size=3).flatmap(
    lambda parts: st.sampled_from([" ", "\u200c", "،"]).map(lambda gap: gap.join(parts))
)
clients = st.builds(lambda given_, family, number: person(given_, family, number=number), names, names, numbers)


def ways(typed: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The words, and every way of reading two neighbours, or all of them, as one."""
    joined = [(*typed[:at], typed[at] + typed[at + 1], *typed[at + 2 :]) for at in range(len(typed) - 1)]
    return [typed, *joined, ("".join(typed),)]


def words_of(client: Client) -> set[str]:
    own: set[str] = set()
    for name in (client.details.given_name, client.details.family_name):
        parts = words(name)
        own |= {"".join(parts[start:end]) for start in range(len(parts)) for end in range(start + 1, len(parts) + 1)}
    return own


def whole_but_last(client: Client, typed: tuple[str, ...]) -> bool:
    own = words_of(client)
    return any(
        all(each in own for each in way[:-1]) and any(word.startswith(way[-1]) for word in own) for way in ways(typed)
    )


def all_begun(client: Client, typed: tuple[str, ...]) -> bool:
    own = words_of(client)
    return any(all(any(word.startswith(each) for word in own) for each in way) for way in ways(typed))


def oracle(everybody: list[Client], typed: tuple[str, ...]) -> set[UUID]:
    if not typed:
        return set()
    found = {client.id for client in everybody if whole_but_last(client, typed)}
    if not found or len(typed) == 2:
        found |= {client.id for client in everybody if all_begun(client, typed)}
    return found


class Desk:
    """One store for all examples of a rule; what an example wrote is undone."""

    def __init__(self, folder: Path) -> None:
        self.store: Store = create_store(folder / "data", VaultSchema())[0]

    def connection(self) -> Connection:
        connection = self.store._engine("writing").connect()
        connection.begin()
        return connection


def found(connection: Connection, text: str) -> set[UUID]:
    return {each.id for each in find_clients(connection, text, EVERYBODY) if each.how == "name"}


def test_find_finds_whom_the_oracle_finds(data_dir: Path) -> None:
    desk = Desk(data_dir)

    @settings(max_examples=150)
    @given(st.lists(clients, max_size=8), st.lists(queries, min_size=1, max_size=4))
    @example([person("قلی زاده", "", number="")], ["قلیزاده", "قلی"])
    def rule(everybody: list[Client], asked: list[str]) -> None:
        with desk.connection() as connection:
            put(connection, everybody)
            index_clients(connection, everybody)
            for text in asked:
                assert found(connection, text) == oracle(everybody, words(text)), text
            assert list(check_index(connection)) == []

    rule()
    desk.store.close()


def test_find_after_corrections_and_after_a_rebuild_is_as_if_they_had_always_been_so(data_dir: Path) -> None:
    desk = Desk(data_dir)

    @settings(max_examples=60)
    @given(st.lists(st.tuples(clients, clients, st.booleans()), max_size=8), queries)
    def rule(everybody: list[tuple[Client, Client, bool]], text: str) -> None:
        now = [
            person(after.details.given_name, after.details.family_name, id=before.id) if corrected else before
            for before, after, corrected in everybody
        ]
        with desk.connection() as connection:
            before = [client for client, _, _ in everybody]
            put(connection, before)
            index_clients(connection, before)
            put(connection, now)
            index_clients(connection, [client for client, old in zip(now, before, strict=True) if client is not old])
            assert list(check_index(connection)) == []
            corrected = found(connection, text)
            assert rebuild_index(connection) == len(now)
            assert list(check_index(connection)) == []
            assert found(connection, text) == corrected

    rule()
    desk.store.close()


@given(st.text(max_size=200))
def test_no_text_is_an_error(everything: str) -> None:
    for word in find_index.name_words(everything):
        assert word.isalnum()
        assert not any(letter.isspace() or letter in '"*' for letter in word)


def test_whatever_is_typed_is_answered(data_dir: Path) -> None:
    desk = Desk(data_dir)
    anything = st.text(st.characters(exclude_categories=()), max_size=40)
    with desk.connection() as connection:
        known = [person("علی", "رضایی"), person("مریم", "قلی‌زاده")]
        put(connection, known)
        index_clients(connection, known)

        @settings(max_examples=300)
        @given(
            anything
            | st.lists(st.sampled_from(['"', "*", "AND", "علی", "(", ")", "\0", "NEAR", "9", "+"])).map(" ".join)
        )
        def rule(text: str) -> None:
            assert len(find_clients(connection, text)) <= len(known)

        rule()
    desk.store.close()
