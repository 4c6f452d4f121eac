"""What a paper's course may be: sent again only while nothing has left, failed only when it cannot have come out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.desk.paper_course import (
    FOLLOWING,
    SETTLED,
    WAITING,
    WITHDRAWING,
    Course,
    Event,
    GivenUp,
    HandedOver,
    Missing,
    NothingLeft,
    Said,
    Silent,
    after,
)
from printing.printers.reports import FAILED, PRINTED, PRINTING, SENT, STUCK, UNKNOWN, Report, stuck_reason

REASONS = ("", "media-empty", "unreachable", "canceled", "aborted", "paused")
reports = st.builds(
    Report, st.sampled_from((SENT, PRINTING, STUCK, PRINTED, FAILED, UNKNOWN)), st.sampled_from(REASONS)
)
events: st.SearchStrategy[Event] = st.one_of(
    st.builds(NothingLeft, st.sampled_from(REASONS), st.booleans()),
    st.just(HandedOver()),
    st.builds(Said, reports),
    st.just(Silent()),
    st.just(Missing()),
    st.just(GivenUp()),
)


def course_of(*happened: Event) -> Course:
    course = Course()
    for event in happened:
        course = after(course, event)
    return course


@given(st.lists(events, max_size=12))
def test_a_paper_that_may_have_left_is_never_waiting_to_be_sent_again(happened: list[Event]) -> None:
    course, has_left = Course(), False
    for event in happened:
        has_left |= isinstance(event, HandedOver)
        course = after(course, event)
        assert course.stage != WAITING or not has_left


@given(st.lists(events, max_size=12))
def test_failed_is_said_only_where_nothing_left_or_on_the_printers_own_word(happened: list[Event]) -> None:
    course, has_left = Course(), False
    for event in happened:
        before, course = course, after(course, event)
        if course.stage == SETTLED and before.stage != SETTLED and course.shown.state == FAILED and has_left:
            assert isinstance(event, Said)
            assert event.report.state == FAILED
        has_left |= isinstance(event, HandedOver)


@given(st.lists(events, max_size=12))
def test_whoever_waits_no_longer_gets_an_answer_at_once_or_at_the_end_of_the_withdrawing(happened: list[Event]) -> None:
    course = course_of(*happened, GivenUp(), GivenUp())
    assert course.stage == SETTLED
    assert course.shown.is_final


@given(st.lists(events, max_size=12), events)
def test_what_is_settled_stays_so(happened: list[Event], more: Event) -> None:
    course = course_of(*happened)
    if course.stage == SETTLED:
        assert after(course, more) == course


said_empty = Said(Report(STUCK, "media-empty"))
canceled = Said(Report(FAILED, "canceled"))


@pytest.mark.parametrize(
    ("happened", "stage", "shown"),
    [
        ((NothingLeft("unreachable", True),), WAITING, Report(STUCK, "unreachable")),
        ((NothingLeft("wrong-size", False),), SETTLED, Report(FAILED, "wrong-size")),
        ((NothingLeft("unreachable", True), GivenUp()), SETTLED, Report(FAILED, "unreachable")),
        ((HandedOver(), said_empty), FOLLOWING, Report(STUCK, "media-empty")),
        ((HandedOver(), said_empty, Said(Report(PRINTING)), Said(Report(PRINTED))), SETTLED, Report(PRINTED)),
        ((HandedOver(), Silent()), FOLLOWING, Report(STUCK, "unreachable")),
        ((HandedOver(), Missing("connection-lost")), SETTLED, Report(UNKNOWN, "connection-lost")),
        ((HandedOver(), Said(Report(PRINTING)), Said(Report(FAILED, "aborted"))), SETTLED, Report(FAILED, "aborted")),
        # canceled at the printer's panel while the page moved: it may lie in the tray
        ((HandedOver(), Said(Report(PRINTING)), canceled), SETTLED, Report(UNKNOWN, "canceled")),
        # another printer takes it: asked back while it stood still, and confirmed
        ((HandedOver(), said_empty, GivenUp()), WITHDRAWING, Report(STUCK, "media-empty")),
        ((HandedOver(), said_empty, GivenUp(), canceled), SETTLED, Report(FAILED, "media-empty")),
        ((HandedOver(), said_empty, GivenUp(), said_empty, GivenUp()), SETTLED, Report(UNKNOWN, "media-empty")),
        ((HandedOver(), said_empty, GivenUp(), Silent(), GivenUp()), SETTLED, Report(UNKNOWN, "media-empty")),
        ((HandedOver(), said_empty, GivenUp(), Said(Report(PRINTED))), SETTLED, Report(PRINTED)),
        # refilled while it was asked back: it began to move
        (
            (HandedOver(), said_empty, GivenUp(), Said(Report(PRINTING)), canceled),
            SETTLED,
            Report(UNKNOWN, "canceled"),
        ),
        ((HandedOver(), Said(Report(PRINTING)), GivenUp(), canceled), SETTLED, Report(UNKNOWN, "canceled")),
    ],
)
def test_the_courses_of_the_counter(happened: tuple[Event, ...], stage: str, shown: Report) -> None:
    course = course_of(*happened)
    assert (course.stage, course.shown) == (stage, shown)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (("none",), ""),
        (("media-empty-warning",), "media-empty"),
        (("media-empty",), "media-empty"),
        (("marker-supply-low-warning",), ""),
        (("marker-supply-empty-error", "media-jam-error"), "media-jam"),
        (("cover-open-report",), ""),
        (("door-open",), "cover-open"),
        (("com.example-media-empty",), ""),
    ],
)
def test_a_printers_reasons_are_compared_by_their_beginning(said: tuple[str, ...], reason: str) -> None:
    assert stuck_reason(said) == reason
