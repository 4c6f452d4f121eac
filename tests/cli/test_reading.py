"""`show`, `find`, `services`, `log`: what a desk says of itself to whoever holds its folder and key."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from models.calendar import business_day, format_jalali, now_us
from models.codes import make_tracking_code
from models.ids import COMMAND_LINE
from models.text import persian_digits
from tests.cli.program import OFFICER, Program, copy_of, stranger, visit
from tests.desk.counter import CLERK, HOSSEIN, MARYAM

TODAY = format_jalali(business_day(now_us()))
SHOWN = {
    *("tracking_code", "state", "client", "service", "subject", "registered_at", "due_on", "due_on_jalali"),
    *("late", "documents", "history", "receipts"),
}


@pytest.fixture(scope="module")
def counter(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A desk with four visits of today."""
    return copy_of(office, tmp_path_factory.mktemp("reading"))


@pytest.fixture(scope="module")
def codes(counter: Program) -> list[str]:
    answers = counter.register(
        visit(HOSSEIN, subject="تمدید مجوز", documents=["تصویر کارت ملی"]),
        visit(HOSSEIN, outcome="done"),
        visit(MARYAM, outcome="guided"),
        visit({"kind": "unidentified", "given_name": "=1+1", "family_name": "بی‌نشان"}, receipt="declined")
        | {"receipt_reason": "نخواست"},
    )
    return [answer["tracking_code"] for answer in answers]


# --- show ------------------------------------------------------------------------------------------------------------


def test_a_request_is_shown_with_client_and_history(counter: Program, codes: list[str]) -> None:
    first, second = counter.run("show", codes[0], codes[1]).lines
    assert first.keys() >= SHOWN
    assert (first["tracking_code"], second["tracking_code"]) == (codes[0], codes[1])
    assert (first["state"], first["late"], first["subject"]) == ("lacking", False, "تمدید مجوز")
    assert first["service"] == "تمدید مجوز فعالیت اقتصادی"
    assert {"title": "تصویر کارت ملی", "received": True} in first["documents"]
    (step,) = first["history"]
    assert step.keys() == {"at", "by", "desk", "kind", "text"}
    assert (step["kind"], step["by"], step["desk"]) == ("register", CLERK, "5001")
    (receipt,) = first["receipts"]
    assert receipt.keys() == {"copy", "outcome", "at"}
    assert (receipt["copy"], receipt["outcome"]) == (0, "queued")


def test_a_code_is_taken_as_anybody_types_it(counter: Program, codes: list[str]) -> None:
    code = codes[0]
    grouped = (code[:4], code[4:8], code[8:])
    arabic = code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    forms = (persian_digits("-".join(grouped)), " ".join(grouped), arabic, f"\u2067{code}\u2069")
    assert [line["tracking_code"] for line in counter.run("show", *forms).lines] == [code] * 4


def test_an_unknown_code_is_said_and_the_others_are_shown(counter: Program, codes: list[str]) -> None:
    unknown = make_tracking_code(5001, 1)
    done = counter.run("show", unknown, codes[0], "1234")
    assert (done.code, done.line["tracking_code"]) == (1, codes[0])
    assert unknown in done.err
    assert "1234" in done.err
    assert counter.run("show").code == 2


def test_identity_numbers_are_masked_unless_somebody_signs_for_them(counter: Program, codes: list[str]) -> None:
    masked = counter.run("show", codes[0])
    assert masked.line["client"]["national_number"] == "282*******"
    assert HOSSEIN["national_number"] not in masked.out
    full = counter.run("show", codes[0], "--full", "--as", CLERK)
    assert full.line["client"]["national_number"] == HOSSEIN["national_number"]

    nobody = counter.run("show", codes[0], "--full")
    no_password = counter.run("show", codes[0], "--full", "--as", CLERK, MIZ_PIN=None)
    no_right = counter.run("show", codes[0], "--full", "--as", OFFICER)
    assert [ran.code for ran in (nobody, no_password, no_right)] == [2, 3, 1]
    assert all(ran.err and not ran.out for ran in (nobody, no_password, no_right))


def test_reading_outside_the_window_is_in_the_book(program: Program, tmp_path: Path) -> None:
    code = program.code_of(stranger())
    program.run("show", code)
    program.run("show", code, "--full", "--as", CLERK)
    program.run("log")
    program.run("receipt", code, "--out", str(tmp_path / "r.pdf"))
    desk = program.desk()
    with desk.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT actor, body FROM line WHERE kind = 'session.opened' ORDER BY sequence"
        )
        opened = [(actor, json.loads(body)) for actor, body in rows]
    desk.close()
    assert [(body["what"], body.get("full", False)) for _, body in opened] == [
        ("show", False),
        ("show", True),
        ("log", False),
        ("receipt", False),
    ]
    assert [actor == COMMAND_LINE.bytes for actor, _ in opened] == [True, False, True, True]


# --- find ------------------------------------------------------------------------------------------------------------


def test_clients_and_requests_are_found(counter: Program, codes: list[str]) -> None:
    (client,) = counter.run("find", "قلي زاده حسين").lines
    assert client.keys() == {"kind", "id", "name", "number"}
    assert (client["kind"], client["name"], client["number"]) == ("client", "حسین قلی‌زاده", "282*******")
    request, *_ = counter.run("find", persian_digits(codes[0])).lines
    assert request == {
        "kind": "request",
        "tracking_code": codes[0],
        "client_name": "حسین قلی‌زاده",
        "service": "تمدید مجوز فعالیت اقتصادی",
        "state": "lacking",
    }


def test_queries_on_standard_input_are_numbered(counter: Program, codes: list[str]) -> None:
    queries = ["\ufeffمریم", "", "هیچ‌کس چنین", "۲۸۲۱۲۳۴۵۶۲", "09149876543", "حسن قلی‌زاده"]
    found = counter.run("find", "-", stdin="\r\n".join(queries).encode())
    assert [(hit["query"], hit["name"]) for hit in found.lines] == [
        (1, "مریم نوری"),
        (4, "حسین قلی‌زاده"),
        (5, "مریم نوری"),
        (6, "حسین قلی‌زاده"),
    ]
    assert found.code == 0


def test_no_more_is_found_than_was_asked_for(counter: Program, codes: list[str]) -> None:
    assert len(counter.run("find", "5001", "--limit", "۳").lines) == 3
    assert counter.run("find", "5001", "--limit", "0").code == 2
    nothing = counter.run("find", "ناپیدا در همه‌جا")
    assert (nothing.code, nothing.out) == (0, "")


# --- services --------------------------------------------------------------------------------------------------------


def test_services_are_listed(counter: Program) -> None:
    services = counter.run("services").lines
    assert len(services) >= 12
    assert services[0].keys() >= {"code", "title", "working_days", "unit", "officer", "cost", "documents"}
    assert [service["code"] for service in services] == sorted(service["code"] for service in services)


# --- log -------------------------------------------------------------------------------------------------------------


def test_the_day_as_json_lines_and_its_totals(counter: Program, codes: list[str]) -> None:
    *rows, last = counter.run("log", "--format", "json").lines
    names = ["row", "time", "tracking_code", "client_name", "service", "clerk", "outcome", "state", "due_on_jalali"]
    assert all(list(row) == names for row in rows)
    assert [(row["row"], row["tracking_code"]) for row in rows] == list(enumerate(codes, 1))
    assert [row["outcome"] for row in rows] == ["follow_up", "done", "guided", "follow_up"]
    assert {row["clerk"] for row in rows} == {CLERK}
    counts = {"registered": 4, "done": 1, "guided": 1, "follow_up": 2, "late": 0, "receipts": 0, "safe_at_centre": 0}
    assert last == {"totals": counts}


def test_the_day_as_csv_is_no_formula_to_a_spreadsheet(counter: Program, codes: list[str], tmp_path: Path) -> None:
    printed = counter.run("log", "--format", "csv", "--day", persian_digits(TODAY.replace("-", "/")))
    rows = list(csv.DictReader(io.StringIO(printed.out)))
    assert [row["tracking_code"] for row in rows] == codes
    assert rows[3]["client_name"] == "'=1+1 بی‌نشان"
    file = tmp_path / "log.csv"
    written = counter.run("log", "--format", "csv", "--out", str(file))
    assert (written.code, written.out) == (0, "")
    assert file.read_bytes() == b"\xef\xbb\xbf" + printed.out.encode()


def test_the_day_as_text_in_the_language_of_the_reader(counter: Program, codes: list[str]) -> None:
    english, persian = counter.run("log").out, counter.run("log", "--lang", "fa").out
    assert " ".join((codes[0][:4], codes[0][4:8], codes[0][8:])) in english
    assert persian_digits(" ".join((codes[0][:4], codes[0][4:8], codes[0][8:]))) in persian
    assert "registered 4" in english
    assert "ثبت" in persian


def test_a_day_without_visits_is_empty_and_a_bad_day_is_wrong_use(counter: Program, tmp_path: Path) -> None:
    (only,) = counter.run("log", "--day", "1400-01-05", "--format", "json").lines
    assert set(only["totals"].values()) == {0}
    for day in ("1405-13-01", "2026-11-24", "امروز", "1405-07-31"):
        done = counter.run("log", "--day", day)
        assert (done.code, done.out) == (2, "")
        assert done.err
    assert counter.run("log", "--format", "yaml").code == 2
    assert counter.run("log", "--out", str(tmp_path / "none" / "log.txt")).code == 1
