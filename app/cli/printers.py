"""`printers`: which printers there are, what they can, and what the desk calls them."""

from __future__ import annotations

import argparse
from typing import Any

from app.cli.exits import DONE, REFUSED, WRONG_USE, Stop
from app.cli.terminal import open_desk_of, say, sign_in_as, tell
from app.desk import printers as desk_printers
from app.desk.desk import Desk
from app.desk.paper_words import paper_sentence, printer_sentence
from app.desk.printers import PrinterError, Printers
from printing.printers import PAPERS, Queue, Unreachable, open_printer
from resources.words import _

TEST_SECONDS = 60


def run(arguments: argparse.Namespace) -> int:
    """Makes the change, if one is asked for, and prints every printer on a line."""
    with open_desk_of(arguments) as desk:
        if any((arguments.add, arguments.remove, arguments.default, arguments.usual)):
            _change(desk, arguments)
        if arguments.test:
            return _test(desk, arguments)
        settings = desk_printers.printers(desk)
        for queue in desk_printers.queues(desk):
            say(_shown(queue, settings))
    return DONE


def _test(desk: Desk, arguments: argparse.Namespace) -> int:
    from app.desk.other_papers import print_test_page

    try:
        queue = desk_printers.queue(desk, arguments.test)
    except PrinterError as error:
        raise Stop(printer_sentence(error), REFUSED) from None
    paper = arguments.paper or desk_printers.paper_for(desk, queue)
    report = print_test_page(desk, queue, paper, TEST_SECONDS)
    say({"name": queue.name, "paper": paper, "outcome": report.state, "reason": report.reason})
    tell(paper_sentence(report))
    return DONE if report.state == "printed" else REFUSED


def _change(desk: Desk, arguments: argparse.Namespace) -> None:
    if not arguments.as_:
        raise Stop(_("Changes take an administrator: --as USER."), WRONG_USE)
    session = sign_in_as(desk, arguments)
    try:
        if arguments.add:
            desk_printers.add_printer(desk, session, *_pair(arguments.add))
        if arguments.remove:
            desk_printers.remove_printer(desk, session, arguments.remove)
        if arguments.default:
            desk_printers.set_default(desk, session, *_pair(arguments.default))
        if arguments.usual:
            desk_printers.set_usual_paper(desk, session, arguments.usual)
    except PrinterError as error:
        raise Stop(printer_sentence(error), REFUSED) from None


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        raise Stop(_("Write it as NAME=VALUE: {text}").format(text=text[:60]), WRONG_USE)
    return name, value


def _shown(queue: Queue, settings: Printers) -> dict[str, Any]:
    try:
        papers = open_printer(queue).papers()
        reachable = True
    except Unreachable:
        papers, reachable = None, False
    return {
        "name": queue.name,
        "kind": queue.kind,
        "uri": queue.uri,
        "reachable": reachable,
        "papers": None if papers is None else [paper for paper in PAPERS if paper in papers],
        "default": [paper for paper, name in settings.defaults.items() if name == queue.name],
        "usual_paper": settings.paper,
    }
