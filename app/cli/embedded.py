"""The demo's own centre: a program beside the window, on this computer only, that ends when the demo does.

Started as a module it serves until its standard input ends, so that it goes with the program that started it, however
that ends.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from app.book.append import Fact, Pen
from app.central.enrolment import make_seat
from app.central.feed import publish
from app.central.places import CENTRE, ORGANISATION
from app.central.store import Store
from app.desk.desk import Desk
from app.desk.doorstep import here
from app.desk.link.centre import NotAdmitted, Unreachable
from app.desk.link.joining import join, move
from app.desk.link.membership import membership
from app.desk.people import people
from app.desk.services import services
from models.calendar import now_us
from models.entries import Entry, PersonAdmitted, ServicePublished
from models.ids import new_id

HOST = "127.0.0.1"
STARTS_WITHIN, ENDS_WITHIN = 30.0, 2.0
_PROJECT = Path(__file__).resolve().parents[2]


class DidNotStart(Exception):
    """The centre does not answer; the desk works without it."""


@contextmanager
def embedded_centre(folder: Path) -> Iterator[int]:
    """A centre with its database in this folder, while the block lasts; gives its port. It may take a second until it
    answers."""
    port = _free_port()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    environment = {name: value for name, value in os.environ.items() if name not in ("MIZ_DATABASE", "MIZ_DATA")}
    with (folder / "centre.log").open("ab") as log:
        child = subprocess.Popen(
            [sys.executable, "-m", "app.cli.embedded", str(folder.absolute()), str(port)],
            cwd=_PROJECT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=log,
        )
    try:
        yield port
    finally:
        _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.stdin is not None:
        child.stdin.close()
    try:
        child.wait(ENDS_WITHIN)
    except subprocess.TimeoutExpired:
        child.kill()  # what it has answered is on the disk
        child.wait()


def take_in(desk: Desk, folder: Path, port: int) -> None:
    """Joins the demo's desk to that centre, or tells it where the centre listens this time. Raises `DidNotStart`."""
    url = f"http://{HOST}:{port}"
    with desk.reading() as connection:
        known = membership(connection)
    if known is not None:
        move(desk, url)
        return
    _wait_for(port)
    store = Store(database_of(folder))
    try:
        with store.writing() as connection:
            facts = [Fact(new_id(), subject, subject, entry) for subject, entry in _of_the_organisation(desk)]
            publish(connection, Pen(ORGANISATION, CENTRE, new_id()), facts, now_us())
            _number, code = make_seat(connection, here(desk).office, desk.name, now_us())
    finally:
        store.close()
    try:
        join(desk, url, code)
    except (Unreachable, NotAdmitted) as error:
        raise DidNotStart from error


def database_of(folder: Path) -> str:
    return f"sqlite:///{folder.absolute() / 'centre.db'}"


def _of_the_organisation(desk: Desk) -> Iterator[tuple[UUID, Entry]]:
    for person in people(desk):
        yield (
            person.id,
            PersonAdmitted(name=person.name, roles=person.roles, unit=person.unit, verifier=person.verifier),
        )
    for service in services(desk):
        yield (
            service.id,
            ServicePublished(offered=service.offered, documents=service.documents, sample=service.sample),
        )


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as found:
        return int(found.getsockname()[1])


def _wait_for(port: int) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end:
        try:
            socket.create_connection((HOST, port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise DidNotStart


def main(folder: str, port: str) -> int:
    """Serves until standard input ends."""
    from app.cli.door import enter

    threading.Thread(target=_end_with_input, daemon=True).start()
    return enter(["--data", folder, "central", "serve", "--host", HOST, "--port", port])


def _end_with_input() -> None:
    sys.stdin.buffer.read()
    signal.raise_signal(signal.SIGINT)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
