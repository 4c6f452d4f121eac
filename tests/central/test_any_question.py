"""No question breaks the centre: thousands of them drawn from its own description and from its pages' forms, half of
them meant to be wrong, on PostgreSQL, which takes less than SQLite does."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx
import msgspec
import pytest
import schemathesis
import zstandard
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core import NOT_SET

from app.central import public
from app.central.sessions import form_token
from app.central.staff import signing_in
from app.central.store import Store
from app.wire.packing import CONTENT_TYPE
from models.calendar import now_us
from tests.central.conftest import Served
from tests.central.staff import ADMINISTRATOR, Browser, House
from tests.central.test_server import Caller

EXAMPLES = settings().max_examples // 12
"""Of each operation and mode; more with --hypothesis-profile=wide."""
FORM = "application/x-www-form-urlencoded"
FIELDS = (  # noqa: SIM905  # a list of names
    "token name office once role roles unit password code title days cost documents offered day type note phone hours "
    "address weekdays holidays second starts after of act retired officer steps heading emblem q until"
).split()
HASHES = {"public_key", "token_hash", "previous", "head", "hash", "bytes", "content", "salt", "body", "digest"}


@pytest.fixture(scope="module")
def store(postgres: Any) -> Iterator[Store]:
    made = Store(postgres.create("any_question", template="tpl"))
    made.bring_up_to_date()
    yield made
    made.close()
    postgres.drop("any_question")


@pytest.fixture(scope="module")
def centre(store: Store) -> Iterator[Served]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signing_in, "WRONG_AFTER", 0.0)
        patch.setattr(public, "WRONG_AFTER", 0.0)
        served = Served(store, now_us, pushes=10**9)
        yield served
        served.stop()


def page_routes(centre: Served) -> Iterator[tuple[str, dict[str, Any]]]:
    """The pages, which are not in the description: any fields in any form and any query."""
    field = {"type": "string", "maxLength": 300}
    fields = {"type": "object", "properties": dict.fromkeys(FIELDS, field), "additionalProperties": field}
    for route in centre.routes:
        if not route.path.startswith("/centre") and route.path != "/":
            continue
        names = re.findall(r"\{(\w+):\w+\}", route.path)
        places = [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]
        query = [{"name": name, "in": "query", "schema": field} for name in FIELDS[1:]]
        said: dict[str, Any] = {"responses": {"200": {"description": "a page"}}, "parameters": places + query}
        form = {"required": True, "content": {FORM: {"schema": fields}}}
        methods = {"get": said} if "GET" in route.methods else {}
        if "POST" in route.methods and "sign-out" not in route.path:
            methods["post"] = {**said, "parameters": places, "requestBody": form}
        if methods:
            yield re.sub(r":\w+\}", "}", route.path), methods


def packed(said: Any) -> bytes:
    """What was drawn as JSON, as it travels."""
    return zstandard.compress(msgspec.msgpack.encode(_as_bytes(said)))


def _as_bytes(said: Any, name: str = "") -> Any:
    if isinstance(said, dict):
        return {key: _as_bytes(value, key) for key, value in said.items()}
    if isinstance(said, list):
        return [_as_bytes(value, "salt" if 7 <= n <= 9 and len(said) >= 9 else name) for n, value in enumerate(said)]
    if isinstance(said, str) and name in HASHES:
        drawn = said.encode("utf-8", "replace")
        return hashlib.sha256(drawn).digest()[: 32 if len(said) == 44 else 16] if len(said) in (24, 44) else drawn
    if isinstance(said, int) and not -(2**63) <= said < 2**64:
        return float(said)
    return said


schemathesis.serializer(CONTENT_TYPE)(lambda _context, said: packed(said))


class Asking:
    """A desk that has joined and an administrator who has signed in."""

    def __init__(self, centre: Served) -> None:
        House(centre)
        self.desk = Caller(centre, "میز ۲")
        assert self.desk.enrol(former=None).status_code == 200
        self.browser = Browser(centre)
        self.browser.sign_in(ADMINISTRATOR)
        self.browser.http.follow_redirects = False
        self.token = form_token(self.browser.cookie)
        self.answers: Counter[int] = Counter()

    def ask(self, case: Any) -> None:
        """Raises AssertionError where the centre breaks."""
        body = None if case.body is NOT_SET else case.body
        if case.media_type == CONTENT_TYPE:
            if isinstance(body, dict) and isinstance(body.get("desk"), int) and body["desk"] % 2:
                body = {**body, "desk": self.desk.desk}
            content = packed(body)
        elif isinstance(body, dict):
            content = str(httpx.QueryParams({**body, "token": self.token})).encode()
        else:
            content = str(body or "").encode("utf-8", "replace")
        line = self.desk.http if case.path.startswith("/v1") else self.browser.http
        headers = {"Content-Type": case.media_type or FORM}
        answer = line.request(case.method, case.formatted_path, params=case.query, content=content, headers=headers)
        self.answers[answer.status_code] += 1
        assert answer.status_code < 500, (answer.status_code, case.method, case.formatted_path, case.query, body)


@pytest.fixture(scope="module")
def asking(centre: Served) -> Asking:
    return Asking(centre)


def test_no_question_breaks_the_centre(centre: Served, asking: Asking) -> None:
    description = httpx.get(centre.url + "/openapi.json").json()
    description["paths"].update(page_routes(centre))
    operations: Any = schemathesis.openapi.from_dict(description).get_all_operations()
    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            try:
                questions = operation.ok().as_strategy(generation_mode=mode)
                _each(questions, asking)
            except Unsatisfiable:  # where everything is allowed nothing is wrong
                continue
    assert set(asking.answers) >= {200, 400, 404, 409, 422}
    assert sum(asking.answers.values()) > 500


def _each(questions: Any, asking: Asking) -> None:
    """Draws some of them."""
    how = settings(
        max_examples=EXAMPLES, phases=[Phase.generate], suppress_health_check=list(HealthCheck), database=None
    )
    each: Any = how(given(questions)(asking.ask))  # type: ignore[no-untyped-call]
    each()
