"""A day of a centre's life, and what its log says of it: no person, no number, no code, no secret, no address."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from pathlib import Path

import httpx

from app.book.append import Fact, Mark, Pen, compose
from app.central.store import Store
from app.wire.messages import Ask, Enrol, Pull, push_of
from app.wire.packing import pack
from models import entries as e
from models.codes import grouped, make_tracking_code
from models.ids import new_id
from models.text import persian_digits
from tests.book.facts import NOON, SERVICE, details
from tests.central.staff import ADMINISTRATOR, PASSWORD, people_of
from tests.link.processes import CentreProgram

TOKEN, WRONG_TOKEN, METRICS = "t" * 43, "w" * 43, "m" * 30
MOBILE, WRONG_PASSWORD, TYPED_NAME = "09141234567", "گذرواژهٔ-نادرست", "پرویز ناشناس"


class Day:
    """Everything that is said to one centre, and with it all that its log must not say."""

    def __init__(self, program: CentreProgram) -> None:
        self.http = httpx.Client(base_url=program.url, timeout=40)
        self.program, self.code = program, program.code_for("میز ۱")
        self.pen, self.stands = Pen(1, int(self.code[:4]), new_id()), Mark()
        self.tracking = make_tracking_code(self.pen.desk, 7_654_321)
        self.said = details(mobile=MOBILE)
        self.client = new_id()
        self.statuses: set[int] = set()

    @property
    def secrets(self) -> set[str]:
        said = self.said
        return {
            TOKEN, WRONG_TOKEN, METRICS, MOBILE, PASSWORD, WRONG_PASSWORD, TYPED_NAME, ADMINISTRATOR,
            said.given_name, said.family_name, said.number, said.number[-4:], self.tracking, grouped(self.tracking),
            persian_digits(self.tracking), self.code[:20], self.code, self.client.hex, str(self.client), "ماکو",
            "127.0.0.1", "203.0.113", "evil.example", self.http.cookies.get("miz") or "no session",
        }  # fmt: skip

    def note(self, answer: httpx.Response) -> httpx.Response:
        self.statuses.add(answer.status_code)
        return answer

    def ask(self, path: str, message: object, token: str = TOKEN) -> httpx.Response:
        content = message if isinstance(message, bytes) else pack(message)
        return self.note(self.http.post(path, content=content, headers={"Authorization": f"Bearer {token}"}))

    def enrol(self, code: str) -> None:
        token_hash = hashlib.sha256(TOKEN.encode()).digest()
        self.ask("/v1/enrol", Enrol(code=code, public_key=bytes(32), token_hash=token_hash))

    def push(self) -> None:
        visit = e.RequestRegistered(
            client=self.client, said=self.said, tracking_code=self.tracking, service=SERVICE, outcome="follow_up"
        )
        fact = Fact(new_id(), new_id(), new_id(), visit)
        lines = compose(self.pen, self.stands, [fact], at=NOON, business_day=14_050_903)
        self.ask("/v1/push", push_of(lines, self.stands.head))
        self.stands = Mark(lines[-1].sequence + 1, lines[-1].hash, lines[-1].at)

    def desk(self) -> None:
        self.enrol(self.code[:20])
        self.enrol("0" * 20)
        self.enrol(self.tracking)
        self.push()
        after = self.stands
        self.ask("/v1/pull", Pull(after=0, own=()))
        self.ask("/v1/pull", Pull(after=0, own=()), WRONG_TOKEN)
        self.ask("/v1/hash", Ask(desk=self.pen.desk, incarnation=self.pen.incarnation, sequence=1))
        self.stands = Mark(9)
        self.push()  # a gap
        self.stands = after
        self.ask("/v1/push", f"{MOBILE} {self.tracking} {self.said.family_name}".encode())
        self.ask("/v1/push", bytes(2 << 20))
        self.ask(f"/v1/{self.tracking}/{MOBILE}", b"")

    def citizen(self) -> None:
        for second in (self.said.number[-4:], "0000"):
            self.note(self.http.post("/", data={"code": self.tracking, "second": second}))
        self.note(self.http.get(f"/{self.tracking}"))
        self.note(self.http.get(f"/?code={self.tracking}&mobile={MOBILE}", headers={"Host": "evil.example"}))
        self.note(self.http.get(f"/{self.tracking}/{MOBILE}", headers={"X-Forwarded-For": "203.0.113.9"}))

    def office(self) -> None:
        for name, password in ((TYPED_NAME, PASSWORD), (ADMINISTRATOR, WRONG_PASSWORD), (ADMINISTRATOR, PASSWORD)):
            self.note(self.http.post("/centre/sign-in", data={"name": name, "password": password}))
        for path in ("desks", "flags", "people", "register", f"people?starts={ADMINISTRATOR}", f"people/{self.client}"):
            self.note(self.http.get(f"/centre/{path}"))
        self.note(self.http.post("/centre/desks/new", data={"office": self.said.family_name, "token": TOKEN}))
        self.note(self.http.get("/metrics", headers={"Authorization": f"Bearer {METRICS}"}))


def test_a_day_with_its_failures_leaves_no_trace_of_anybody_in_the_log(tmp_path: Path) -> None:
    program = CentreProgram(tmp_path / "centre", MIZ_METRICS_TOKEN=METRICS)
    store = Store(f"sqlite:///{tmp_path / 'centre' / 'centre.db'}")
    program.start()
    people_of(store)
    store.close()
    day = Day(program)
    try:
        day.desk()
        day.citizen()
        day.office()
        with sqlite3.connect(tmp_path / "centre" / "centre.db") as broken:  # and now everything fails, naming values
            broken.execute(f"create trigger no before insert on line begin select raise(abort, '{MOBILE}'); end")
            broken.execute("drop table hit")
        broken.close()
        day.push()
        day.citizen()
        assert program.end() == 0
    finally:
        program.kill()
        day.http.close()
    assert {200, 303, 400, 401, 403, 404, 413, 500, 503} <= day.statuses
    log = [line for line in program.log.splitlines() if line.startswith("{")]  # the rest was said before, to people
    lines = [json.loads(line) for line in log]
    assert {line["route"] for line in lines if "route" in line} >= {"/v1/push", "/", "/{payload}", "/centre/sign-in"}
    assert any("failure" in line for line in lines)
    for line in lines:
        assert set(line) <= {"at", "level", "from", "says", "route", "status", "milliseconds", "failure", "where"}
    told = re.sub(r'"(at|milliseconds)": [^,}]*', "", "\n".join(log))  # in times any four digits may stand
    for secret in day.secrets:
        assert secret not in told
