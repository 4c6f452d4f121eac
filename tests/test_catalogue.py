"""Every text has its Persian words, and the compiled catalogue is what the code says today."""

import re

import pytest
from babel.messages.catalog import Message

from tests import catalogue

PLACEHOLDER = re.compile(r"\{[^{}]*\}|%(?:\([a-z_]+\))?[sdr]")
STALE = "the catalogue is stale: ./run catalogue"


def placeholders_differ(message: Message) -> bool:
    # The last form of both languages is the general one and must name everything; "one" may leave the number out.
    wanted, given = (sorted(PLACEHOLDER.findall(catalogue.forms(text)[-1])) for text in (message.id, message.string))
    return wanted != given


def test_the_catalogue_holds_the_texts_of_the_code() -> None:
    found = catalogue.template()
    assert catalogue.TEMPLATE.read_bytes() == catalogue.as_po(found), STALE
    assert catalogue.PERSIAN.read_bytes() == catalogue.as_po(catalogue.updated(catalogue.persian(), found)), STALE


def test_the_compiled_catalogue_is_the_written_one() -> None:
    assert catalogue.COMPILED.read_bytes() == catalogue.as_mo(catalogue.persian()), STALE


def test_every_text_has_its_persian_words() -> None:
    assert catalogue.untranslated(catalogue.persian()) == []


def test_a_translation_keeps_every_placeholder() -> None:
    differing = [str(message.id) for message in catalogue.persian() if message.id and placeholders_differ(message)]
    assert differing == []


@pytest.mark.parametrize(
    ("english", "persian", "differs"),
    [
        ("{count} visits", "{count} مراجعه", False),
        ("{count} visits", "مراجعه", True),
        ("due {day}", "تا {date}", True),
        (("one visit", "{count} visits"), ("یک مراجعه", "{count} مراجعه"), False),
    ],
)
def test_a_lost_placeholder_is_noticed(
    english: str | tuple[str, str], persian: str | tuple[str, str], differs: bool
) -> None:
    assert placeholders_differ(Message(english, persian)) is differs
