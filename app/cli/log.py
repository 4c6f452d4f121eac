"""`log`: a day's register as text, JSON lines or CSV."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from app.cli.exits import REFUSED, WRONG_USE, Stop
from app.cli.terminal import open_desk_of
from app.desk.daily_log import Row, Totals, day_rows, day_totals
from app.desk.desk import Desk
from app.desk.requests import CANNOT_BE_NOTED, note_reading
from models.calendar import business_day, day_number, format_jalali, from_day_number, now_us, parse_jalali
from models.codes import grouped
from models.ids import COMMAND_LINE
from resources import words
from resources.names import state
from resources.words import _

COLUMNS = ("row", "time", "tracking_code", "client_name", "service", "clerk", "outcome", "state", "due_on_jalali")


def run(arguments: argparse.Namespace) -> int:
    """A bad day is wrong use."""
    try:
        day = day_number(parse_jalali(arguments.day) if arguments.day else business_day(now_us()))
    except ValueError:
        raise Stop(_("This is not a day of the calendar; write it as 1405/09/03."), WRONG_USE) from None
    with open_desk_of(arguments) as desk:
        with suppress(*CANNOT_BE_NOTED):  # a store that cannot be written never stops reading
            note_reading(desk, COMMAND_LINE, "log", (str(day),))
        written = "".join(FORMS[arguments.format](desk, day))
    if arguments.out is None:
        sys.stdout.write(written)
        return 0
    try:
        # A spreadsheet takes a file for UTF-8 by its BOM.
        encoding = "utf-8-sig" if arguments.format == "csv" else "utf-8"
        Path(arguments.out).write_text(written, encoding=encoding, newline="")
    except OSError:
        raise Stop(_("The file cannot be written there."), REFUSED) from None
    return 0


def _all_rows(desk: Desk, day: int) -> Iterator[Row]:
    page = day_rows(desk, day)
    while page:
        yield from page
        page = day_rows(desk, day, after=page[-1])


def _as_said(row: Row) -> dict[str, Any]:
    return {
        "row": row.row,
        "time": words.translator("en").clock(row.at),
        "tracking_code": row.tracking_code,
        "client_name": row.client_name,
        "service": row.service,
        "clerk": row.clerk,
        "outcome": row.outcome,
        "state": row.state,
        "due_on_jalali": row.due_on and format_jalali(row.due_on),
    }


def _json(desk: Desk, day: int) -> Iterator[str]:
    for row in _all_rows(desk, day):
        yield msgspec.json.encode(_as_said(row)).decode() + "\n"
    yield msgspec.json.encode({"totals": _totals(day_totals(desk, day))}).decode() + "\n"


def _totals(totals: Totals) -> dict[str, int]:
    return msgspec.structs.asdict(totals)


def _csv(desk: Desk, day: int) -> Iterator[str]:
    """What a spreadsheet would take for a formula is quoted."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in _all_rows(desk, day):
        writer.writerow([_not_a_formula(value) for value in _as_said(row).values()])
    yield text.getvalue()


def _not_a_formula(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") else value


def _text(desk: Desk, day: int) -> Iterator[str]:
    yield words.long_date(from_day_number(day)) + "\n"
    for row in _all_rows(desk, day):
        due = f" · {words.numeric_date(row.due_on)}" if row.due_on else ""
        cells = (words.number(row.row), words.clock(row.at), words.digits(grouped(row.tracking_code)), row.client_name)
        yield "  ".join(cells) + f" · {row.service} · {state(row.state)}{due} · {row.clerk}\n"
    totals = day_totals(desk, day)
    names = {
        "registered": _("registered"),
        "done": _("done on the spot"),
        "guided": _("guided"),
        "follow_up": _("taken in"),
        "late": _("late"),
        "receipts": _("receipts"),
        "safe_at_centre": _("safe at the centre"),
    }
    yield "، ".join(f"{names[name]} {words.number(n)}" for name, n in _totals(totals).items()) + "\n"


FORMS = {"json": _json, "csv": _csv, "text": _text}
