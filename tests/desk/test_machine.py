"""A desk lives through visits, restarts, rebuilds and failed writes, and a plain oracle beside it agrees.

The oracle is the promise written down naively: a dictionary of what has been acknowledged. Whatever order the acts
come in, the desk holds exactly that.
"""

import shutil
import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule

from app.desk import drafts
from app.desk.checking import check
from app.desk.clients import client
from app.desk.daily_log import day_rows, day_totals
from app.desk.desk import Desk, open_desk
from app.desk.finding import find
from app.desk.people import Session
from app.desk.receipts import Unconfirmed, begin_paper, settle
from app.desk.requests import request
from app.desk.schema import rebuild_all
from app.desk.visits import Refused, Registered, register
from models.identity import national_number_check_digit
from models.ids import new_id
from models.text import search_key
from tests.desk.conftest import session_of
from tests.desk.counter import CLERK, NOON, Clock


class Known(msgspec.Struct):
    """What the oracle remembers of an acknowledged visit."""

    client: str
    name: str
    outcome: str
    papers: list[str]


letters = st.text("ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی", min_size=3, max_size=8)
outcomes = st.sampled_from(["follow_up", "done", "guided"])


class DeskMachine(RuleBasedStateMachine):
    office: Path
    people = Bundle("people")
    visits = Bundle("visits")

    @initialize()
    def morning(self) -> None:
        self.root = Path(tempfile.mkdtemp())
        shutil.copytree(self.office, self.root / "desk")
        self.clock = Clock(NOON)
        self.numbers = iter(range(100_000, 999_999, 7_919))
        self.acknowledged: dict[str, Known] = {}
        self.clients: dict[str, str] = {}
        self.kept_drafts: set[Any] = set()
        self._open()

    def _open(self) -> None:
        self.desk: Desk = open_desk(self.root / "desk")
        self.desk.clock = self.clock
        self.clerk: Session = session_of(self.desk, CLERK)

    def _register(self, visit: dict[str, Any], **how: Any) -> Registered:
        self.clock.now += 1_000
        answer = register(self.desk, self.clerk, visit, **how)
        assert isinstance(answer, Registered), answer
        return answer

    def _remember(self, answer: Registered, name: str, outcome: str) -> None:
        assert answer.tracking_code not in self.acknowledged
        papers = [] if outcome == "guided" else ["queued"]
        self.acknowledged[answer.tracking_code] = Known(str(answer.client), name, outcome, papers)
        self.clients[str(answer.client)] = name

    @rule(target=people, given_name=letters, family=letters, outcome=outcomes)
    def a_new_person_comes(self, given_name: str, family: str, outcome: str) -> Any:
        digits = f"282{next(self.numbers):06}"
        number = digits + national_number_check_digit(digits)
        said = {"kind": "person", "national_number": number, "given_name": given_name, "family_name": family}
        answer = self._register({"client": said, "service": "202", "outcome": outcome})
        assert answer.client_is_new
        self._remember(answer, f"{given_name} {family}", outcome)
        return (number, str(answer.client))

    @rule(target=visits, person=people, outcome=outcomes)
    def they_come_again(self, person: Any, outcome: str) -> Any:
        number, known = person
        said = {"kind": "person", "national_number": number}
        answer = self._register({"client": said, "service": "101", "outcome": outcome})
        assert str(answer.client) == known
        self._remember(answer, self.clients[known], outcome)
        return answer.tracking_code

    @rule(person=people, family=letters)
    def they_have_another_name_now(self, person: Any, family: str) -> None:
        _number, known = person
        answer = self._register({"client": {"id": known, "family_name": family}, "service": "801", "outcome": "guided"})
        given_name = self.clients[known].split()[0]
        before = self.clients[known].split()[1]
        # A name that only differs in its letters' forms stays as it was written first.
        name = before if search_key(before) == search_key(family) else family
        self._remember(answer, f"{given_name} {name}", "guided")

    @rule(person=people)
    def the_same_form_is_sent_twice(self, person: Any) -> None:
        form = new_id()
        visit = {"client": {"id": person[1]}, "service": "101", "outcome": "done", "key": str(form)}
        first = self._register(visit, draft=form)
        again = register(self.desk, self.clerk, visit, draft=form)
        by_key = register(self.desk, self.clerk, visit)
        assert isinstance(again, Registered)
        assert isinstance(by_key, Registered)
        assert first.tracking_code == again.tracking_code == by_key.tracking_code
        self._remember(first, self.clients[person[1]], "done")

    @rule(person=people)
    def a_visit_is_refused(self, person: Any) -> None:
        answer = register(self.desk, self.clerk, {"client": {"id": person[1]}, "service": "نیست"})
        assert isinstance(answer, Refused)

    @rule(person=people)
    def the_power_fails_inside_a_transaction(self, person: Any) -> None:
        class PowerCut(Exception):
            pass

        with pytest.MonkeyPatch.context() as fault:

            def fail(*_arguments: Any) -> None:
                raise PowerCut

            fault.setattr("app.desk.desk.project", fail)
            with pytest.raises(PowerCut):
                register(self.desk, self.clerk, {"client": {"id": person[1]}, "service": "101", "outcome": "done"})

    @rule(target=visits, code=consumes(visits), outcome=st.sampled_from(["printed", "failed", "unknown"]))
    def a_paper_is_asked_for(self, code: str, outcome: str) -> Any:
        known = self.acknowledged[code]
        if known.papers and known.papers[-1] == "unknown":
            with pytest.raises(Unconfirmed) as asked:
                begin_paper(self.desk, code, self.clerk.person.id)
            settle(self.desk, asked.value.request, asked.value.attempt, outcome, self.clerk.person.id, "clerk")
            known.papers[-1] = outcome
            if outcome == "unknown":
                return multiple(code)
        found, page = begin_paper(self.desk, code, self.clerk.person.id)
        assert page.copy == known.papers.count("printed")
        settle(self.desk, found.id, page.attempt, outcome, self.clerk.person.id)
        if known.papers and known.papers[-1] == "queued":
            known.papers.pop()
        known.papers.append(outcome)
        return multiple(code)

    @rule(text=letters)
    def a_form_is_left_half_written(self, text: str) -> None:
        form = new_id()
        drafts.save(self.desk, self.clerk, form, {"note": text})
        self.kept_drafts.add((form, text))

    @rule()
    def the_desk_is_closed_and_opened(self) -> None:
        self.desk.close()
        self._open()

    @rule()
    def the_tables_are_made_anew(self) -> None:
        with self.desk.store.writing() as connection:
            rebuild_all(connection)

    @invariant()
    def what_was_acknowledged_is_there_once_and_nothing_else(self) -> None:
        rows = day_rows(self.desk, 14050903)
        assert [row.tracking_code for row in rows] == list(self.acknowledged)
        for row in rows:
            known = self.acknowledged[row.tracking_code]
            assert (row.client_name, row.outcome) == (known.name, known.outcome)
        assert day_totals(self.desk, 14050903).registered == len(self.acknowledged)
        assert {(draft.id, draft.visit["note"]) for draft in drafts.listing(self.desk, self.clerk)} == self.kept_drafts

    def teardown(self) -> None:
        if not hasattr(self, "root"):
            return
        assert list(check(self.desk)) == []
        for code, known in self.acknowledged.items():
            found = request(self.desk, code)
            assert [receipt.outcome for receipt in found.receipts] == known.papers
        for client_id, name in self.clients.items():
            profile = client(self.desk, UUID(client_id))
            assert profile is not None
            assert profile.details.display_name == name
            assert client_id in {str(hit.id) for hit in find(self.desk, name, 200)}
        self.desk.close()
        shutil.rmtree(self.root)


def test_the_desk_agrees_with_the_oracle(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIZ_KEYSTORE", "file")

    class Here(DeskMachine):
        pass

    Here.office = office
    run = Here.TestCase
    run.settings = settings(
        max_examples=20,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run().runTest()
