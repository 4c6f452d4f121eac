"""An attempt and a copy differ: only what is known to have come out makes the next paper a duplicate."""

from pathlib import Path

import pytest

from app.desk.desk import Desk
from app.desk.people import Session
from app.desk.receipts import NoSuchRequest, begin_paper, settle, write_receipt
from app.desk.requests import request
from app.desk.spool import waiting
from models.paper_body import from_payload
from tests.desk.counter import NOON, Clock, registered, visit


def test_a_written_file_confirms_the_original_and_the_next_is_a_duplicate(
    desk: Desk, clerk: Session, tmp_path: Path
) -> None:
    visited = registered(desk, clerk, visit())
    who = clerk.person.id
    first = write_receipt(desk, visited.tracking_code, tmp_path / "1.pdf", actor=who)
    assert (first.copy, first.attempt) == (0, visited.receipt)
    desk.clock = Clock(NOON + 60_000_000)
    second = write_receipt(desk, visited.tracking_code, tmp_path / "2.pdf", actor=who)
    third = write_receipt(desk, visited.tracking_code, tmp_path / "3.pdf", actor=who)
    assert (second.copy, third.copy) == (1, 2)
    assert second.values.printed_at == NOON + 60_000_000
    assert (tmp_path / "1.pdf").read_bytes().startswith(b"%PDF")
    assert [r.outcome for r in request(desk, visited.tracking_code).receipts] == ["printed"] * 3


def test_what_did_not_come_out_leaves_the_next_one_the_original(desk: Desk, clerk: Session) -> None:
    visited = registered(desk, clerk, visit())
    assert visited.receipt is not None
    settle(desk, visited.request, visited.receipt, "failed", clerk.person.id, "media-empty")
    _request, again = begin_paper(desk, visited.tracking_code, clerk.person.id)
    assert (again.copy, again.attempt != visited.receipt) == (0, True)


def test_an_attempt_under_way_is_not_begun_twice(desk: Desk, clerk: Session) -> None:
    visited = registered(desk, clerk, visit())
    attempts = {begin_paper(desk, visited.tracking_code, clerk.person.id)[1].attempt for _ in range(3)}
    assert attempts == {visited.receipt}
    assert [paper.attempt for paper in waiting(desk)] == [visited.receipt]


def test_a_file_that_cannot_be_written_loses_nothing(desk: Desk, clerk: Session, tmp_path: Path) -> None:
    visited = registered(desk, clerk, visit())
    with pytest.raises(OSError, match="nowhere"):
        write_receipt(desk, visited.tracking_code, tmp_path / "nowhere" / "r.pdf", actor=clerk.person.id)
    page = write_receipt(desk, visited.tracking_code, tmp_path / "r.pdf", actor=clerk.person.id)
    assert page.copy == 0
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["r.pdf"]


def test_a_guided_visits_slip_is_made_when_it_is_asked_for(desk: Desk, clerk: Session, tmp_path: Path) -> None:
    told = registered(desk, clerk, visit(outcome="guided"))
    assert waiting(desk) == []
    slip = write_receipt(desk, told.tracking_code, tmp_path / "slip.pdf", actor=clerk.person.id)
    assert (slip.copy, slip.values.kind, slip.values.clerk) == (0, "guided", clerk.person.name)
    assert slip.values.steps


def test_the_code_on_the_paper_is_signed_by_this_desk(desk: Desk, clerk: Session) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from sqlalchemy import select

    from models import tables as t
    from models.paper_body import pack

    visited = registered(desk, clerk, visit())
    body, signature = from_payload(request(desk, visited.tracking_code).receipts[0].values.payload)
    with desk.reading() as connection:
        public = connection.execute(select(t.desk.c.public_key)).scalar_one()
    Ed25519PublicKey.from_public_bytes(public).verify(signature, pack(body))
    assert (body.code, body.due, body.copy) == (visited.tracking_code, visited.due_on, 0)
    assert body.minute == NOON // 60_000_000


def test_there_is_no_paper_of_an_unknown_code(desk: Desk, clerk: Session, tmp_path: Path) -> None:
    with pytest.raises(NoSuchRequest):
        write_receipt(desk, "123412345671", tmp_path / "r.pdf", actor=clerk.person.id)
