"""Looking for a copy: a data folder that was copied, moved or restored must not go on in the chain of the other one.

A fork is found by the centre in any case. What can be seen before is looked at when the line is taken up: whether this
is the computer and the folder in which the book was last written, and whether a note outside the folder tells of
later lines than the book has, as after a restored backup.
"""

from __future__ import annotations

import hashlib
import os
import sys
import uuid
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import msgspec

from app.book.append import mark_of
from app.desk.desk import Desk
from app.desk.link.membership import Membership, keep, membership
from app.vault.store import Store
from models.ids import new_id


class _Place(msgspec.Struct, frozen=True):
    machine: str
    folder: str


class _Trace(msgspec.Struct, frozen=True):
    """The last line that was seen in a folder: of which desk (by its key), in which chain, which sequence."""

    desk: str
    incarnation: UUID
    sequence: int


_PLACE = "place"


def look_for_copy(desk: Desk) -> bool:
    """Whether the folder has turned out to be a copy, moved, or older than it was; the desk then goes on in a chain of
    its own, and nothing that it holds is touched. Does nothing for a desk without a centre. Raises `StoreError`."""
    here, trace = _here(desk), _read_trace(desk)
    with desk.reading() as connection:
        known, kept = membership(connection), Store.kept(connection, _PLACE)
        last = 0 if known is None else mark_of(connection, known.writes.pen).next_sequence - 1
    if known is None or desk.store.read_only:
        return False
    there = None if kept is None else msgspec.json.decode(kept, type=_Place)
    is_copy = (there is not None and there != here) or _is_older(known, last, trace)
    if is_copy or there is None:
        with desk.store.writing() as connection:
            Store.keep(connection, _PLACE, msgspec.json.encode(here))
            now = membership(connection)
            if is_copy and now is not None and now.chains == known.chains:
                last = mark_of(connection, now.writes.pen).next_sequence - 1
                after = now.going_on(last, new_id(), desk.clock())
                Store.keep(connection, "incarnation", after.writes.incarnation.bytes)
                keep(connection, after)
    return is_copy


def leave_trace(desk: Desk) -> None:
    """Notes outside the folder how far its book has come. Nothing hangs on whether it could be written."""
    with desk.reading() as connection:
        known = membership(connection)
        if known is None:
            return
        last = mark_of(connection, known.writes.pen).next_sequence - 1
    path = _trace_file(desk)
    trace = _Trace(_name(desk), known.writes.incarnation, last)
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = path.with_suffix(f".{os.getpid()}.new")
        new.write_bytes(msgspec.json.encode(trace))
        new.replace(path)


def _is_older(known: Membership, last: int, trace: _Trace | None) -> bool:
    if trace is None:
        return False
    if trace.incarnation == known.writes.incarnation:
        return trace.sequence > last
    return all(trace.incarnation != chain.incarnation for chain in known.chains)


def _read_trace(desk: Desk) -> _Trace | None:
    with suppress(OSError, msgspec.DecodeError):
        trace = msgspec.json.decode(_trace_file(desk).read_bytes(), type=_Trace)
        if trace.desk == _name(desk):  # else the folder held another desk once
            return trace
    return None


def _trace_file(desk: Desk) -> Path:
    from platformdirs import user_state_path

    name = hashlib.sha256(_here(desk).folder.encode("utf-8", "surrogateescape")).hexdigest()[:32]
    return user_state_path("miz", appauthor=False) / "last-sequence" / f"{name}.json"


def _name(desk: Desk) -> str:
    return hashlib.sha256(desk.public_key).hexdigest()[:32]


def _here(desk: Desk) -> _Place:
    folder = os.fsencode(desk.store.folder.resolve()).decode("utf-8", "backslashreplace")
    return _Place(hashlib.sha256(b"miz" + _machine()).hexdigest()[:32], folder)


def _machine() -> bytes:
    """What the operating system calls this computer; its network card's number where it has no name."""
    if sys.platform == "win32":
        import winreg

        with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0]).encode()
    with suppress(OSError):
        return Path("/etc/machine-id").read_bytes().strip()
    return uuid.getnode().to_bytes(6, "big")
