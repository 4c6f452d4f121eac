"""Facts as a desk says them, for tests of book and folds."""

from uuid import UUID

from app.book.append import Fact, Pen
from models import entries as e
from models.ids import new_id
from models.receipt import ReceiptValues

PEN = Pen(office=0, desk=5001, incarnation=UUID(int=7))
CLERK = UUID(int=1)
NOON = 1_795_000_000_000_000
"""Some moment of 1405, µs UTC."""

SERVICE = e.ServiceOffered(code="101", number=1, title="تمدید مجوز", unit="معاونت اقتصادی", working_days=5)


def details(number: str = "2821234562", family_name: str = "قلی‌زاده", **more: str) -> e.ClientDetails:
    return e.ClientDetails(kind="person", number=number, given_name="حسین", family_name=family_name, **more)  # type: ignore[arg-type]


def fact(subject: UUID, entry: e.Entry, actor: UUID = CLERK) -> Fact:
    return Fact(new_id(), subject, actor, entry)


def client(subject: UUID, **said: str) -> Fact:
    return fact(subject, e.ClientRegistered(details=details(**said)))


def request(subject: UUID, client: UUID, code: str = "500100000019", **more: object) -> Fact:
    entry = e.RequestRegistered(
        client=client,
        said=details(),
        tracking_code=code,
        service=SERVICE,
        outcome=more.pop("outcome", "follow_up"),  # type: ignore[arg-type]
        **more,  # type: ignore[arg-type]
    )
    return fact(subject, entry)


def receipt(subject: UUID, code: str = "500100000019", copy: int = 0) -> Fact:
    values = ReceiptValues(
        kind="follow_up",
        office_name="سازمان",
        desk=5001,
        desk_name="میز ۱",
        clerk="زهرا نوری",
        registered_at=NOON,
        tracking_code=code,
        client_name="حسین قلی‌زاده",
        service=SERVICE.title,
        copy=copy,
    )
    return fact(subject, e.ReceiptAttempted(values=values, template=1))
