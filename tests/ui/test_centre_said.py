"""What the window says of the line to the centre: over the cards, at sign-in, at a file, in the log."""

from pathlib import Path

import pytest

from app.desk.desk import Desk
from app.desk.link.running import News
from app.desk.people import Session
from tests.desk.counter import NOON, registered, visit
from tests.ui.centre_hand import flagged, hear, news, settled, standing
from tests.ui.files import Heard, page_of
from tests.ui.hand import AtOnce
from tests.ui.log_hand import opened
from ui.counter.acts import Acts
from ui.counter.papers import Papers
from ui.daily_log.cells import Cells
from ui.request_file.happenings import nodes_of
from ui.settings.acts import Acts as SettingsActs
from ui.settings.centre import CentreSettings
from ui.status.line import Line
from ui.status.notices import DAY_US, MINUTE_US, notices
from ui.status.presenter import Status
from ui.status.signs import centre_sign, more_of, yesterday_sign


def keys(said: News | None, accepted: int | None = None) -> list[str]:
    return [notice.key.split()[0] for notice in notices(said, NOON, accepted=accepted)]


# --- over the cards --------------------------------------------------------------------------------------------------


def test_a_centre_that_is_away_for_long_is_said_and_a_short_absence_is_a_small_sign_only() -> None:
    assert keys(None) == keys(news()) == keys(news("trying")) == []
    assert keys(news("away", NOON - 29 * MINUTE_US)) == []
    assert keys(news("away", NOON - 31 * MINUTE_US)) == ["away"]
    (said,) = notices(news("away", NOON - 90 * MINUTE_US, safe=2), NOON)
    assert said.head == "مرکز در دسترس نیست."
    assert said.text.startswith("کار ادامه دارد؛ ۷ ثبت در این میز محفوظ است")


def test_who_is_refused_is_told_at_once_what_is_safe_and_whom_to_ask() -> None:
    (said,) = notices(news("refused", NOON, safe=8), NOON)
    assert (said.key, said.does) == ("refused", "details")
    assert said.text.startswith("کار ادامه دارد؛ ۱ ثبت در این میز محفوظ است")
    assert keys(news("distrusted", NOON)) == ["distrusted"]
    assert centre_sign(news("distrusted"), NOON).ink == "warn"


@pytest.mark.parametrize(
    ("ahead", "does"), [(0, None), (1, None), (-1, None), (2, ""), (-10, ""), (11, "clock"), (-720, "clock")]
)
def test_a_clock_is_said_from_two_minutes_on_and_asked_about_beyond_ten(ahead: int, does: str | None) -> None:
    said = next(notices(news(ahead=ahead), NOON), None)
    assert (said.does if said is not None else None) == does


@pytest.mark.parametrize(
    ("ahead", "says"),
    [
        (12, "ساعت این رایانه ۱۲ دقیقه جلوتر از مرکز است."),
        (-685, "ساعت این رایانه ۱۱ ساعت عقب‌تر از مرکز است."),
        (1440 * 365, "ساعت این رایانه ۳۶۵ روز جلوتر از مرکز است."),
    ],
)
def test_how_far_the_clocks_are_apart_is_said_as_people_say_it(ahead: int, says: str) -> None:
    (said,) = notices(news(ahead=ahead), NOON)
    assert said.head == says


def test_a_clock_that_two_people_have_called_right_is_not_asked_about_until_it_moves() -> None:
    assert keys(news(ahead=60), accepted=60) == keys(news(ahead=70), accepted=60) == []
    assert keys(news(ahead=71), accepted=60) == ["clock"]


@pytest.mark.parametrize("reach", ["trying", "away", "refused"])
def test_a_fortnight_without_the_centre_is_said_whatever_else_is(reach: str) -> None:
    long_ago = NOON - 15 * DAY_US
    said = [n for n in notices(news(reach, heard_at=long_ago), NOON) if n.key == "fortnight"]  # type: ignore[arg-type]
    assert [n.head for n in said] == ["۱۵ روز است که این میز از مرکز بی‌خبر است."]
    assert keys(news("answers", heard_at=long_ago)) == []


@pytest.fixture
def shell() -> Heard:
    return Heard()


@pytest.fixture
def status(desk: Desk, clerk: Session, shell: Heard) -> Status:
    doors = AtOnce()
    made = Status(Acts(desk, clerk), doors, Papers(doors), Line(desk, doors), shell)
    made.start()
    return made


def line(status: Status) -> Line:
    assert status.line is not None
    return status.line


def test_a_notice_that_was_read_gives_way_to_the_next_until_somebody_signs_in_again(status: Status) -> None:
    hear(line(status), news("refused", NOON, ahead=12))
    said = []
    while status.notice is not None:
        said.append(status.notice.key)
        status.close_notice()
    assert said == ["refused", "clock 1"]
    hear(line(status), news("refused", NOON, ahead=12, lines=3))
    assert status.notice is None


def test_two_people_accept_a_clock_that_the_centre_does_not_share(status: Status, desk: Desk, shell: Heard) -> None:
    hear(line(status), news(ahead=25))
    assert status.notice is not None
    status.act_on_notice()
    assert shell.asked == [("second", "ساعت این رایانه درست است؟", False)]
    assert status.notice is None
    with desk.reading() as connection:
        kinds = [row[0] for row in connection.exec_driver_sql("SELECT kind FROM line ORDER BY at, sequence")]
    assert kinds.count("clock.accepted") == 1


# --- in the settings -------------------------------------------------------------------------------------------------


def test_a_long_catch_up_can_be_stopped_and_gone_on_with(
    desk: Desk, clerk: Session, shell: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    doors = AtOnce()
    line = Line(desk, doors)
    asked: list[bool] = []
    monkeypatch.setattr(line, "rest", asked.append)
    centre = CentreSettings(SettingsActs(desk, clerk), doors, shell, line, lambda: None)
    hear(line, news(behind=400, read=100))
    assert not centre.fetches
    hear(line, news(behind=6_000, read=2_000))
    assert centre.fetches
    assert centre_sign(centre.news, NOON).text == "دریافت ثبت‌های دیگران، ۲۵٪"
    centre.rest_or_go_on()
    hear(line, News("answers", standing(behind=6_000, read=2_000), resting=True))
    assert centre_sign(centre.news, NOON).text == "دریافت در ۲۵٪ متوقف است"
    centre.rest_or_go_on()
    assert asked == [True, False]


def test_a_centre_that_came_back_from_a_backup_is_told_for_a_week() -> None:
    said = more_of(news(restored_at=NOON - DAY_US), NOON)
    assert said == ["مرکز از پشتیبان قدیمی‌تری برگشته است؛ آنچه گم کرده بود خودکار دوباره ارسال می‌شود."]
    assert more_of(news(restored_at=NOON - 8 * DAY_US), NOON) == []


# --- at sign-in ------------------------------------------------------------------------------------------------------


def test_at_sign_in_the_last_days_visits_are_said_to_be_safe_when_they_are() -> None:
    assert yesterday_sign(None) is None
    assert yesterday_sign(news(earlier=None)) is None
    assert yesterday_sign(News("trying", standing(earlier=0, heard_at=0))) is None
    safe = yesterday_sign(news(earlier=0))
    assert safe is not None
    assert (safe.text, safe.icon) == ("همهٔ ثبت‌های دیروز در مرکز است", "cloud-check")
    left = yesterday_sign(News("away", standing(earlier=3)))
    assert left is not None
    assert left.text == "۳ ثبت روزهای پیش هنوز به مرکز نرسیده است"


# --- what the centre holds against a visit -------------------------------------------------------------------------


def test_a_file_says_what_the_centre_holds_against_it_why_and_who_settles_it(
    desk: Desk, clerk: Session, tmp_path: Path
) -> None:
    code = registered(desk, clerk, visit()).tracking_code
    entry = flagged(desk, code, "override")
    files = page_of(desk, clerk, tmp_path)
    files.open_file(code)
    assert files.file is not None
    (node,) = (node for node in nodes_of(files.file) if node.tone == "warn" and node.icon == "circle-alert")
    assert node.head == "مرکز بررسی می‌خواهد: شماره‌ای مشکوک پذیرفته شد"
    assert node.by == "سرپرست آن را در مرکز رسیدگی می‌کند."
    assert node.text
    settled(desk, entry, clerk.person.id, "کارت دیده شد")
    files.start()
    assert files.file is not None
    (after,) = (node for node in nodes_of(files.file) if node.icon == "cloud-check")
    assert after.text == "کارت دیده شد"
    assert clerk.person.name in after.by
    assert not [node for node in nodes_of(files.file) if node.icon == "circle-alert"]


def test_the_log_marks_visits_that_the_centre_asks_about(desk: Desk, clerk: Session) -> None:
    calm, asked = (registered(desk, clerk, visit(service=service)).tracking_code for service in ("101", "201"))
    entry = flagged(desk, asked, "illegal_step")
    log = opened(desk, clerk)
    assert log.held == {asked}
    said = {row.tracking_code: Cells(log)(row)[5] for row in log.rows}
    assert said[asked].text.endswith("مرکز بررسی می‌خواهد")
    looks = {code: cell.chip.icon for code, cell in said.items() if cell.chip is not None}
    assert looks[asked] == "circle-alert" != looks[calm]
    assert "مرکز" not in said[calm].text
    settled(desk, entry, clerk.person.id, "")
    assert opened(desk, clerk).held == frozenset()
