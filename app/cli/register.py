"""`register`: visits as JSON lines in, a JSON line of answer each, in order, once it is durable."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from app.cli.exits import DONE, NO_STORE, REFUSED, Stop
from app.cli.terminal import open_desk_of, say, second_person, sign_in_as
from app.desk.desk import Desk
from app.desk.failures import store_sentence
from app.desk.people import Session
from app.desk.requests import moment
from app.desk.sentences import Problem, problem
from app.desk.visits import Registered, register
from app.vault.problems import StoreError
from models.calendar import format_jalali
from models.records import Person
from resources.words import _, number

MAX_LINE = 1024 * 1024
"""A line longer than this many bytes is refused without being kept in memory."""

_decode = msgspec.json.Decoder().decode


def run(arguments: argparse.Namespace) -> int:
    """Exit code 1 if any line was refused. A store that fails ends it after the last line that is safe."""
    refused = False
    with open_desk_of(arguments) as desk:
        session = sign_in_as(desk, arguments)
        approver = second_person(desk, arguments, session) if arguments.approve else None
        for answer in answers(desk, session, sys.stdin.buffer, approver):
            say(answer)
            refused = refused or "errors" in answer
    return REFUSED if refused else DONE


def answers(desk: Desk, session: Session, stream: BinaryIO, approver: Person | None = None) -> Iterator[dict[str, Any]]:
    """An answer for every line that is not blank, once what it says is durable and before the next one is read.

    Raises `Stop` where the store fails.
    """
    for n, line in numbered_lines(stream):
        try:
            yield {"line": n} | _answer(desk, session, line, approver)
        except StoreError as error:
            safe = _("Line {n} was not registered; the lines before it are safe.").format(n=number(n))
            raise Stop(f"{store_sentence(error)} {safe}", NO_STORE) from None


def _answer(desk: Desk, session: Session, line: bytes | None, approver: Person | None) -> dict[str, Any]:
    visit = _visit(line)
    if isinstance(visit, Problem):
        return {"errors": [error_as_said(visit)]}
    answer = register(desk, session, visit, approver=approver)
    if isinstance(answer, Registered):
        return _as_said(answer)
    return {"errors": [error_as_said(error) for error in answer.errors]}


def numbered_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """(number from 1, line) for every line that is not blank; None for one that is too long. A BOM is dropped."""
    n = 0
    while line := stream.readline(MAX_LINE + 2):
        n += 1
        whole: bytes | None = line
        if len(line) > MAX_LINE and not line.endswith(b"\n"):
            whole = None
            while (rest := stream.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                pass
        if n == 1 and whole:
            whole = whole.removeprefix(b"\xef\xbb\xbf")
        if whole is None or whole.strip():
            yield n, whole


def _visit(line: bytes | None) -> object:
    """The line's object, or the problem that it is none."""
    if line is None:
        return problem("", "too_long")
    try:
        visit = _decode(line)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return problem("", "not_json")
    return visit if isinstance(visit, dict) else problem("", "not_json")


def error_as_said(error: Problem) -> dict[str, Any]:
    said: dict[str, Any] = {"field": error.field, "code": error.code, "message": error.message}
    if error.candidates:
        said["candidates"] = [{"id": str(candidate.id), "name": candidate.name} for candidate in error.candidates]
    return said


def _as_said(registered: Registered) -> dict[str, Any]:
    """The answer to a line that was registered."""
    answer: dict[str, Any] = {
        "tracking_code": registered.tracking_code,
        "request": str(registered.request),
        "client": str(registered.client),
        "client_is_new": registered.client_is_new,
        "registered_at": moment(registered.registered_at),
        "due_on": registered.due_on and registered.due_on.isoformat(),
        "due_on_jalali": registered.due_on and format_jalali(registered.due_on),
        "warnings": [
            {"field": warning.field, "code": warning.code, "message": warning.message}
            for warning in registered.warnings
        ],
    }
    return answer | ({"replayed": True} if registered.replayed else {})
