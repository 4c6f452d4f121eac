"""What strangers, other offices and liars get of the centre: nothing on any route, whatever they say of themselves."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.central import public, tracking
from app.central.staff import signing_in
from app.central.store import Store
from models.calendar import now_us
from models.codes import make_tracking_code
from tests.central.conftest import Served
from tests.central.staff import ADMINISTRATOR, CLERK, PASSWORD, SUPERVISOR, House
from tests.central.test_server import Caller

OPEN = {
    ("GET", "/"),
    ("POST", "/"),
    ("GET", "/{payload:str}"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/static/{name:str}"),
    ("GET", "/emblem/{mark:str}"),
    ("GET", "/openapi.json"),
    ("GET", "/openapi.json/{path:str}"),
    ("GET", "/openapi.json/openapi.json"),
    ("GET", "/metrics"),  # on this computer only, as is tried below
    ("GET", "/v1/ca"),
    ("POST", "/v1/enrol"),
    ("GET", "/centre/sign-in"),
    ("POST", "/centre/sign-in"),
}
"""What is for everybody."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(f"sqlite:///{tmp_path / 'centre.db'}")
    made.bring_up_to_date()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing_in, "WRONG_AFTER", 0.0)
    monkeypatch.setattr(public, "WRONG_AFTER", 0.0)


def closed_routes(centre: Served) -> list[tuple[str, str]]:
    """Method and address of everything else."""
    found = {
        (method, route.path) for route in centre.routes for method in route.methods if method not in ("OPTIONS", "HEAD")
    }
    assert len(found - OPEN) > 20
    return sorted((method, filled(path)) for method, path in found - OPEN)


def filled(path: str) -> str:
    """With some number or id in each place."""
    return re.sub(r"\{[^}]*\}", "019386a0-0000-7000-8000-000000000000", re.sub(r"\{[^}]*:int\}", "1", path))


_line = httpx.Client(timeout=40)


def ask(centre: Served, method: str, path: str, **how: Any) -> httpx.Response:
    _line.cookies.clear()
    return _line.request(method, centre.url + path, **how)


def assert_closed(answer: httpx.Response, path: str) -> None:
    if path.startswith("/centre"):
        assert answer.status_code in (303, 403), path
        assert answer.headers.get("Location", "/centre/sign-in") == "/centre/sign-in"
        assert "Set-Cookie" not in answer.headers
    else:
        assert answer.status_code == 401, path
        assert answer.json() == {"status_code": 401, "detail": "Unauthorized"}


TOKENS = [
    "",
    "Bearer",
    "Bearer  x",
    "Bearer " + "0" * 64,
    "bearer \u00e9".encode("latin-1"),
    "Basic YTpi",
    "Bearer " + "x" * 5_000,
]


@pytest.mark.parametrize("token", TOKENS, ids=range(len(TOKENS)))
def test_without_a_right_of_ones_own_every_route_but_those_for_all_is_closed(
    centre: Served, token: str | bytes
) -> None:
    House(centre)
    for method, path in closed_routes(centre):
        headers: Any = {"Authorization": token, "Cookie": f"miz={'A' * 43}; __Host-miz={'A' * 43}"}
        assert_closed(ask(centre, method, path, headers=headers), path)


def test_a_desks_token_opens_no_page_and_a_persons_session_no_desks_route(centre: Served) -> None:
    house, desk = House(centre), Caller(centre, "میز ۲")
    desk.enrol(former=None)
    session = house.browser(ADMINISTRATOR).cookie
    for method, path in closed_routes(centre):
        bearer = desk.token if path.startswith("/centre") else session
        headers = {"Authorization": f"Bearer {bearer}", "Cookie": f"miz={desk.token}"}
        assert_closed(ask(centre, method, path, headers=headers), path)


def test_a_clerk_has_no_session_and_a_retired_ones_ends(centre: Served) -> None:
    house = House(centre)
    clerk = ask(centre, "POST", "/centre/sign-in", data={"name": CLERK, "password": PASSWORD})
    assert (clerk.status_code, "Set-Cookie" in clerk.headers) == (403, False)
    browser = house.browser(SUPERVISOR)
    administrator = house.browser(ADMINISTRATOR)
    who = house.people[SUPERVISOR].id
    administrator.open(f"people/{who}")
    assert administrator.send(f"people/{who}/retire").status_code == 200
    assert browser.open("register").url.path == "/centre/sign-in"


def test_nothing_secret_is_kept_as_it_is(centre: Served, tmp_path: Path) -> None:
    house, desk = House(centre), Caller(centre, "میز ۲")
    desk.enrol(former=None)
    session = house.browser(ADMINISTRATOR).cookie
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("centre.db*"))
    for secret in (desk.token, desk.code[:20], session, PASSWORD):
        assert secret.encode() not in kept


def test_every_answer_forbids_to_be_kept_framed_guessed_at_or_scripted(centre: Served) -> None:
    asked = [(method, filled(route.path)) for route in centre.routes for method in route.methods]
    asked += [("GET", "/no/such"), ("PATCH", "/"), ("POST", "/healthz"), ("GET", "/static/Vazirmatn-Regular.ttf")]
    for method, path in asked:
        headers = ask(centre, method, path).headers
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["X-Frame-Options"] == "DENY", path
        assert "default-src 'none'" in headers["Content-Security-Policy"], path
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], path
        assert headers["Referrer-Policy"] == "no-referrer", path
        kept = "max-age=86400" if path.endswith(".ttf") else "no-store"
        assert kept in headers["Cache-Control"], path
        assert "Server" not in headers


def test_the_host_that_somebody_claims_is_said_nowhere(centre: Served) -> None:
    for method, path in [*closed_routes(centre), ("GET", "/"), ("GET", "/centre/sign-in"), ("GET", "/openapi.json")]:
        for lie in ({"Host": "evil.example"}, {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}):
            answer = ask(centre, method, path, headers=lie)
            assert "evil" not in answer.text + str(answer.headers), path


def test_a_method_is_what_it_is(centre: Served) -> None:
    house = House(centre)
    browser = house.browser(ADMINISTRATOR)
    for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        answer = browser.http.post("/centre/desks", headers={name: "GET"}, data={"_method": "GET"})
        assert answer.status_code in (404, 405)
        assert browser.http.get("/centre/sign-out", headers={name: "POST"}).status_code in (404, 405)
    assert browser.open("desks").url.path == "/centre/desks"


@pytest.mark.parametrize(
    "passed_on",
    [{"X-Forwarded-For": "127.0.0.1"}, {"Forwarded": "for=127.0.0.1"}, {"X-Real-IP": "::1"}, {"Via": "1.1 x"}],
)
def test_metrics_are_for_this_computer_and_not_for_whom_a_proxy_speaks(
    store: Store, centre: Served, passed_on: dict[str, str]
) -> None:
    assert "miz_desks" in ask(centre, "GET", "/metrics").text
    assert ask(centre, "GET", "/metrics", headers=passed_on).status_code == 403
    proxied = Served(store, now_us, "127.0.0.1", proxied=True)
    assert ask(proxied, "GET", "/metrics", headers=passed_on).status_code == 403
    assert ask(proxied, "GET", "/metrics").status_code == 403
    proxied.stop()


def test_with_a_secret_metrics_are_for_whoever_has_it(store: Store) -> None:
    secret = secrets.token_urlsafe(16)
    centre = Served(store, now_us, secret=secret)
    for wrong in (
        {},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer é".encode()},
        {"Authorization": "Bearer x"},
    ):
        assert ask(centre, "GET", "/metrics", headers=wrong).status_code == 403
    assert ask(centre, "GET", f"/metrics?token={secret}").status_code == 403
    assert "miz_desks" in ask(centre, "GET", "/metrics", headers={"Authorization": f"Bearer {secret}"}).text
    centre.stop()


# --- the public page --------------------------------------------------------------------------------------------------


def look(centre: Served, code: str, second: str = "0000", **headers: str) -> httpx.Response:
    return ask(centre, "POST", "/", data={"code": code, "second": second}, headers=headers)


def test_what_does_not_exist_and_what_is_not_yours_are_the_same_bytes(centre: Served) -> None:
    house = House(centre)
    house.say(house.visit(1_234_567))
    code, invented = (make_tracking_code(house.desk, n) for n in (1_234_567, 7_654_321))
    assert look(centre, code, "4562").text.count("</li>") > 0
    for status in [200] * tracking.WRONG_A_QUARTER + [429] * 2:
        wrong = [look(centre, each) for each in (code, invented)]
        assert [each.status_code for each in wrong] == [status] * 2
        texts = [re.sub(r"value=\"[^\"]*\"", "", each.text) for each in wrong]
        assert texts[0] == texts[1]
        assert len({len(each.content) for each in wrong}) == 1
        assert len({tuple(each.headers) for each in wrong}) == 1
        assert wrong[0].headers.get("Retry-After") == ("900" if status == 429 else None)
    assert look(centre, code, "4562").status_code == 429


def test_a_stranger_elsewhere_is_not_kept_out_by_one_who_guesses(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracking, "WRONG_FROM_ONE_NETWORK", 3)
    centre = Served(store, now_us, "127.0.0.1", proxied=True)
    codes = iter(make_tracking_code(1, n) for n in range(100))
    guesses = [look(centre, next(codes), **{"X-Forwarded-For": f"192.0.2.{n}, 203.0.113.9"}) for n in range(4)]
    assert [each.status_code for each in guesses] == [200] * 3 + [429]  # only what the proxy itself said is believed
    assert (
        look(centre, next(codes), **{"X-Forwarded-For": "198.51.100.7", "Forwarded": "for=203.0.113.9"}).status_code
        == 200
    )
    centre.stop()


def test_without_a_proxy_nobody_says_who_they_are(centre: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracking, "WRONG_FROM_ONE_NETWORK", 3)
    codes = iter(make_tracking_code(1, n) for n in range(100))
    lies = [{"X-Forwarded-For": f"203.0.{n}.1"} for n in range(2)] + [
        {"X-Real-IP": "198.51.100.1"},
        {"Forwarded": "for=9.9.9.9"},
    ]
    assert [look(centre, next(codes), **lie).status_code for lie in lies] == [200] * 3 + [429]


def test_all_guessers_together_have_a_bound(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracking, "WRONG_IN_ALL", 4)
    centre = Served(store, now_us, "127.0.0.1", proxied=True)
    guesses = [
        look(centre, make_tracking_code(1, n), **{"X-Forwarded-For": f"203.0.{n}.1"}).status_code for n in range(6)
    ]
    assert guesses == [200] * 4 + [429] * 2
    centre.stop()


def test_an_address_that_no_desk_signed_tells_nothing_of_a_code(centre: Served) -> None:
    house = House(centre)
    house.say(house.visit(1_234_567))
    forged = [
        ask(centre, "GET", "/" + address)
        for address in ("A" * 120, "B" * 120, make_tracking_code(house.desk, 1_234_567))
    ]
    assert [each.status_code for each in forged] == [404] * 3
    assert len({each.content for each in forged}) == 1
