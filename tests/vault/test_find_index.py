import pytest
from sqlalchemy import Connection, event

from app.vault.find import check_index, find_clients, index_clients, rebuild_index
from app.vault.store import Store
from tests.vault.schema import ids, person, put


def statements(connection: Connection) -> list[str]:
    said: list[str] = []
    event.listen(connection, "before_cursor_execute", lambda *call: said.append(call[2]))
    return said


def test_registering_a_client_costs_three_statements(store: Store) -> None:
    with store.writing() as connection:
        client = person("محمدرضا", "قلی‌زاده مقدم")
        put(connection, [client])
        said = statements(connection)
        index_clients(connection, [client])
    assert len(said) == 3


def test_a_rebuild_gives_who_was_registered_last_first_whatever_the_order_of_the_table(store: Store) -> None:
    everybody = [person("علی", "رضایی", registered_at=at) for at in (5, 2, 9, 1)]
    with store.writing() as connection:
        put(connection, everybody)
        heard: list[tuple[int, int]] = []
        assert rebuild_index(connection, lambda done, of: heard.append((done, of))) == 4
        found = [each.id for each in find_clients(connection, "علی")]
    by_time = sorted(everybody, key=lambda client: client.registered_at, reverse=True)
    assert found == ids(by_time)
    assert heard == [(4, 4)]


def test_a_rebuild_of_nobody_is_empty(store: Store) -> None:
    with store.writing() as connection:
        assert rebuild_index(connection) == 0
        assert list(check_index(connection)) == []


def test_after_a_rebuild_old_words_are_forgotten_by_slips_too(store: Store) -> None:
    with store.writing() as connection:
        erased = person("شهریار", "کریمی")
        put(connection, [erased])
        index_clients(connection, [erased])
        assert find_clients(connection, "شهریاز")
        put(connection, [person("نامعلوم", "کریمی", id=erased.id)])
        rebuild_index(connection)
        assert find_clients(connection, "شهریاز") == []
        assert connection.exec_driver_sql("SELECT count(*) FROM known_word WHERE word = 'شهریار'").scalar() == 0


def test_many_are_indexed_by_a_rebuild_as_one_by_one(store: Store) -> None:
    everybody = [person(f"علی {number % 7}", f"رضایی {number % 50}", registered_at=number) for number in range(1_000)]
    with store.writing() as connection:
        put(connection, everybody)
        index_clients(connection, everybody)
        one_by_one = [each.id for each in find_clients(connection, "رضایی 4", 200)]
        rebuild_index(connection)
        assert [each.id for each in find_clients(connection, "رضایی 4", 200)] == one_by_one
        assert list(check_index(connection)) == []


@pytest.mark.parametrize(
    ("harm", "finding"),
    [
        ("DELETE FROM found WHERE id = 2", "find_missing"),
        ("DELETE FROM client WHERE given_name = 'مریم'", "find_extra"),
        ("INSERT INTO found(office, client) VALUES (0, x'00')", "find_unindexed"),
        ("INSERT INTO find_words(rowid, words) VALUES (99, 'علی')", "find_unnumbered"),
        ("INSERT OR REPLACE INTO find_words(rowid, words) VALUES (1, 'زهرا')", "find_words_differ"),
        ("UPDATE client SET family_name = 'دیگر' WHERE given_name = 'مریم'", "find_words_differ"),
        ("DELETE FROM known_word WHERE word = 'مریم'", "find_words_unknown"),
        ("UPDATE found SET id = CASE id WHEN 1 THEN 1000 WHEN 2 THEN 1 END WHERE id < 3", "find_unindexed"),
    ],
)
def test_the_check_finds_what_does_not_agree_and_a_rebuild_puts_it_right(harm: str, finding: str, store: Store) -> None:
    with store.writing() as connection:
        known = [person("علی", "رضایی"), person("مریم", "کریمی"), person("حسن", "رضایی")]
        put(connection, known)
        index_clients(connection, known)
        assert list(check_index(connection)) == []
        connection.exec_driver_sql(harm)
        found = list(check_index(connection))
        assert finding in {each.finding for each in found}
        assert not any(name in each.detail for each in found for name in ("علی", "مریم", "زهرا", "رضایی"))
        rebuild_index(connection)
        assert list(check_index(connection)) == []


def test_the_check_finds_two_clients_under_each_others_words(store: Store) -> None:
    with store.writing() as connection:
        known = [person("علی", "رضایی"), person("مریم", "کریمی")]
        put(connection, known)
        index_clients(connection, known)
        connection.exec_driver_sql("UPDATE found SET id = id + 10")
        connection.exec_driver_sql("UPDATE found SET id = 13 - id")
        assert {each.finding for each in check_index(connection)} == {"find_words_misplaced"}
