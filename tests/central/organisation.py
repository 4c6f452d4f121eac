"""An organisation in the middle of a working day, with something of everything, as its administrators see it."""

from __future__ import annotations

import datetime
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, update

from app.book.append import Fact, Mark, compose
from app.central import desks, flags, offices, people, reference
from app.central.enrolment import revoke
from app.central.feed import take
from app.central.rights import Hand
from app.wire.messages import push_of
from models import entries as e
from models import tables as t
from models.calendar import WorkCalendar, business_day, day_number, parse_jalali
from models.codes import make_tracking_code
from models.ids import new_id
from models.paper_body import PaperBody, pack, to_payload
from resources.paths import SAMPLE
from resources.version import VERSION
from tests.book.facts import details
from tests.central.conftest import Served
from tests.central.staff import ADMINISTRATOR, CLERK, SUPERVISOR, House

NOW = 1_795_510_080_000_000
"""Eighteen past twelve on Tuesday 3 Azar 1405, in Tehran."""
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
MINUTE, DAY = 60_000_000, 86_400_000_000
WEEK = WorkCalendar(frozenset({5, 6, 0, 1, 2}), frozenset())
CLIENTS = """حسین قلی‌زاده
مریم قلی‌پور
رضا قلیان
زهرا محمدزاده
بهمن آقایی
سارا نجفی
یوسف بابایی
لاله رستمی
صمد کاظمی
پریسا یوسفی""".splitlines()


class Organisation(House):
    """Two offices, five desks in every state, people, services, holidays, a day's visits, flags open and settled."""

    def __init__(self, centre: Served) -> None:
        super().__init__(centre, "سازمان منطقه آزاد ماکو")
        self._lay_down()
        self._visits()
        self._desks()

    def hand(self, connection: Connection, name: str = ADMINISTRATOR) -> Hand:
        return Hand(connection, new_id(), self.people[name], NOW)

    def _lay_down(self) -> None:
        lines = (SAMPLE / "services.jsonl").read_bytes().splitlines()
        self.services = [msgspec.json.decode(line) for line in lines]
        with self.store.writing() as connection:
            hand = self.hand(connection)
            for each in self.services:
                texts = {name: str(each[name]) for name in ("code", "title", "unit", "officer", "cost", "working_days")}
                lists = {name: "\n".join(each[name]) for name in ("documents", "steps")}
                reference.publish_service(hand, reference.Draft(**texts, **lists), is_new=True)
            reference.withdraw_service(hand, "803", withdrawn=True)
            for day in msgspec.json.decode((SAMPLE / "holidays.json").read_bytes()):
                reference.set_holiday(
                    hand, parse_jalali(day["day"]), day["title"], day["kind"], estimated=day["estimated"]
                )
            unit = self.services[0]["unit"]
            people.admit_by(hand, "لیلا صادقی", ("unit_officer",), "x", unit)
            people.admit_by(hand, "سمیه کاظمی", ("clerk", "supervisor"), "x", "")
            people.change(hand, people.admit_by(hand, "فرهاد یوسفی", ("clerk",), "x", "").id, retired=True)
            said = {
                "name": "سازمان منطقه آزاد ماکو",
                "caption": "میز خدمت",
                "phone": "044-34372000",
                "address": "ماکو، بلوار منطقه آزاد",
                "hours": "شنبه تا چهارشنبه ۷:۳۰ تا ۱۵، پنج‌شنبه تا ۱۳",
                "tracking_url": "https://peygiri.example.ir",
            }
            offices.set_office(hand, self.office, said, (5, 6, 0, 1, 2), legal_note=True)

    def _visits(self) -> None:
        today = business_day(NOW)
        self.code = make_tracking_code(self.desk, 7_482_690)
        for n, (given, family) in enumerate(map(str.split, CLIENTS)):
            offered = self.services[(0, 4, 0, 2, 10, 5, 14, 7, 4, 12)[n]]
            outcome = "done" if not offered["working_days"] else "guided" if n == 6 else "follow_up"
            due = WEEK.after(today, offered["working_days"]) if outcome == "follow_up" else None
            documents = tuple(e.Document(title=title, received=n != 3) for title in offered["documents"])
            entry = e.RequestRegistered(
                client=new_id(),
                said=msgspec.structs.replace(details(family_name=family, mobile="09141234567"), given_name=given),
                tracking_code=self.code if n in (0, 8) else make_tracking_code(self.desk, 1_000_003 * n),
                service=e.ServiceOffered(
                    code=offered["code"], number=n + 1, title=offered["title"], unit=offered["unit"]
                ),
                outcome=outcome,
                due_on=today - datetime.timedelta(days=1) if n == 7 else due,
                documents=documents if outcome == "follow_up" else (),
            )
            request = new_id()
            self.at(NOW - (len(CLIENTS) - n) * 17 * MINUTE, (request, entry))
            if n == 0:
                self.request = request
                self.at(NOW - 160 * MINUTE, (request, e.RequestReferred(unit="واحد مالی", officer="کسی")))
                self.at(NOW - 150 * MINUTE, (request, e.RequestReferred(unit=offered["unit"], officer="لیلا صادقی")))
        stranger = self.visit(55, "شکوری", due_on=today + datetime.timedelta(days=3))
        self.at(NOW - 12 * MINUTE, stranger, actor=new_id())
        self.at(NOW - 9 * MINUTE, (new_id(), e.RequestAnswered(decision="accepted", text="شد")))
        with self.store.writing() as connection:
            hand = self.hand(connection, SUPERVISOR)
            found = flags.flags(connection, hand.person, self.office, settled=False)
            repeated = next(flag for flag in found if flag.reason == "repeated_code")
            flags.settle(hand, self.office, repeated.id, "دو نفر بودند؛ به هر دو رسید تازه داده شد.")

    def _desks(self) -> None:
        with self.store.writing() as connection:
            hand = self.hand(connection)
            away, _ = desks.create(hand, "سازمان منطقه آزاد ماکو", "میز ۲")
            old, _ = desks.create(hand, "سازمان منطقه آزاد ماکو", "میز ۳")
            desks.create(hand, "گمرک بازرگان", "پیشخوان گمرک")
            heard(connection, self.desk, NOW - MINUTE, f"miz/{VERSION}", 0)
            key = KEY.public_key().public_bytes_raw()
            connection.execute(update(t.seat).where(t.seat.c.desk == self.desk).values(public_key=key))
            heard(connection, away, NOW - DAY, "miz/0.0.9", 14, NOW - DAY - 190 * MINUTE)
            revoke(connection, old, NOW)

    def scanned(self, code: str, due: datetime.date) -> str:
        """What the QR of a paper of today says after the address."""
        body = PaperBody(code, NOW // MINUTE, due, 1, 0)
        return to_payload(body, KEY.sign(pack(body)), None).removeprefix("MIZ:")

    def at(self, at: int, *said: tuple[UUID, e.Entry], actor: UUID | None = None) -> None:
        """What the desk says at a moment."""
        who = actor or self.people[CLERK].id
        facts = [Fact(new_id(), subject, who, entry) for subject, entry in said]
        lines = compose(self.pen, self.stands, facts, at=at, business_day=day_number(business_day(at)))
        with self.store.writing() as connection:
            take(connection, self.office, push_of(lines, self.stands.head), new_id(), at)
        self.stands = Mark(lines[-1].sequence + 1, lines[-1].hash, lines[-1].at)


def heard(connection: Connection, desk: int, at: int, program: str, unsent: int, since: int | None = None) -> None:
    """The desk has joined, and was last heard of then."""
    said = {"token_hash": b"%032d" % desk, "seen_at": at, "program": program, "unsent": unsent, "unsent_at": since}
    connection.execute(update(t.seat).where(t.seat.c.desk == desk).values(said))
