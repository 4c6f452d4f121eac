"""Proving the desk's store: pages, chain, tables, find index, codes."""

from __future__ import annotations

from collections.abc import Iterator

from app.book.check import check_book
from app.desk.desk import Desk
from app.vault.find import check_index
from app.vault.store import check_pages
from models.findings import Finding


def check(desk: Desk) -> Iterator[Finding]:
    """Every finding; nothing when the store is sound. Reads one state of the store, whatever is written meanwhile."""
    with desk.reading() as connection:
        yield from check_pages(connection)
        yield from check_book(connection)
        yield from check_index(connection)
