"""The desk's printers: what they are called here, the usual paper, and which one each paper goes to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec
from sqlalchemy import Connection

from app.desk.desk import Desk
from app.desk.people import Session
from app.vault.store import Store
from printing.printers import PAPERS, Queue, Unreachable, found_queues, open_printer
from printing.printers.reports import Printer

KEPT = "printers"


class PrinterError(Exception):
    """`code` is `unknown_queue`, `bad_address`, `unknown_paper`, `required` (a name) or `not_allowed`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Printers(msgspec.Struct, frozen=True):
    """`addresses` by the name at this desk, the name that each paper goes to, and the usual paper of a receipt."""

    addresses: dict[str, str] = {}
    defaults: dict[str, str] = {}
    paper: str = "a5"


_settings = msgspec.json.Decoder(Printers)


def kept_printers(connection: Connection) -> Printers:
    """The settings as they stand in this transaction."""
    value = Store.kept(connection, KEPT)
    return _settings.decode(value) if value else Printers()


def printers(desk: Desk) -> Printers:
    """The desk's settings. Raises `StoreError`."""
    with desk.reading() as connection:
        return kept_printers(connection)


def queues(desk: Desk) -> list[Queue]:
    """Every printer that can be named here: the desk's own, then the operating system's. Raises `StoreError`."""
    own = printers(desk).addresses
    return [Queue(name, uri) for name, uri in own.items()] + [q for q in found_queues() if q.name not in own]


def queue(desk: Desk, name: str) -> Queue:
    """The printer of this name at the desk or in the operating system, or at this address.

    Raises `PrinterError` (`unknown_queue`) and `StoreError`.
    """
    own = printers(desk).addresses
    if name in own:
        return Queue(name, own[name])
    named = Queue(name, name)
    if is_address(named):
        return named
    for found in found_queues():
        if found.name == name:
            return found
    raise PrinterError("unknown_queue")


def default_queue(desk: Desk, paper: str) -> Queue | None:
    """Where this paper goes when nobody says; None where that was never settled, or the printer is gone."""
    name = printers(desk).defaults.get(paper)
    try:
        return None if name is None else queue(desk, name)
    except PrinterError:
        return None


def paper_for(desk: Desk, queue: Queue) -> str:
    """The usual paper, or where this printer lacks it the first that it takes. Raises `PrinterError`, `StoreError`."""
    usual = printers(desk).paper
    try:
        papers = printer_of(queue).papers()
    except Unreachable:
        papers = None
    if papers is None or usual in papers:
        return usual
    return next((paper for paper in PAPERS if paper in papers), usual)


def printer_of(queue: Queue) -> Printer:
    """The printer behind the queue. Raises `PrinterError` (`bad_address`)."""
    try:
        return open_printer(queue)
    except ValueError:
        raise PrinterError("bad_address") from None


def add_printer(desk: Desk, session: Session, name: str, uri: str) -> None:
    """Calls the printer at this address by this name from now on. Raises `PrinterError` and `StoreError`."""
    if not name.strip():
        raise PrinterError("required")
    if not is_address(Queue(name, uri)):
        raise PrinterError("bad_address")
    _change(desk, session, lambda now: {"addresses": now.addresses | {name.strip(): uri}})


def remove_printer(desk: Desk, session: Session, name: str) -> None:
    """Forgets the name and whatever goes to it. Raises `PrinterError` and `StoreError`."""

    def without(now: Printers) -> dict[str, object]:
        if name not in now.addresses and name not in now.defaults.values():
            raise PrinterError("unknown_queue")
        return {
            "addresses": {known: uri for known, uri in now.addresses.items() if known != name},
            "defaults": {paper: known for paper, known in now.defaults.items() if known != name},
        }

    _change(desk, session, without)


def set_default(desk: Desk, session: Session, paper: str, name: str) -> None:
    """This paper goes to this printer unless somebody says otherwise. Raises `PrinterError` and `StoreError`."""
    _check_paper(paper)
    queue(desk, name)
    _change(desk, session, lambda now: {"defaults": now.defaults | {paper: name}})


def set_usual_paper(desk: Desk, session: Session, paper: str) -> None:
    """Receipts of visits registered from now on are made for this paper. Raises `PrinterError` and `StoreError`."""
    _check_paper(paper)
    _change(desk, session, lambda now: {"paper": paper})


def is_address(queue: Queue) -> bool:
    """Whether this is the address of some kind of printer."""
    try:
        return bool(queue.kind)
    except ValueError:
        return False


def _check_paper(paper: str) -> None:
    if paper not in PAPERS:
        raise PrinterError("unknown_paper")


def _change(desk: Desk, session: Session, changes: Callable[[Printers], Mapping[str, object]]) -> None:
    if not session.may("administrator"):
        raise PrinterError("not_allowed")
    with desk.store.writing() as connection:
        now = kept_printers(connection)
        changed = msgspec.structs.replace(now, **changes(now))
        desk.store.keep(connection, KEPT, msgspec.json.encode(changed))
