"""Keys of records: time-ordered for what happens here, derived for what several desks must name alike."""

from uuid import UUID, uuid5

from uuid_utils.compat import uuid7

CLIENTS = UUID("6f3a1c0e-52d8-5b47-9c1e-2a7d90b4e385")
"""Namespace of derived client keys. It never changes: two desks meet on the same key because of it."""

REFERENCES = UUID("c9d2e6b8-7f04-5d31-8a96-41b05ce7f21a")
"""Namespace of the organisation's reference data (services, holidays, the office)."""

COMMAND_LINE = UUID("6d697a00-0000-8000-8000-636f6d6d616e")
"""The actor of what is read by command line without a person signed in: whoever holds the data folder and its key."""


def new_id() -> UUID:
    """A fresh UUIDv7. Within one process each is greater than the one before."""
    return uuid7()


def client_key(kind: str, country: str, number: str) -> UUID:
    """The key of the client who holds this document, the same at every desk.

    UUIDv5 in `CLIENTS` over the UTF-8 bytes of `kind`, 0x1F, `country`, 0x1F, `number`, all three already
    normalised for the store. It is personal data like the number itself: never in a log, address or file name.
    Raises ValueError when a part cannot be told from its neighbours or is not text.
    """
    return _derived(CLIENTS, kind, country, number)


def reference_id(kind: str, text: str) -> UUID:
    """The key of a reference record: UUIDv5 in `REFERENCES` over the UTF-8 bytes of `kind`, 0x1F, `text`.

    Raises ValueError like `client_key`.
    """
    return _derived(REFERENCES, kind, text)


def _derived(namespace: UUID, *parts: str) -> UUID:
    if any("\x1f" in part for part in parts):
        raise ValueError("A part of a derived key holds the separator U+001F.")
    return uuid5(namespace, "\x1f".join(parts))
