"""A desk is made whole or not at all, and the demo is a desk that has lived."""

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.desk import people
from app.desk.checking import check
from app.desk.daily_log import day_totals
from app.desk.demo import PASSWORD as DEMO_PASSWORD
from app.desk.demo import described, open_demo
from app.desk.desk import open_desk, reference
from app.desk.people import SignInError
from app.desk.services import services
from app.desk.setup import SetupDone, SetupError, make_office
from app.vault.problems import StoreError, StoreProblem
from models import tables as t
from models.calendar import business_day, day_number, now_us
from models.codes import parse_recovery_code

GIVEN = {"office": "سازمان", "desk_name": "میز ۲", "admin": "نسرین رستمی", "password": "1234"}


def made(folder: Path, **other: object) -> SetupDone:
    return make_office(folder, **(GIVEN | other))  # type: ignore[arg-type]


def setup_fails(folder: Path, **other: object) -> tuple[str, str]:
    with pytest.raises(SetupError) as refused:
        made(folder, **other)
    assert not folder.exists()
    return refused.value.field, refused.value.code


def test_a_new_desk_is_empty_sound_and_ready(data_dir: Path) -> None:
    done = made(data_dir)
    assert 5000 <= done.desk.number <= 9999
    assert len(parse_recovery_code(done.recovery_code)) == 16
    done.desk.close()
    desk = open_desk(data_dir)
    assert list(check(desk)) == []
    assert len(services(desk)) >= 12
    assert all(service.sample for service in services(desk))
    with desk.reading() as connection:
        known = reference(connection)
    assert known.office.name == "سازمان"
    assert known.office.sample
    assert len(known.calendar.holidays) > 60
    session = people.sign_in(desk, "نسرین رستمی", "1234")
    assert session.may("clerk")
    assert session.may("supervisor")
    assert session.may("administrator")
    desk.close()


def test_there_is_never_a_second_desk_in_a_folder(data_dir: Path) -> None:
    made(data_dir).desk.close()
    before = {path.name: path.read_bytes() for path in data_dir.iterdir()}
    with pytest.raises(StoreError) as refused:
        made(data_dir)
    assert refused.value.problem is StoreProblem.exists
    assert {path.name: path.read_bytes() for path in data_dir.iterdir()} == before


def test_services_come_from_a_file(data_dir: Path, tmp_path: Path) -> None:
    file = tmp_path / "services.jsonl"
    one = {"code": "۷", "title": "گواهی اقامت", "working_days": 3, "documents": ["گذرنامه"], "steps": ["بررسی"]}
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(one).encode() + b"\r\n\r\n")
    desk = made(data_dir, services=str(file)).desk
    (service,) = services(desk)
    assert (service.offered.code, service.offered.title, service.documents) == ("7", "گواهی اقامت", ("گذرنامه",))
    assert not service.sample
    desk.close()


@pytest.mark.parametrize(
    "line",
    [
        "x",
        "[]",
        '{"code":"1"}',
        '{"code":"","title":"t"}',
        '{"code":"1","title":"\\u0000"}',
        '{"code":"1","title":"t","working_days":-1}',
        '{"code":"1","title":"t"}\n{"code":"۱","title":"u"}',
    ],
)
def test_a_services_file_that_is_none_makes_no_desk(data_dir: Path, tmp_path: Path, line: str) -> None:
    file = tmp_path / "services.jsonl"
    file.write_text(line)
    field, _code = setup_fails(data_dir, services=str(file))
    assert field == "services"


def test_what_is_missing_or_wrong_is_named_and_nothing_is_made(data_dir: Path, tmp_path: Path) -> None:
    assert setup_fails(data_dir, office="  ") == ("office", "required")
    assert setup_fails(data_dir, desk_name="\x00") == ("desk_name", "bad_format")
    assert setup_fails(data_dir, admin="ک" * 101) == ("admin", "too_long")
    assert setup_fails(data_dir, password="12") == ("password", "too_short")
    assert setup_fails(data_dir, desk_number=10_000) == ("desk_number", "bad_format")
    assert setup_fails(data_dir, tracking_url="پیگیری") == ("tracking_url", "bad_format")
    assert setup_fails(data_dir, services=str(tmp_path / "none")) == ("services", "not_found")


def test_the_demo_has_people_weeks_of_days_and_is_sound(data_dir: Path) -> None:
    desk = open_demo(data_dir)
    told = described(desk)
    assert {user["role"] for user in told["users"]} == {"clerk", "supervisor", "unit_officer", "administrator"}
    for user in told["users"]:
        assert people.sign_in(desk, user["name"], user["pin"]).person.name == user["name"]
    assert len(told["clients"]) == 20
    assert list(check(desk)) == []
    with desk.reading() as connection:
        busy, states = connection.execute(
            select(func.count(t.request.c.business_day.distinct()), func.count(t.request.c.state.distinct()))
        ).one()
    assert busy > 14
    assert states >= 6
    desk.close()
    again = open_demo(data_dir)
    assert described(again) == told
    again.close()


def test_a_desk_that_is_no_demo_is_not_opened_as_one(data_dir: Path) -> None:
    made(data_dir).desk.close()
    with pytest.raises(StoreError) as refused:
        open_demo(data_dir)
    assert refused.value.problem is StoreProblem.exists
    desk = open_desk(data_dir)
    with pytest.raises(SignInError):
        people.sign_in(desk, "زهرا نوری", DEMO_PASSWORD)
    assert day_totals(desk, day_number(business_day(now_us()))).registered == 0
    desk.close()
