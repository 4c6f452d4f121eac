"""A data folder that was copied, moved or restored goes on in a chain of its own, and nothing is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.book.append import ClockSetBack
from app.desk.checking import check
from app.desk.desk import Desk
from app.desk.link.copies import leave_trace, look_for_copy
from app.desk.link.pulling import HOUR_US
from app.desk.link.stepping import Step, in_step
from tests.central.conftest import Served
from tests.desk.conftest import session_of
from tests.desk.counter import CLERK, HOSSEIN, MARYAM, NOON, Clock, registered, visit
from tests.link.desks import codes, copied, joined, member, opened


def synced(desk: Desk) -> Step:
    (step,) = in_step(desk)
    return step


def found(step: Step) -> list[str]:
    return [finding.finding for finding in step.findings]


def test_a_copy_is_seen_before_anything_is_sent_and_said_once(
    centre: Served, desks: list[Desk], tmp_path: Path
) -> None:
    joined(centre, desks[0], "میز ۱").close()
    registered(desks[0], session_of(desks[0], CLERK), visit())
    assert found(synced(desks[0])) == []
    copy = copied(desks[0], tmp_path / "copy")
    desks.append(copy)
    assert found(synced(copy)) == ["cloned_store"]
    assert found(synced(copy)) == []
    assert member(copy).copied_at
    here = opened(tmp_path / "desk0")
    desks.append(here)
    assert found(synced(here)) == []


def test_both_go_on_for_long_and_neither_begins_anew_again(centre: Served, desks: list[Desk], tmp_path: Path) -> None:
    joined(centre, desks[0], "میز ۱").close()
    registered(desks[0], session_of(desks[0], CLERK), visit())  # not sent: both have it
    copy, here = copied(desks[0], tmp_path / "copy"), opened(tmp_path / "desk0")
    desks += [copy, here]
    for _turn in range(4):
        for desk in (here, copy):
            registered(desk, session_of(desk, CLERK), visit(HOSSEIN, service="102"))
            synced(desk)
    for desk in (here, copy):
        synced(desk)
    assert (synced(here).waiting, len(member(here).chains), len(member(copy).chains)) == (0, 2, 4)
    assert codes(here) == codes(copy) == codes(centre.store)
    assert len(codes(here)) == 9
    assert list(check(here)) == list(check(copy)) == []


def test_copies_that_nobody_could_see_are_told_apart_by_the_centre_and_go_on_for_long(
    centre: Served, desks: list[Desk], tmp_path: Path
) -> None:
    """As if the machine had been cloned with its disk: same name, same folder."""
    joined(centre, desks[0], "میز ۱").close()
    registered(desks[0], session_of(desks[0], CLERK), visit())
    here, away = desks[0].store.folder, tmp_path / "away"
    copied(desks[0], away).close()
    for _turn in range(6):
        desk = opened(here)
        registered(desk, session_of(desk, CLERK), visit(MARYAM, service="102"))
        synced(desk)
        desk.close()
        shutil.rmtree(tmp_path / "state")
        here.rename(tmp_path / "between")
        away.rename(here)
        (tmp_path / "between").rename(away)
    desks[0] = opened(here)
    synced(desks[0])
    assert synced(desks[0]).waiting == 0
    assert len(member(desks[0]).chains) <= 4
    assert len(codes(centre.store)) == 7
    assert list(check(desks[0])) == []


def test_a_restored_backup_is_seen_by_what_was_noted_outside(centre: Served, desks: list[Desk], tmp_path: Path) -> None:
    joined(centre, desks[0], "میز ۱").close()
    copied(desks[0], tmp_path / "backup").close()
    desk = opened(tmp_path / "desk0")
    lost = registered(desk, session_of(desk, CLERK), visit())
    synced(desk)
    desk.close()
    shutil.rmtree(tmp_path / "desk0")
    (tmp_path / "backup").rename(tmp_path / "desk0")
    desks[0] = restored = opened(tmp_path / "desk0")
    assert look_for_copy(restored)
    new = registered(restored, session_of(restored, CLERK), visit(MARYAM))
    assert synced(restored).waiting == 0
    assert codes(restored) == codes(centre.store) == sorted([lost.tracking_code, new.tracking_code])
    assert list(check(restored)) == []
    leave_trace(restored)
    assert not look_for_copy(restored)


def test_a_desk_without_a_centre_may_be_moved_about(desks: list[Desk], tmp_path: Path) -> None:
    copy = copied(desks[0], tmp_path / "copy")
    desks.append(copy)
    assert not look_for_copy(copy)


def test_what_a_restored_backup_had_lost_still_tells_that_the_clock_is_wrong(
    centre: Served, desks: list[Desk], tmp_path: Path
) -> None:
    """The lines since the backup come back from the centre, and no line may be written an hour before them."""
    joined(centre, desks[0], "میز ۱").close()
    copied(desks[0], tmp_path / "backup").close()
    desk = opened(tmp_path / "desk0")
    desk.clock = Clock(NOON + 2 * HOUR_US)
    registered(desk, session_of(desk, CLERK), visit())
    synced(desk)
    desk.close()
    shutil.rmtree(tmp_path / "desk0")
    (tmp_path / "backup").rename(tmp_path / "desk0")
    desks[0] = restored = opened(tmp_path / "desk0")  # whose clock says noon
    assert look_for_copy(restored)
    synced(restored)
    with pytest.raises(ClockSetBack), restored.writing():
        raise AssertionError
    restored.clock = Clock(NOON + 2 * HOUR_US)
    registered(restored, session_of(restored, CLERK), visit(MARYAM))
