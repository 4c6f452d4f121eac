"""When something goes wrong, whoever reads pages gets a page, in their language, that says nothing of why."""

from __future__ import annotations

import httpx
import pytest
from sqlalchemy.exc import OperationalError

from app.central import public
from tests.central.conftest import Served, centre, store

__all__ = ["centre", "store"]
pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
READER, PROGRAM = {"Accept": "text/html,*/*"}, {"Accept": "*/*"}


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/a/b", 404), ("DELETE", "/", 405), ("GET", "/centre/x", 404)]
)
def test_what_is_not_there_is_a_page(centre: Served, method: str, path: str, status: int) -> None:
    answer = httpx.request(method, centre.url + path, headers=READER)
    assert answer.status_code == status
    is_page(answer)
    assert "json" in httpx.request(method, f"{centre.url}/v1/nothing", headers=PROGRAM).headers["Content-Type"]


def test_a_form_that_is_too_large_is_refused_with_a_page(centre: Served) -> None:
    answer = httpx.post(centre.url, data={"code": "1" * 9_000}, headers=READER)
    assert answer.status_code == 413
    is_page(answer)


@pytest.mark.parametrize(
    ("error", "status"), [(OperationalError("secret", {}, OSError("secret")), 503), (ValueError("secret"), 500)]
)
def test_a_centre_that_cannot_answer_says_so_and_no_more(
    centre: Served, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    def away(_connection: object) -> None:
        raise error

    monkeypatch.setattr(public, "only_office", away)
    answer = httpx.get(centre.url, headers=READER)
    assert answer.status_code == status
    is_page(answer)
    assert httpx.get(centre.url, headers=PROGRAM).headers["Content-Type"].startswith("text/plain")


def is_page(answer: httpx.Response) -> None:
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert '<html lang="fa" dir="rtl">' in answer.text
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
