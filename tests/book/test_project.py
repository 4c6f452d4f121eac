"""The tables say what the book says: after every append, and after making them anew."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, insert, select, update

from app.book.append import Fact, Writer
from app.book.check import check_book, check_tables
from app.book.project import project
from app.book.rebuild import is_current, rebuild
from models import entries as e
from models import tables as t
from models.codes import make_tracking_code
from models.ids import new_id
from tests.book.facts import CLERK, NOON, PEN, client, details, fact, receipt, request

HERE, HIS_REQUEST = UUID(int=100), UUID(int=200)


def say(book: Engine, *facts: Fact, at: int = NOON) -> None:
    with book.begin() as connection:
        project(connection, Writer(connection, PEN, at).append(facts))


def row(book: Engine, table: Any, subject: UUID) -> Any:
    with book.begin() as connection:
        return connection.execute(select(table).where(table.c.id == subject)).one()


def tables(book: Engine) -> dict[str, list[Any]]:
    with book.begin() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in t.PROJECTION.sorted_tables
        }


def test_a_registered_client_has_a_row_to_be_found_by(book: Engine) -> None:
    say(book, client(HERE, family_name="قلی‌زاده"))
    found = row(book, t.client, HERE)
    assert (found.family_name, found.family_key, found.number) == ("قلی‌زاده", "قلیزاده", "2821234562")


def test_a_correction_replaces_the_row_and_keeps_the_first_day(book: Engine) -> None:
    say(book, client(HERE))
    say(book, fact(HERE, e.ClientCorrected(details=details(family_name="نوری"))), at=NOON + 5)
    found = row(book, t.client, HERE)
    assert (found.family_name, found.registered_at) == ("نوری", NOON)


def test_a_request_and_its_paper_are_rows_of_their_own(book: Engine) -> None:
    paper = receipt(HIS_REQUEST)
    say(book, client(HERE), request(HIS_REQUEST, HERE), paper)
    assert row(book, t.request, HIS_REQUEST).receipt == "queued"
    say(book, fact(HIS_REQUEST, e.ReceiptSettled(attempt=paper.id, outcome="printed")))
    found = row(book, t.request, HIS_REQUEST)
    assert (found.receipt, found.copies, found.state) == ("printed", 1, "open")
    assert row(book, t.receipt, paper.id).outcome == "printed"


def test_two_equal_codes_are_a_finding_and_no_error(book: Engine) -> None:
    code = make_tracking_code(5001, 42)
    say(book, request(new_id(), HERE, code), request(new_id(), HERE, code))
    with book.begin() as connection:
        assert [finding.finding for finding in check_book(connection)] == ["code_repeated"]


@pytest.mark.parametrize(
    ("harm", "finding"),
    [
        (update(t.client).values(family_name="دیگری"), "row_differs"),
        (delete(t.client), "row_missing"),
        (
            insert(t.person).values(
                office=0, id=new_id(), name="x", name_key="x", roles="", unit="", verifier="", retired=False, flags=""
            ),
            "row_extra",
        ),
    ],
)
def test_a_row_that_is_not_what_the_book_says_is_found(book: Engine, harm: Any, finding: str) -> None:
    say(book, client(HERE))
    with book.begin() as connection:
        connection.execute(harm)
        assert [found.finding for found in check_tables(connection)] == [finding]


@pytest.mark.parametrize(
    ("harm", "finding"),
    [
        (update(t.line).values(body=b"{}").where(t.line.c.sequence == 1), "chain_broken"),
        (update(t.line).values(at=NOON + 9).where(t.line.c.sequence == 2), "chain_broken"),
        (delete(t.line).where(t.line.c.sequence == 2), "sequence_gap"),
        (delete(t.line).where(t.line.c.sequence == 3), "mark_differs"),
        (update(t.mark).values(next_sequence=9), "mark_differs"),
    ],
)
def test_a_changed_or_missing_line_is_found(book: Engine, harm: Any, finding: str) -> None:
    say(book, client(new_id()), client(new_id()), client(new_id()))
    with book.begin() as connection:
        connection.execute(harm)
        assert finding in {found.finding for found in check_book(connection)}


def test_an_erased_body_leaves_the_chain_sound(book: Engine) -> None:
    say(book, client(HERE), client(new_id()))
    with book.begin() as connection:
        connection.execute(update(t.line).values(body=None).where(t.line.c.subject == HERE))
        rebuild(connection)
        assert list(check_book(connection)) == []
        assert connection.execute(select(t.client.c.id).where(t.client.c.id == HERE)).first() is None


def test_an_entry_of_a_newer_program_is_kept_and_waits(book: Engine) -> None:
    say(book, client(HERE))
    with book.begin() as connection:
        connection.execute(update(t.line).values(kind="client.beamed_up"))
        rebuild(connection)
        assert connection.execute(select(t.client)).all() == []
        assert len(connection.execute(select(t.line)).all()) == 1


clients = st.sampled_from([UUID(int=n) for n in range(100, 104)])
requests = st.sampled_from([UUID(int=n) for n in range(200, 204)])
words = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=12)
codes = st.integers(0, 9_999_999).map(lambda n: make_tracking_code(5001, n))
people = st.builds(lambda name: e.ClientDetails(kind="person", number="2821234562", family_name=name), words)
acts = st.one_of(
    st.builds(fact, clients, st.builds(lambda d: e.ClientRegistered(details=d), people)),
    st.builds(fact, clients, st.builds(lambda d: e.ClientCorrected(details=d), people)),
    st.builds(fact, clients, st.builds(lambda into: e.ClientMerged(into=into), clients)),
    st.builds(fact, clients, st.just(e.ClientParted())),
    st.builds(request, requests, clients, codes, outcome=st.sampled_from(["follow_up", "done", "guided"])),
    st.builds(receipt, requests),
    st.builds(fact, requests, st.builds(lambda text: e.ReceiptDeclined(reason=text), words)),
    st.builds(fact, requests, st.builds(lambda title: e.DocumentReceived(document=title), words)),
    st.builds(fact, requests, st.builds(lambda unit: e.RequestReferred(unit=unit), words)),
    st.builds(fact, requests, st.builds(lambda text: e.RequestAnswered(decision="accepted", text=text), words)),
    st.builds(fact, requests, st.just(e.RequestDelivered())),
    st.builds(fact, requests, st.builds(lambda text: e.RequestWithdrawn(reason=text), words)),
    st.builds(fact, requests, st.builds(lambda text: e.RequestVoided(reason=text, approved_by=CLERK), words)),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(batches=st.lists(st.lists(acts, min_size=1, max_size=6), max_size=5))
def test_making_the_tables_anew_gives_the_same_tables(book: Engine, batches: list[list[Fact]]) -> None:
    # Ids are drawn once an example and the book goes on from example to example: a longer history tests more.
    for batch in batches:
        say(book, *(Fact(new_id(), each.subject, each.actor, each.entry) for each in batch))
    before = tables(book)
    with book.begin() as connection:
        assert [f for f in check_book(connection) if f.finding != "code_repeated"] == []
        rebuild(connection)
        assert is_current(connection)
    assert tables(book) == before


def test_what_has_no_record_of_its_own_is_kept_in_the_book_alone(book: Engine) -> None:
    say(book, client(HERE), fact(new_id(), e.SignedIn(how="window")))
    with book.begin() as connection:
        rebuild(connection)
        assert list(check_book(connection)) == []
