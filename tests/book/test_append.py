"""The chain: gap-free, tied together, never before its own last line."""

import threading

import pytest
from sqlalchemy import Engine, func, select

from app.book.append import CLOCK_TOLERANCE_US, ClockSetBack, EntryTooLong, Fact, Pen, Writer
from app.book.check import check_chains
from app.book.histories import all_lines
from models import entries as e
from models.ids import new_id
from models.lines import GENESIS, Line, is_intact
from models.tables import line
from tests.book.facts import NOON, PEN, client, fact


def written(book: Engine, *facts: Fact, at: int = NOON, accept_clock: bool = False) -> tuple[Line, ...]:
    with book.begin() as connection:
        return Writer(connection, PEN, at, accept_clock=accept_clock).append(facts)


def test_lines_count_from_one_without_a_gap_and_hang_together(book: Engine) -> None:
    written(book, client(new_id()), client(new_id()))
    written(book, client(new_id()))
    with book.begin() as connection:
        lines = list(all_lines(connection, [line.c.sequence]))
        assert [each.sequence for each in lines] == [1, 2, 3]
        assert is_intact(lines[0], GENESIS)
        assert is_intact(lines[2], lines[1].hash)
        assert not is_intact(lines[2], lines[0].hash)
        assert list(check_chains(connection)) == []


def test_a_line_carries_the_day_in_tehran_on_which_it_was_written(book: Engine) -> None:
    half_past_eleven_at_night_in_utc = 1_795_563_000_000_000  # 2026-11-24T23:30Z is the next morning in Tehran
    (one,) = written(book, client(new_id()), at=half_past_eleven_at_night_in_utc)
    assert one.business_day == 14050904


def test_what_is_rolled_back_was_never_there(book: Engine) -> None:
    with book.connect() as connection:
        Writer(connection, PEN, NOON).append([client(new_id())])
        connection.rollback()
    assert written(book, client(new_id()))[0].sequence == 1


def test_a_clock_a_little_behind_writes_at_the_last_lines_time(book: Engine) -> None:
    written(book, client(new_id()))
    (late,) = written(book, client(new_id()), at=NOON - CLOCK_TOLERANCE_US)
    assert late.at == NOON


def test_a_clock_set_back_further_writes_nothing_until_it_is_accepted(book: Engine) -> None:
    written(book, client(new_id()))
    before = NOON - CLOCK_TOLERANCE_US - 1
    with pytest.raises(ClockSetBack) as refused:
        written(book, client(new_id()), at=before)
    assert refused.value.last_at == NOON
    (accepted,) = written(
        book, fact(new_id(), e.ClockAccepted(approved_by=new_id(), last_at=NOON)), at=before, accept_clock=True
    )
    (on,) = written(book, client(new_id()), at=before + 1)
    assert (accepted.sequence, accepted.at, on.sequence, on.at) == (2, before, 3, before + 1)


def test_a_new_chain_goes_by_the_last_line_of_the_one_before(book: Engine) -> None:
    """After a restored backup, a copied folder, or joining a centre."""
    written(book, client(new_id()))
    after = Pen(PEN.office, PEN.desk, new_id())
    before = NOON - CLOCK_TOLERANCE_US - 1
    with pytest.raises(ClockSetBack), book.begin() as connection:
        Writer(connection, after, before)
    with book.begin() as connection:
        (late,) = Writer(connection, after, before + 1).append([client(new_id())])
        assert (late.sequence, late.at) == (1, NOON)


def test_an_entry_beyond_its_limit_is_not_written_and_leaves_no_gap(book: Engine) -> None:
    with pytest.raises(EntryTooLong):
        written(book, fact(new_id(), e.ReceiptDeclined(reason="د" * e.MAX_BODY)))
    assert written(book, client(new_id()))[0].sequence == 1


def test_writers_at_the_same_time_take_turns(book: Engine) -> None:
    written(book, client(new_id()))

    def clerk() -> None:
        for _ in range(10):
            written(book, client(new_id()))

    threads = [threading.Thread(target=clerk) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with book.begin() as connection:
        assert connection.execute(select(func.count(), func.max(line.c.sequence))).one() == (41, 41)
        assert list(check_chains(connection)) == []
