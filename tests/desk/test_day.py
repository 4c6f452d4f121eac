"""What the day looks like: its register, its totals, what is found, what clerks use most."""

from app.desk.daily_log import day_rows, day_totals
from app.desk.desk import Desk
from app.desk.finding import find
from app.desk.people import Session
from app.desk.promises import propose
from app.desk.receipts import settle
from app.desk.services import find_service, frequent_services
from tests.desk.counter import HOSSEIN, MARYAM, NOON, TODAY, Clock, registered, visit

DAY = 86_400_000_000


def test_the_register_is_in_the_order_of_the_day_page_by_page(desk: Desk, clerk: Session) -> None:
    codes = [registered(desk, clerk, visit(outcome="done")).tracking_code for _ in range(7)]
    rows = day_rows(desk, 14050903, limit=3)
    while len(rows) % 3 == 0:
        rows += day_rows(desk, 14050903, after=rows[-1], limit=3)
    assert [row.tracking_code for row in rows] == codes
    assert [row.row for row in rows] == [1, 2, 3, 4, 5, 6, 7]
    assert {row.clerk for row in rows} == {clerk.person.name}
    assert day_rows(desk, 14050902) == []


def test_the_days_figures(desk: Desk, clerk: Session) -> None:
    registered(desk, clerk, visit(outcome="done"))
    registered(desk, clerk, visit(outcome="guided"))
    printed = registered(desk, clerk, visit(service="201"))
    assert printed.receipt is not None
    settle(desk, printed.request, printed.receipt, "printed", clerk.person.id)
    registered(desk, clerk, visit(MARYAM, receipt="declined", receipt_reason="نخواست"))
    totals = day_totals(desk, 14050903)
    assert (totals.registered, totals.done, totals.guided, totals.follow_up) == (4, 1, 1, 2)
    assert (totals.late, totals.receipts) == (0, 1)
    desk.clock = Clock(NOON + 60 * DAY)
    assert day_totals(desk, 14050903).late == 2


def test_people_and_requests_are_found(desk: Desk, clerk: Session) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    registered(desk, clerk, visit(MARYAM))
    assert [(hit.kind, hit.name, hit.requests) for hit in find(desk, "قلي زاده")] == [("client", "حسین قلی‌زاده", 1)]
    assert [hit.name for hit in find(desk, "۲۸۳")] == ["مریم نوری"]
    assert [hit.name for hit in find(desk, "0914987")] == ["مریم نوری"]
    for typed in (code, f"{code[:4]}-{code[4:8]} {code[8:]}"):
        assert [(hit.kind, hit.tracking_code) for hit in find(desk, typed)] == [("request", code)]
    assert find(desk, "") == []
    assert find(desk, "'\"*()^: AND \x00\ud800") == []


def test_a_corrected_name_is_found_and_the_old_one_no_more(desk: Desk, clerk: Session) -> None:
    known = registered(desk, clerk, visit()).client
    registered(desk, clerk, visit({"id": str(known), "family_name": "صفرزاده"}))
    assert [hit.id for hit in find(desk, "صفرزاده")] == [known]
    assert find(desk, "قلیزاده") == []


def test_the_services_a_clerk_uses_most_come_first(desk: Desk, clerk: Session) -> None:
    for _ in range(2):
        registered(desk, clerk, visit(service="202", outcome="done"))
    registered(desk, clerk, visit(service="103", outcome="done"))
    assert [service.offered.code for service in frequent_services(desk, clerk)][:4] == ["202", "103", "101", "102"]
    assert len(frequent_services(desk, clerk)) == 6


def test_a_service_is_named_by_code_or_title(desk: Desk) -> None:
    with desk.reading() as connection:
        for written in ("101", "۱۰۱", "تمدید مجوز فعالیت اقتصادی", "تمديد مجوز فعاليت اقتصادي"):
            service = find_service(connection, written)
            assert service is not None
            assert service.offered.code == "101"
        assert find_service(connection, "تمدید مجوز") is None
        assert find_service(connection, "") is None


def test_what_would_be_promised_today(desk: Desk) -> None:
    promise = propose(desk, "101", lacking=True)
    assert promise is not None
    assert promise.bring_by is not None
    assert TODAY < promise.bring_by < promise.due_on < promise.last_legal
    assert propose(desk, "نیست") is None


def test_a_scanned_number_is_a_known_person(desk: Desk, clerk: Session) -> None:
    registered(desk, clerk, visit())
    (hit,) = find(desk, HOSSEIN["national_number"])
    assert hit.number == HOSSEIN["national_number"]
