"""A record is the fold of all its entries, and a fold refuses no fact."""

from uuid import UUID

import pytest

from models import entries as e
from models.folds import fold_client, fold_person, fold_request, is_allowed, is_same_person
from models.lines import Line, Recorded
from models.records import OPEN_STATES, Request
from tests.book.facts import CLERK, NOON, SERVICE, details

SUBJECT, CLIENT = UUID(int=200), UUID(int=100)


def history(*entries: e.Entry) -> list[Recorded]:
    return [
        Recorded(
            Line(
                office=0,
                desk=5001,
                incarnation=UUID(int=7),
                sequence=n,
                entry=UUID(int=1000 + n),
                subject=SUBJECT,
                actor=CLERK,
                at=NOON + n,
                business_day=14050903,
                kind=entry.kind,
                version=1,
                salt=b"",
                digest=b"",
                hash=b"",
                body=b"",
            ),
            entry,
        )
        for n, entry in enumerate(entries, 1)
    ]


def registered(outcome: str = "follow_up", **more: object) -> e.RequestRegistered:
    return e.RequestRegistered(
        client=CLIENT,
        said=details(),
        tracking_code="500100000019",
        service=SERVICE,
        outcome=outcome,
        **more,  # type: ignore[arg-type]
    )


def request(*entries: e.Entry) -> Request:
    folded = fold_request(history(*entries))
    assert folded is not None
    return folded


def test_a_request_waits_for_what_is_lacking_and_then_for_its_answer() -> None:
    papers = (e.Document(title="کارت ملی", received=True), e.Document(title="فرم امضاشده", received=False))
    first = registered(documents=papers)
    assert request(first).state == "lacking"
    assert request(first).lacking == ("فرم امضاشده",)
    # The paper's title as another keyboard writes it is the same paper.
    complete = request(first, e.DocumentReceived(document="فرم امضا‌شده"))
    assert (complete.state, complete.lacking) == ("open", ())


def test_a_life_from_the_desk_to_delivery() -> None:
    whole = request(
        registered(),
        e.RequestReferred(unit="معاونت عمران", officer="آقای اسدی"),
        e.RequestAnswered(decision="refused", text="رد شد", basis="ماده ۱۰"),
        e.RequestDelivered(to="representative"),
    )
    assert (whole.state, whole.unit, whole.officer) == ("delivered", "معاونت عمران", "آقای اسدی")
    assert [step.kind for step in whole.history] == ["register", "refer", "answer", "deliver"]
    assert whole.answer is not None
    assert whole.answer.basis == "ماده ۱۰"
    assert whole.flags == ()


@pytest.mark.parametrize(
    ("state", "allowed"),
    [
        ("open", {"receive-document", "refer", "answer", "extend", "withdraw", "void", "reassign"}),
        ("lacking", {"receive-document", "refer", "answer", "extend", "withdraw", "void", "reassign"}),
        ("referred", {"receive-document", "refer", "answer", "extend", "withdraw", "void", "reassign"}),
        ("answered", {"deliver", "withdraw", "void", "reassign"}),
        ("guided", {"void", "reassign"}),
        ("done", {"void", "reassign"}),
        ("delivered", set()),
        ("withdrawn", set()),
        ("voided", set()),
    ],
)
def test_what_may_happen_next(state: str, allowed: set[str]) -> None:
    from models.folds import STEP_NAMES

    assert {name for step, name in STEP_NAMES.items() if is_allowed(state, step)} == allowed


def test_a_step_out_of_order_changes_nothing_and_leaves_a_flag() -> None:
    ended = request(
        registered(), e.RequestWithdrawn(reason="خواست خود"), e.RequestAnswered(decision="accepted", text="x")
    )
    assert (ended.state, ended.answer, ended.flags) == ("withdrawn", None, ("illegal_step",))


def test_an_extension_moves_the_due_day_and_never_the_printed_one() -> None:
    import datetime

    printed, later = datetime.date(2026, 12, 1), datetime.date(2026, 12, 20)
    longer = request(registered(due_on=printed), e.RequestExtended(due=later, reason="استعلام"))
    assert (longer.promised, longer.due_on) == (printed, later)
    assert longer.is_late(datetime.date(2026, 12, 21))
    assert not longer.is_late(later)


def test_what_is_known_of_the_paper() -> None:
    from tests.book.facts import receipt

    attempt = receipt(SUBJECT).entry
    assert request(registered()).receipt_outcome == "none"
    assert request(registered(), attempt).receipt_outcome == "queued"
    first = UUID(int=1002)
    failed = request(registered(), attempt, e.ReceiptSettled(attempt=first, outcome="failed", reason="media-empty"))
    assert (failed.receipt_outcome, failed.receipts[0].reason, failed.copies) == ("failed", "media-empty", 0)
    printed = request(registered(), attempt, e.ReceiptSettled(attempt=first, outcome="printed"))
    assert (printed.receipt_outcome, printed.copies) == ("printed", 1)
    assert request(registered(), e.ReceiptDeclined(reason="نخواست")).receipt_outcome == "declined"


def test_the_first_registration_of_a_request_stands() -> None:
    assert request(registered("done"), registered("guided")).outcome == "done"


def test_two_people_on_one_key_are_flagged_and_the_first_stays_shown() -> None:
    first = e.ClientRegistered(details=details(family_name="قلی‌زاده"))
    same = fold_client(history(first, e.ClientRegistered(details=details(family_name="قلی زاده"))))
    other = fold_client(history(first, e.ClientRegistered(details=details(family_name="نوری"))))
    assert same is not None
    assert same.flags == ()
    assert other is not None
    assert (other.details.family_name, other.flags) == ("قلی‌زاده", ("same_number",))


def test_a_merge_is_an_alias_and_parting_undoes_it() -> None:
    first = e.ClientRegistered(details=details())
    merged = fold_client(history(first, e.ClientMerged(into=CLIENT)))
    parted = fold_client(history(first, e.ClientMerged(into=CLIENT), e.ClientParted()))
    assert merged is not None
    assert merged.merged_into == CLIENT
    assert parted is not None
    assert parted.merged_into is None


def test_a_correction_of_nobody_makes_nobody() -> None:
    assert fold_client(history(e.ClientCorrected(details=details()))) is None


def test_a_person_is_the_last_thing_said_of_them() -> None:
    admitted = e.PersonAdmitted(name="زهرا نوری", roles=("clerk",), verifier="v")
    gone = fold_person(
        history(admitted, e.PersonChanged(name="زهرا نوری", roles=("clerk",), verifier="v", retired=True))
    )
    assert gone is not None
    assert gone.retired


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (details(family_name="قلي‌زاده"), True),
        (details(family_name="قلیزاده"), True),
        (details(family_name="نوری"), False),
        (details(number="2831234565"), False),
    ],
)
def test_who_counts_as_the_same_person(other: e.ClientDetails, same: bool) -> None:
    assert is_same_person(details(), other) is same


def test_an_answer_is_owed_in_the_open_states_only() -> None:
    assert {"open", "lacking", "referred"} == OPEN_STATES
