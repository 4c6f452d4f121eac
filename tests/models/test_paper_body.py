from base64 import b32encode
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.paper_body import PaperBody, from_payload, pack, to_payload, unpack
from tests.models.strategies import HUGE, TEXTS

BODY = PaperBody("123412345671", 29_845_462, date(2027, 2, 20), 101, 0)
PACKED = bytes.fromhex("011cbbf2f34701c767d626b8006500")
SIGNATURE = bytes(range(64))
SIGNED = (
    "AEOLX4XTI4A4OZ6WE24AAZIAAAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQTCQKRMFYY"
    "DENBWHA5DYPSAIJCEMSCKJRHFAUSUKZMFUXC6MBRGIZTINJWG44DSOR3HQ6T4PY"
)

QR_CAPITALS = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")

BODIES = st.builds(
    PaperBody,
    code=st.text("0123456789", min_size=12, max_size=12),
    minute=st.integers(0, 2**32 - 1),
    due=st.none() | st.dates(date(2000, 1, 2), date(2179, 6, 6)),
    service=st.integers(0, 65_535),
    copy=st.integers(0, 255),
)


def test_these_bytes_are_signed_for_these_values() -> None:
    assert pack(BODY) == PACKED
    assert unpack(PACKED) == BODY


def test_a_receipt_that_promises_no_day_has_none() -> None:
    assert unpack(pack(BODY._replace(due=None))).due is None


def test_the_code_leads_to_the_tracking_address_in_the_letters_a_qr_code_holds_best() -> None:
    payload = to_payload(BODY, SIGNATURE, "https://peygiri.example.ir/")
    assert payload == f"HTTPS://PEYGIRI.EXAMPLE.IR/{SIGNED}"
    assert set(payload) <= QR_CAPITALS
    assert to_payload(BODY, SIGNATURE, "https://peygiri.example.ir") == payload


@pytest.mark.parametrize("address", [None, ""])
def test_without_an_address_the_code_is_for_desks_only(address: str | None) -> None:
    assert to_payload(BODY, SIGNATURE, address) == f"MIZ:{SIGNED}"


@pytest.mark.parametrize(
    "scanned",
    [
        f"MIZ:{SIGNED}",
        f"miz:{SIGNED.lower()}",
        f"HTTPS://PEYGIRI.EXAMPLE.IR/{SIGNED}",
        f"https://peygiri.example.ir/r/{SIGNED.lower()}/\n",
    ],
)
def test_a_scan_is_read_in_capitals_or_not(scanned: str) -> None:
    assert from_payload(scanned) == (BODY, SIGNATURE)


@given(BODIES, st.binary(min_size=64, max_size=64), st.sampled_from([None, "https://x.ir", "https://x.ir/a/b/"]))
def test_what_was_printed_is_read_back(body: PaperBody, signature: bytes, address: str | None) -> None:
    assert unpack(pack(body)) == body
    assert len(pack(body)) == 15
    assert from_payload(to_payload(body, signature, address)) == (body, signature)


@pytest.mark.parametrize(
    "body",
    [
        BODY._replace(code="12341234567"),
        BODY._replace(code="۱۲۳۴۱۲۳۴۵۶۷۱"),
        BODY._replace(minute=2**32),
        BODY._replace(minute=-1),
        BODY._replace(due=date(2000, 1, 1)),
        BODY._replace(due=date(1999, 1, 1)),
        BODY._replace(due=date(2179, 6, 7)),
        BODY._replace(service=65_536),
        BODY._replace(copy=256),
    ],
)
def test_a_value_without_room_is_refused(body: PaperBody) -> None:
    with pytest.raises(ValueError, match=r"receipt|digits|due day"):
        pack(body)


def test_a_signature_has_64_bytes() -> None:
    with pytest.raises(ValueError, match="64"):
        to_payload(BODY, bytes(63), None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        SIGNED,
        "MIZ:",
        f"MIZ:{SIGNED[:-1]}",
        f"MIZ:{SIGNED}A",
        f"MIZ:{SIGNED[:-1]}Z",  # bits beyond the last byte
        f"MIZ:{SIGNED.replace('A', '1')}",
        f"MIZ:{'ſ' + SIGNED[1:]}",
        "MIZ:" + b32encode(bytes([2]) + PACKED[1:] + SIGNATURE).decode().rstrip("="),
        "MIZ:" + b32encode(b"\x01\xff\xff\xff\xff\xff" + PACKED[6:] + SIGNATURE).decode().rstrip("="),
    ],
)
def test_another_text_is_no_receipt(text: str) -> None:
    with pytest.raises(ValueError, match="receipt"):
        from_payload(text)


@given(TEXTS | st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", min_size=127, max_size=127).map("MIZ:".__add__))
def test_any_scan_is_a_receipt_or_a_value_error(text: str) -> None:
    try:
        body, signature = from_payload(text)
    except ValueError:
        return
    assert to_payload(body, signature, None) == text


@given(st.binary(max_size=20))
def test_any_bytes_are_a_body_or_a_value_error(packed: bytes) -> None:
    try:
        body = unpack(packed)
    except ValueError:
        return
    assert pack(body) == packed


@pytest.mark.parametrize("text", HUGE, ids=range(len(HUGE)))
def test_a_megabyte_is_no_receipt(text: str) -> None:
    with pytest.raises(ValueError, match="receipt"):
        from_payload(text)
