"""The course of one attempt at paper, as a pure machine: what has happened decides what is done and shown next.

It holds the spool's promise: a paper is handed to a printer again only while it is certain that nothing has left the
desk, it is called failed only when it certainly did not come out, and what nobody can know is `unknown`: the clerk is
asked, once.
"""

from __future__ import annotations

from typing import NamedTuple

from printing.printers.reports import FAILED, PRINTING, QUEUED, SENT, STUCK, UNKNOWN, Report

WAITING, FOLLOWING, WITHDRAWING, SETTLED = "waiting", "following", "withdrawing", "settled"


class Course(NamedTuple):
    """`stage` says what to do: hand over, ask how it stands, ask for it back, or nothing more.

    `shown` is what is known; in the last stage it is what became of it. `held` is why the paper stood still when it
    was asked back, "" where it may have been moving.
    """

    stage: str = WAITING
    shown: Report = Report(QUEUED)
    held: str = ""


class NothingLeft(NamedTuple):
    """The printer could not be reached or would not take it; `again` where that may change by itself."""

    reason: str
    again: bool


class HandedOver(NamedTuple):
    """The printer has the paper, or the connection broke while it was being sent."""


class Said(NamedTuple):
    """The printer's word on it."""

    report: Report


class Silent(NamedTuple):
    """The printer does not answer."""


class Missing(NamedTuple):
    """The printer answers and remembers no such paper; `reason` is how it came to be lost."""

    reason: str = "forgotten"


class GivenUp(NamedTuple):
    """The clerk, or whoever waits, will wait no longer."""


Event = NothingLeft | HandedOver | Said | Silent | Missing | GivenUp


def after(course: Course, event: Event) -> Course:
    """The course once this has happened. What is settled stays so."""
    match course.stage:
        case "waiting":
            return _waiting(course, event)
        case "following":
            return _following(course, event)
        case "withdrawing":
            return _withdrawing(course, event)
    return course


def _waiting(course: Course, event: Event) -> Course:
    match event:
        case NothingLeft(reason, again=True):
            return Course(WAITING, Report(STUCK, reason))
        case NothingLeft(reason):
            return _settled(FAILED, reason)
        case HandedOver():
            return Course(FOLLOWING, Report(SENT))
        case GivenUp():
            return _settled(FAILED, course.shown.reason or "canceled")
    return course


def _following(course: Course, event: Event) -> Course:
    match event:
        case Said(Report("failed", "canceled")) if course.shown.state == PRINTING:
            return _settled(UNKNOWN, "canceled")  # the page that was moving may lie in the tray
        case Said(report) if report.is_final:
            return Course(SETTLED, report)
        case Said(report):
            return Course(FOLLOWING, report)
        case Silent():
            return Course(FOLLOWING, Report(STUCK, "unreachable"))
        case Missing(reason):
            return _settled(UNKNOWN, reason)
        case GivenUp():
            still = course.shown.state in (SENT, STUCK) and course.shown.reason != "unreachable"
            return Course(WITHDRAWING, course.shown, (course.shown.reason or "canceled") if still else "")
    return course


def _withdrawing(course: Course, event: Event) -> Course:
    match event:
        case Said(Report("failed", "canceled")):
            return _settled(FAILED, course.held) if course.held else _settled(UNKNOWN, "canceled")
        case Said(report) if report.is_final:
            return Course(SETTLED, report)
        case Said(Report("printing")):
            return course._replace(shown=Report(PRINTING), held="")
        case Missing() | GivenUp():
            return _settled(UNKNOWN, course.shown.reason or "not-confirmed")
    return course


def _settled(outcome: str, reason: str) -> Course:
    return Course(SETTLED, Report(outcome, reason))
