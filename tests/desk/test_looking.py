"""A whole identity number is shown only once the book says so."""

import pytest
from sqlalchemy import text

from app.book.append import ClockSetBack
from app.desk.desk import Desk
from app.desk.files import NotForYou
from app.desk.looking import full_number
from app.desk.people import Session
from models.entries import FileOpened, decode
from models.ids import new_id
from models.records import Person
from tests.desk.counter import HOSSEIN, Clock, registered, visit


def seen(desk: Desk) -> list[FileOpened]:
    with desk.reading() as connection:
        bodies = connection.execute(text("select body from line where kind = 'session.opened' order by sequence"))
        entries = [decode("session.opened", 1, bytes(body)) for (body,) in bodies]
    return [entry for entry in entries if isinstance(entry, FileOpened)]


def test_whoever_sees_the_whole_number_is_in_the_book(desk: Desk, clerk: Session) -> None:
    client = registered(desk, clerk, visit(HOSSEIN)).client
    assert full_number(desk, clerk, client) == HOSSEIN["national_number"]
    assert seen(desk) == [FileOpened(what="client", client=client, full=True)]


def test_who_has_no_number_shows_none(desk: Desk, clerk: Session) -> None:
    client = registered(desk, clerk, visit({"kind": "unidentified", "family_name": "ناشناس"})).client
    assert full_number(desk, clerk, client) == ""
    assert full_number(desk, clerk, new_id()) == ""
    assert seen(desk) == []


def test_only_who_serves_clients_sees_it(desk: Desk, clerk: Session) -> None:
    client = registered(desk, clerk, visit(HOSSEIN)).client
    officer = Person(id=new_id(), office=0, name="ل", roles=("administrator",), unit="", verifier="", retired=False)
    with pytest.raises(NotForYou):
        full_number(desk, Session(new_id(), officer), client)
    assert seen(desk) == []


def test_what_cannot_be_written_is_not_shown(desk: Desk, clerk: Session) -> None:
    client = registered(desk, clerk, visit(HOSSEIN)).client
    assert isinstance(desk.clock, Clock)
    desk.clock.now -= 3_600_000_000
    with pytest.raises(ClockSetBack):
        full_number(desk, clerk, client)
