"""Bad input of every kind is refused as that line: never a traceback, never in the store, nothing else lost."""

from __future__ import annotations

import io
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cli.register import MAX_LINE, answers
from app.desk.checking import check
from app.desk.desk import Desk
from app.desk.finding import find
from app.desk.people import Session
from models.text import has_forbidden
from tests.cli.program import PEOPLE, Program, copy_of, session_of, stranger
from tests.desk.counter import CLERK

CODES = {
    *("required", "too_long", "bad_format", "bad_check_digit", "not_a_date", "unknown_service", "unknown_field"),
    *("needs_confirmation", "not_allowed", "not_found", "key_reused", "clock", "not_json"),
}
STEERING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\ufeff"
"""What turns text round on a screen and must not lie in the store."""

NASTY = [
    *("\x00", "\x1b[2J", "\x7f", "\x85", "\ud800", "\udfff\ud800", "\uffff", "\U0010ffff", "\ufdd0"),
    *("\u202e" + "hsilgne", "\u2066" * 50, "\u200c" * 50, "\u0640" * 200, "é" * 20, "e" + "\u0301" * 500, "ﷺ" * 30),
    *("x" * 1_000_000, "ا" * 300_000, " " * 500_000, "\n" * 100, "'; DROP TABLE line; --", '" OR 1=1', "%s%n{0}${x}"),
    *("=cmd|' /C calc'!A0", "<script>", "../../etc/passwd", "NaN", "۱۲۳۴", "٠" * 10, "², ½, Ⅷ", "𝟏𝟐𝟑", "👨‍👩‍👧‍👦", ""),
]
texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=40), st.text(st.characters(), max_size=10))
scalars = st.one_of(
    *(st.none(), st.booleans(), st.integers(), st.integers(10**30, 10**400), st.floats(), texts),
)
anything = st.recursive(
    scalars, lambda some: st.lists(some, max_size=4) | st.dictionaries(texts, some, max_size=4), max_leaves=12
)
FIELDS = ["service", "subject", "note", "documents", "outcome", "due_on", "bring_by", "continues", "receipt"]
FIELDS += ["receipt_reason", "key", "confirm", "override", "representative", "client", "client.id", "client.kind"]
FIELDS += [f"client.{name}" for name in (*PEOPLE[0], "phone", "postal_code", "address", "name", "nationality")]
FIELDS += ["representative.given_name", "representative.national_number", "representative.authority"]


@st.composite
def visits(draw: st.DrawFn) -> dict[str, Any]:
    """A visit that would be good, but for some of its fields."""
    said: dict[str, Any] = json.loads(json.dumps(stranger(draw(st.integers(0, 40)))))
    for path in draw(st.lists(st.sampled_from(FIELDS), max_size=3)):
        part, _, name = path.rpartition(".")
        inside = said.setdefault(part, {"given_name": "علی", "family_name": "نوری"}) if part else said
        if isinstance(inside, dict):
            inside[name] = draw(anything)
    return said


lines = st.one_of(
    st.builds(lambda visit: json.dumps(visit).encode(), visits()),
    st.builds(lambda visit: json.dumps(visit, ensure_ascii=False).encode("utf-8", "surrogatepass"), visits()),
    st.builds(lambda value: json.dumps(value).encode(), anything),
    st.binary(max_size=60),
    st.sampled_from(
        [
            b"[" * 100_000,
            b'{"client":' * 100_000,
            b"9" * 5_000,
            b'{"client": ' + b"9" * 5_000 + b"}",
            b'{"subject": NaN}',
            b'{"key": "a", "key": "b"}',
            b'{"subject": "\\ud800"}',
            b'{"service": "101", "client": -0, "note": 1e999}',
            b"\xef\xbb\xbf{}",
            b"\xff\xfe{\x00}\x00",
            b'{"subject": "' + b"y" * (MAX_LINE + 10) + b'"}',
            b"\x00" * 100,
            b'{"a":1}{"b":2}',
            b"null",
        ]
    ),
).map(lambda line: line.replace(b"\n", b" ").replace(b"\r", b" "))


@pytest.fixture(scope="module")
def counter(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Program:
    return copy_of(office, tmp_path_factory.mktemp("bad"))


@pytest.fixture(scope="module")
def desk(counter: Program) -> Iterator[Desk]:
    opened = counter.desk()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def clerk(desk: Desk) -> Session:
    return session_of(desk, CLERK)


def well_said(answer: dict[str, Any]) -> None:
    """An answer of the contract's shape, with nothing in it that a terminal or a parser would choke on."""
    text = msgspec.json.encode(answer).decode()
    assert len(text) < 20_000
    if "errors" not in answer:
        assert len(answer["tracking_code"]) == 12
        return
    assert answer["errors"]
    for error in answer["errors"]:
        assert error["code"] in CODES
        assert error["message"]
        assert not has_forbidden(error["field"] + error["message"])


def in_the_store(desk: Desk) -> Iterator[str]:
    """Every text of the book and of the tables made from it."""
    with desk.reading() as connection:
        for (body,) in connection.exec_driver_sql("SELECT body FROM line"):
            yield from texts_in(msgspec.json.decode(body))
        for table in ("client", "request", "receipt", "known_word"):
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}"):
                yield from (value for value in row if isinstance(value, str))


def texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inside in value.items():
            yield key
            yield from texts_in(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from texts_in(inside)


@settings(max_examples=250)
@given(st.lists(lines, min_size=1, max_size=5))
def test_every_line_is_answered_whatever_it_holds(desk: Desk, clerk: Session, sent: list[bytes]) -> None:
    stream = io.BytesIO(b"\n".join([*sent, json.dumps(stranger(0)).encode()]))
    said = list(answers(desk, clerk, stream))
    for answer in said:
        well_said(answer)
    expected = [n for n, line in enumerate(sent, 1) if (line.removeprefix(b"\xef\xbb\xbf") if n == 1 else line).strip()]
    assert [answer["line"] for answer in said] == [*expected, len(sent) + 1]


@settings(max_examples=100)
@given(texts)
def test_any_text_may_be_looked_for(desk: Desk, text: str) -> None:
    for hit in find(desk, text.encode("utf-8", "replace").decode(), 5):
        assert hit.name


def test_after_all_that_the_store_is_clean_and_sound(desk: Desk) -> None:
    stored = list(in_the_store(desk))
    assert len(stored) > 1_000
    assert [text for text in stored if has_forbidden(text)] == []
    assert [text for text in stored if set(text) & set(STEERING)] == []
    assert max(map(len, stored)) <= 20_000
    assert list(check(desk)) == []


def test_the_whole_program_takes_a_bad_day(program: Program) -> None:
    """The same in one go through the real door, good visits in between."""
    sent: list[bytes] = []
    for n, text in enumerate(NASTY):
        sent.append(json.dumps(stranger(n)).encode())
        sent += [json.dumps(stranger(n, **{field: text})).encode() for field in ("subject", "key", "continues", text)]
        sent.append(json.dumps(stranger(n) | {"client": PEOPLE[n] | {"given_name": text}}).encode())
        sent.append(json.dumps(text, ensure_ascii=False).encode("utf-8", "surrogatepass").replace(b"\n", b" "))
    sent += [random.Random(7).randbytes(200).replace(b"\n", b"") for _ in range(20)]
    sent += [b"[" * 100_000, b'{"a":' * 100_000, b"9" * 100_000, b"\x00" * 5_000]
    ran = program.run("register", "--as", CLERK, stdin=b"\n".join(sent))
    assert (ran.code, ran.err) == (1, "")
    assert [line["line"] for line in ran.lines] == list(range(1, len(sent) + 1))
    good = [n for n, line in enumerate(sent) if n < 7 * len(NASTY) and n % 7 == 0]
    assert all("tracking_code" in ran.lines[n] for n in good)
    assert program.run("check").code == 0


def test_odd_arguments_are_answered(counter: Program) -> None:
    odd = ["\x1b[2J", "\u202e1234", "%s'; --", os.fsdecode(b"\xff\xfe"), "x" * 100_000]
    shown = counter.run("show", *odd)
    assert (shown.code, shown.out, len(shown.err.splitlines())) == (1, "", len(odd))
    assert not set("\x1b\u202e") & set(shown.err)
    assert counter.run("find", odd[3]).code == counter.run("find", odd[4]).code == 0


def test_any_bytes_may_be_looked_for(counter: Program) -> None:
    queries = [text.encode("utf-8", "surrogatepass").replace(b"\n", b" ") for text in NASTY]
    family_name = PEOPLE[0]["family_name"].encode()
    ran = counter.run("find", "-", stdin=b"\n".join([*queries, b"\xff\xfe", b"", family_name]))
    assert (ran.code, ran.err) == (0, "")
    assert ran.lines[-1]["query"] == len(NASTY) + 3
