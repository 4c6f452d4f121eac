"""Signing in at the centre's pages over a real connection: what a stranger can learn, take over or send in our name."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from app.central import sessions
from app.central.staff import signing_in
from models.people import verifies
from tests.central.conftest import Served, centre, store
from tests.central.staff import ADMINISTRATOR, CLERK, PASSWORD, SUPERVISOR, Browser, people_of

__all__ = ["centre", "store"]
PAGES = ("", "register", "desks", "desks/new", "desks/1/revoke", "flags", "people", "people/new", "services")
MORE_PAGES = ("services/new", "services/edit?code=1", "holidays", "offices", "offices/1")


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing_in, "WRONG_AFTER", 0.01)


@pytest.fixture
def proved(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every verifier that a password was tried on."""
    tried: list[str] = []

    def spied(verifier: str, password: str) -> bool:
        tried.append(verifier)
        return verifies(verifier, password)

    monkeypatch.setattr("app.central.sessions.verifies", spied)
    return tried


def set_cookie(centre: Served, **headers: str) -> str:
    answer = httpx.post(
        centre.url + "/centre/sign-in", data={"name": ADMINISTRATOR, "password": PASSWORD}, headers=headers, timeout=40
    )
    assert answer.status_code == 303
    return answer.headers["Set-Cookie"]


def test_the_cookie_is_for_the_browser_alone(centre: Served) -> None:
    people_of(centre.store)
    here = set_cookie(centre)
    assert re.match(r"miz=[\w-]{43};", here)
    assert "HttpOnly" in here
    assert "SameSite=strict" in here
    assert "Secure" not in here
    elsewhere = set_cookie(centre, Host="centre.example")
    assert elsewhere.startswith("__Host-miz=")
    assert "Secure" in elsewhere
    assert "Domain" not in elsewhere
    assert "Path=/;" in elsewhere


def test_the_office_signs_in_and_a_clerk_does_not(centre: Served) -> None:
    people_of(centre.store)
    assert Browser(centre).sign_in(ADMINISTRATOR).url.path == "/centre/desks"
    assert Browser(centre).sign_in(SUPERVISOR).url.path == "/centre/register"
    assert Browser(centre).sign_in(CLERK).status_code == 403


def test_without_signing_in_every_page_leads_to_the_door(centre: Served) -> None:
    browser = Browser(centre)
    for path in (*PAGES, *MORE_PAGES):
        assert browser.open(path).url.path == "/centre/sign-in", path


def test_an_unknown_name_and_a_wrong_password_are_told_alike(centre: Served, proved: list[str]) -> None:
    people_of(centre.store)
    browser = Browser(centre)
    tries = ((ADMINISTRATOR, "نادرست"), ("هیچ کس", PASSWORD), (CLERK, PASSWORD))
    answers = [browser.sign_in(*asked) for asked in tries]
    assert {answer.status_code for answer in answers} == {403}
    assert len({answer.text.replace(name, "") for answer, (name, _) in zip(answers, tries, strict=True)}) == 1
    assert len({tuple(sorted(set(answer.headers) - {"date"})) for answer in answers}) == 1
    assert [verifier.rpartition("$")[0].rpartition("$")[0] for verifier in proved] == [
        "$argon2id$v=19$m=65536,t=3,p=4"
    ] * 3


def test_a_password_is_guessed_eight_times_and_the_right_one_waits_too(centre: Served, proved: list[str]) -> None:
    people_of(centre.store)
    browser = Browser(centre)
    guesses = [browser.sign_in(ADMINISTRATOR, "نادرست").status_code for _ in range(9)]
    assert guesses == [403] * 8 + [429]
    assert browser.sign_in(ADMINISTRATOR).status_code == 429
    assert len(proved) == 8
    assert Browser(centre).sign_in(SUPERVISOR).status_code == 200


def test_naming_another_address_does_not_reset_the_count(centre: Served) -> None:
    people_of(centre.store)
    for n in range(8):
        pretends = {
            "X-Forwarded-For": f"203.0.113.{n}",
            "Forwarded": f"for=203.0.113.{n}",
            "X-Real-IP": f"203.0.113.{n}",
        }
        assert Browser(centre, **pretends).sign_in(ADMINISTRATOR, "نادرست").status_code == 403
    assert Browser(centre, **{"X-Forwarded-For": "198.51.100.9"}).sign_in(ADMINISTRATOR).status_code == 429


def test_a_cookie_that_somebody_set_before_is_not_taken_over(centre: Served) -> None:
    people_of(centre.store)
    planted = "A" * 43
    browser = Browser(centre)
    browser.http.cookies.set("miz", planted, domain="127.0.0.1", path="/")
    browser.sign_in(ADMINISTRATOR)
    assert browser.http.get("/centre/desks").status_code == 200
    attacker = Browser(centre)
    attacker.http.cookies.set("miz", planted)
    assert attacker.open("desks").url.path == "/centre/sign-in"


def test_signing_in_again_and_signing_out_end_the_session(centre: Served) -> None:
    people_of(centre.store)
    browser, thief = Browser(centre), Browser(centre)
    browser.sign_in(ADMINISTRATOR)
    first = browser.cookie
    browser.sign_in(ADMINISTRATOR)
    second = browser.cookie
    assert first != second
    thief.http.cookies.set("miz", first)
    assert thief.open("desks").url.path == "/centre/sign-in"
    thief.http.cookies.set("miz", second)
    assert thief.open("desks").url.path == "/centre/desks"
    assert browser.send("sign-out").url.path == "/centre/sign-in"
    assert "miz" not in browser.http.cookies
    assert thief.open("desks").url.path == "/centre/sign-in"


NEW_DESK = {"office": "ماکو", "name": "میز ۹", "once": "019386a0-0000-7000-8000-000000000000"}
FORMS: dict[str, dict[str, Any]] = {
    "desks/new": NEW_DESK,
    "desks/1/code": {},
    "desks/1/revoke": {},
    "people": {"starts": "ن"},
    "people/new": {"name": "نو", "role": "clerk", "password": PASSWORD},
    "services/new": {"code": "1", "title": "خدمت"},
    "holidays": {"day": "1405/10/02", "title": "روز", "type": "local"},
    "holidays/off": {"day": "1405/10/02"},
    "offices/1": {"name": "ماکو"},
    "flags/1/019386a0-0000-7000-8000-000000000000": {"note": "دیدم"},
    "sign-out": {},
}


def test_a_form_without_its_token_or_with_another_ones_changes_nothing(centre: Served) -> None:
    people_of(centre.store)
    browser, other = Browser(centre), Browser(centre)
    browser.sign_in(ADMINISTRATOR)
    other.sign_in(SUPERVISOR)
    for path, said in FORMS.items():
        for token in ({}, {"token": ""}, {"token": "0" * 64}, {"token": sessions.form_token(other.cookie)}):
            assert browser.http.post(f"/centre/{path}", data={**said, **token}).status_code == 403, path
    assert browser.open("desks").url.path == "/centre/desks"
    assert "میز ۹" not in browser.page.text


def test_another_sites_page_sends_no_form_even_with_the_token(centre: Served) -> None:
    people_of(centre.store)
    browser = Browser(centre)
    browser.sign_in(ADMINISTRATOR)
    token = sessions.form_token(browser.cookie)
    for site in ("cross-site", "same-site"):
        foreign = {"Sec-Fetch-Site": site}
        said = {**NEW_DESK, "token": token}
        assert browser.http.post("/centre/desks/new", data=said, headers=foreign).status_code == 403
        door = {"name": ADMINISTRATOR, "password": PASSWORD}
        assert browser.http.post("/centre/sign-in", data=door, headers=foreign).status_code == 403


NO_FORMS = (
    (b"x" * 300_000, "application/x-www-form-urlencoded"),
    (b"&".join(b"a%d=" % n for n in range(2_000)), "application/x-www-form-urlencoded"),
    (b"name=%FF%FE&password=%00", "application/x-www-form-urlencoded"),
    (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
    (b"--x\r\n" * 50, "multipart/form-data; boundary=x"),
    (b"{}", "application/json"),
)


def test_a_body_that_is_no_form_is_refused_and_the_door_stays_open(centre: Served) -> None:
    people_of(centre.store)
    browser = Browser(centre)
    for body, kind in NO_FORMS:
        answer = browser.http.post("/centre/sign-in", content=body, headers={"Content-Type": kind})
        assert answer.status_code in (400, 403, 413), kind
    assert browser.sign_in(ADMINISTRATOR).status_code == 200


def test_nothing_of_these_pages_is_kept_framed_or_runs_a_script(centre: Served) -> None:
    people_of(centre.store)
    browser = Browser(centre)
    browser.sign_in(ADMINISTRATOR)
    for path in ("sign-in", *PAGES, *MORE_PAGES):
        headers = browser.open(path).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "script-src" not in headers["Content-Security-Policy"]
        assert "<script" not in browser.page.text
        assert " style=" not in browser.page.text
