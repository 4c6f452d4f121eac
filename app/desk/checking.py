"""Proving the desk's store: pages, chain, tables, find index, codes, files."""

from __future__ import annotations

from collections.abc import Iterator

from app.book.check import check_book
from app.book.files import check_files
from app.desk.desk import Desk
from app.desk.link.returning import lost_by_the_centre
from app.vault.find import check_index
from app.vault.problems import StoreProblem, sort_error
from app.vault.store import check_pages
from models.findings import Finding


def check(desk: Desk) -> Iterator[Finding]:
    """Every finding; nothing when the store is sound. Reads one state of the store, whatever is written meanwhile."""
    with desk.reading() as connection:
        for findings in (check_pages, check_book, check_index, check_files, lost_by_the_centre):
            try:
                yield from findings(connection)
            except Exception as error:  # the database may speak for itself or through SQLAlchemy
                # What cannot be read is a finding; what can be said of the rest is still to come.
                known = sort_error(error)
                if known is None or known.problem not in (StoreProblem.damaged, StoreProblem.wrong_key):
                    raise
                yield Finding("unreadable", findings.__name__)
