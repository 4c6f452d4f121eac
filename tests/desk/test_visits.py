"""A visit is one transaction, from the person at the counter to the values of the paper."""

import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from app.desk import people
from app.desk.checking import check
from app.desk.clients import client
from app.desk.desk import Desk
from app.desk.people import Session
from app.desk.receipts import request_by_code
from app.desk.requests import request
from app.desk.visits import Refused, register
from models import tables as t
from models.codes import parse_tracking_code
from models.entries import ClientMerged
from models.ids import client_key, new_id
from tests.desk.counter import HOSSEIN, MARYAM, NOON, PASSWORD, SUPERVISOR, Clock, refused, registered, visit


def lines(desk: Desk) -> int:
    with desk.reading() as connection:
        return connection.execute(select(func.count()).select_from(t.line)).scalar_one()


# --- the transaction -------------------------------------------------------------------------------------------------


def test_a_visit_is_a_client_a_request_and_a_receipt_to_come(desk: Desk, clerk: Session) -> None:
    before = lines(desk)
    answer = registered(desk, clerk, visit(documents=["اصل مجوز پیشین"]))
    assert lines(desk) == before + 3
    assert parse_tracking_code(answer.tracking_code).startswith("5001")
    assert answer.client == client_key("person", "", "2821234562")
    assert answer.registered_at == NOON
    found = request(desk, answer.tracking_code)
    assert found.id == answer.request
    assert found.receipts[0].id == answer.receipt
    assert found.receipts[0].values.tracking_code == answer.tracking_code
    assert found.state == "lacking"
    assert list(check(desk)) == []


def test_the_receipt_keeps_every_value_it_will_print(desk: Desk, clerk: Session) -> None:
    answer = registered(desk, clerk, visit(documents=["اصل مجوز پیشین"], subject="تمدید برای سال آینده"))
    printed = request(desk, answer.tracking_code).receipts[0].values
    assert printed.office_name == "سازمان نمونه"
    assert printed.client_name == "حسین قلی‌زاده"
    assert printed.number_masked == "۲۸۲•••••••"
    assert printed.clerk == clerk.person.name
    assert printed.subject == "تمدید برای سال آینده"
    assert printed.received == ("اصل مجوز پیشین",)
    assert len(printed.lacking) == 4
    assert printed.due_on == answer.due_on
    assert printed.payload.startswith("HTTPS://P.EXAMPLE.IR/")
    # No paper carries the mobile or more of the number than its first three digits.
    whole = repr(printed)
    assert "0914" not in whole
    assert "1234562" not in whole


def test_nothing_of_a_refused_visit_is_written(desk: Desk, clerk: Session) -> None:
    before = lines(desk)
    assert refused(desk, clerk, visit(service="نیست")) == {("service", "unknown_service")}
    assert refused(desk, clerk, visit(MARYAM | {"given_name": ""})) == {("client.given_name", "required")}
    assert lines(desk) == before


def test_a_form_sent_twice_is_registered_once(desk: Desk, clerk: Session) -> None:
    form = new_id()
    first = registered(desk, clerk, visit(), draft=form)
    again = registered(desk, clerk, visit(), draft=form)
    assert first.request == form
    assert (again.tracking_code, again.replayed) == (first.tracking_code, True)


def test_a_repeated_key_gives_the_same_answer_and_with_other_content_none(desk: Desk, clerk: Session) -> None:
    first = registered(desk, clerk, visit(MARYAM, key="برگ-۱", outcome="follow_up"))
    before = lines(desk)
    again = registered(desk, clerk, {"outcome": "follow_up", "key": "برگ-۱"} | visit(MARYAM))
    assert again == type(first)(**{f: getattr(first, f) for f in first.__struct_fields__} | {"replayed": True})
    assert refused(desk, clerk, visit(MARYAM, key="برگ-۱", outcome="done")) == {("key", "key_reused")}
    assert lines(desk) == before


def test_only_a_clerk_or_a_supervisor_registers(desk: Desk, clerk: Session, supervisor: Session) -> None:
    registered(desk, supervisor, visit())
    officer = Session(new_id(), _with_roles(clerk, "unit_officer"))
    administrator = Session(new_id(), _with_roles(clerk, "administrator"))
    assert refused(desk, officer, visit()) == {("as", "not_allowed")}
    assert refused(desk, administrator, visit()) == {("as", "not_allowed")}


def _with_roles(session: Session, *roles: str) -> Any:
    import msgspec

    return msgspec.structs.replace(session.person, roles=roles)


# --- who the client is -----------------------------------------------------------------------------------------------


def test_a_known_number_alone_brings_the_client_back(desk: Desk, clerk: Session) -> None:
    first = registered(desk, clerk, visit())
    again = registered(desk, clerk, visit({"kind": "person", "national_number": "۲۸۲-۱۲۳۴۵۶-۲"}))
    by_id = registered(desk, clerk, visit({"id": str(first.client)}))
    assert {first.client} == {again.client, by_id.client}
    assert (first.client_is_new, again.client_is_new, by_id.client_is_new) == (True, False, False)
    assert request(desk, again.tracking_code).said.family_name == "قلی‌زاده"


def test_the_same_name_in_other_letters_is_the_same_person_and_changes_nothing(desk: Desk, clerk: Session) -> None:
    first = registered(desk, clerk, visit())
    before = lines(desk)
    again = registered(desk, clerk, visit(HOSSEIN | {"family_name": "قلي زاده", "national_number": "٢٨٢١٢٣٤٥٦٢"}))
    assert again.client == first.client
    assert lines(desk) == before + 2


def test_a_new_mobile_corrects_the_profile_but_no_earlier_paper(desk: Desk, clerk: Session) -> None:
    first = registered(desk, clerk, visit())
    registered(desk, clerk, visit(HOSSEIN | {"mobile": "۰۹۱۴۰۰۰۰۰۰۰"}))
    profile = client(desk, first.client)
    assert profile is not None
    assert profile.details.mobile == "09140000000"
    assert request(desk, first.tracking_code).said.mobile == "09141234567"


def question(desk: Desk, session: Session, said: dict[str, Any]) -> list[UUID]:
    answer = register(desk, session, said)
    assert isinstance(answer, Refused), answer
    (error,) = answer.errors
    assert (error.field, error.code) == ("client", "needs_confirmation")
    return [candidate.id for candidate in error.candidates]


@pytest.mark.parametrize(
    "somebody",
    [
        HOSSEIN | {"given_name": "حسن"},
        HOSSEIN | {"birth_date": "1351-01-01"},
        MARYAM | {"mobile": "09141234567", "birth_date": ""},
        MARYAM | {"given_name": "حسین", "family_name": "قلی زاده", "father_name": "رحیم", "birth_date": ""},
        MARYAM | {"given_name": "حسین", "family_name": "قلیزاد", "father_name": "رحیم", "birth_date": ""},
        {"kind": "unidentified", "given_name": "حسین", "family_name": "قلی‌زاده", "father_name": "رحیم"},
    ],
    ids=[
        "another name",
        "another birth date",
        "same mobile",
        "same name and father",
        "a slip in the name",
        "no papers",
    ],
)
def test_somebody_similar_is_a_question_and_the_client_answers_it(
    desk: Desk, clerk: Session, somebody: dict[str, Any]
) -> None:
    known = registered(desk, clerk, visit()).client
    before = lines(desk)
    assert question(desk, clerk, visit(somebody)) == [known]
    assert lines(desk) == before
    other = registered(desk, clerk, visit(somebody, confirm=["client"]))
    assert other.client != known
    assert other.client_is_new
    profile = client(desk, known)
    assert profile is not None
    assert profile.details.given_name == "حسین"


def test_the_same_person_is_named_by_id_and_corrected(desk: Desk, clerk: Session) -> None:
    known = registered(desk, clerk, visit()).client
    corrected = registered(desk, clerk, visit(HOSSEIN | {"given_name": "محمدحسین", "id": str(known)}))
    assert corrected.client == known
    profile = client(desk, known)
    assert profile is not None
    assert profile.details.given_name == "محمدحسین"


def test_another_person_of_the_same_number_gets_a_key_of_their_own_and_a_flag(desk: Desk, clerk: Session) -> None:
    first = registered(desk, clerk, visit()).client
    second = registered(desk, clerk, visit(HOSSEIN | {"given_name": "اکبر"}, confirm=["client"])).client
    assert second.version == 7
    with desk.reading() as connection:
        flags = connection.execute(select(t.client.c.flags).where(t.client.c.id == second)).scalar_one()
    assert flags == "same_number"
    # From now on each of the two is known by name, and a third one is a question again.
    assert registered(desk, clerk, visit(HOSSEIN | {"given_name": "اکبر"})).client == second
    assert registered(desk, clerk, visit()).client == first
    assert question(desk, clerk, visit(HOSSEIN | {"given_name": "صفر"})) == [first, second]


def test_different_people_with_different_birth_dates_are_no_question(desk: Desk, clerk: Session) -> None:
    registered(desk, clerk, visit())
    twin = MARYAM | {"given_name": "حسین", "family_name": "قلی‌زاده", "father_name": "رحیم"}
    assert registered(desk, clerk, visit(twin)).client_is_new


def test_a_merged_client_is_followed_to_who_they_are(desk: Desk, clerk: Session) -> None:
    first = registered(desk, clerk, visit()).client
    twice = registered(desk, clerk, visit(MARYAM)).client
    with desk.writing() as writing:
        writing.say(clerk.person.id, twice, ClientMerged(into=first))
    assert registered(desk, clerk, visit({"id": str(twice)})).client == first


def test_an_unknown_id_is_not_found(desk: Desk, clerk: Session) -> None:
    assert refused(desk, clerk, visit({"id": str(uuid4())})) == {("client.id", "not_found")}
    assert refused(desk, clerk, visit({"id": "x"})) == {("client.id", "not_found")}


ALI = {"given_name": "Ali", "family_name": "Yılmaz"}


@pytest.mark.parametrize(
    ("said", "derived"),
    [
        ({"kind": "organisation", "legal_number": "10380284790", "name": "شرکت ارس"}, True),
        ({"kind": "foreigner", "foreign_number": "123456789012", "nationality": "ترکیه"} | ALI, True),
        ({"kind": "passport", "passport_number": "u1234567", "nationality": "ترکیه"} | ALI, True),
        ({"kind": "unidentified", "given_name": "پیرمرد"}, False),
    ],
)
def test_every_kind_of_client_is_registered(desk: Desk, clerk: Session, said: dict[str, Any], derived: bool) -> None:
    answer = registered(desk, clerk, visit(said))
    assert (answer.client.version == 5) is derived
    if derived:
        assert registered(desk, clerk, visit(said)).client == answer.client


def test_who_has_neither_number_nor_mobile_gets_a_look_up_code_on_the_paper(desk: Desk, clerk: Session) -> None:
    nobody = registered(desk, clerk, visit({"kind": "unidentified", "given_name": "پیرمرد"}))
    passcode = request(desk, nobody.tracking_code).receipts[0].values.passcode
    assert len(passcode) == 4
    assert passcode.isdecimal()
    assert request(desk, registered(desk, clerk, visit()).tracking_code).passcode == ""
    company = {"kind": "organisation", "legal_number": "10380284790", "name": "شرکت ارس"}
    assert request(desk, registered(desk, clerk, visit(company)).tracking_code).passcode != ""
    stood = {"national_number": "2831234565", "given_name": "مریم", "family_name": "نوری", "authority": "مدیرعامل"}
    sent = registered(desk, clerk, visit(company, representative=stood))
    assert request(desk, sent.tracking_code).passcode == ""


# --- numbers that block, ask or warn ---------------------------------------------------------------------------------


def test_a_padded_number_is_asked_about_and_then_taken(desk: Desk, clerk: Session) -> None:
    padded = HOSSEIN | {"national_number": "172942284"}
    field = "client.national_number"
    assert refused(desk, clerk, visit(padded)) == {(field, "needs_confirmation")}
    answer = registered(desk, clerk, visit(padded, confirm=[field]))
    assert [(w.field, w.code) for w in answer.warnings] == [(field, "padded")]
    assert request(desk, answer.tracking_code).said.number == "0172942284"


def test_a_wrong_check_digit_blocks_until_a_second_person_takes_it(
    desk: Desk, clerk: Session, supervisor: Session
) -> None:
    field, wrong = "client.national_number", HOSSEIN | {"national_number": "2821234563"}
    reason = {"client.national_number": "کارت چنین است"}
    assert refused(desk, clerk, visit(wrong)) == {(field, "bad_check_digit")}
    assert refused(desk, clerk, visit(wrong, confirm=[field])) == {(field, "bad_check_digit")}
    assert refused(desk, clerk, visit(wrong, override=reason)) == {
        (field, "bad_check_digit"),
        ("override", "not_allowed"),
    }
    second = people.approve(desk, SUPERVISOR, PASSWORD, clerk)
    answer = registered(desk, clerk, visit(wrong, override=reason), approver=second)
    found = request(desk, answer.tracking_code)
    assert found.said.number == "2821234563"
    assert [(o.reason, o.approved_by) for o in found.overrides] == [("کارت چنین است", supervisor.person.id)]
    assert "override" in found.flags


def test_doubts_only_warn(desk: Desk, clerk: Session) -> None:
    answer = registered(desk, clerk, visit(HOSSEIN | {"mobile": "09801234567", "postal_code": "2222222222"}))
    assert {(w.field, w.code) for w in answer.warnings} == {
        ("client.mobile", "unknown_prefix"),
        ("client.postal_code", "bad_postal_code"),
    }


# --- what is promised ------------------------------------------------------------------------------------------------


def test_the_answer_is_promised_by_working_days(desk: Desk, clerk: Session) -> None:
    whole = [
        "اصل مجوز پیشین",
        "تصویر کارت ملی",
        "گواهی مفاصاحساب مالیاتی",
        "اجاره‌نامه یا سند محل",
        "فرم درخواست امضاشده",
    ]
    answer = registered(desk, clerk, visit(documents=whole))
    assert answer.due_on == datetime.date(2026, 11, 30)  # Wed, Thu, Sat, Sun, Mon: 9 Azar 1405
    assert request(desk, answer.tracking_code).bring_by is None


def test_with_papers_lacking_it_counts_from_the_day_to_bring_them(desk: Desk, clerk: Session) -> None:
    answer = registered(desk, clerk, visit())
    found = request(desk, answer.tracking_code)
    assert (found.bring_by, found.due_on) == (datetime.date(2026, 11, 30), datetime.date(2026, 12, 6))
    sooner = registered(desk, clerk, visit(bring_by="1405-09-04"))
    assert request(desk, sooner.tracking_code).due_on == datetime.date(2026, 12, 1)


def test_nothing_is_promised_for_what_is_done_or_told(desk: Desk, clerk: Session) -> None:
    for outcome in ("done", "guided"):
        answer = registered(desk, clerk, visit(outcome=outcome))
        assert answer.due_on is None
        assert request(desk, answer.tracking_code).state == outcome
        assert refused(desk, clerk, visit(outcome=outcome, due_on="1405-10-01")) == {("due_on", "not_allowed")}


@pytest.mark.parametrize(
    ("asked", "promised", "warned"),
    [("1405-09-10", datetime.date(2026, 12, 1), False), ("1405-09-13", datetime.date(2026, 12, 5), True)],
)
def test_another_day_is_promised_as_asked_unless_it_is_a_holiday(
    desk: Desk, clerk: Session, asked: str, promised: datetime.date, warned: bool
) -> None:
    answer = registered(desk, clerk, visit(due_on=asked))
    assert answer.due_on == promised
    assert [w.code for w in answer.warnings] == (["holiday"] if warned else [])


@pytest.mark.parametrize(
    ("asked", "code"),
    [("1405-09-02", "not_allowed"), ("1405-12-15", "not_allowed"), ("1405-13-01", "not_a_date")],
)
def test_no_day_is_promised_that_the_law_or_the_calendar_forbids(
    desk: Desk, clerk: Session, asked: str, code: str
) -> None:
    assert refused(desk, clerk, visit(due_on=asked)) == {("due_on", code)}


# --- the paper and the visits it leads to ----------------------------------------------------------------------------


def test_a_client_who_takes_no_paper_is_written_with_the_reason(desk: Desk, clerk: Session) -> None:
    answer = registered(desk, clerk, visit(receipt="declined", receipt_reason="عکس گرفت"))
    assert answer.receipt is None
    assert request(desk, answer.tracking_code).receipt_declined == "عکس گرفت"
    assert refused(desk, clerk, visit(receipt="declined")) == {("receipt_reason", "required")}


def test_a_guided_visit_is_continued_by_a_new_one_and_never_changes(desk: Desk, clerk: Session) -> None:
    told = registered(desk, clerk, visit(outcome="guided"))
    assert told.receipt is None
    back = registered(desk, clerk, visit(continues=told.tracking_code))
    assert request(desk, back.tracking_code).continues == told.tracking_code
    assert request(desk, told.tracking_code).state == "guided"
    assert refused(desk, clerk, visit(continues=back.tracking_code)) == {("continues", "not_allowed")}
    assert refused(desk, clerk, visit(continues="123412345672")) == {("continues", "bad_check_digit")}
    assert refused(desk, clerk, visit(continues="123412345671")) == {("continues", "not_found")}


def test_a_code_is_drawn_again_while_it_is_used(desk: Desk, clerk: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([42, 42, 42, 43])
    monkeypatch.setattr("app.desk.visits.secrets.randbelow", lambda _limit: next(drawn))
    codes = {registered(desk, clerk, visit()).tracking_code for _ in range(2)}
    assert len(codes) == 2


# --- the clock -------------------------------------------------------------------------------------------------------


def test_a_clock_set_back_is_refused_until_two_people_accept_it(
    desk: Desk, clerk: Session, supervisor: Session
) -> None:
    from app.desk.clock import accept_clock

    registered(desk, clerk, visit())
    desk.clock = Clock(NOON - 3_600_000_000)
    assert refused(desk, clerk, visit()) == {("", "clock")}
    accept_clock(desk, clerk, supervisor.person)
    assert registered(desk, clerk, visit()).registered_at == NOON - 3_600_000_000
    assert list(check(desk)) == []


def test_a_visit_before_half_past_three_utc_belongs_to_the_day_in_tehran(desk: Desk, clerk: Session) -> None:
    desk.clock = Clock(NOON + 12 * 3_600_000_000)
    answer = registered(desk, clerk, visit())
    assert request(desk, answer.tracking_code).business_day == 14050904
    with desk.reading() as connection:
        assert request_by_code(connection, "123412345671") is None
