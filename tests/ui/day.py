"""A day at the desk, played through the window as a clerk would: every page and state, and many visits."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from PySide6.QtCore import Qt

from app.desk.link.standing import Held
from models.identity import national_number_check_digit
from printing.printers import Report
from tests.desk.counter import HOSSEIN
from tests.ui.centre_hand import hear, news
from tests.ui.hand import Clerk
from ui.counter.find import _is_longer_number
from ui.workplace import Workplace

GIVEN = ("مریم", "حامد", "زهرا", "بهروز", "شیرین", "کاوه", "الهام", "پویا", "سودابه", "جمشید", "فرزانه", "غلامرضا")
FAMILY = ("نوری", "باقری", "شاهین‌فر", "کریمی", "ذوالفقاری", "محبی", "اوجاقلو", "تقی‌پور", "دهقان", "سلطانی", "یگانه")
OUTCOMES = (Qt.Key.Key_F7, Qt.Key.Key_F6, Qt.Key.Key_F8)


def place(hand: Clerk) -> Workplace:
    assert hand.window.workplace is not None
    return hand.window.workplace


@cache
def _numbers() -> tuple[str, ...]:
    """Right national numbers that one more digit does not make an organisation's, which a quick hand would ask for."""
    nines = (f"{place:09}" for place in range(283_000_000, 283_004_000))
    whole = (nine + national_number_check_digit(nine) for nine in nines)
    return tuple(number for number in whole if not _is_longer_number(number + "1"))


def number_of(n: int) -> str:
    """A right national number, another one for each n below some thousands."""
    return _numbers()[n]


# --- states -----------------------------------------------------------------------------------------------------------


def all_states(hand: Clerk) -> Iterator[str]:
    """Walks the signed-in window through every page and state; HOSSEIN is known and nobody else has been written of."""
    code = ""
    for state in counter_states(hand):
        if hand.counter.saved is not None:
            code = hand.counter.saved.tracking_code
        yield state
    yield from page_states(hand, code)
    yield from centre_states(hand, code)
    yield from states_over_the_page(hand)


def counter_states(hand: Clerk) -> Iterator[str]:
    yield "empty"
    hand.find("حسین")
    yield "found"
    hand.press(Qt.Key.Key_Down)
    hand.enter()
    hand.until(lambda: hand.counter.person.is_there)
    yield "new person"
    for kind in ("organisation", "foreigner", "passport", "unidentified", "person"):
        hand.counter.choose_kind(kind)
        yield kind
    hand.counter.show_more(True)
    hand.counter.show_representative(True)
    yield "everything"
    hand.counter.type_field("client.national_number", "2831234564")
    hand.counter.leave_field("client.national_number")
    yield "wrong number"
    hand.counter.type_field("client.national_number", "2831234565")
    hand.counter.type_field("client.mobile", str(HOSSEIN["mobile"]))
    hand.counter.leave_person()
    hand.until(lambda: hand.counter.person.similar)
    yield "similar"
    hand.counter.answer_similar(1)
    hand.until(lambda: hand.counter.person.known)
    yield "known person"
    hand.counter.type_service("1")
    hand.counter.choose_service(0)
    hand.counter.show_representative(False)
    hand.until(lambda: hand.counter.promise)
    yield "service"
    hand.counter.receive_all()
    hand.counter.toggle_paper(1)
    hand.until(lambda: hand.counter.promise and hand.counter.promise.bring_by)
    yield "papers lacking"
    hand.press(Qt.Key.Key_F9)
    yield "due day"
    hand.counter.toggle_receipt()
    yield "no receipt"
    hand.counter.toggle_receipt()
    hand.page.outcome.note.setFocus()
    hand.register()
    code = hand.saved()
    yield "saved"
    yield from paper_states(hand, code)


def paper_states(hand: Clerk, code: str) -> Iterator[str]:
    """The paper that goes to a printer, on its visit's page and behind the next person."""
    counter = hand.counter
    assert counter.saved is not None
    counter.saved = replace(counter.saved, prints=True)
    slip = counter.papers._new(code, counter.saved.person)
    for report in (Report("printing"), Report("stuck", "marker-supply-empty"), Report("failed", "wrong-format")):
        slip._stands(report)
        yield report.state
    slip._stands(Report("unknown", "not-confirmed"))
    yield "unknown"
    counter.next_person()
    yield "unknown, behind the next person"
    slip._stands(Report("stuck", "unreachable"))
    yield "stuck, behind the next person"


def page_states(hand: Clerk, code: str) -> Iterator[str]:
    """Files with this request open, the log with its rows, and whatever other screens the rail offers."""
    shift = place(hand).shift
    hand.window.open("files")
    hand.until(lambda: "files" in place(hand).pages)
    yield "files"
    shift.open_file(code)
    hand.until(lambda: shift.files.file is not None)
    yield "a file"
    hand.window.open("log")
    hand.until(lambda: shift.log.rows)
    yield "log"
    for name in place(hand).rail.items:
        if name not in ("counter", "files", "log"):
            hand.window.open(name)
            settle(hand)
            yield name
    hand.window.open("counter")


def centre_states(hand: Clerk, code: str) -> Iterator[str]:
    """The line to the centre: what is said over the cards, and the settings with all that there may be to say."""
    shift, line = place(hand).shift, hand.window.line
    assert line is not None
    at = hand.counter.acts.desk.clock()
    hear(line, news("refused", at, safe=7))
    yield "refused"
    hear(line, news(ahead=12))
    yield "clock"
    held = (Held("override", code, at), Held("waits_for_request", "", at))
    behind = {"behind": 6_000, "read": 4_000, "lines": 7, "oldest_at": at, "safe": 7}
    hear(line, news("away", at, flagged=1, waiting=1, held=held, **behind))
    shift.open_centre()
    settle(hand)
    yield "centre"
    hear(line, None)
    shift.settings.go_to("look")
    hand.window.open("counter")


def states_over_the_page(hand: Clerk) -> Iterator[str]:
    shift = place(hand).shift
    shift.ask_second("این ثبت باطل شود؟", lambda second: None)
    hand.until(lambda: shift.second.is_known)
    yield "second person"
    shift.second.close()
    hand.press(Qt.Key.Key_F1)
    settle(hand)
    yield "keys"
    hand.press(Qt.Key.Key_Escape)
    hand.window.lock()
    settle(hand)
    yield "locked"


def settle(hand: Clerk) -> None:
    """Until pauses are over, whatever was asked for has come back, and layouts have come to rest."""
    work = hand.window.work
    for _time in range(3):  # an answer may ask for something else: the picture of a paper, behind its values
        hand.bot.wait(60)
        waiting = [door.submit(int) for door in (work._changes, work._reads)]
        for turn in waiting:
            hand.until(turn.done)
    hand.bot.wait(20)


# --- visits -----------------------------------------------------------------------------------------------------------


def new_client(hand: Clerk, n: int, outcome: Qt.Key) -> str:
    """Somebody who has never been here; the tracking code."""
    hand.find(number_of(n))
    hand.enter()
    hand.until(lambda: hand.counter.person.is_new)
    given, family = GIVEN[n % len(GIVEN)], FAMILY[n // len(GIVEN) % len(FAMILY)]
    for text in (given, family, FAMILY[n % len(FAMILY)], f"0914{n * 10_007 % 10**7:07}"):
        hand.type(text)
        hand.tab()
    hand.press(Qt.Key.Key_F3)
    return finish(hand, outcome)


def known_client(hand: Clerk, number: str, outcome: Qt.Key) -> str:
    hand.type(number)
    hand.until(lambda: hand.counter.person.known)
    return finish(hand, outcome)


def finish(hand: Clerk, outcome: Qt.Key) -> str:
    """From the service on; answers that somebody similar is another person."""
    hand.until(lambda: hand.focus is hand.page.service.field.line or hand.counter.person.similar)
    if hand.counter.person.similar:
        hand.counter.answer_similar(len(hand.counter.person.similar) + 1)
    hand.until(lambda: hand.focus is hand.page.service.field.line)
    hand.type("1")
    hand.enter()
    hand.press(Qt.Key.Key_F4)
    hand.press(outcome)
    hand.until(lambda: hand.counter.promise)
    hand.register()
    return hand.saved()


def next_person(hand: Clerk) -> None:
    hand.press(Qt.Key.Key_Escape)
    hand.until(lambda: hand.counter.stage == "empty" and hand.focus is hand.page.find_frame.line)


def visits(hand: Clerk, count: int, *, first: int = 0) -> list[str]:
    """So many visits of all kinds; some are set aside first, some papers are written, some files and days looked at."""
    codes: list[str] = []
    for n in range(first, first + count):
        outcome = OUTCOMES[n % 3]
        if n % 7 == 3:  # begun and set aside
            hand.find("بهرام")
            hand.enter()
            hand.until(lambda: hand.counter.person.is_new)
            hand.type("ی")
            next_person(hand)
        is_new = n % 2 == 0
        codes.append(new_client(hand, n, outcome) if is_new else known_client(hand, number_of(n - 1), outcome))
        if n % 5 == 0:
            hand.press(Qt.Key.Key_F12)
            hand.until(lambda: hand.counter.saved is not None and hand.counter.saved.paper in ("saved", "none"))
        if n % 11 == 4:
            look_round(hand, codes[-1])
        next_person(hand)
    return codes


def look_round(hand: Clerk, code: str) -> None:
    """The file of a request, the day's log, and back to the counter."""
    shift = place(hand).shift
    shift.open_file(code)
    hand.until(lambda: shift.files.file is not None and shift.files.file.request.tracking_code == code)
    hand.window.open("log")
    hand.until(lambda: shift.log.rows)
    hand.window.open("counter")
