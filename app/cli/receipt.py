"""`receipt`: the receipt as a PDF file."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.exits import DONE, REFUSED
from app.cli.terminal import Stop, code_or_none, open_desk_of, say
from app.desk.folder import path_text
from app.desk.receipts import NoSuchRequest, write_receipt
from app.desk.requests import COMMAND_LINE
from resources.words import _


def run(arguments: argparse.Namespace) -> int:
    """Prints which copy was written; 0 is the original, n the n-th duplicate."""
    code = code_or_none(arguments.code)
    with open_desk_of(arguments) as desk:
        try:
            if code is None:
                raise NoSuchRequest(arguments.code)
            page = write_receipt(
                desk, code, Path(arguments.out), actor=COMMAND_LINE, paper=arguments.paper, how="command line"
            )
        except NoSuchRequest:
            raise Stop(
                _("No request has this code at this desk: {code}").format(code=arguments.code[:40]), REFUSED
            ) from None
        except OSError:
            raise Stop(_("The file cannot be written there; the receipt is still to come out."), REFUSED) from None
    say({"tracking_code": code, "copy": page.copy, "outcome": "printed", "file": path_text(arguments.out)})
    return DONE
