"""What travels is small, strict and bounded."""

import os
import random
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from app.book.append import Mark, compose
from app.wire.messages import Pull, Push, Pushed, lines_of, push_of
from app.wire.packing import ON_THE_WIRE, OPEN, NotReadable, TooLarge, pack, unpack
from models.ids import new_id
from models.lines import GENESIS, Line
from tests.book.facts import NOON, PEN, client


def lines(count: int) -> tuple[Line, ...]:
    facts = [client(new_id(), number=f"{n:010}") for n in range(count)]
    return compose(PEN, Mark(), facts, at=NOON, business_day=14_050_903)


def test_lines_arrive_as_they_were_written() -> None:
    written = lines(20)
    arrived = unpack(pack(push_of(written, GENESIS)), Push)
    assert lines_of(arrived, PEN.office) == written


def test_an_erased_body_travels_by_its_digest() -> None:
    written = [msgspec.structs.replace(line, body=None) for line in lines(3)]
    arrived = unpack(pack(push_of(written, GENESIS)), Push)
    assert list(lines_of(arrived, PEN.office)) == written


def test_a_line_of_a_visit_takes_little_room() -> None:
    assert len(pack(push_of(lines(1_000), GENESIS))) / 1_000 < 160


def test_a_bomb_does_not_go_off() -> None:
    bomb = zstandard.ZstdCompressor().compress(bytes(200 << 20))
    assert len(bomb) < ON_THE_WIRE
    with pytest.raises(TooLarge):
        unpack(bomb, Push)


def test_a_large_body_is_not_opened() -> None:
    with pytest.raises(TooLarge):
        unpack(os.urandom(ON_THE_WIRE + 1), Push)


def test_nothing_is_sent_that_would_be_refused() -> None:
    with pytest.raises(TooLarge):
        pack(os.urandom(ON_THE_WIRE))
    with pytest.raises(TooLarge):
        pack(bytes(OPEN + 1))


def test_an_unknown_field_is_refused_with_its_name_and_without_its_value() -> None:
    with pytest.raises(NotReadable, match="colour") as refused:
        unpack(pack({"through": 1, "head": bytes(32), "colour": "secret"}), Pushed)
    assert "secret" not in str(refused.value)


@given(st.binary(max_size=200))
def test_garbage_is_not_readable(data: bytes) -> None:
    with pytest.raises(NotReadable):
        unpack(data, Pull)


@given(st.integers(0, 100))
def test_a_body_that_was_cut_is_not_readable(cut: int) -> None:
    whole = pack(push_of(lines(5), GENESIS))
    with pytest.raises(NotReadable):
        unpack(whole[: len(whole) * cut // 101], Push)


def test_many_threads_pack_at_once() -> None:
    texts = [random.Random(n).randbytes(150_000).hex() for n in range(8)]
    with ThreadPoolExecutor(8) as threads:
        for _turn in range(10):
            packed = list(threads.map(pack, texts))
            assert [unpack(each, str) for each in packed] == texts
