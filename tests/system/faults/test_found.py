"""What long runs have found, each by itself; and that they would find more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app.book.append import Fact, Pen
from app.central import feed
from app.central.places import CENTRE, ORGANISATION
from app.central.store import Store
from app.desk.link import pulling, stepping
from app.desk.link.membership import Membership
from app.desk.link.stepping import in_step
from app.wire.messages import Seen
from models.calendar import now_us
from models.entries import OfficeSet
from models.ids import new_id, reference_id
from models.tables import feed as feed_table
from tests.system.faults.series import Ground
from tests.system.faults.small import Death, Run, small_run


@pytest.fixture
def run(ground: Ground, tmp_path: Path) -> Iterator[Run]:
    """Two desks that have not joined yet; nothing goes wrong but what a test brings about."""
    with ground.database(tmp_path, postgresql=False) as database:
        store = Store(database.url)
        made = Run("found", store, ground.desks[:2], tmp_path)
        made.faults = False
        yield made
        made.close()
        store.close()


@pytest.mark.parametrize("dies_at", range(6))
def test_a_desk_that_was_killed_while_joining_registers_on_and_joins(
    run: Run, dies_at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, moments = run.places[0], iter(range(100))

    def may_die(how: str) -> None:
        if next(moments) == dies_at:
            raise Death

    monkeypatch.setattr(run, "may_die", may_die)
    try:
        run._join(place)
    except Death:
        place.reopen()
    run._visit(place, place.desk)
    run.settle()
    assert run.verdict() == []
    assert run.counts["visits"] == 1


def test_the_same_process_of_the_centre_speaks_in_two_feeds(run: Run) -> None:
    run.settle()
    run._publish()
    with run.centre.writing() as connection:
        settings = [Fact(new_id(), reference_id("office", "home"), new_id(), OfficeSet(name="اداره"))]
        feed.publish(connection, Pen(run.office, CENTRE, run.incarnation), settings, now_us())
    assert run.office != ORGANISATION
    run.settle()
    assert run.verdict() == []


def test_a_desk_that_has_read_further_than_its_centre_goes_does_not_ask_for_ever(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.settle()
    place = run.places[0]
    monkeypatch.setattr(stepping, "line_to", lambda known: place.line)
    with run.centre.writing() as connection:
        connection.execute(update(feed_table).where(feed_table.c.office == run.office).values(position=1))
    (step,) = in_step(place.desk)
    assert (step.pushed, step.pulled) == (0, 0)


# --- broken on purpose -----------------------------------------------------------------------------------------------


def finds_something(ground: Ground, folder: Path, *seeds: int) -> bool:
    """Whether one of these runs finds the fault."""
    for seed in seeds:
        place = folder / str(seed)
        place.mkdir()
        with ground.database(place, postgresql=False) as database:
            store = Store(database.url)
            try:
                _, wrong = small_run(f"broken-{seed}", store, ground.desks, place)
            except IntegrityError:
                return True
            finally:
                store.close()
        if wrong:
            return True
    return False


_confirmed = Membership.confirmed


def test_a_desk_that_believes_one_line_more_is_safe_than_the_centre_said_is_found(
    ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def one_more(known: Membership, incarnation: UUID, through: int, seen: Seen | None = None) -> Membership:
        return _confirmed(known, incarnation, through + 1, seen)

    monkeypatch.setattr(Membership, "confirmed", one_more)
    assert finds_something(ground, tmp_path, 0, 1, 4)


def test_a_centre_that_does_not_know_a_line_again_in_another_chain_is_found(
    ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "_known", lambda *_what: {})
    assert finds_something(ground, tmp_path, 0, 1, 4)


def test_a_desk_that_does_not_see_its_copy_in_the_feed_is_found(
    ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulling, "known_entries", lambda _connection, _office, entries: set(entries))
    assert finds_something(ground, tmp_path, 0, 1)
