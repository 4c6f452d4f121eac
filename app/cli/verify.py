"""`verify`: whether a receipt is genuine, from its QR code's text or from a file with the code on it."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.exits import DONE, REFUSED, Stop
from app.cli.terminal import open_desk_of, say
from app.desk.verifying import Verified, as_said, verify
from models.paper_body import from_payload
from resources.words import _


def run(arguments: argparse.Namespace) -> int:
    """Prints the verdict and the signed values; exit code 0 for a genuine receipt alone."""
    texts = _texts(arguments.payload)
    with open_desk_of(arguments) as desk:
        verified = max((verify(desk, text) for text in texts), key=_weight)
    say(as_said(verified))
    return DONE if verified.verdict == "genuine" else REFUSED


def _weight(verified: Verified) -> int:
    return 2 * (verified.verdict == "genuine") + (verified.body is not None)


def _texts(named: str) -> list[str]:
    """The code's text as it was given, or the texts of the codes in the file that was named."""
    try:
        from_payload(named)
    except ValueError:
        content = _content(named)
    else:
        return [named]
    if content is None:
        return [named]
    from printing.scan import Unreadable, qr_texts

    try:
        texts = qr_texts(content)
    except Unreadable:
        raise Stop(_("This file is neither a PDF nor a picture that can be read."), REFUSED) from None
    if not texts:
        raise Stop(_("No QR code can be read in this file; scan the receipt again, whole and straight."), REFUSED)
    return texts


def _content(named: str) -> bytes | None:
    from app.desk.folder import system_path

    try:
        path = Path(system_path(named))
        if not path.is_file():
            return None
        return path.read_bytes()
    except (OSError, ValueError):
        return None
