"""What an address of these pages says: numbers, days, the row behind which a page begins. Nobody's data is in it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from uuid import UUID

from litestar.exceptions import NotFoundException

from app.central.desks import OfficeOf
from app.central.keyset import Place
from models.calendar import parse_jalali
from models.text import ascii_digits


def number(text: str) -> int | None:
    """A whole number; None for what is none."""
    digits = ascii_digits(text)
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else None


def held(number: int) -> int:
    """A number of an address's path. Raises NotFoundException for what no table can hold."""
    if not 0 <= number < 1 << 31:
        raise NotFoundException
    return number


def identity(text: str) -> UUID | None:
    """A record's id; None for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def place_of(order: int, id_: UUID) -> str:
    """The row of this time and id, for `place`."""
    return f"{order}-{id_.hex}"


def place(text: str) -> Place | None:
    """The row behind which a page begins; None for the first page."""
    order, _, id_ = text.partition("-")
    found = identity(id_)
    return (
        (int(order), found) if found is not None and order.isascii() and order.isdecimal() and len(order) < 19 else None
    )


def day(text: str, today: datetime.date) -> datetime.date:
    """A Jalali day; today where there is none."""
    try:
        return parse_jalali(text)
    except ValueError:
        return today


def office(text: str, known: Sequence[OfficeOf]) -> int:
    """The office that was asked for, else the first one; 0 where there is none."""
    asked = number(text)
    numbers = [each.number for each in known]
    return asked if asked in numbers and asked is not None else next(iter(numbers), 0)
