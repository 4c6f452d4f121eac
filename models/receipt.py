"""What a receipt says: every printed value, as values and not as formatted text.

A receipt entry stores one of these whole, so a paper can be drawn again years later exactly as it was
handed over, whatever the profile, the service or the office's letterhead have become since.
"""

from __future__ import annotations

import datetime

import msgspec

TEMPLATE = 1
"""Version of the receipt's template; stored with every attempt so that an old one still draws old receipts."""


class ReceiptValues(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The values of one paper.

    `kind` is the visit's outcome (`follow_up`, `done` or `guided`). `number_kind` is the client's kind, which names the
    number; `number_masked` shows the first three digits of the identity number and nothing else of it; no mobile is
    ever here. Times are microseconds UTC.
    `copy` is 0 for the original and n for the n-th duplicate, which also carries `printed_at`.
    `passcode` is the four-digit look-up code of a person who has neither a document number nor a mobile.
    `emblem` is `star`, the name of a file (models/files.py), or the drawing itself, as papers are drawn from it.
    `payload` is the QR's text, signed by the desk.
    """

    language: str = "fa"
    kind: str
    office_name: str
    office_caption: str = ""
    emblem: str = ""
    desk: int
    desk_name: str
    clerk: str
    registered_at: int
    tracking_code: str
    letter_number: str = ""
    client_name: str
    father_name: str = ""
    number_kind: str = ""
    number_masked: str = ""
    representative: str = ""
    authority: str = ""
    service: str
    service_id: str = ""
    subject: str = ""
    steps: tuple[str, ...] = ()
    unit: str = ""
    officer: str = ""
    cost: int = 0
    received: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    bring_by: datetime.date | None = None
    due_on: datetime.date | None = None
    passcode: str = ""
    phone: str = ""
    hours: str = ""
    address: str = ""
    web: str = ""
    complaint: str = ""
    legal_note: bool = True
    payload: str = ""
    copy: int = 0
    printed_at: int | None = None
