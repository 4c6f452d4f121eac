"""The counter without its glass: its decisions on a real desk, with all work done at once."""

from pathlib import Path

import pytest

from app.desk.desk import Desk
from app.desk.people import Session
from app.desk.requests import request
from app.vault.problems import StoreError, StoreProblem
from tests.desk.counter import HOSSEIN, MARYAM, Clock
from tests.ui.hand import AtOnce
from ui.counter.acts import Acts
from ui.counter.presenter import Counter

NUMBER = str(HOSSEIN["national_number"])


def type_find(counter: Counter, text: str) -> None:
    """Key by key, as a hand does."""
    for end in range(1, len(text) + 1):
        counter.type_find(text[:end])


def begin(counter: Counter, number: str = str(MARYAM["national_number"])) -> None:
    type_find(counter, number)
    counter.enter_find()
    counter.type_field("client.given_name", "مریم")
    counter.type_field("client.family_name", "نوری")


def choose(counter: Counter, number: str = "1") -> None:
    counter.type_service(number)
    counter.enter_service()


def test_a_name_in_the_find_field_is_carried_into_the_form(counter: Counter) -> None:
    type_find(counter, "مریم نوری نژاد")
    counter.enter_find()
    assert counter.person.texts["client.given_name"] == "مریم"
    assert counter.person.texts["client.family_name"] == "نوری نژاد"
    assert counter.focus == "client.national_number"


def test_an_unusual_number_is_confirmed_by_enter_in_its_field(counter: Counter, desk: Desk) -> None:
    begin(counter, "2222222222")
    field = "client.national_number"
    counter.leave_field(field)
    assert counter.person.problems[field].code == "needs_confirmation"
    counter.enter_field(field)
    assert field not in counter.person.problems
    choose(counter)
    counter.receive_all()
    counter.register()
    assert counter.saved is not None


def test_a_changed_number_must_be_confirmed_anew(counter: Counter) -> None:
    begin(counter, "2222222222")
    counter.enter_field("client.national_number")
    counter.type_field("client.national_number", "1111111111")
    counter.leave_field("client.national_number")
    assert counter.person.problems["client.national_number"].code == "needs_confirmation"


def test_what_is_written_survives_another_kind_of_identity(counter: Counter) -> None:
    begin(counter)
    counter.choose_kind("passport")
    counter.type_field("client.passport_number", "A1234567")
    counter.choose_kind("person")
    assert counter.person.texts["client.national_number"] == MARYAM["national_number"]
    counter.choose_kind("passport")
    assert counter.person.client()["passport_number"] == "A1234567"


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("foreigner", {"client.foreign_number": "123456789012", "client.nationality": "افغانستان"}),
        ("passport", {"client.passport_number": "A1234567", "client.nationality": "ترکیه"}),
        ("unidentified", {}),
    ],
)
def test_every_kind_of_client_can_be_registered(
    kind: str, written: dict[str, str], counter: Counter, desk: Desk
) -> None:
    begin(counter)
    counter.choose_kind(kind)
    for path, text in written.items():
        counter.type_field(path, text)
    choose(counter)
    counter.receive_all()
    counter.register()
    assert counter.saved is not None, (counter.person.problems, counter.banner)
    assert request(desk, counter.saved.tracking_code).said.kind == kind


def test_a_form_that_is_done_is_one_line_until_it_lacks_something(counter: Counter) -> None:
    begin(counter)
    choose(counter)
    assert counter.person.is_folded
    counter.correct_person()
    assert not counter.person.is_folded
    counter.choose_service(1)
    assert counter.person.is_folded
    counter.type_field("client.family_name", "")
    assert not counter.person.is_folded


def test_a_doubtful_mobile_warns_and_does_not_block(counter: Counter) -> None:
    begin(counter)
    counter.type_field("client.mobile", "09991234567".replace("0999", "0969"))
    counter.leave_field("client.mobile")
    assert counter.person.doubts["client.mobile"].code == "unknown_prefix"
    choose(counter)
    counter.receive_all()
    counter.register()
    assert counter.saved is not None
    assert len(counter.saved.warnings) == 1


def test_the_first_part_that_lacks_gets_the_focus(counter: Counter) -> None:
    counter.register()
    assert counter.focus == "find"
    begin(counter)
    counter.type_field("client.family_name", "")
    counter.register()
    assert counter.focus == "client.family_name"
    counter.type_field("client.family_name", "نوری")
    counter.register()
    assert counter.focus == "service"


def test_a_day_that_is_none_is_said_and_keeps_the_visit(counter: Counter) -> None:
    begin(counter)
    choose(counter)
    counter.receive_all()
    counter.due.type("1405/13/40")
    counter.due.settle()
    assert counter.due.problem
    counter.register()
    assert counter.saved is None
    assert counter.focus == "due"


def test_the_promised_day_moves_with_what_lacks(counter: Counter) -> None:
    begin(counter)
    choose(counter)
    assert counter.promise is not None
    whole = counter.due_on
    counter.toggle_paper(0)
    assert counter.promise.bring_by is not None
    assert counter.due_on is not None
    assert whole is not None
    assert counter.due_on > whole
    counter.receive_all()
    assert counter.due_on == whole


def test_a_service_of_the_same_day_is_done_at_the_counter(counter: Counter) -> None:
    begin(counter)
    same_day = next(n for n, service in enumerate(counter.service.frequent, 1) if not service.offered.working_days)
    choose(counter, str(same_day))
    assert counter.outcome == "done"
    assert counter.due_on is None


@pytest.mark.parametrize("written", ["پلاک", "خودرو پلاک", "پلاك خودرو"])
def test_a_service_is_found_by_words_in_any_order_and_letters(written: str, counter: Counter) -> None:
    begin(counter)
    counter.type_service(written)
    assert "پلاک" in counter.service.choices[0].offered.title


def test_a_pause_keeps_the_visit_and_registering_forgets_it(counter: Counter, desk: Desk, clerk: Session) -> None:
    doors = counter.doors
    assert isinstance(doors, AtOnce)
    begin(counter)
    choose(counter)
    counter.type_note("با پدرش آمد")
    doors.pause()
    (row,) = counter.acts.today().drafts
    assert row.name == "مریم نوری"
    again = Counter(Acts(desk, clerk), AtOnce(), Path())
    again.start()
    again.resume(row)
    assert again.visit() == counter.visit()
    again.receive_all()
    again.register()
    assert again.saved is not None
    assert counter.acts.today().drafts == ()
    assert request(desk, again.saved.tracking_code).id == row.draft.id


def test_the_same_form_sent_twice_is_one_visit(counter: Counter, desk: Desk) -> None:
    begin(counter)
    choose(counter)
    counter.receive_all()
    written, draft = counter.visit(), counter.id
    counter.register()
    assert counter.saved is not None
    again = counter.acts.register(written, draft)
    assert getattr(again, "tracking_code", None) == counter.saved.tracking_code


def test_somebody_only_looked_up_is_no_draft(counter: Counter, hossein: str) -> None:
    type_find(counter, hossein)
    assert isinstance(counter.doors, AtOnce)
    counter.doors.pause()
    counter.escape()
    assert counter.acts.today().drafts == ()


def test_looking_for_somebody_else_keeps_what_was_written(counter: Counter) -> None:
    begin(counter)
    counter.type_find("ح")
    assert not counter.person.is_there
    assert [row.name for row in counter.acts.today().drafts] == ["مریم نوری"]


@pytest.mark.parametrize("problem", list(StoreProblem))
def test_a_store_that_fails_is_a_sentence_and_the_form_stays(
    problem: StoreProblem, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(counter)
    choose(counter)
    counter.receive_all()
    before = counter.visit()

    def fail(*_anything: object) -> None:
        raise StoreError(problem)

    with monkeypatch.context() as broken:
        broken.setattr(counter.acts, "register", fail)
        counter.register()
    assert counter.banner is not None
    assert counter.banner.text
    assert counter.visit() == before
    counter.register()
    assert counter.saved is not None


def test_a_clock_set_back_is_said_and_nothing_is_lost(counter: Counter, desk: Desk, hossein: str) -> None:
    assert isinstance(desk.clock, Clock)
    begin(counter)
    choose(counter)
    counter.receive_all()
    before = counter.visit()
    desk.clock.now -= 3_600_000_000
    counter.register()
    assert counter.banner is not None
    assert "ساعت" in counter.banner.text
    assert counter.visit() == before
    desk.clock.now += 3_600_000_000
    counter.register()
    assert counter.saved is not None


@pytest.mark.expected_log("defect ValueError")
def test_a_defect_is_logged_without_what_was_typed(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    begin(counter)
    choose(counter)
    counter.receive_all()

    def fail(*_anything: object) -> None:
        raise ValueError(NUMBER, "مریم نوری")

    monkeypatch.setattr(counter.acts, "register", fail)
    counter.register()
    assert counter.banner is not None
    assert NUMBER not in caplog.text
    assert "مریم" not in caplog.text
    assert "test_counter.py" in caplog.text
