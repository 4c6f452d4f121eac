"""A receipt as PDF, A5 with its QR code: warm, and as the first thing that a program does."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
from sqlalchemy import select

from app.book.histories import histories
from app.desk.desk import HOME_OFFICE
from models import tables as t
from models.entries import ReceiptAttempted
from models.receipt import ReceiptValues
from printing.receipt import render_receipt
from tests.bench.ground import Ground
from tests.bench.measuring import Beside, Figure, median, milliseconds, p95, program

PAPERS = 200
TIMES = 7
_COLD = (
    "import sys, msgspec; from pathlib import Path; from models.receipt import ReceiptValues; "
    "from printing.receipt import render_receipt; "
    "render_receipt(msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=ReceiptValues))"
)


def figures(ground: Ground) -> Iterator[Figure]:
    """Receipts of visits that are in the book; every one has another client and code."""
    values = values_of(ground)
    render_receipt(values[0])
    warm = [milliseconds(render_receipt, each) for each in values]
    yield Figure(name="receipt", value=p95(warm), unit="ms", note=f"p95 of {len(warm)}, median {median(warm):.3g} ms")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "values.json")
        file.write_bytes(msgspec.json.encode(values[0]))
        cold, floor = [], []
        for _ in range(TIMES):
            cold.append(program("-c", _COLD, str(file)))
            floor.append(program("-c", "pass"))
    beside = Beside("an interpreter that does nothing", median(floor))
    yield Figure(name="receipt.cold", value=median(cold), unit="ms", beside=beside, note=f"median of {TIMES} programs")


def values_of(ground: Ground) -> list[ReceiptValues]:
    with ground.desk.reading() as connection:
        query = select(t.request.c.id).where(t.request.c.office == HOME_OFFICE, t.request.c.copies >= 0).limit(PAPERS)
        requests = list(connection.execute(query).scalars())
        found = histories(connection, HOME_OFFICE, requests)
    entries = (recorded.entry for history in found.values() for recorded in history)
    return [entry.values for entry in entries if isinstance(entry, ReceiptAttempted)]
