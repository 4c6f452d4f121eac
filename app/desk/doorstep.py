"""The doorstep: who may sign in is said at once, while the desk itself is still being opened behind it.

Opening a desk reads some hundred modules, which takes several times as long as an empty window. The names of the
people who work here are asked of the file by a few plain statements that need none of them.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from app.vault import keys
from app.vault.file import EncryptedFile, find_file
from app.vault.place import is_writable
from models.calendar import now_us

if TYPE_CHECKING:
    from app.desk.desk import Desk

LAST_SIGNED_IN = "last_signed_in"
"""Under this name the vault keeps the name of whoever signed in last in the window."""

# One office only is known to a desk's own store. `tests/desk/test_doorstep.py` holds these against the tables.
_OFFICE = "SELECT json_extract(CAST(record AS TEXT), '$.name') FROM office_settings"
_DESK = "SELECT name FROM desk WHERE number = (SELECT CAST(CAST(value AS TEXT) AS INTEGER) FROM kept WHERE name = ?)"
_PEOPLE = "SELECT name, roles FROM person WHERE retired = 0 ORDER BY name_key"
_KEPT = "SELECT value FROM kept WHERE name = ?"


class Colleague(NamedTuple):
    name: str
    roles: tuple[str, ...]


class Here(NamedTuple):
    """Who and where we are: people who have not retired, office, desk, and whoever signed in last at this desk."""

    people: tuple[Colleague, ...]
    office: str
    desk: str
    last: str


def here(desk: Desk) -> Here:
    """Asked of an open desk. Raises StoreError."""
    from app.desk.desk import reference
    from app.desk.people import people

    with desk.reading() as connection:
        office = reference(connection).office.name
        last = desk.store.kept(connection, LAST_SIGNED_IN) or b""
    colleagues = tuple(Colleague(person.name, person.roles) for person in people(desk))
    return Here(colleagues, office, desk.name, last.decode())


class Opening:
    """A desk on its way to being open. Any thread may ask; close it when done."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._desk: Desk | None = None
        self._failure: Exception | None = None
        self._peephole: Any = None
        self._turn = Lock()

    @classmethod
    def of(cls, desk: Desk) -> Opening:
        """Of a desk that is open already."""
        opening = cls(desk.store.folder)
        opening._desk = desk
        return opening

    @property
    def is_open(self) -> bool:
        return self._desk is not None

    def now(self) -> int:
        """Microseconds UTC by the desk's clock."""
        return now_us() if self._desk is None else self._desk.clock()

    def glance(self) -> Here | None:
        """What `here` says, without the desk; None where anything is unusual, which `desk` then puts right or says."""
        try:
            return self._glanced()
        except Exception:  # noqa: BLE001  # whatever it is: the ordinary opening tells it properly
            return None

    def desk(self) -> Desk:
        """The open desk, as `open_desk` opens it: the first call takes its time, and others wait for it.

        Raises `StoreError`, every time alike.
        """
        from app.desk.desk import open_desk
        from app.desk.failures import keep_log

        with self._turn:
            if self._failure is not None:
                raise self._failure
            if self._desk is None:
                try:
                    self._desk = open_desk(self._folder)
                    keep_log(self._folder)
                except Exception as error:
                    self._failure = error
                    raise
                finally:
                    self._shut_peephole()
            return self._desk

    def close(self) -> None:
        with self._turn:
            self._shut_peephole()
            if self._desk is not None:
                self._desk.close()

    def _glanced(self) -> Here:
        folder = self._folder.absolute()
        file = EncryptedFile(find_file(folder), keys.load_key(folder), read_only=not is_writable(folder))
        # It stays open until the desk is: the last one to close would take in the log that a crash left behind.
        self._peephole = file.connect("reading", 0)
        ask = self._peephole.execute
        (office,), (desk,) = ask(_OFFICE).fetchone(), ask(_DESK, ("desk_number",)).fetchone()
        people = tuple(Colleague(name, tuple(roles.split())) for name, roles in ask(_PEOPLE))
        (last,) = ask(_KEPT, (LAST_SIGNED_IN,)).fetchone() or (b"",)
        return Here(people, office, desk, last.decode())

    def _shut_peephole(self) -> None:
        peephole, self._peephole = self._peephole, None
        if peephole is not None:
            with suppress(Exception):
                peephole.close()
