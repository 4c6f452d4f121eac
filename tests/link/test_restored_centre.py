"""A centre whose database was restored from an older backup: what it had confirmed is found and sent again, once."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from app.central import reference
from app.central.people import admit
from app.central.rights import Hand
from app.desk.checking import check
from app.desk.desk import Desk
from app.desk.link.centre import Centre, NotAdmitted
from app.desk.link.joining import join
from app.desk.link.pulling import pull_once, pull_reference
from app.desk.link.pushing import push_once
from app.desk.link.running import Link, News
from app.desk.link.standing import safe_at_centre, standing
from app.desk.link.stepping import in_step as round_of
from models.calendar import now_us
from models.ids import new_id
from models.records import Person
from models.tables import PROJECTION, flag, line, service
from tests.central.conftest import Served
from tests.central.dumps import dumped, put_back
from tests.desk.conftest import session_of
from tests.desk.counter import CLERK, HOSSEIN, MARYAM, registered, visit
from tests.link.desks import code_for, codes, copied, in_step, joined, line_of, member, opened, rows, until

Pair = tuple[Desk, Centre]
DAY_US = 86_400_000_000


@contextmanager
def restored(centre: Served) -> Iterator[None]:
    """What is written within is lost with the centre's database; its backup is of before."""
    with centre.store.reading() as connection:
        backup = dumped(connection)
    yield
    with centre.store.writing() as connection:
        put_back(connection, backup)


@pytest.fixture
def pairs(centre: Served, desks: list[Desk]) -> Iterator[list[Pair]]:
    """Two desks that have joined and are in step."""
    lines = [joined(centre, desk, f"میز {n}") for n, desk in enumerate(desks)]
    both = list(zip(desks, lines, strict=True))
    in_step(*both)
    yield both
    for each in lines:
        each.close()


def come(desk: Desk, *who: dict[str, str]) -> list[str]:
    return [registered(desk, session_of(desk, CLERK), visit(each)).tracking_code for each in who or (HOSSEIN,)]


def order(where: Served | Desk) -> list[object]:
    reading = where.store.reading() if isinstance(where, Served) else where.reading()
    with reading as connection:
        mine = select(line.c.position, line.c.entry).where(line.c.desk > 0).order_by(line.c.position)
        return [tuple(row) for row in connection.execute(mine)]


def assert_all_agree(centre: Served, *desks: Desk) -> None:
    for desk in desks:
        assert order(desk) == order(centre)
        assert list(check(desk)) == []
        for table in PROJECTION.sorted_tables:
            assert rows(desk, table) == rows(desks[0], table), table
    assert len(set(codes(centre.store))) == len(codes(centre.store))


def test_what_was_confirmed_and_lost_is_sent_again_though_there_is_nothing_new(
    centre: Served, pairs: list[Pair]
) -> None:
    (first, _), (second, _) = pairs
    with restored(centre):
        handed_out = come(first, HOSSEIN, MARYAM) + come(second, MARYAM)
        in_step(*pairs)
    assert codes(centre.store) == []
    for _turn in range(2):
        for desk in (first, second):
            list(round_of(desk))
    assert codes(centre.store) == sorted(handed_out)
    assert_all_agree(centre, first, second)


def test_it_is_found_by_a_desk_that_had_only_sent(centre: Served, pairs: list[Pair]) -> None:
    """It has read nothing of what the centre has lost."""
    desk, to = pairs[0]
    with restored(centre):
        (code,) = come(desk)
        assert push_once(desk, to)
    (step,) = round_of(desk)
    assert ([each.finding for each in step.findings], step.waiting) == (["restored_centre"], 0)
    assert codes(centre.store) == [code]
    (step,) = round_of(desk)
    assert (step.findings, step.pushed) == ((), 0)


def test_what_is_sent_next_in_another_chain_does_not_hide_what_was_lost(centre: Served, desks: list[Desk]) -> None:
    """A new chain begins at its first line, which fits whatever the centre has of the older one; and other desks have
    sent so much meanwhile that the feed is as long as it was."""
    first, second = desks
    come(first)
    with joined(centre, first, "میز ۱") as to, joined(centre, second, "میز ۲") as to_second:
        with restored(centre):
            assert push_once(first, to)  # the chain of before it joined
        assert [each.confirmed > 0 for each in member(first).chains] == [True, False]
        come(second, HOSSEIN, MARYAM)
        in_step((second, to_second))
        push_once(first, to)
        in_step((first, to), (second, to_second))
    assert_all_agree(centre, first, second)


def test_what_was_found_safe_after_one_loss_is_looked_at_after_the_next(centre: Served, desks: list[Desk]) -> None:
    with joined(centre, desks[0], "میز ۱") as to:
        with restored(centre):
            push_once(desks[0], to)  # the chain of before it joined
            with restored(centre):
                push_once(desks[0], to)  # and the one that it writes in now
            pull_once(desks[0], to)
            assert [each.confirmed > 0 for each in member(desks[0]).chains] == [True, False]
        in_step((desks[0], to))
    assert order(desks[0]) == order(centre)


def test_positions_that_were_given_away_again_are_read_anew(centre: Served, pairs: list[Pair]) -> None:
    (first, _), (second, to_second) = pairs
    with restored(centre):
        come(first), come(second, MARYAM)
        in_step(*pairs)
    before = order(first)
    in_step((second, to_second))  # now the other one is first
    in_step(*pairs)
    assert order(first) != before
    assert_all_agree(centre, first, second)


def test_the_same_lines_at_the_same_positions_are_another_history_all_the_same(
    centre: Served, pairs: list[Pair]
) -> None:
    (first, to), (second, _) = pairs
    with restored(centre):
        come(first, HOSSEIN, MARYAM)
        in_step(*pairs)
    in_step((first, to))
    seen = member(second).office_feed.seen[-1]
    in_step(*pairs)
    assert member(second).office_feed.seen[-1].stamp != seen.stamp
    assert_all_agree(centre, first, second)


def test_what_is_safe_goes_back_until_it_is_sent_again(centre: Served, pairs: list[Pair]) -> None:
    (first, to), (second, _) = pairs
    with restored(centre):
        come(first), come(second, MARYAM)
        in_step(*pairs)
    how = standing(first)
    assert how is not None
    assert (how.safe, how.registered, how.lines) == (1, 1, 0)
    pull_once(first, to)
    how = standing(first)
    assert how is not None
    assert (how.safe, how.registered) == (0, 1)
    assert how.lines > 0
    assert member(first).restored_at
    with first.reading() as connection:
        day = connection.execute(select(line.c.business_day).order_by(line.c.at.desc()).limit(1)).scalar_one()
        assert safe_at_centre(connection, day, 2) == 0
    in_step(*pairs)
    with first.reading() as connection:
        assert safe_at_centre(connection, day, 2) == 2


def test_lines_of_a_desk_that_is_no_more_are_shown_where_they_are(centre: Served, pairs: list[Pair]) -> None:
    (first, to), (second, _) = pairs
    second.clock = lambda: now_us() + DAY_US  # each line of it is flagged, and the flags are lost as well
    with restored(centre):
        mine, theirs = come(first), come(second, MARYAM)
        in_step(*pairs)
        assert rows(first, flag)
    in_step((first, to))
    assert not rows(first, flag)
    (found,) = check(first)
    assert found.finding == "not_at_the_centre"
    assert found.detail.startswith(f"desk {second.number}: ")
    assert codes(first) == sorted(mine + theirs)
    in_step(*pairs)
    assert list(check(first)) == []
    assert_all_agree(centre, first, second)


def test_a_desk_restored_along_with_its_centre_writes_where_another_desk_has_its_lost_lines(
    centre: Served, pairs: list[Pair], desks: list[Desk], tmp_path: Path
) -> None:
    """The only copy of what both have lost stays where it was read."""
    (first, to), (second, to_second) = pairs
    copied(second, tmp_path / "backup").close()
    second = opened(second.store.folder)
    with restored(centre):
        lost = come(second, MARYAM)
        in_step((second, to_second), (first, to))
    second.close()
    desks[1] = second = opened(tmp_path / "backup")
    new = come(second, HOSSEIN)
    in_step((second, to_second), (first, to))
    assert codes(centre.store) == codes(second) == new
    assert codes(first) == sorted(new + lost)
    assert [each.finding for each in check(first)] == ["not_at_the_centre"]


def test_what_the_centre_said_itself_and_has_lost_is_nobodys_word(centre: Served, pairs: list[Pair]) -> None:
    desk, to = pairs[0]
    with centre.store.writing() as connection:
        who = admit(connection, new_id(), "راضیه سلطانی", ("administrator",), "x", "", now_us())
    by = Person(office=0, id=who, name="", roles=("administrator",), unit="", verifier="", retired=False)
    pull_reference(desk, to)
    known = len(rows(desk, service))
    with restored(centre):
        with centre.store.writing() as connection:
            hand = Hand(connection, new_id(), by, now_us())
            reference.publish_service(hand, reference.Draft(code="999", title="خدمت"), is_new=True)
        come(desk)  # by a clerk whom the organisation does not know: flagged
        in_step(*pairs)
        pull_reference(desk, to)
        assert len(rows(desk, service)) == known + 1
        held = rows(desk, flag)
    assert pull_reference(desk, to) == 0
    assert len(rows(desk, service)) == known
    in_step(*pairs)
    assert len(rows(desk, flag)) == len(held)
    assert list(check(desk)) == []


def test_an_open_window_sends_again_by_itself(centre: Served, desks: list[Desk]) -> None:
    joined(centre, desks[0], "میز ۱").close()
    news: list[News] = []
    link = Link(desks[0])
    running = threading.Thread(target=link.run, args=(news.append,))
    running.start()
    try:
        until(lambda: news and news[-1].standing.lines == 0)
        with restored(centre):
            (code,) = come(desks[0])
            until(lambda: codes(centre.store) == [code])
        link.wake()
        until(lambda: codes(centre.store) == [code])
    finally:
        link.stop()
        running.join()


def test_a_desk_that_joined_after_the_backup_is_given_its_place_again(
    centre: Served, pairs: list[Pair], office: Path, tmp_path: Path
) -> None:
    late = opened(shutil.copytree(office, tmp_path / "late"))
    try:
        with restored(centre):
            come(late, MARYAM)  # before it joins, under the number that it gave itself
            pairs.append((late, joined(centre, late, "میز دیگر")))
            come(late)
            in_step(*pairs)
        with pytest.raises(NotAdmitted):
            round_once(late)
        # Places are numbered in the order in which they are made, so it has the same number again.
        join(late, centre.url, code_for(centre, "میز دیگر"))
        pairs.append((late, line_of(late)))
        in_step(*pairs[:2], pairs[-1])
        assert_all_agree(centre, *(desk for desk, _line in pairs))
        assert len(codes(late)) == 2
    finally:
        for desk, end in pairs[2:]:
            end.close()
            desk.close()


def round_once(desk: Desk) -> None:
    for _step in round_of(desk):
        pass
