"""What the counter asks of the desk. Everything here runs behind the two doors, never on the GUI thread."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from models.text import search_key
from resources import words
from resources.words import _
from ui.counter.person import KnownPerson, Similar
from ui.counter.saved import Saved
from ui.paper_acts import PaperActs

if TYPE_CHECKING:
    import datetime

    from app.desk.clients import ClientRow
    from app.desk.daily_log import Totals
    from app.desk.drafts import Draft
    from app.desk.finding import Hit
    from app.desk.latest import Visit
    from app.desk.promises import Agenda, Promise
    from app.desk.visits import Refused, Registered
    from models.entries import ClientDetails
    from models.receipt import ReceiptValues
    from models.records import Person, Service
    from printing.picture import Picture
    from ui.second.presenter import SecondPerson


class Offered(NamedTuple):
    """The office's services, and the ones this clerk uses most."""

    all: tuple[Service, ...]
    frequent: tuple[Service, ...]


class Offer(NamedTuple):
    """The days that would be promised, and the ones that may be."""

    promise: Promise
    agenda: Agenda


class Approval(NamedTuple):
    """A second person's word, and their reason."""

    approver: Person
    reason: str


class DraftRow(NamedTuple):
    """A draft with the words that tell the clerk which visit it was."""

    draft: Draft
    person: KnownPerson | None
    name: str
    service: str


class Today(NamedTuple):
    """The empty counter: the day so far, what was left unfinished, and the last visits at this desk."""

    totals: Totals
    drafts: tuple[DraftRow, ...]
    last: tuple[Visit, ...] = ()


def masked(number: str) -> str:
    """The first three digits of an identity number and a dot for each that is hidden."""
    return words.digits(number[:3]) + "•" * len(number[3:])


def masked_mobile(mobile: str) -> str:
    return words.digits(f"{mobile[:4]}•••{mobile[-4:]}") if len(mobile) > 8 else words.digits(mobile)


class Acts(PaperActs):
    """The desk as this page uses it, for one signed-in clerk. Any method may raise `StoreError`."""

    @property
    def clerk(self) -> str:
        return self.session.person.name

    def warm(self) -> None:
        """Load what the first visit would otherwise wait for."""
        for module in (
            "app.desk.drafts",
            "app.desk.finding",
            "app.desk.visits",
            "printing.receipt",
            "printing.picture",
        ):
            import_module(module)

    def offered(self) -> Offered:
        from app.desk.services import frequent_services, services

        return Offered(services(self.desk), frequent_services(self.desk, self.session))

    def today(self) -> Today:
        from app.desk.daily_log import day_totals
        from app.desk.drafts import listing
        from app.desk.latest import latest_visits
        from models.calendar import business_day, day_number

        totals = day_totals(self.desk, day_number(business_day(self.desk.clock())))
        drafts = listing(self.desk, self.session)
        titles = {each.offered.code: each.offered.title for each in self.offered().all} if drafts else {}
        return Today(totals, tuple(self._draft_row(draft, titles) for draft in drafts), latest_visits(self.desk))

    def _draft_row(self, draft: Draft, titles: dict[str, str]) -> DraftRow:
        client = draft.visit.get("client", {})
        person = self.person(UUID(client["id"])) if "id" in client else None
        said = client.get("name") or f"{client.get('given_name', '')} {client.get('family_name', '')}".strip()
        return DraftRow(draft, person, person.name if person else said, titles.get(draft.visit.get("service", ""), ""))

    def is_at_centre(self, tracking_code: str) -> bool:
        from app.desk.link.standing import is_at_centre

        return is_at_centre(self.desk, tracking_code) is True

    def find(self, text: str) -> tuple[Hit, ...]:
        from app.desk.finding import find

        return tuple(find(self.desk, text, limit=7))

    def person(self, client_id: UUID) -> KnownPerson | None:
        from app.desk.clients import client
        from app.desk.requests import requests_of
        from models.records import OPEN_STATES

        row = client(self.desk, client_id)
        if row is None:
            return None
        requests = requests_of(self.desk, row.id)
        details = row.details
        return KnownPerson(
            id=row.id,
            kind=details.kind,
            name=details.display_name,
            father_name=details.father_name,
            number=masked(details.number),
            mobile=masked_mobile(details.mobile),
            requests=len(requests),
            open_requests=sum(request["state"] in OPEN_STATES for request in requests),
        )

    def full_number(self, client_id: UUID) -> str:
        """The whole number, which the book then says was shown."""
        from app.desk.looking import full_number

        return full_number(self.desk, self.session, client_id)

    def person_of(self, tracking_code: str) -> tuple[KnownPerson | None, str]:
        """Whose request this is; and its code again if the client was guided and now continues that visit."""
        from app.desk.requests import request

        found = request(self.desk, tracking_code)
        return self.person(found.client), tracking_code if found.outcome == "guided" else ""

    def details(self, client_id: UUID) -> dict[str, str]:
        """What the register holds of a client, as it is typed, by path; the number is none of it."""
        from app.desk.clients import client

        row = client(self.desk, client_id)
        if row is None:
            return {}
        held = row.details
        born = words.numeric_date(held.birth_date) if held.birth_date else ""
        texts = {name: getattr(held, name) for name in ("given_name", "family_name", "father_name", "name", "address")}
        digits = {name: words.digits(getattr(held, name)) for name in ("mobile", "phone", "postal_code")}
        return {f"client.{name}": text for name, text in {**texts, **digits, "birth_date": born}.items()}

    def approve(self, second: SecondPerson) -> Approval:
        """The second person's word for a number. Raises `SignInError`."""
        from app.desk.people import approve

        return Approval(approve(self.desk, second.name, second.password, self.session), second.reason)

    def similar(self, written: dict[str, Any]) -> tuple[Similar, ...]:
        """Known people who may be the one described. Input that is not right yet resembles nobody."""
        from app.desk.clients import Known, Question, client, who_is
        from app.desk.sentences import Candidate
        from app.desk.visit_form import VisitForm, read_visit

        form = read_visit({"service": "-", **written})
        if not isinstance(form, VisitForm) or form.client.details is None:
            return ()
        said = form.client.details
        with self.desk.reading() as connection:
            answer = who_is(connection, None, said, form.client.given, another=False)
        if isinstance(answer, Known):
            candidates: tuple[Candidate, ...] = (Candidate(answer.id, answer.details.display_name),)
        elif isinstance(answer, Question):
            candidates = answer.candidates
        else:
            return ()
        rows = [client(self.desk, candidate.id) for candidate in candidates]
        return tuple(self._similar(row, said) for row in rows if row is not None)

    def _similar(self, row: ClientRow, said: ClientDetails) -> Similar:
        from app.desk.requests import requests_of
        from models.calendar import business_day, to_jalali

        known = row.details
        facts = []
        if known.father_name:
            father = _("child of {name}").format(name=known.father_name)
            facts.append((father, search_key(known.father_name) == search_key(said.father_name)))
        if known.mobile:
            mobile = _("mobile {number}").format(number=f"\u2066{masked_mobile(known.mobile)}\u2069")
            same = known.mobile == said.mobile
            facts.append((_("the same mobile") if same else mobile, same))
        number = _("number {number}").format(number=f"\u2066{masked(known.number)}\u2069")
        facts.append((number, known.number == said.number) if known.number else (_("no identity number"), False))
        requests = requests_of(self.desk, row.id)
        if requests:
            _year, month, day = to_jalali(business_day(requests[0]["registered_at"]))
            last = words.digits(f"{day} {words.month(month)}")
            facts.append((_("last visit {day}").format(day=last), False))
        return Similar(row.id, known.display_name, tuple(facts))

    def promise(self, service_code: str, lacking: bool, bring_by: datetime.date | None) -> Offer | None:
        """What would be promised today, and the days from which another may be chosen."""
        from app.desk.promises import agenda, propose

        promise = propose(self.desk, service_code, lacking=lacking, bring_by=bring_by)
        return Offer(promise, agenda(self.desk)) if promise else None

    def register(self, visit: dict[str, Any], draft: UUID, approver: Person | None = None) -> Registered | Refused:
        from app.desk.visits import register

        return register(self.desk, self.session, visit, draft=draft, approver=approver)

    def register_for_printing(
        self, visit: dict[str, Any], draft: UUID, approver: Person | None = None
    ) -> tuple[Registered | Refused, bool]:
        """Registers, and says whether the receipt goes to a printer."""
        prints = self.has_printer()  # first, so that nothing can fail once the visit is registered
        return self.register(visit, draft, approver), prints

    def saved_visit(self, tracking_code: str) -> Saved:
        """The page of a visit that was registered earlier."""
        from app.desk.requests import request

        known = request(self.desk, tracking_code)
        return Saved(
            tracking_code=tracking_code,
            person=known.said.display_name,
            service=known.service.title,
            outcome=known.outcome,
            due_on=known.due_on if known.outcome == "follow_up" else None,
            warnings=(),
            paper="waiting",
            client=known.client,
            prints=True,
            is_voided=known.state == "voided",
            is_declined=known.receipt_declined is not None,
        )

    def save_draft(self, draft: UUID, visit: dict[str, Any]) -> None:
        from app.desk.drafts import save

        save(self.desk, self.session, draft, visit)

    def drop_draft(self, draft: UUID) -> None:
        from app.desk.drafts import drop

        drop(self.desk, draft)

    def letterhead(self) -> ReceiptValues:
        """The receipt's values that are the same for every visit of this clerk."""
        from app.desk.desk import reference
        from models.receipt import ReceiptValues

        with self.desk.reading() as connection:
            office = reference(connection).office
        return ReceiptValues(
            language=words.language(),
            kind="follow_up",
            office_name=office.name,
            office_caption=office.caption,
            emblem=office.emblem,
            desk=self.desk.number,
            desk_name=self.desk.name,
            clerk=self.clerk,
            registered_at=self.desk.clock(),
            tracking_code="",
            client_name="",
            service="",
            phone=office.phone,
            hours=office.hours,
            address=office.address,
            web=office.tracking_url,
            complaint=office.complaint,
            legal_note=office.legal_note,
        )

    def printed_picture(self, tracking_code: str, width: int) -> Picture | None:
        """The paper of a registered visit; None where there is to be none."""
        from app.desk.requests import request

        receipts = request(self.desk, tracking_code).receipts
        return self.picture(receipts[-1].values, width) if receipts else None
