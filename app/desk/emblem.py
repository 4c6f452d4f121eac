"""The office's emblem as papers take it.

Entries and values name it by its hash, and values only where its file was here: a paper that came out without it says
so for ever, and the same values always are the same paper.
"""

from __future__ import annotations

import msgspec

from app.book import files
from app.desk.desk import HOME_OFFICE, Desk
from models.files import hash_of
from models.receipt import ReceiptValues
from printing.emblem import text_of


def drawn(desk: Desk, emblem: str) -> str:
    """The drawing of an emblem that an entry names; empty where its file is not here. Raises `StoreError`."""
    named = hash_of(emblem)
    if named is None:
        return emblem
    with desk.reading() as connection:
        return text_of(files.content(connection, HOME_OFFICE, named) or b"")


def with_drawing(desk: Desk, values: ReceiptValues) -> ReceiptValues:
    """A paper's values as it is drawn from them. Raises `StoreError`."""
    return msgspec.structs.replace(values, emblem=drawn(desk, values.emblem))
