"""What somebody wrote in a form, as it is kept. All raise `NotAccepted`: `required`, `too_long` or `bad_format`."""

from __future__ import annotations

from urllib.parse import urlsplit

from app.central.rights import NotAccepted
from models.text import ascii_digits, fold, has_forbidden, search_key

MOST_LINES = 50


def text(field: str, said: str, longest: int, *, needed: bool = False, multiline: bool = False) -> str:
    """Folded for the store, on one line unless it may have several; with `needed`, one that says something."""
    if has_forbidden(said):
        raise NotAccepted(field, "bad_format")
    said = fold(said, multiline=multiline)
    if needed and not search_key(said):
        raise NotAccepted(field, "required")
    if len(said) > longest:
        raise NotAccepted(field, "too_long")
    return said


def lines(field: str, said: str) -> tuple[str, ...]:
    """One a line; empty ones are left out."""
    found = tuple(line for line in (text(field, line, 200) for line in said.splitlines()) if line)
    if len(found) > MOST_LINES:
        raise NotAccepted(field, "too_long")
    return found


def number(field: str, said: str, most: int) -> int:
    """In any digits, with or without separators; 0 for nothing."""
    digits = ascii_digits(text(field, said, 30)).replace(",", "").replace("٬", "").replace(" ", "")
    if not digits:
        return 0
    if not (digits.isascii() and digits.isdecimal()) or int(digits) > most:
        raise NotAccepted(field, "bad_format")
    return int(digits)


def address(field: str, said: str) -> str:
    """A web address for receipts; empty for none."""
    said = said.strip().rstrip("/")
    if not said:
        return ""
    if len(said) > 100 or not said.isascii() or not said.isprintable() or " " in said:
        raise NotAccepted(field, "bad_format")
    try:
        parts = urlsplit(said)
    except ValueError:
        raise NotAccepted(field, "bad_format") from None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise NotAccepted(field, "bad_format")
    return said
