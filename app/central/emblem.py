"""An office's emblem: made from a picture, kept as a file of the office, named in its settings."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection

from app.book import files
from app.central.offices import HOME, settings
from app.central.rights import Hand, NotAccepted, require
from models.files import hash_of, name_of
from models.records import Person
from printing.emblem import EmblemError, drawing_of, png_of


def drawing(picture: bytes) -> bytes:
    """The drawing that papers will carry, as a small PNG. Takes time and memory. Raises `NotAccepted` (`required`,
    `bad_format`, `too_large`, `empty`, `too_detailed`)."""
    if not picture:
        raise NotAccepted("picture", "required")
    try:
        return drawing_of(picture)
    except EmblemError as error:
        raise NotAccepted("picture", error.code) from None


def set_emblem(hand: Hand, office: int, drawn: bytes) -> None:
    """The office's emblem from now on; none where nothing is drawn. Raises `NotAllowed`, `NotAccepted`."""
    require(hand.person, "administrator")
    hand.hold(office)
    before = settings(hand.connection, hand.person, office)
    if before is None:
        raise NotAccepted("office", "not_found")
    name = name_of(files.put(hand.connection, office, drawn, "image/png", hand.now)) if drawn else ""
    if name != before.emblem:
        hand.say(office, (HOME, msgspec.structs.replace(before, emblem=name)))


def emblem(connection: Connection, who: Person, office: int) -> bytes:
    """The drawing that the office's papers carry now, as PNG; empty where there is none, or it is not here. Raises
    `NotAllowed`."""
    known = settings(connection, who, office)
    if known is None:
        return b""
    named = hash_of(known.emblem)
    return png_of(known.emblem) if named is None else files.content(connection, office, named) or b""
