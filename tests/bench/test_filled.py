"""The desk that is measured is a desk like any other."""

from pathlib import Path

import pytest

from app.desk.checking import check
from app.desk.daily_log import day_totals
from app.desk.desk import Desk
from app.desk.finding import find
from app.desk.visits import Registered, register
from tests.bench.filled import filled_desk, newcomers
from tests.bench.plain import copied, written


def silent(what: str, done: int, of: int) -> None:
    pass


def rows(desk: Desk, query: str) -> list[tuple[object, ...]]:
    with desk.reading() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]


@pytest.fixture
def folder(data_dir: Path) -> Path:
    return data_dir


@pytest.mark.parametrize(("clients", "requests"), [(150, 150), (120, 500), (500, 120)])
def test_it_holds_what_was_asked_for_and_is_sound(folder: Path, clients: int, requests: int) -> None:
    desk, session = filled_desk(folder, clients, requests, silent)
    assert rows(desk, "SELECT count(*) FROM client") == [(clients,)]
    assert rows(desk, "SELECT count(*), count(DISTINCT tracking_code) FROM request") == [(requests, requests)]
    assert list(check(desk)) == []
    assert session.may("clerk")
    desk.close()


def test_its_days_are_full_and_lie_behind_us(folder: Path) -> None:
    desk, _ = filled_desk(folder, 100, 850, silent)
    days = rows(desk, "SELECT business_day, count(*) FROM request GROUP BY business_day ORDER BY business_day")
    assert [count for _, count in days] == [400, 400, 50]
    totals = day_totals(desk, int(str(days[0][0])))
    assert (totals.registered, totals.follow_up, totals.receipts) == (400, 400, 400)
    desk.close()


def test_it_is_made_once_and_the_same_every_time(folder: Path) -> None:
    people = "SELECT number, given_name, family_name, mobile FROM client ORDER BY number"
    made = []
    for name in ("one", "other", "one"):
        desk, _ = filled_desk(folder / name, 120, 120, silent)
        made.append(rows(desk, people))
        desk.close()
    assert made[0] == made[1] == made[2]


def test_a_folder_that_was_not_filled_to_the_end_is_refused(folder: Path) -> None:
    def cut(what: str, done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        filled_desk(folder, 100, 100, cut)
    with pytest.raises(RuntimeError, match="remove it"):
        filled_desk(folder, 100, 100, silent)


def test_somebody_who_is_there_is_found_and_a_newcomer_is_not(folder: Path) -> None:
    desk, _ = filled_desk(folder, 100, 100, silent)
    ((number,),) = rows(desk, "SELECT number FROM client LIMIT 1")
    assert find(desk, str(number))
    assert not find(desk, next(newcomers(desk))["national_number"])
    desk.close()


def test_the_plain_copy_takes_the_rows_that_a_visit_wrote_and_then_holds_what_the_store_holds(folder: Path) -> None:
    desk, session = filled_desk(folder, 100, 100, silent)
    plain = copied(desk, folder.parent / "plain.db", silent)
    answer = register(desk, session, {"client": next(newcomers(desk)), "service": "101"})
    assert isinstance(answer, Registered)
    with desk.reading() as connection:
        added = written(connection, answer)
    assert {table: len(some) for table, some in added.items() if table not in ("find_words", "known_word")} == {
        "line": 3,
        "client": 1,
        "request": 1,
        "receipt": 1,
        "found": 1,
        "mark": 1,
    }
    plain.write(added)
    tables = [
        name for (name,) in rows(desk, "SELECT name FROM sqlite_master WHERE type = 'table'") if "find" not in str(name)
    ]
    for query in (
        *(f"SELECT * FROM {table} ORDER BY 1" for table in tables if table not in ("known_word", "sqlite_sequence")),
        "SELECT word FROM known_word ORDER BY word",
        "SELECT term, doc FROM find_vocabulary ORDER BY term",
    ):
        assert [tuple(row) for row in plain.connection.execute(query)] == rows(desk, query), query
    plain.remove()
    assert not list(folder.parent.glob("plain.db*"))
    desk.close()
