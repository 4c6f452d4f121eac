"""What commands share at the terminal: output, words for people, secrets, opening a desk, signing in."""

from __future__ import annotations

import argparse
import getpass
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from app.cli.exits import NO_STORE, REFUSED, WRONG_USE, Stop
from app.desk.folder import data_folder
from resources import words
from resources.words import _, ngettext

if TYPE_CHECKING:
    from app.desk.desk import Desk
    from app.desk.people import Session
    from models.records import Person

T = TypeVar("T")

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202d\u202e]")

LONGEST_WAIT_SECONDS = 10
"""After wrong tries a command waits out a delay up to this long; a longer one is said and ends it."""


def say(answer: object) -> None:
    """One JSON object on a line of standard output, flushed."""
    sys.stdout.write(msgspec.json.encode(answer).decode() + "\n")
    sys.stdout.flush()


def tell(sentence: str) -> None:
    """A sentence for people, on standard error. What it repeats of theirs steers no terminal."""
    if sentence:
        with suppress(OSError):  # nobody listens, or the disk that it goes to is full
            print(_CONTROL.sub("\ufffd", sentence), file=sys.stderr, flush=True)


def progress(what: str) -> Any:
    """A progress line on standard error, drawn only where a person can see it: call it with (done, of)."""
    if not sys.stderr.isatty():
        return lambda done, of: None

    def draw(done: int, of: int) -> None:
        share = done * 100 // max(of, 1)
        end = "\n" if done >= of else ""
        print(f"\r{what} {share}% [{'#' * (share // 4):<25}]", end=end, file=sys.stderr, flush=True)

    return draw


def folder_of(arguments: argparse.Namespace) -> Path:
    """The data folder: `--data`, else `MIZ_DATA`, else the user's data folder of the operating system."""
    return data_folder(getattr(arguments, "data", None))


@contextmanager
def open_desk_of(arguments: argparse.Namespace) -> Iterator[Desk]:
    """The open desk of the data folder, closed at the end. Raises `StoreError`."""
    from app.desk.desk import open_desk
    from app.desk.failures import keep_log

    folder = folder_of(arguments)
    desk = open_desk(folder, progress(_("Bringing the tables up to date")))
    keep_log(folder)
    try:
        yield desk
    finally:
        desk.close()


def secret(arguments: argparse.Namespace, variable: str, prompt: str, *, twice: bool = False) -> str:
    """A person's password: from `--pin-file`, the environment, or a prompt. Raises `Stop`."""
    file = getattr(arguments, "pin_file", None) if variable == "MIZ_PIN" else None
    if file is not None:
        try:
            return Path(file).read_text("utf-8").removesuffix("\n").removesuffix("\r")
        except (OSError, UnicodeDecodeError):
            raise Stop(_("The file with the password cannot be read."), NO_STORE) from None
    from_environment = environment(variable)
    if from_environment is not None:
        return from_environment
    nobody = Stop(_("A password is needed: set {variable} or use --pin-file.").format(variable=variable), NO_STORE)
    if not sys.stdin.isatty() and not sys.stderr.isatty():
        raise nobody
    try:
        typed = getpass.getpass(prompt + " ")
        if twice and getpass.getpass(_("Once more:") + " ") != typed:
            raise Stop(_("The two passwords are not the same."), WRONG_USE)
    except EOFError:
        raise nobody from None
    return typed


def environment(variable: str) -> str | None:
    """The variable's text as UTF-8, whatever locale decoded it; None where it is not set."""
    value = os.environ.get(variable)
    return None if value is None else os.fsencode(value).decode("utf-8", "surrogateescape")


def sign_in_as(desk: Desk, arguments: argparse.Namespace) -> Session:
    """The session of `--as`. Raises `Stop` with exit code 3 when the person cannot be signed in."""
    from app.desk import people

    password = secret(arguments, "MIZ_PIN", _("Password of {name}:").format(name=arguments.as_))
    session = _patiently(lambda: people.sign_in(desk, arguments.as_, password, how="command line"))
    _say_how_long_alone(desk)
    return session


def _say_how_long_alone(desk: Desk) -> None:
    """A fortnight without its centre is told at every sign-in; the work goes on."""
    from app.desk.link.membership import days_alone

    with desk.reading() as connection:
        days = days_alone(connection, desk.clock())
    if days:
        tell(
            ngettext(
                "This desk has not heard of its centre for {n} day.",
                "This desk has not heard of its centre for {n} days.",
                days,
            ).format(n=words.number(days))
        )


def second_person(desk: Desk, arguments: argparse.Namespace, session: Session) -> Person:
    """The second person of `--approve`. Raises `Stop`."""
    from app.desk import people

    password = secret(arguments, "MIZ_APPROVER_PIN", _("Password of {name}:").format(name=arguments.approve))
    return _patiently(lambda: people.approve(desk, arguments.approve, password, session))


def _patiently(attempt: Callable[[], T]) -> T:
    from app.desk.failures import sign_in_sentence
    from app.desk.people import SignInError

    while True:
        try:
            return attempt()
        except SignInError as error:
            if error.code == "wait" and error.wait_seconds <= LONGEST_WAIT_SECONDS:
                time.sleep(error.wait_seconds)
                continue
            code = REFUSED if error.code == "not_allowed" else NO_STORE
            raise Stop(sign_in_sentence(error), code) from None


def code_or_none(text: str) -> str | None:
    """A tracking code as typed, in twelve ASCII digits; None for what is none."""
    from models.codes import CodeError, parse_tracking_code

    try:
        return parse_tracking_code(text)
    except CodeError:
        return None
