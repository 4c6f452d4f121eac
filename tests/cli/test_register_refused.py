"""What `register` refuses: line by line, with a field and a stable code each, and nothing of it is written."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from models.calendar import business_day, format_jalali, now_us
from models.codes import make_tracking_code
from tests.cli.program import PEOPLE, REGISTRAR, Program, copy_of, stranger, visit
from tests.desk.counter import CLERK, SUPERVISOR

SOMEBODY = PEOPLE[0]
NAMES = {"given_name": "آرش", "family_name": "نوا"}
WRONG = {"national_number": SOMEBODY["national_number"][:9] + str((int(SOMEBODY["national_number"][9]) + 1) % 10)}
BESIDE = {"given_name": "مریم", "family_name": "نوری"}


def person(**said: Any) -> dict[str, Any]:
    """A visit of somebody about whom something else is said."""
    return visit(SOMEBODY | said)


def jalali(days: int) -> str:
    return format_jalali(business_day(now_us()) + datetime.timedelta(days=days))


NATIONAL = "client.national_number"
REFUSED: list[tuple[Any, list[tuple[str, str]]]] = [
    # not a visit at all
    ({}, [("client", "required"), ("service", "required")]),
    ([], [("", "not_json")]),
    (None, [("", "not_json")]),
    (5, [("", "not_json")]),
    ("متن", [("", "not_json")]),
    # fields that nobody knows
    (stranger(colour="red"), [("colour", "unknown_field")]),
    (person(shoe_size=42), [("client.shoe_size", "unknown_field")]),
    (person(legal_number="1"), [("client.legal_number", "unknown_field")]),
    (stranger(representative=BESIDE | {"x": 1}), [("representative.x", "unknown_field")]),
    (stranger(override={"client.mobile": "چون"}), [("override", "unknown_field")]),
    # missing
    (visit(NAMES), [("client.kind", "required")]),
    (visit({"kind": "person"} | NAMES), [(NATIONAL, "required")]),
    (visit({"kind": "organisation", "name": "شرکت"}), [("client.legal_number", "required")]),
    (visit({"kind": "foreigner"} | NAMES), [("client.foreign_number", "required")]),
    (visit({"kind": "passport", "nationality": "ترکیه"} | NAMES), [("client.passport_number", "required")]),
    (
        visit({"kind": "passport", "passport_number": "U123456"} | NAMES),
        [("client.nationality", "required")],
    ),
    (visit({"kind": "unidentified", "given_name": " \u200c "}), [("client.family_name", "required")]),
    (
        person(given_name="", family_name=None),
        [("client.given_name", "required"), ("client.family_name", "required")],
    ),
    (stranger(representative={"given_name": "مریم"}), [("representative.family_name", "required")]),
    (stranger(service=" "), [("service", "required")]),
    (stranger(receipt="declined"), [("receipt_reason", "required")]),
    (stranger(documents=["  "]), [("documents[0]", "required")]),
    # too long
    (person(given_name="ا" * 101), [("client.given_name", "too_long")]),
    (person(address="ا" * 501), [("client.address", "too_long")]),
    (stranger(subject="ا" * 1_001), [("subject", "too_long")]),
    (stranger(note="ا" * 4_001), [("note", "too_long")]),
    (stranger(documents=["ا" * 201]), [("documents[0]", "too_long")]),
    (stranger(documents=["سند"] * 51), [("documents", "too_long")]),
    (stranger(key="k" * 101), [("key", "too_long")]),
    (
        visit({"kind": "organisation", "legal_number": "10380284790", "name": "ش" * 201}),
        [("client.name", "too_long")],
    ),
    # badly written
    (person(kind="cat"), [("client.kind", "bad_format")]),
    (person(national_number="12"), [(NATIONAL, "bad_format")]),
    (person(national_number="0000000000"), [(NATIONAL, "bad_format")]),
    (person(national_number=2820000002), [(NATIONAL, "bad_format")]),
    (person(mobile="0914"), [("client.mobile", "bad_format")]),
    (person(phone="abc"), [("client.phone", "bad_format")]),
    (person(given_name="آر\u0000ش"), [("client.given_name", "bad_format")]),
    (stranger(subject=["متن"]), [("subject", "bad_format")]),
    (stranger(outcome="later"), [("outcome", "bad_format")]),
    (stranger(documents="سند"), [("documents", "bad_format")]),
    (stranger(continues="1234"), [("continues", "bad_format")]),
    (stranger(confirm="client"), [("confirm", "bad_format")]),
    (stranger(receipt="yes", receipt_reason="چون"), [("receipt", "bad_format")]),
    (visit("زهرا"), [("client", "bad_format")]),  # type: ignore[arg-type]
    # wrong check digits
    (person(**WRONG), [(NATIONAL, "bad_check_digit")]),
    (person(**WRONG) | {"confirm": [NATIONAL]}, [(NATIONAL, "bad_check_digit")]),
    (stranger(representative=BESIDE | WRONG), [("representative.national_number", "bad_check_digit")]),
    (stranger(continues="123412345672"), [("continues", "bad_check_digit")]),
    # days
    (person(birth_date="1350-07-31"), [("client.birth_date", "not_a_date")]),
    (person(birth_date="1971-03-21"), [("client.birth_date", "not_a_date")]),
    (person(birth_date=jalali(1)), [("client.birth_date", "not_a_date")]),
    (stranger(due_on="فردا"), [("due_on", "not_a_date")]),
    (stranger(bring_by="1405-13-01"), [("bring_by", "not_a_date")]),
    (stranger(due_on=jalali(91)), [("due_on", "not_allowed")]),
    (stranger(due_on=jalali(-1)), [("due_on", "not_allowed")]),
    (stranger(bring_by=jalali(91)), [("bring_by", "not_allowed")]),
    # nobody and nothing
    (stranger() | {"service": "999"}, [("service", "unknown_service")]),
    (visit({"id": "00000000-0000-7000-8000-000000000000"}), [("client.id", "not_found")]),
    (visit({"id": "somebody"}), [("client.id", "not_found")]),
    (stranger(continues=make_tracking_code(5001, 1)), [("continues", "not_found")]),
    # to be asked
    (person(national_number="1111111111"), [(NATIONAL, "needs_confirmation")]),
    (person(national_number="12345678"), [(NATIONAL, "bad_check_digit")]),
    (person(national_number="12345679"), [(NATIONAL, "needs_confirmation")]),
]


@pytest.fixture(scope="module")
def counter(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Program:
    return copy_of(office, tmp_path_factory.mktemp("refused"))


@pytest.fixture(scope="module")
def answers(counter: Program) -> list[dict[str, Any]]:
    """All of them in one go, and a good one at the end."""
    return counter.register(*(said for said, _ in REFUSED), stranger(1))


@pytest.mark.parametrize("n", range(len(REFUSED)), ids=lambda n: "+".join(code for _, code in REFUSED[n][1]))
def test_a_line_is_refused_by_field_and_code(answers: list[dict[str, Any]], n: int) -> None:
    said, expected = REFUSED[n]
    assert answers[n].keys() == {"line", "errors"}, (said, answers[n])
    assert answers[n]["line"] == n + 1
    assert [(error["field"], error["code"]) for error in answers[n]["errors"]] == expected, said
    assert all(0 < len(error["message"]) < 200 for error in answers[n]["errors"])


def test_the_lines_after_a_refused_one_go_on_and_only_they_are_in_the_book(
    counter: Program, answers: list[dict[str, Any]]
) -> None:
    assert answers[-1]["line"] == len(REFUSED) + 1
    *rows, totals = counter.run("log", "--format", "json").lines
    assert [row["tracking_code"] for row in rows] == [answers[-1]["tracking_code"]]
    assert totals["totals"]["registered"] == 1
    assert counter.run("find", SOMEBODY["family_name"] + " " + SOMEBODY["given_name"]).out == ""


def test_what_is_no_json_is_refused_as_that_line(program: Program) -> None:
    lines = [
        b"not json",
        b'{"client": NaN}',
        b'{"client": {"kind": "person"}',
        b'{"subject": "\\ud800"}',
        b'{"subject": "\xff"}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"1" * 100_000,
        b'{"subject": "' + b"x" * 2_000_000 + b'"}',
    ]
    done = program.run("register", "--as", CLERK, stdin=b"\n".join(lines))
    codes = [[error["code"] for error in line["errors"]] for line in done.lines]
    assert codes == [["not_json"]] * 8 + [["too_long"]]
    assert done.code == 1


def test_who_has_no_right_to_register_is_told_so(program: Program) -> None:
    (answer,) = program.register(stranger(), as_=REGISTRAR)
    assert [(error["field"], error["code"]) for error in answer["errors"]] == [("as", "not_allowed")]


def test_a_wrong_check_digit_is_taken_when_two_people_say_so(program: Program) -> None:
    said = person(**WRONG) | {"override": {NATIONAL: "کارت همین را می‌گوید"}}
    (alone,) = program.register(said)
    assert {"field", "code", "message"} <= alone["errors"][0].keys()
    assert [error["code"] for error in alone["errors"]] == ["bad_check_digit", "not_allowed"]

    (taken,) = program.register(said, approve=SUPERVISOR)
    shown = program.run("show", taken["tracking_code"]).line
    assert "override" in shown["flags"]
    assert shown["client"]["national_number"] == WRONG["national_number"][:3] + "*******"

    themselves = program.run("register", "--as", CLERK, "--approve", CLERK, MIZ_APPROVER_PIN=program.password)
    assert (themselves.code, themselves.out) == (1, "")
