"""The chain's bytes are a promise: a sample is kept here, and no later program may hash it otherwise."""

from uuid import UUID

import msgspec

from models.lines import GENESIS, Line, chained, digest, header, is_intact

FIRST = Line(
    office=0,
    desk=17,
    incarnation=UUID("01923a5e-0000-7000-8000-000000000001"),
    sequence=1,
    entry=UUID("01923a5e-0000-7000-8000-000000000002"),
    subject=UUID("01923a5e-0000-7000-8000-000000000003"),
    actor=UUID("01923a5e-0000-7000-8000-000000000004"),
    at=1_795_000_000_000_000,
    business_day=14050903,
    kind="receipt.declined",
    version=1,
    salt=bytes(range(16)),
    digest=digest(bytes(range(16)), '{"kind":"receipt.declined","reason":"نخواست"}'.encode()),
    hash=b"",
    body='{"kind":"receipt.declined","reason":"نخواست"}'.encode(),
)


def test_the_headers_bytes_are_fixed() -> None:
    assert header(FIRST).hex() == (
        "0011"  # desk
        "01923a5e000070008000000000000001"  # incarnation
        "0000000000000001"  # sequence
        "01923a5e000070008000000000000002"  # entry
        "01923a5e000070008000000000000003"  # subject
        "01923a5e000070008000000000000004"  # actor
        "0006608b015f3000"  # time, microseconds
        "00d66657"  # business day
        "10" + b"receipt.declined".hex() + "01" + b"1".hex()
    )


def test_the_sample_chain_has_the_hashes_it_always_had() -> None:
    assert chained(FIRST, GENESIS).hex() == "8ece47bf129f6b1ba88b2363229e3b2f83425fbd1b4a8e5e260d2336c21e3ac8"


def test_every_part_of_a_line_is_under_the_hash() -> None:
    whole = msgspec.structs.replace(FIRST, hash=chained(FIRST, GENESIS))
    assert is_intact(whole, GENESIS)
    other = UUID(int=9)
    for part in (
        {"desk": 18},
        {"incarnation": other},
        {"sequence": 2},
        {"entry": other},
        {"subject": other},
        {"actor": other},
        {"at": FIRST.at + 1},
        {"business_day": 14050904},
        {"kind": "receipt.settled"},
        {"version": 2},
        {"body": b"{}"},
        {"salt": bytes(16)},
    ):
        assert not is_intact(msgspec.structs.replace(whole, **part), GENESIS), part
    assert not is_intact(whole, b"x" * 32)


def test_the_chain_still_holds_where_the_law_had_a_body_erased() -> None:
    whole = msgspec.structs.replace(FIRST, hash=chained(FIRST, GENESIS))
    assert is_intact(msgspec.structs.replace(whole, body=None), GENESIS)
