"""What the desk calls its printers, and which paper goes where."""

from pathlib import Path

import pytest

from app.desk import people
from app.desk.checking import check
from app.desk.desk import Desk
from app.desk.people import Session
from app.desk.printers import (
    PrinterError,
    add_printer,
    default_queue,
    paper_for,
    printers,
    queue,
    queues,
    remove_printer,
    set_default,
    set_usual_paper,
)
from app.desk.receipts import write_receipt
from app.desk.requests import request
from app.desk.spool import waiting
from models.ids import new_id
from printing.printers import Queue
from tests.desk.counter import ADMINISTRATOR, registered, visit


@pytest.fixture
def administrator(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Session:
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "no cups"))
    return Session(new_id(), next(person for person in people.people(desk) if person.name == ADMINISTRATOR))


def test_a_name_an_address_and_a_default_are_kept(desk: Desk, administrator: Session, tmp_path: Path) -> None:
    assert (queues(desk), printers(desk).paper, default_queue(desk, "a5")) == ([], "a5", None)
    add_printer(desk, administrator, " پرونده‌ها ", f"folder:{tmp_path}")
    set_default(desk, administrator, "a5", "پرونده‌ها")
    known = Queue("پرونده‌ها", f"folder:{tmp_path}")
    assert queues(desk) == [known]
    assert queue(desk, "پرونده‌ها") == default_queue(desk, "a5") == known
    add_printer(desk, administrator, "پرونده‌ها", "roll://192.0.2.8")
    assert [(each.name, each.kind) for each in queues(desk)] == [("پرونده‌ها", "roll")]
    remove_printer(desk, administrator, "پرونده‌ها")
    assert (queues(desk), default_queue(desk, "a5")) == ([], None)


def test_an_address_needs_no_name(desk: Desk, administrator: Session) -> None:
    assert queue(desk, "roll://192.0.2.8") == Queue("roll://192.0.2.8", "roll://192.0.2.8")


@pytest.mark.parametrize(
    ("name", "uri", "code"), [("", "folder:/tmp", "required"), ("A", "http://host", "bad_address")]
)
def test_a_printer_has_a_name_and_an_address(
    desk: Desk, administrator: Session, name: str, uri: str, code: str
) -> None:
    with pytest.raises(PrinterError) as refused:
        add_printer(desk, administrator, name, uri)
    assert refused.value.code == code


def test_what_is_not_there_is_said(desk: Desk, administrator: Session) -> None:
    for act in (
        lambda: queue(desk, "نیست"),
        lambda: set_default(desk, administrator, "a5", "نیست"),
        lambda: remove_printer(desk, administrator, "نیست"),
    ):
        with pytest.raises(PrinterError) as refused:
            act()
        assert refused.value.code == "unknown_queue"
    with pytest.raises(PrinterError) as refused:
        set_usual_paper(desk, administrator, "a3")
    assert refused.value.code == "unknown_paper"


def test_a_clerk_changes_no_printers(desk: Desk, clerk: Session, administrator: Session) -> None:
    with pytest.raises(PrinterError) as refused:
        add_printer(desk, clerk, "A", "folder:/tmp")
    assert refused.value.code == "not_allowed"
    assert queues(desk) == []


def test_the_usual_paper_is_what_receipts_are_made_for(
    desk: Desk, clerk: Session, administrator: Session, tmp_path: Path
) -> None:
    set_usual_paper(desk, administrator, "roll80")
    visited = registered(desk, clerk, visit())
    assert [paper.paper for paper in waiting(desk)] == ["roll80"]
    assert paper_for(desk, Queue("Roll", "roll://192.0.2.8")) == "roll80"
    assert (
        write_receipt(desk, visited.tracking_code, tmp_path / "r.pdf", actor=clerk.person.id).copy == 0
    )  # A5, unlike the usual paper
    receipts = request(desk, visited.tracking_code).receipts
    assert [(receipt.paper, receipt.outcome, receipt.reason) for receipt in receipts] == [
        ("a5", "printed", "file"),
    ]
    assert waiting(desk) == []
    assert list(check(desk)) == []


def test_a_roll_gets_its_own_paper_whatever_is_usual(desk: Desk) -> None:
    assert paper_for(desk, Queue("Roll", "roll://192.0.2.8")) == "roll80"
