"""`receipt`: the receipt as a PDF file or on paper, or a clerk's word on whether one came out."""

from __future__ import annotations

import argparse
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.exits import DONE, REFUSED, WRONG_USE, Stop
from app.cli.terminal import code_or_none, open_desk_of, say, tell
from app.desk.folder import path_text
from app.desk.receipts import NoSuchRequest, Unconfirmed, Voided, write_receipt
from app.desk.requests import CANNOT_BE_NOTED, note_reading
from models.ids import COMMAND_LINE
from resources.words import _

if TYPE_CHECKING:
    from app.desk.desk import Desk


def run(arguments: argparse.Namespace) -> int:
    """Prints which copy it was, 0 the original and n the n-th duplicate, and what became of it."""
    if arguments.slip and not arguments.out:
        raise Stop(_("A slip is written to a file: --out FILE.pdf."), WRONG_USE)
    if not (arguments.out or arguments.print or arguments.came_out):
        raise Stop(_("Say where it goes: --out FILE.pdf or --print QUEUE."), WRONG_USE)
    code = code_or_none(arguments.code)
    with open_desk_of(arguments) as desk:
        try:
            if code is None:
                raise NoSuchRequest(arguments.code)
            if arguments.came_out:
                _say_whether_it_came_out(desk, code, arguments)
            if arguments.slip:
                return _write_slip(desk, code, arguments)
            if arguments.print:
                return _print(desk, code, arguments)
            if arguments.out:
                return _write(desk, code, arguments)
        except NoSuchRequest:
            raise Stop(
                _("No request has this code at this desk: {code}").format(code=arguments.code[:40]), REFUSED
            ) from None
        except Voided:
            raise Stop(_("This visit was voided; no paper of it comes out any more."), REFUSED) from None
        except Unconfirmed:
            say({"tracking_code": code, "outcome": "unknown", "reason": "unconfirmed"})
            raise Stop(
                _("Nobody knows whether the last paper came out. Look, and say --came-out yes or --came-out no."),
                REFUSED,
            ) from None
    return DONE


def _write(desk: Desk, code: str, arguments: argparse.Namespace) -> int:
    from app.desk.printers import printers

    paper = arguments.paper or printers(desk).paper
    try:
        page = write_receipt(desk, code, Path(arguments.out), actor=COMMAND_LINE, paper=paper, how="command line")
    except OSError:
        raise Stop(_("The file cannot be written there; the receipt is still to come out."), REFUSED) from None
    say({"tracking_code": code, "copy": page.copy, "outcome": "printed", "file": path_text(arguments.out)})
    return DONE


def _write_slip(desk: Desk, code: str, arguments: argparse.Namespace) -> int:
    from app.desk.other_papers import NothingLacks, lacking_slip
    from app.desk.printers import printers

    paper = arguments.paper or printers(desk).paper
    try:
        slip = lacking_slip(desk, code, paper)
        with suppress(*CANNOT_BE_NOTED):  # a store that cannot be written never stops reading
            note_reading(desk, COMMAND_LINE, "receipt", (code,))
        Path(arguments.out).write_bytes(slip)
    except NothingLacks:
        raise Stop(_("No paper is lacking."), REFUSED) from None
    except OSError:
        raise Stop(_("The file cannot be written there."), REFUSED) from None
    say({"tracking_code": code, "slip": "lacking", "file": path_text(arguments.out)})
    return DONE


def _print(desk: Desk, code: str, arguments: argparse.Namespace) -> int:
    from app.desk.paper_words import paper_sentence, printer_sentence
    from app.desk.printers import PrinterError, paper_for, queue
    from app.desk.spool import print_receipt

    try:
        printer = queue(desk, arguments.print)
    except PrinterError as error:
        say({"tracking_code": code, "outcome": "failed", "reason": "unknown-queue"})
        raise Stop(printer_sentence(error), REFUSED) from None
    came = print_receipt(
        desk,
        code,
        printer,
        actor=COMMAND_LINE,
        paper=arguments.paper or paper_for(desk, printer),
        how="command line",
        told=lambda report: tell(paper_sentence(report)),
        patience=arguments.wait,
    )
    say({"tracking_code": code, "copy": came.copy, "outcome": came.outcome, "reason": came.reason})
    return DONE if came.outcome == "printed" else REFUSED


def _say_whether_it_came_out(desk: Desk, code: str, arguments: argparse.Namespace) -> None:
    from app.desk.spool import say_whether_it_came_out, waiting

    for paper in waiting(desk, code):
        if paper.is_unconfirmed:
            came_out = arguments.came_out == "yes"
            say_whether_it_came_out(desk, paper.request, paper.attempt, came_out, COMMAND_LINE)
            outcome = "printed" if came_out else "failed"
            say({"tracking_code": code, "copy": paper.copy, "outcome": outcome, "reason": "clerk"})
            return
    raise Stop(_("There is no paper of this request whose coming out is not known."), REFUSED)
