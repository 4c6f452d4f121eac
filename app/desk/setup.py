"""Making an empty desk: the store and its keys, the office, its services and holidays, the first administrator."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection

from app.book import files
from app.book.append import Fact, Pen
from app.desk.desk import HOME_OFFICE, Desk, Writing
from app.desk.schema import DeskSchema
from app.vault.store import Store, create_store
from models.calendar import now_us, parse_jalali
from models.entries import DeskOpened, Entry, HolidaySet, OfficeSet, PersonAdmitted, ServiceOffered, ServicePublished
from models.files import head_of, name_of
from models.ids import new_id, reference_id
from models.people import MIN_PASSWORD, hash_password
from models.text import ascii_digits, fold, has_forbidden, search_key
from resources.paths import SAMPLE

SAMPLE_SERVICES = "sample"
UNJOINED_DESKS = range(5_000, 10_000)
"""Desk numbers from which a desk that has not joined a centre draws its own."""

FIRST_ROLES = ("clerk", "supervisor", "administrator")


class SetupError(Exception):
    """The desk cannot be made from what was given: the `field` and a stable `code`. Nothing was made."""

    def __init__(self, field: str, code: str, line: int = 0) -> None:
        super().__init__(field, code, line)
        self.field = field
        self.code = code
        self.line = line


class SetupDone(msgspec.Struct, frozen=True):
    """The new desk, open, and the code that belongs in the office's safe; it is shown once."""

    desk: Desk
    recovery_code: str


class _ServiceFile(msgspec.Struct, kw_only=True):
    """A line of a services file: what `services` prints, with `steps`."""

    code: str
    title: str
    working_days: int = 0
    unit: str = ""
    officer: str = ""
    cost: int = 0
    documents: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    service_id: str = ""
    description: str = ""
    sample: bool = False


def make_office(
    folder: Path,
    *,
    office: str,
    desk_name: str,
    admin: str,
    password: str,
    desk_number: int | None = None,
    services: str = SAMPLE_SERVICES,
    tracking_url: str = "",
    emblem: str = "",
    clock: Callable[[], int] = now_us,
) -> SetupDone:
    """Makes a desk in an empty folder. Raises `SetupError` for what was given, `StoreError` for the folder.

    With `services` = "sample" the sample office's services, letterhead and hours are taken and marked as a sample;
    otherwise it names a file of JSON lines. `emblem` names a picture file for the head of papers.
    """
    office, desk_name, admin = (
        _name(f, v) for f, v in (("office", office), ("desk_name", desk_name), ("admin", admin))
    )
    if len(password) < MIN_PASSWORD:
        raise SetupError("password", "too_short" if password else "required")
    if desk_number is not None and not 1 <= desk_number <= 9_999:
        raise SetupError("desk_number", "bad_format")
    published = list(_published(services))
    settings = _office(office, _tracking_url(tracking_url), services == SAMPLE_SERVICES)
    drawing = _drawing(emblem) if emblem else b""
    if drawing:
        settings = msgspec.structs.replace(settings, emblem=name_of(head_of(drawing, "image/png").hash))
    number = desk_number if desk_number is not None else secrets.choice(UNJOINED_DESKS)
    verifier = hash_password(password)
    public, private = _signing_pair()

    admin_id = new_id()
    first: list[tuple[UUID, Entry]] = [
        (reference_id("office", "home"), settings),
        (reference_id("desk", str(number)), DeskOpened(number=number, name=desk_name, public_key=public)),
        (admin_id, PersonAdmitted(name=admin, roles=FIRST_ROLES, verifier=verifier)),
        *((reference_id("service", entry.offered.code), entry) for entry in published),
        *((reference_id("holiday", entry.day.isoformat()), entry) for entry in _holidays()),
    ]
    facts = [Fact(new_id(), subject, admin_id, entry) for subject, entry in first]
    store, recovery_code = create_store(folder, _FirstDay(number, private, facts, drawing, clock()))
    desk = Desk(store, clock)
    return SetupDone(desk, recovery_code)


class _FirstDay(DeskSchema):
    """Makes the tables and says the first facts in one transaction: there is a whole desk, or none."""

    def __init__(self, number: int, signing_key: bytes, facts: list[Fact], drawing: bytes, now: int) -> None:
        super().__init__()
        self._pen = Pen(HOME_OFFICE, number, new_id())
        self._signing_key = signing_key
        self._facts = facts
        self._drawing = drawing
        self._now = now

    def upgrade(self, connection: Connection) -> None:
        super().upgrade(connection)
        Store.keep(connection, "desk_number", str(self._pen.desk).encode())
        Store.keep(connection, "incarnation", self._pen.incarnation.bytes)
        Store.keep(connection, "signing_key", self._signing_key)
        if self._drawing:
            files.put(connection, HOME_OFFICE, self._drawing, "image/png", self._now, unsent=True)
        Writing(connection, self._pen, self._now, False).add(*self._facts)


def _name(field: str, value: str) -> str:
    folded = fold(value)
    if has_forbidden(value):
        raise SetupError(field, "bad_format")
    if not search_key(folded):
        raise SetupError(field, "required")
    if len(folded) > 100:
        raise SetupError(field, "too_long")
    return folded


def _tracking_url(url: str) -> str:
    url = url.strip().rstrip("/")
    if url and not (url.lower().startswith(("https://", "http://")) and url.isascii() and url.isprintable()):
        raise SetupError("tracking_url", "bad_format")
    if " " in url or len(url) > 100:
        raise SetupError("tracking_url", "bad_format")
    return url


def _signing_pair() -> tuple[bytes, bytes]:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    return key.public_key().public_bytes_raw(), key.private_bytes_raw()


def _office(name: str, tracking_url: str, sample: bool) -> OfficeSet:
    sheet: dict[str, Any] = msgspec.json.decode((SAMPLE / "office.json").read_bytes()) if sample else {}
    known = {field: sheet[field] for field in OfficeSet.__struct_fields__ if field in sheet}
    return msgspec.convert(known | {"name": name, "tracking_url": tracking_url, "kind": "office.set"}, OfficeSet)


def _drawing(file: str) -> bytes:
    from printing.emblem import EmblemError, drawing_of

    try:
        return drawing_of(Path(file).read_bytes())
    except OSError:
        raise SetupError("emblem", "not_found") from None
    except EmblemError:
        raise SetupError("emblem", "bad_format") from None


def _published(services: str) -> Iterator[ServicePublished]:
    """The services of a file, numbered in its order. Raises `SetupError` with the line that is not one."""
    path = SAMPLE / "services.jsonl" if services == SAMPLE_SERVICES else Path(services)
    try:
        content = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    except OSError:
        raise SetupError("services", "not_found") from None
    codes: set[str] = set()
    for number, line in enumerate(content.splitlines(), 1):
        if not line.strip():
            continue
        try:
            given = msgspec.json.decode(line, type=_ServiceFile)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            raise SetupError("services", "not_json", number) from None
        entry = _service(given, len(codes) + 1, services == SAMPLE_SERVICES)
        if entry is None or entry.offered.code in codes:
            raise SetupError("services", "bad_format", number)
        codes.add(entry.offered.code)
        yield entry


def _service(given: _ServiceFile, number: int, sample: bool) -> ServicePublished | None:
    texts = (given.code, given.title, given.unit, given.officer, given.service_id, *given.documents, *given.steps)
    if any(has_forbidden(text) or len(text) > 200 for text in texts):
        return None
    code, title = fold(ascii_digits(given.code)), fold(given.title)
    if not code or len(code) > 40 or not search_key(title) or number > 65_535:
        return None
    if not (0 <= given.working_days <= 90 and 0 <= given.cost < 10**15 and len(given.documents) <= 50):
        return None
    offered = ServiceOffered(
        code=code,
        number=number,
        title=title,
        service_id=ascii_digits(given.service_id),
        unit=fold(given.unit),
        officer=fold(given.officer),
        cost=given.cost,
        working_days=given.working_days,
        steps=tuple(map(fold, given.steps)),
    )
    return ServicePublished(offered=offered, documents=tuple(map(fold, given.documents)), sample=sample or given.sample)


def _holidays() -> Iterator[HolidaySet]:
    for sheet in msgspec.json.decode((SAMPLE / "holidays.json").read_bytes()):
        yield HolidaySet(
            day=parse_jalali(sheet["day"]),
            title=sheet["title"],
            type=sheet.get("kind", "official"),
            estimated=sheet.get("estimated", False),
        )
