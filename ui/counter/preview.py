"""The values of the receipt as far as the visit is written; the paper at the side is drawn from them."""

from typing import TYPE_CHECKING

import msgspec

from app.desk.visit_form import NUMBERS
from models.identity import IdentityError, masked_on_paper
from models.receipt import ReceiptValues
from ui.counter.state import CounterState

if TYPE_CHECKING:
    from ui.counter.person import Person

_NUMBER_KINDS = {"person": "national", "organisation": "legal", "foreigner": "foreign", "passport": "passport"}


def draft_values(letterhead: ReceiptValues, counter: CounterState) -> ReceiptValues:
    """The letterhead filled with what is known of the visit; everything else stays empty and is drawn as grey bars."""
    person, service = counter.person, counter.service.chosen
    values = msgspec.structs.replace(
        letterhead,
        kind=counter.outcome or "follow_up",
        client_name=person.name,
        father_name=person.father_name,
        number_masked=_number(person),
        due_on=counter.due_on,
    )
    values = msgspec.structs.replace(
        values, number_kind=_NUMBER_KINDS.get(person.of_kind, "") if values.number_masked else ""
    )
    if service is None:
        return values
    offered = service.offered
    seen = counter.service.papers_looked_at
    return msgspec.structs.replace(
        values,
        service=offered.title,
        service_id=offered.service_id,
        unit=offered.unit,
        officer=offered.officer,
        cost=offered.cost,
        steps=offered.steps if counter.outcome == "guided" else (),
        received=tuple(title for title in service.documents if title in counter.service.received),
        lacking=counter.service.lacking if seen and counter.lacks_papers else (),
        bring_by=counter.bring_by,
        legal_note=letterhead.legal_note and counter.outcome == "follow_up",
    )


def _number(person: "Person") -> str:
    if person.known is not None:
        return person.known.number
    if person.kind not in NUMBERS:
        return ""
    name, rule = NUMBERS[person.kind]
    try:
        return masked_on_paper(rule(person.texts.get(f"client.{name}", "")).value)
    except IdentityError:
        return ""
