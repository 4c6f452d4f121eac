from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given

from models.ids import client_key, new_id, reference_id
from tests.models.strategies import TEXTS


# These never change: a desk that derived another key would not meet the others.
@pytest.mark.parametrize(
    ("document", "key"),
    [
        (("person", "IR", "2821234562"), "8fa39425-16a0-58b9-8696-39b9c6df7625"),
        (("organisation", "IR", "10380284790"), "217cd90c-7866-5011-8de2-32774390c519"),
        (("passport", "TR", "U12345678"), "eff71494-dfa8-57ba-b942-ff49a0d157b1"),
        (("foreigner", "AF", "123456789012"), "1c85e037-c5d7-5a2d-89c7-f023392381bc"),
    ],
)
def test_every_desk_derives_this_key_for_this_document(document: tuple[str, str, str], key: str) -> None:
    assert client_key(*document) == UUID(key)


def test_every_desk_derives_this_key_for_this_reference() -> None:
    assert reference_id("service", "101") == UUID("878712ca-b18b-5066-b11f-c15443474c97")
    assert reference_id("holiday", "1405-01-01") == UUID("d681559f-6723-5b82-a8ef-d8366a6ea2f2")


def test_kind_country_and_number_are_told_apart() -> None:
    assert (
        len(
            {client_key("a", "b", "c"), client_key("ab", "", "c"), client_key("a", "bc", ""), client_key("", "ab", "c")}
        )
        == 4
    )


@given(TEXTS, TEXTS)
def test_a_derived_key_has_a_key_or_a_reason(kind: str, text: str) -> None:
    try:
        key = reference_id(kind, text)
    except ValueError:
        assert "\x1f" in kind + text or any("\ud800" <= c <= "\udfff" for c in kind + text)
    else:
        assert key.version == 5
        assert reference_id(kind, text) == key


def test_new_ids_grow_and_never_repeat() -> None:
    ids = [new_id() for _ in range(20_000)]
    assert all(earlier < later for earlier, later in pairwise(ids))
    assert {id_.version for id_ in ids} == {7}
    assert type(ids[0]) is UUID
