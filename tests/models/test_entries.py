"""Entries keep their names and shapes for ever: a sample body of every kind and version stays readable."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from models import entries as e
from models.entries import KINDS, UnknownKind, decode, encode

SAMPLES: dict[str, str] = json.loads(Path(__file__).with_name("entry_samples.json").read_text("utf-8"))
"""`kind@version` → the body as that program wrote it. Only ever added to."""


@pytest.mark.parametrize("name", SAMPLES)
def test_a_body_of_every_version_is_read(name: str) -> None:
    kind, _at, version = name.partition("@")
    entry = decode(kind, int(version), SAMPLES[name].encode())
    assert entry.kind == kind
    assert decode(kind, entry.version, encode(entry)) == entry


def test_every_kind_and_version_has_its_sample() -> None:
    assert {f"{kind}@{struct.version}" for kind, struct in KINDS.items()} <= SAMPLES.keys()


def test_the_present_version_writes_the_samples_bytes() -> None:
    for kind, struct in KINDS.items():
        body = SAMPLES[f"{kind}@{struct.version}"].encode()
        assert encode(decode(kind, struct.version, body)) == body


@pytest.mark.parametrize(("kind", "version"), [("client.beamed_up", 1), ("client.registered", 99)])
def test_what_a_newer_program_wrote_is_named_as_such(kind: str, version: int) -> None:
    with pytest.raises(UnknownKind):
        decode(kind, version, b"{}")


def test_older_versions_are_lifted_step_by_step() -> None:
    class Newest(e.Entry, tag="test.thing", frozen=True, kw_only=True):
        version = 3
        names: tuple[str, ...]

    def split(fields: dict[str, Any]) -> dict[str, Any]:
        return fields | {"names": fields["name"].split()}

    def polite(fields: dict[str, Any]) -> dict[str, Any]:
        return fields | {"names": [*fields["names"], "!"]}

    lifts = {("test.thing", 1): split, ("test.thing", 2): polite}
    lifted = decode("test.thing", 1, b'{"kind":"test.thing","name":"a b"}', {"test.thing": Newest}, lifts)
    assert lifted == Newest(names=("a", "b", "!"))


def test_an_entry_cannot_be_changed() -> None:
    entry = e.ReceiptDeclined(reason="نخواست")
    with pytest.raises(AttributeError):
        entry.reason = "خواست"  # type: ignore[misc]


def test_a_body_that_is_none_is_refused() -> None:
    with pytest.raises(msgspec.DecodeError):
        decode("client.registered", 1, b"{}")
