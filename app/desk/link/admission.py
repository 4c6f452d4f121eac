"""Asking to join a centre, from window or command line: what was typed is looked at first, and every refusal has its
sentence."""

from __future__ import annotations

import ssl
from pathlib import Path

from app.desk.desk import Desk
from app.desk.link import trust
from app.desk.link.centre import NotAdmitted, Unreachable, is_safe
from app.desk.link.joining import AlreadyJoined, check_free, join, trusted
from app.desk.people import Session
from app.wire.messages import Enrolled
from models.codes import CodeError, parse_join_code
from models.text import ascii_digits
from resources.words import _


class JoinError(Exception):
    """The desk did not join, and nothing was changed. `code` is `bad_address`, `bad_certificate`, `misread` (it cannot
    be a code), `wrong_code`, `unreachable`, `not_trusted` (who answers is not the one of the code or the certificate),
    `joined` (it has a centre already) or `not_allowed`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def ask_to_join(
    desk: Desk, address: str, code: str, certificate: Path | None = None, session: Session | None = None
) -> Enrolled:
    """Joins as `join` does. Whom to trust at that address, and nobody else from then on, the file of the `certificate`
    says; without it the code, if it carries a mark; else what the computer trusts. Nothing is said to somebody else.
    With a session, for administrators only. Raises `JoinError`, `ClockSetBack` and `StoreError`."""
    if session is not None and not session.may("administrator"):
        raise JoinError("not_allowed")
    url = ascii_digits(address).strip().rstrip("/")
    if not is_safe(url):
        raise JoinError("bad_address")
    try:
        secret, mark = parse_join_code(code)
        check_free(desk, secret)
        ca = _text_of(certificate) if certificate is not None or mark else trusted(desk)
        if mark and not ca and url.startswith("https:"):
            ca = trust.fetch(url, mark)
        return join(desk, url, secret, ca)
    except AlreadyJoined:
        raise JoinError("joined") from None
    except CodeError:
        raise JoinError("misread") from None
    except NotAdmitted:
        raise JoinError("wrong_code") from None
    except trust.NotTheOne:
        raise JoinError("not_trusted") from None
    except Unreachable as error:
        raise JoinError("not_trusted" if error.reason == "certificate" else "unreachable") from None
    except (ssl.SSLError, ValueError):
        raise JoinError("bad_certificate") from None


def join_sentence(error: JoinError) -> str:
    """Why the desk did not join, and what to do."""
    sentences = {
        "bad_address": _("A centre on another computer needs an https:// address."),
        "bad_certificate": _("The file with the centre's certificate cannot be read."),
        "misread": _("The code was misread; compare it digit by digit."),
        "not_trusted": _(
            "Somebody else answers at this address, or its certificate is not the one that is trusted there. Nothing "
            "was sent. Compare the address, and ask the centre's administrator for a new code."
        ),
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
