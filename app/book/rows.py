"""From a record to the rows of its tables: plain columns for whatever is searched, sorted or shown in a list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Table

from models import tables as t
from models.records import Client, Desk, Flag, Holiday, Office, Person, Receipt, Record, Request, Service
from models.text import search_key, sort_key

Row = tuple[Table, dict[str, Any]]
_json = msgspec.json.Encoder()


def rows_of(record: Record) -> Iterator[Row]:
    """The rows that this record is shown by, each with its table."""
    match record:
        case Client():
            yield t.client, _client(record)
        case Request():
            yield t.request, _request(record)
            for receipt in record.receipts:
                yield t.receipt, _receipt(record, receipt)
        case Person():
            yield t.person, _person(record)
        case Service():
            yield t.service, _service(record)
        case Office():
            yield t.office_settings, {**_key(record), "record": _json.encode(record.settings)}
        case Desk():
            opened = record.opened
            values = {"number": opened.number, "name": opened.name, "public_key": opened.public_key}
            yield t.desk, {**_key(record), **values}
        case Flag():
            yield t.flag, _flag(record)
        case Holiday():
            h = record.holiday
            values = {"day": h.day, "title": h.title, "type": h.type, "estimated": h.estimated, "off": h.off}
            yield t.holiday, {**_key(record), **values}


def _flag(record: Flag) -> dict[str, Any]:
    return {
        **_key(record),
        "reason": record.reason,
        "about": record.about,
        "desk": record.desk,
        "code": record.code,
        "raised_at": record.raised_at,
        "settled_at": record.settled_at,
        "settled_by": record.settled_by,
        "note": record.note,
    }


def _key(record: Record) -> dict[str, Any]:
    return {"office": record.office, "id": record.id, "flags": " ".join(record.flags)}


def _client(record: Client) -> dict[str, Any]:
    d = record.details
    return {
        "office": record.office,
        "id": record.id,
        "kind": d.kind,
        "number": d.number,
        "country": d.country,
        "given_name": d.given_name,
        "family_name": d.family_name,
        "name": d.name,
        "father_name": d.father_name,
        "birth_date": d.birth_date,
        "mobile": d.mobile,
        "phone": d.phone,
        "postal_code": d.postal_code,
        "address": d.address,
        "given_key": search_key(d.given_name),
        "family_key": search_key(d.family_name or d.name),
        "father_key": search_key(d.father_name),
        "sort_key": sort_key(f"{d.family_name} {d.given_name}" if d.family_name else d.name),
        "registered_at": record.registered_at,
        "merged_into": record.merged_into,
        "flags": " ".join(record.flags),
    }


def _request(r: Request) -> dict[str, Any]:
    return {
        "office": r.office,
        "id": r.id,
        "client": r.client,
        "tracking_code": r.tracking_code,
        "desk": r.desk,
        "registered_at": r.registered_at,
        "business_day": r.business_day,
        "registered_by": r.registered_by,
        "client_name": r.said.display_name,
        "service_code": r.service.code,
        "service_title": r.service.title,
        "outcome": r.outcome,
        "state": r.state,
        "state_at": r.state_at,
        "unit": r.unit,
        "officer": r.officer,
        "due_on": r.due_on,
        "receipt": r.receipt_outcome,
        "copies": r.copies,
        "key": r.key,
        "flags": " ".join(r.flags),
    }


def _receipt(request: Request, receipt: Receipt) -> dict[str, Any]:
    return {
        "office": request.office,
        "id": receipt.id,
        "request": request.id,
        "copy": receipt.copy,
        "at": receipt.at,
        "outcome": receipt.outcome,
        "flags": "",
    }


def _person(record: Person) -> dict[str, Any]:
    return {
        **_key(record),
        "name": record.name,
        "name_key": search_key(record.name),
        "roles": " ".join(record.roles),
        "unit": record.unit,
        "verifier": record.verifier,
        "retired": record.retired,
    }


def _service(record: Service) -> dict[str, Any]:
    return {
        **_key(record),
        "code": record.offered.code,
        "title_key": search_key(record.offered.title),
        "record": _json.encode(record),
    }
