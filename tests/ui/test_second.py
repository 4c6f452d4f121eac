"""The second person's word at the window: who may give it, what is said of a wrong one, and nothing typed is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.desk import people
from app.desk.desk import Desk
from app.desk.people import Session
from app.desk.sentences import problem
from app.desk.steps import StepRefused
from app.vault.problems import StoreError, StoreProblem
from tests.desk.conftest import session_of
from tests.desk.counter import ADMINISTRATOR, CLERK, PASSWORD, SUPERVISOR, Clock
from tests.ui.hand import AtOnce, Clerk
from ui.second.panel import SecondPanel
from ui.second.presenter import Second, SecondPerson

WRONG = "چیز دیگر"


def approving(desk: Desk, session: Session) -> Callable[[SecondPerson], tuple[str, str]]:
    """Says who approved and why, once the password is proved."""

    def act(second: SecondPerson) -> tuple[str, str]:
        return people.approve(desk, second.name, second.password, session).name, second.reason

    return act


@pytest.fixture
def second(desk: Desk, clerk: Session) -> Second:
    return Second(desk, clerk, AtOnce())


def names(second: Second) -> list[str]:
    return [person.name for person in second.people]


# --- without the glass -----------------------------------------------------------------------------------------------


def test_beside_a_clerk_only_supervisors_may_approve(second: Second) -> None:
    second.ask("ابطال", lambda given: None)
    assert names(second) == [SUPERVISOR, ADMINISTRATOR]


def test_beside_a_supervisor_anybody_else_may(desk: Desk) -> None:
    asked = Second(desk, session_of(desk, SUPERVISOR), AtOnce())
    asked.ask("ابطال", lambda given: None)
    assert names(asked) == [CLERK, ADMINISTRATOR]


def test_who_is_alone_is_told_so(desk: Desk, clerk: Session) -> None:
    administrator = session_of(desk, ADMINISTRATOR)
    people.admit(desk, administrator, "مدیر دوم", ("administrator",), PASSWORD)
    people.change(desk, administrator, SUPERVISOR, retired=True)
    people.change(desk, session_of(desk, "مدیر دوم"), ADMINISTRATOR, retired=True)
    asked = Second(desk, clerk, AtOnce())
    assert not asked.is_lonely
    asked.ask("ابطال", lambda given: None)
    assert asked.is_lonely
    asked.submit(PASSWORD)
    assert asked.is_open


def test_the_act_gets_the_word_and_what_it_returns_goes_on(desk: Desk, clerk: Session, second: Second) -> None:
    results: list[Any] = []
    second.ask("ابطال", approving(desk, clerk), results.append)
    second.type_reason("  اشتباه ثبت شد ")
    second.submit(PASSWORD)
    assert results == [(SUPERVISOR, "اشتباه ثبت شد")]
    assert not second.is_open


def test_another_name_is_chosen(desk: Desk, clerk: Session, second: Second) -> None:
    results: list[Any] = []
    second.ask("ابطال", approving(desk, clerk), results.append, reason=False)
    second.choose(1)
    second.submit(PASSWORD)
    assert results == [(ADMINISTRATOR, "")]


def test_a_wrong_password_is_said_at_its_field_and_the_panel_stays(desk: Desk, clerk: Session, second: Second) -> None:
    results: list[Any] = []
    second.ask("ابطال", approving(desk, clerk), results.append)
    second.type_reason("اشتباه ثبت شد")
    second.submit(WRONG)
    assert second.is_open
    assert second.message == "رمز درست نیست."
    assert second.rejected == 1
    second.submit(PASSWORD)
    assert second.message == "رمز چند بار درست نبود؛ ۱ ثانیه صبر کنید و دوباره بنویسید."
    assert isinstance(desk.clock, Clock)
    desk.clock.now += 2_000_000
    second.submit(PASSWORD)
    assert results == [(SUPERVISOR, "اشتباه ثبت شد")]


def test_a_reason_and_a_password_are_asked_for_first(second: Second) -> None:
    tried: list[SecondPerson] = []
    second.ask("ابطال", tried.append)
    second.submit(PASSWORD)
    assert (second.reason_message, second.message) == ("دلیل را بنویسید.", "")
    second.type_reason("اشتباه")
    assert second.reason_message == ""
    second.submit("")
    assert second.message == "رمز خود را بنویسید."
    assert tried == []


def test_a_refusal_goes_to_its_field(second: Second) -> None:
    def act(given: SecondPerson) -> None:
        raise StepRefused(problem(*refused))

    second.ask("ابطال", act)
    second.type_reason("اشتباه")
    refused = ("reason", "too_long")
    second.submit(PASSWORD)
    assert second.reason_message
    refused = ("state", "not_allowed")
    second.submit(PASSWORD)
    assert (second.reason_message, bool(second.message), second.is_open) == ("", True, True)


def test_a_full_disk_is_said_and_the_word_can_be_given_again(second: Second) -> None:
    failures: list[Exception] = [StoreError(StoreProblem.full)]
    done: list[Any] = []

    def act(given: SecondPerson) -> str:
        if failures:
            raise failures.pop()
        return "done"

    second.ask("ابطال", act, done.append, reason=False)
    second.submit(PASSWORD)
    assert "دیسک" in second.message
    assert second.rejected == 0
    second.submit(PASSWORD)
    assert done == ["done"]


def test_a_password_is_in_no_picture_of_the_value() -> None:
    assert PASSWORD not in repr(SecondPerson(SUPERVISOR, PASSWORD, "اشتباه"))


# --- over the page ---------------------------------------------------------------------------------------------------


@pytest.fixture
def panel(at_work: Clerk) -> SecondPanel:
    """The panel over the counter of a clerk who has begun to write."""
    at_work.type("قلی")
    assert at_work.window.workplace is not None
    return at_work.window.workplace.second


def ask(panel: SecondPanel, hand: Clerk, results: list[Any], **how: Any) -> None:
    presenter = panel.presenter
    presenter.ask("ابطال این ثبت", approving(presenter.desk, presenter.session), results.append, **how)
    hand.until(lambda: panel.isVisible() and panel.tiles)


def test_it_takes_reason_and_password_and_gives_the_focus_back(at_work: Clerk, panel: SecondPanel) -> None:
    results: list[Any] = []
    field = at_work.focus
    ask(panel, at_work, results)
    assert at_work.focus is panel.reason.frame.line
    at_work.type("اشتباه ثبت شد")
    at_work.enter()
    assert at_work.focus is panel.password.line
    at_work.type(PASSWORD)
    at_work.enter()
    at_work.until(lambda: results)
    assert results == [(SUPERVISOR, "اشتباه ثبت شد")]
    assert not panel.isVisible()
    assert at_work.focus is field
    assert at_work.counter.find.text == "قلی"
    assert panel.password.line.text() == ""


def test_a_wrong_password_empties_its_field_and_says_so_under_it(at_work: Clerk, panel: SecondPanel) -> None:
    results: list[Any] = []
    ask(panel, at_work, results, reason=False)
    assert not panel.reason.isVisible()
    at_work.type(WRONG)
    at_work.enter()
    at_work.until(panel.message.isVisible)
    assert panel.message.text() == "رمز درست نیست. صفحه‌کلید فارسی است."
    assert panel.password.line.text() == ""
    assert at_work.focus is panel.password.line
    assert results == []


def test_escape_closes_it_and_nothing_has_happened(at_work: Clerk, panel: SecondPanel) -> None:
    results: list[Any] = []
    field = at_work.focus
    ask(panel, at_work, results)
    at_work.type("اشتباه")
    at_work.press(Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert at_work.focus is field
    assert at_work.counter.find.text == "قلی"
    assert results == []
    ask(panel, at_work, results)
    assert panel.reason.text() == ""


def test_no_key_of_the_page_works_behind_it(at_work: Clerk, panel: SecondPanel) -> None:
    ask(panel, at_work, [])
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F3, Qt.Key.Key_F4, Qt.Key.Key_F12):
        at_work.press(key)
    at_work.register()
    assert panel.isVisible()
    assert at_work.focus is not at_work.page.find_frame.line
    assert at_work.counter.find.text == "قلی"


def test_tab_goes_round_within_it(at_work: Clerk, panel: SecondPanel) -> None:
    ask(panel, at_work, [])
    seen = []
    for _turn in range(6):
        seen.append(at_work.focus)
        at_work.tab()
    assert at_work.focus is seen[0]
    assert len(set(seen)) == 6
    assert all(panel.isAncestorOf(place) for place in seen)
    at_work.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert at_work.focus is panel.leave


def test_the_eye_shows_the_password_until_the_panel_is_gone(at_work: Clerk, panel: SecondPanel) -> None:
    ask(panel, at_work, [], reason=False)
    at_work.type(PASSWORD)
    panel.password.eye.click()
    assert panel.password.line.echoMode() == QLineEdit.EchoMode.Normal
    assert panel.password.line.displayText() == PASSWORD
    panel.leave.click()
    ask(panel, at_work, [], reason=False)
    assert panel.password.line.echoMode() == QLineEdit.EchoMode.Password
    assert panel.password.line.text() == ""


def test_it_covers_the_page_whatever_the_windows_size(at_work: Clerk, panel: SecondPanel) -> None:
    ask(panel, at_work, [])
    at_work.window.resize(1280, 640)
    at_work.until(lambda: panel.size() == at_work.window.stack.size())
    card = panel.card.geometry()
    assert panel.rect().contains(card)
    for part in (panel.what, panel.password_label):
        assert part.is_whole()
