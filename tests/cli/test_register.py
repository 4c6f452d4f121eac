"""What `register` takes: a client of every kind, one answer a line, the same answer for the same key."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any

from models.calendar import business_day, format_jalali, now_us, parse_jalali
from models.codes import parse_tracking_code
from tests.cli.program import PEOPLE, Program, copy_of, stranger, visit
from tests.desk.counter import CLERK, HOSSEIN, SUPERVISOR

ANSWER = ["line", "tracking_code", "request", "client", "client_is_new", "registered_at", "due_on", "due_on_jalali"]
COMPANY = {"kind": "organisation", "legal_number": "10380284790", "name": "شرکت تعاونی مرزنشینان ماکو"}
UNIDENTIFIED = {"kind": "unidentified", "given_name": "گل‌بانو", "family_name": "بی‌شناسنامه"}


def test_a_registered_visit_is_answered_with_all_there_is_to_know(program: Program) -> None:
    (answer,) = program.register(stranger())
    assert list(answer) == [*ANSWER, "warnings"]
    assert (answer["line"], answer["client_is_new"], answer["warnings"]) == (1, True, [])
    assert re.fullmatch(r"5001\d{8}", parse_tracking_code(answer["tracking_code"]))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", answer["registered_at"])
    due_on = datetime.date.fromisoformat(answer["due_on"])
    assert due_on == parse_jalali(answer["due_on_jalali"]) > business_day(now_us())


def test_every_kind_of_client_comes_to_the_counter(program: Program) -> None:
    maryam = {"given_name": "مریم", "family_name": "نوری", "national_number": "2831234565", "authority": "مدیرعامل"}
    kinds: list[dict[str, Any]] = [
        visit(COMPANY, representative=maryam),
        visit(
            {"kind": "foreigner", "foreign_number": "123456789012", "nationality": "افغانستان"}
            | {"given_name": "کریم", "family_name": "احمدی"}
        ),
        visit(
            {"kind": "passport", "passport_number": "u 1234567", "nationality": "ترکیه"}
            | {"given_name": "Ayşe", "family_name": "Yılmaz", "mobile": "+90 532 123 45 67"}
        ),
        visit(UNIDENTIFIED, outcome="guided"),
        visit(UNIDENTIFIED | {"given_name": "نازبانو"}, outcome="done"),
        stranger(representative={"given_name": "علی", "family_name": "نوری"}),
    ]
    answers = program.register(*kinds)
    assert all(answer["client_is_new"] for answer in answers)
    shown = program.run("show", *(answer["tracking_code"] for answer in answers)).lines
    assert [request["client"]["kind"] for request in shown] == [said["client"]["kind"] for said in kinds]
    assert [request["state"] for request in shown] == ["lacking", "lacking", "lacking", "guided", "done", "lacking"]
    assert shown[0]["client"]["name"] == COMPANY["name"]
    assert shown[0]["client"]["legal_number"] == "103********"
    assert shown[0]["representative"] == maryam | {"national_number": "283*******"}
    assert (shown[2]["client"]["passport_number"], shown[2]["client"]["mobile"]) == ("U12*****", "+905321234567")
    assert shown[5]["representative"]["family_name"] == "نوری"


def test_letters_and_digits_of_any_keyboard_are_one(program: Program) -> None:
    arabic = {
        "kind": "person",
        "national_number": "٢٨٢-١٢٣٤٥٦-٢",
        "given_name": "حسين",
        "family_name": "قلي‌زاده",
        "father_name": "رحيم",
        "birth_date": "۱۳۵۰/۱/۱",
        "mobile": "+۹۸ ۹۱۴ ۱۲۳ ۴۵۶۷",
    }
    first, again = program.register(visit(arabic), visit(HOSSEIN, subject="يك كار"))
    assert (first["client_is_new"], again["client_is_new"]) == (True, False)
    assert first["client"] == again["client"]
    shown = program.run("show", again["tracking_code"]).line
    assert shown["subject"] == "یک کار"
    assert shown["client"]["mobile"] == "09141234567"
    assert shown["client"]["name"] == "حسین قلی‌زاده"


def test_a_known_client_is_named_by_number_or_id_alone(program: Program) -> None:
    (first,) = program.register(stranger())
    by_id = visit({"id": first["client"]})
    by_number = visit({"kind": "person", "national_number": PEOPLE[0]["national_number"]})
    unnumbered = visit({"id": first["client"], "kind": "unidentified", "mobile": PEOPLE[1]["mobile"]})
    answers = program.register(by_id, by_number, unnumbered)
    assert [(a["client"], a["client_is_new"]) for a in answers] == [(first["client"], False)] * 3
    names = {shown["client"]["name"] for shown in program.run("show", *(a["tracking_code"] for a in answers)).lines}
    assert names == {f"{PEOPLE[0]['given_name']} {PEOPLE[0]['family_name']}"}


def test_somebody_similar_is_a_question_that_the_next_line_answers(program: Program) -> None:
    married = HOSSEIN | {"family_name": "رضایی"}
    first, asked, other = program.register(visit(HOSSEIN), visit(married), visit(married, confirm=["client"]))
    (error,) = asked["errors"]
    assert (error["field"], error["code"]) == ("client", "needs_confirmation")
    assert error["candidates"] == [{"id": first["client"], "name": "حسین قلی‌زاده"}]
    assert other["client_is_new"]
    assert other["client"] != first["client"]

    same_mobile = PEOPLE[3] | {"mobile": HOSSEIN["mobile"], "birth_date": None}
    close_name = PEOPLE[4] | {"given_name": "حسینن", "family_name": "رضایی", "father_name": "رحیم", "birth_date": ""}
    same, *questions = program.register(
        visit(married | {"id": error["candidates"][0]["id"]}), visit(same_mobile), visit(close_name)
    )
    assert (same["client"], same["client_is_new"]) == (first["client"], False)
    for question in questions:
        assert [(e["field"], e["code"]) for e in question["errors"]] == [("client", "needs_confirmation")]


def test_an_unusual_number_is_asked_about_and_taken_when_confirmed(program: Program) -> None:
    field = "client.national_number"
    padded, equal = PEOPLE[0] | {"national_number": "12345679"}, PEOPLE[1] | {"national_number": "۱۱۱۱۱۱۱۱۱۱"}
    answers = program.register(visit(padded), visit(padded, confirm=[field]), visit(equal, confirm=[field]))
    assert [e["code"] for e in answers[0]["errors"]] == ["needs_confirmation"]
    assert [(w["field"], w["code"]) for w in answers[1]["warnings"]] == [(field, "padded")]
    assert answers[1]["warnings"][0]["message"]
    assert "tracking_code" in answers[2]


def test_a_doubtful_mobile_or_postal_code_only_warns(program: Program) -> None:
    (answer,) = program.register(visit(PEOPLE[0] | {"mobile": "09801234567", "postal_code": "12"}))
    assert {(w["field"], w["code"]) for w in answer["warnings"]} == {
        ("client.mobile", "unknown_prefix"),
        ("client.postal_code", "bad_postal_code"),
    }


def test_the_same_key_gives_the_same_answer(program: Program) -> None:
    said = stranger(key="کلید ۱", subject="نخست")
    first, replayed, reused = program.register(said, dict(reversed(said.items())), said | {"subject": "دوم"})
    assert "replayed" not in first
    assert replayed == first | {"line": 2, "replayed": True}
    assert [(e["field"], e["code"]) for e in reused["errors"]] == [("key", "key_reused")]
    (later,) = program.register(said, as_=SUPERVISOR)
    assert later == first | {"replayed": True}
    assert program.run("log", "--format", "json").lines[-1]["totals"]["registered"] == 1


def test_a_guided_visit_is_continued_by_the_one_that_follows(program: Program) -> None:
    guided, taken = (answer["tracking_code"] for answer in program.register(stranger(outcome="guided"), stranger(1)))
    dashed = "-".join((guided[:4], guided[4:8], guided[8:]))
    bearer = {"kind": "unidentified", "family_name": "آورنده"}
    follows, refused = program.register(visit(bearer, continues=dashed), stranger(2, continues=taken))
    assert [(e["field"], e["code"]) for e in refused["errors"]] == [("continues", "not_allowed")]
    told, came = program.run("show", guided, follows["tracking_code"]).lines
    assert (told["state"], told["due_on"], told["receipts"]) == ("guided", None, [])
    assert came["continues"] == guided


def test_a_receipt_may_be_declined_with_a_reason(program: Program) -> None:
    code = program.code_of(stranger(receipt="declined", receipt_reason="نخواست"))
    (declined,) = program.run("show", code).line["receipts"]
    assert (declined["copy"], declined["outcome"]) == (0, "declined")


def test_papers_lack_until_they_are_received(program: Program) -> None:
    whole = program.run("services").lines[0]["documents"]
    some, all_, more = program.register(
        stranger(0, documents=whole[:1]), stranger(1, documents=whole), stranger(2, documents=[*whole, "نامه"])
    )
    codes = [answer["tracking_code"] for answer in (some, all_, more)]
    lacking, ready, beside = program.run("show", *codes).lines
    assert [document["received"] for document in lacking["documents"]] == [True] + [False] * (len(whole) - 1)
    assert (lacking["state"], ready["state"]) == ("lacking", "open")
    assert beside["documents"][-1] == {"title": "نامه", "received": True}
    assert some["due_on"] > all_["due_on"], "with papers lacking it counts from the day by which they are brought"


def test_nothing_is_promised_for_what_is_told_or_done(program: Program) -> None:
    for answer in program.register(stranger(0, outcome="guided"), stranger(1, outcome="done")):
        assert (answer["due_on"], answer["due_on_jalali"]) == (None, None)


def test_another_day_is_promised_as_asked_and_never_a_holiday(program: Program) -> None:
    with_all = {"documents": program.run("services").lines[0]["documents"]}
    days = [business_day(now_us()) + datetime.timedelta(days=n) for n in range(20, 27)]
    answers = program.register(
        *(stranger(n, due_on=format_jalali(day), **with_all) for n, day in enumerate(days)),
        stranger(8, bring_by=format_jalali(days[0])),
    )
    fridays = [answer for answer, day in zip(answers, days, strict=False) if day.weekday() == 4]
    assert [[w["code"] for w in answer["warnings"]] for answer in fridays] == [["holiday"]]
    for answer, day in zip(answers, days, strict=False):
        promised = datetime.date.fromisoformat(answer["due_on"])
        assert promised == day if not answer["warnings"] else promised > day
        assert promised.weekday() != 4
    assert answers[-1]["due_on"] > days[0].isoformat()
    assert program.run("show", answers[-1]["tracking_code"]).line["bring_by_jalali"] >= format_jalali(days[0])


def test_blank_lines_are_counted_and_bom_and_crlf_are_nothing(program: Program) -> None:
    lines = ["\ufeff", json.dumps(stranger(0)), "", "   ", "nonsense", json.dumps(stranger(1))]
    done = program.run("register", "--as", CLERK, stdin="\r\n".join(lines).encode())
    assert [line["line"] for line in done.lines] == [2, 5, 6]
    assert done.code == 1
    nothing = program.run("register", "--as", CLERK, stdin=b"\n \n")
    assert (nothing.code, nothing.out) == (0, "")


def test_each_answer_comes_before_the_next_line_is_given(program: Program) -> None:
    """A script that waits for every answer is never kept waiting, and what was answered is in the book by then."""
    with program.start("register", "--as", CLERK) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for n in range(2):
            process.stdin.write(json.dumps(stranger(n)).encode() + b"\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            assert answer["line"] == n + 1
            assert program.run("show", answer["tracking_code"]).line["tracking_code"] == answer["tracking_code"]
        process.stdin.close()
        assert process.stdout.read() == b""
    assert process.returncode == 0


def test_registering_takes_a_sign_in(program: Program, office: Path, tmp_path: Path) -> None:
    line = json.dumps(stranger()).encode()
    for arguments, environment, said in (
        (("--as", CLERK), {"MIZ_PIN": "نادرست"}, "password"),
        (("--as", "هیچ‌کس"), {}, "Nobody of this name"),
    ):
        done = program.run("register", *arguments, stdin=line, **environment)
        assert (done.code, done.out) == (3, "")
        assert said in done.err
    assert program.run("register", stdin=line).code == 2
    wrong_approver = copy_of(office, tmp_path / "second").run(
        "register", "--as", CLERK, "--approve", SUPERVISOR, stdin=line, MIZ_APPROVER_PIN="نادرست"
    )
    assert (wrong_approver.code, wrong_approver.out) == (3, "")
