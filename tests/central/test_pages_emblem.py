"""The emblem of an office, on the centre's pages."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from app.book import files
from app.central.store import Store
from models import entries as e
from models.files import head_of, name_of
from models.ids import reference_id
from printing.emblem import drawing_of
from tests.central.conftest import Served, centre, store
from tests.central.staff import ADMINISTRATOR, SUPERVISOR, Browser, House
from tests.printing.papers import emblem_file

__all__ = ["centre", "store"]
WIDE, TALL = emblem_file(600, 300), emblem_file(300, 900, form="JPEG")


@pytest.fixture
def house(centre: Served) -> House:
    return House(centre)


def white(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("1", (width, height), 1).save(out, "PNG")
    return out.getvalue()


def chosen(browser: Browser, house: House, picture: bytes, name: str = "p.png") -> int:
    browser.open(f"offices/{house.office}/emblem")
    return browser.send(f"offices/{house.office}/emblem", files={"picture": (name, picture)}).status_code


def emblem_of_office(house: House) -> str:
    entry, _, _ = house.last(house.office)
    assert isinstance(entry, e.OfficeSet)
    return entry.emblem


def kept(store: Store, office: int, picture: bytes) -> bytes | None:
    with store.reading() as connection:
        return files.content(connection, office, head_of(drawing_of(picture), "image/png").hash)


def test_a_picture_becomes_the_drawing_that_the_page_shows_and_an_entry_names(house: House) -> None:
    house.say((reference_id("office", "home"), e.OfficeSet(name="ماکو", emblem="star", phone="۱")))
    browser = house.browser(ADMINISTRATOR)
    assert 'class="emblem"' in browser.open(f"offices/{house.office}/emblem").text
    for picture in (WIDE, TALL):
        assert chosen(browser, house, picture) == 200
        drawn = drawing_of(picture)
        assert emblem_of_office(house) == name_of(head_of(drawn, "image/png").hash)
        shown = browser.open(f"offices/{house.office}/emblem.png")
        assert (shown.headers["content-type"], shown.content) == ("image/png", drawn)
        assert kept(house.store, house.office, picture) == drawn
    entry, _, actor = house.last(house.office)
    assert entry == e.OfficeSet(name="ماکو", phone="۱", emblem=emblem_of_office(house)), "nothing else changed"
    assert actor == house.people[ADMINISTRATOR].id


def test_an_emblem_is_taken_away_and_its_file_stays_for_the_receipts_that_name_it(house: House) -> None:
    browser = house.browser(ADMINISTRATOR)
    chosen(browser, house, WIDE)
    assert browser.send(f"offices/{house.office}/emblem/off").status_code == 200
    assert emblem_of_office(house) == ""
    assert "emblem.png" not in browser.page.text
    assert browser.open(f"offices/{house.office}/emblem.png").status_code == 404
    assert kept(house.store, house.office, WIDE) is not None


def test_the_same_emblem_again_says_nothing_new(house: House) -> None:
    browser = house.browser(ADMINISTRATOR)
    chosen(browser, house, WIDE)
    said = len(house.feed(house.office))
    chosen(browser, house, WIDE)
    assert len(house.feed(house.office)) == said


def test_what_is_no_emblem_is_refused_with_a_sentence(house: House) -> None:
    browser = house.browser(ADMINISTRATOR)
    before = len(house.feed(house.office))
    wrong = {
        b"": "تصویری انتخاب کنید",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>": "خوانده نمی‌شود",
        WIDE[:300]: "خوانده نمی‌شود",
        white(4_001, 3_000): "بیش از اندازه بزرگ",
        white(30, 30): "سراسر سفید",
    }
    for picture, why in wrong.items():
        assert chosen(browser, house, picture) == 422
        assert why in browser.page.text
    assert len(house.feed(house.office)) == before


def test_a_picture_beyond_a_mebibyte_is_not_read(house: House) -> None:
    assert chosen(house.browser(ADMINISTRATOR), house, WIDE + bytes(1 << 20)) == 413


def test_only_an_administrator_with_a_form_of_ours_changes_it(house: House) -> None:
    path = f"/centre/offices/{house.office}/emblem"
    supervisor, administrator = house.browser(SUPERVISOR), house.browser(ADMINISTRATOR)
    supervisor.open("register")
    before = len(house.feed(house.office))
    given = {"picture": ("p.png", WIDE)}
    assert supervisor.send(f"offices/{house.office}/emblem", files=given).status_code == 403
    assert supervisor.open(f"offices/{house.office}/emblem.png").status_code == 403
    assert administrator.http.post(path, files=given, data={"token": "0" * 64}).status_code == 403
    assert administrator.http.post(path, files=given).status_code == 403
    stranger = Browser(house.centre)
    assert "/sign-in" in str(stranger.http.post(path, files=given).url)
    assert len(house.feed(house.office)) == before
    for path in ("offices/99/emblem", "offices/99/emblem/off"):
        administrator.open(f"offices/{house.office}/emblem")
        assert administrator.send(path, files=given).status_code == 404


TOKEN = b'--b\r\nContent-Disposition: form-data; name="token"\r\n'


def test_a_form_in_parts_that_is_none_is_refused(house: House) -> None:
    browser = house.browser(ADMINISTRATOR)
    no_charset = TOKEN + b"Content-Type: text/plain; charset=none\r\n\r\nx\r\n--b--\r\n"
    no_text = TOKEN + b"\r\n\xff\xfe\r\n--b--\r\n"
    for body in (b"", b"--b", no_charset, no_text, b"--b\r\n\r\nx\r\n--b--\r\n"):
        for kind in ("multipart/form-data; boundary=b", "multipart/form-data"):
            sent = {"content": body, "headers": {"Content-Type": kind}}
            answer = browser.http.post(f"/centre/offices/{house.office}/emblem", **sent)  # type: ignore[arg-type]
            assert 400 <= answer.status_code < 500, (kind, body)
