"""The last visits of the day at this desk."""

from sqlalchemy import text

from app.desk.desk import Desk
from app.desk.latest import _LATEST, latest_visits
from app.desk.people import Session
from app.desk.steps import void
from tests.desk.counter import HOSSEIN, MARYAM, Clock, registered, visit


def pass_time(desk: Desk, seconds: int) -> None:
    assert isinstance(desk.clock, Clock)
    desk.clock.now += seconds * 1_000_000


def test_the_latest_visits_come_first_and_no_more_than_asked_for(desk: Desk, clerk: Session) -> None:
    codes = []
    for client in (HOSSEIN, MARYAM, HOSSEIN):
        pass_time(desk, 60)
        codes.append(registered(desk, clerk, visit(client)).tracking_code)
    assert [row.tracking_code for row in latest_visits(desk)] == codes[::-1]
    assert [row.tracking_code for row in latest_visits(desk, 2)] == codes[:0:-1]


def test_a_row_says_when_who_what_and_how_it_stands(desk: Desk, clerk: Session, supervisor: Session) -> None:
    known = registered(desk, clerk, visit(HOSSEIN))
    (row,) = latest_visits(desk)
    assert (row.at, row.client_name, row.due_on) == (known.registered_at, "حسین قلی‌زاده", known.due_on)
    assert row.service
    assert row.state == "lacking"
    void(desk, clerk, known.tracking_code, "اشتباه", supervisor.person)
    assert latest_visits(desk)[0].state == "voided"


def test_yesterday_is_not_today(desk: Desk, clerk: Session) -> None:
    registered(desk, clerk, visit())
    pass_time(desk, 86_400)
    assert latest_visits(desk) == ()


def test_only_this_desk_is_meant(desk: Desk, clerk: Session) -> None:
    registered(desk, clerk, visit())
    with desk.store.writing() as connection:
        connection.execute(text("update request set desk = 5002"))
    assert latest_visits(desk) == ()


def test_it_is_read_by_the_days_index(desk: Desk) -> None:
    with desk.reading() as connection:
        given = {"day": 1, "desks": [1, 5001], "limit": 5}
        as_sent = {"render_postcompile": True}
        compiled = _LATEST.params(given).compile(dialect=connection.dialect, compile_kwargs=as_sent)
        plan = connection.exec_driver_sql(f"explain query plan {compiled}", (0, 1, 1, 5001, 5, 0)).all()
    said = " ".join(str(row) for row in plan)
    assert "request_by_day" in said
    assert "TEMP B-TREE" not in said
