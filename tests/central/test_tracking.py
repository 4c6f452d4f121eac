"""Two things open a request; a guess opens nothing and learns nothing."""

from __future__ import annotations

import datetime
import os

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.book.append import Fact, Mark, Pen, compose
from app.central.enrolment import enrol, make_seat
from app.central.feed import take
from app.central.people import admit
from app.central.store import Store
from app.central.tracking import WRONG_A_QUARTER, Asked, Verdict, ask, genuine, has_arrived
from app.wire.messages import Enrol, push_of
from models import entries as e
from models.codes import make_tracking_code
from models.ids import new_id, reference_id
from models.paper_body import PaperBody, pack, to_payload
from tests.book.facts import NOON, SERVICE, details
from tests.central.conftest import store

__all__ = ["store"]
TODAY = datetime.date(2026, 11, 24)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


class Citizens:
    """An office with one desk that registers visits."""

    def __init__(self, store: Store) -> None:
        self.store = store
        with store.writing() as connection:
            self.desk, code = make_seat(connection, "ماکو", "میز ۱", NOON)
            public = KEY.public_key().public_bytes_raw()
            joined = enrol(connection, Enrol(code=code, public_key=public, token_hash=os.urandom(32)), NOON)
            assert joined is not None
            self.office = joined.office
            self.clerk = admit(connection, new_id(), "زهرا نوری", ("clerk",), "x", "", NOON)
        self.pen, self.stands = Pen(self.office, self.desk, new_id()), Mark()
        self.say(reference_id("desk", "1"), e.DeskOpened(number=self.desk, name="میز ۱", public_key=public))

    def say(self, subject: object, entry: e.Entry) -> None:
        fact = Fact(new_id(), subject, self.clerk, entry)  # type: ignore[arg-type]
        lines = compose(self.pen, self.stands, [fact], at=NOON, business_day=14_050_903)
        with self.store.writing() as connection:
            take(connection, self.office, push_of(lines, self.stands.head), new_id(), NOON)
        self.stands = Mark(lines[-1].sequence + 1, lines[-1].hash, lines[-1].at)

    def register(self, said: e.ClientDetails, **more: object) -> str:
        code = make_tracking_code(self.desk, int.from_bytes(os.urandom(3)) % 10**7)
        entry = e.RequestRegistered(
            client=new_id(),
            said=said,
            tracking_code=code,
            service=SERVICE,
            outcome="follow_up",
            **more,  # type: ignore[arg-type]
        )
        self.request = new_id()
        self.say(self.request, entry)
        return code

    def ask(self, code: str, second: str, network: str = "n", later: int = 0) -> Asked:
        with self.store.writing() as connection:
            return ask(connection, code, second, network, NOON + later * 1_000_000, TODAY)


@pytest.fixture
def office(store: Store) -> Citizens:
    return Citizens(store)


@pytest.mark.parametrize("second", ["4562", "4567", "۴۵۶۲", "٤٥٦٧", " 45 62 "])
def test_the_last_four_of_the_document_or_of_the_mobile_open_it(office: Citizens, second: str) -> None:
    code = office.register(details(mobile="09141234567"))
    answer = office.ask(code, second)
    assert answer.verdict is Verdict.found
    assert answer.request is not None
    assert answer.request.service == SERVICE.title


@pytest.mark.parametrize("second", ["", "2821", "0914", "2821234562", "456", "0000"])
def test_nothing_else_opens_it(office: Citizens, second: str) -> None:
    assert office.ask(office.register(details(mobile="09141234567")), second).verdict is Verdict.wrong


def test_a_companys_number_opens_nothing_but_its_representatives_does(office: Citizens) -> None:
    company = e.ClientDetails(kind="organisation", number="10380284790", name="شرکت")
    someone = e.Representative(national_number="2831234565", given_name="مریم", family_name="نوری")
    code = office.register(company, representative=someone)
    assert office.ask(code, "4790").verdict is Verdict.wrong
    assert office.ask(code, "4565").verdict is Verdict.found


def test_who_has_neither_opens_it_with_the_papers_own_digits(office: Citizens) -> None:
    nobody = e.ClientDetails(kind="unidentified", given_name="حسین", family_name="قلی‌زاده")
    code = office.register(nobody, passcode="4821")
    assert office.ask(code, "4821").verdict is Verdict.found


def test_the_page_names_units_and_days_and_nobody(office: Citizens) -> None:
    code = office.register(details(mobile="09141234567"), subject="موضوع محرمانه", note="یادداشت محرمانه")
    office.say(office.request, e.RequestReferred(unit="اداره اراضی", officer="لیلا صادقی", note="پنهان"))
    shown = office.ask(code, "4562").request
    assert shown is not None
    assert [(step.kind, step.unit) for step in shown.passages] == [("register", ""), ("refer", "اداره اراضی")]
    for hidden in ("حسین", "قلی", "محرمانه", "صادقی", "پنهان", "2821", "0914"):
        assert hidden not in repr(shown)


def test_five_wrong_ones_and_the_right_one_waits_too_for_known_and_invented_codes_alike(office: Citizens) -> None:
    known = office.register(details())
    invented = make_tracking_code(office.desk, 7)
    for code in (known, invented):
        for n in range(WRONG_A_QUARTER):
            assert office.ask(code, "0000", network=str(n)).verdict is Verdict.wrong
        assert office.ask(code, "4562").verdict is Verdict.later
    assert office.ask(known, "4562", later=900).verdict is Verdict.found


def test_another_code_is_not_held_up_by_it(office: Citizens) -> None:
    known, other = office.register(details()), office.register(details())
    for _ in range(WRONG_A_QUARTER):
        office.ask(other, "0000")
    assert office.ask(known, "4562").verdict is Verdict.found


def payload(code: str, key: Ed25519PrivateKey = KEY) -> str:
    body = PaperBody(code, NOON // 60_000_000, TODAY, 1, 0)
    return to_payload(body, key.sign(pack(body)), None).removeprefix("MIZ:")


def test_a_genuine_receipt_whose_record_has_not_arrived_is_told_from_a_forged_one(office: Citizens) -> None:
    code = make_tracking_code(office.desk, 123)
    forged = payload(code, Ed25519PrivateKey.from_private_bytes(bytes(32)))
    with office.store.reading() as connection:
        assert genuine(connection, payload(code)) is not None
        assert not has_arrived(connection, code)
        assert genuine(connection, forged) is None
        assert genuine(connection, "GARBAGE") is None
    arrived = office.register(details())
    with office.store.reading() as connection:
        assert has_arrived(connection, arrived)


def test_a_key_that_somebody_with_a_desks_token_writes_in_a_book_makes_no_receipt_genuine(office: Citizens) -> None:
    code, theirs = make_tracking_code(office.desk, 123), Ed25519PrivateKey.from_private_bytes(bytes(32))
    opened = e.DeskOpened(number=office.desk, name="میز ۱", public_key=theirs.public_key().public_bytes_raw())
    office.say(reference_id("desk", "1"), opened)
    with office.store.reading() as connection:
        assert genuine(connection, payload(code, theirs)) is None
        assert genuine(connection, payload(code)) is not None
