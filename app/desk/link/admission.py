"""Asking to join a centre, from window or command line: what was typed is looked at first, and every refusal has its
sentence."""

from __future__ import annotations

import ssl
from pathlib import Path

from app.desk.desk import Desk
from app.desk.link.centre import NotAdmitted, Unreachable, is_safe
from app.desk.link.joining import AlreadyJoined, join
from app.desk.people import Session
from app.wire.messages import Enrolled
from models.text import ascii_digits, compact
from resources.words import _


class JoinError(Exception):
    """The desk did not join, and nothing was changed. `code` is `bad_address`, `bad_certificate`, `wrong_code`,
    `unreachable`, `joined` (it has a centre already) or `not_allowed`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def ask_to_join(
    desk: Desk, address: str, code: str, certificate: Path | None = None, session: Session | None = None
) -> Enrolled:
    """Joins as `join` does; the file of the `certificate` holds whom to trust at that address. With a session, for
    administrators only. Raises `JoinError` and `StoreError`."""
    if session is not None and not session.may("administrator"):
        raise JoinError("not_allowed")
    url = ascii_digits(address).strip().rstrip("/")
    if not is_safe(url):
        raise JoinError("bad_address")
    try:
        return join(desk, url, compact(code), _text_of(certificate))
    except AlreadyJoined:
        raise JoinError("joined") from None
    except NotAdmitted:
        raise JoinError("wrong_code") from None
    except Unreachable:
        raise JoinError("unreachable") from None
    except (ssl.SSLError, ValueError):
        raise JoinError("bad_certificate") from None


def join_sentence(error: JoinError) -> str:
    """Why the desk did not join, and what to do."""
    sentences = {
        "bad_address": _("A centre on another computer needs an https:// address."),
        "bad_certificate": _("The file with the centre's certificate cannot be read."),
        "wrong_code": _("The code is not right, or it has run out; ask the centre's administrator for one."),
        "unreachable": _("The centre could not be reached; nothing was changed. Try again."),
        "joined": _("This desk has joined a centre already."),
        "not_allowed": _("Only an administrator joins the desk to a centre."),
    }
    return sentences[error.code]


def _text_of(certificate: Path | None) -> str:
    if certificate is None:
        return ""
    try:
        return certificate.read_text("ascii")
    except (OSError, UnicodeDecodeError):
        raise JoinError("bad_certificate") from None
