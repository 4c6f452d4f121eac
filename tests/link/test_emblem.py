"""From the administrator's picture to the paper: an office's emblem at its desks."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from PIL import ImageChops

from app.book import files
from app.desk import setup
from app.desk.checking import check
from app.desk.desk import HOME_OFFICE, Desk, open_desk, reference
from app.desk.link.files import fetch_part, send_part
from app.desk.link.pulling import pull_once, pull_reference
from app.desk.receipts import request_by_code, write_receipt
from models.files import hash_of
from models.receipt import ReceiptValues
from printing.emblem import drawing_of, emblem_of
from printing.receipt import render_receipt
from tests.central.conftest import Served
from tests.central.staff import ADMINISTRATOR, House
from tests.desk.conftest import session_of
from tests.desk.counter import CLERK, HOSSEIN, MARYAM, NOON, PASSWORD, Clock, registered, visit
from tests.link.desks import in_step, joined
from tests.printing.papers import emblem_file, picture_of

PICTURE = emblem_file(1_600, 400)


def published(house: House) -> None:
    browser = house.browser(ADMINISTRATOR)
    browser.open(f"offices/{house.office}/emblem")
    assert browser.send(f"offices/{house.office}/emblem", files={"picture": ("p.png", PICTURE)}).status_code == 200


def paper(desk: Desk, code: str, out: Path) -> bytes:
    write_receipt(desk, code, out, actor=session_of(desk, CLERK).person.id)
    return out.read_bytes()


def values(desk: Desk, code: str, copy: int = 0) -> ReceiptValues:
    with desk.reading() as connection:
        request = request_by_code(connection, code)
    assert request is not None
    return next(receipt.values for receipt in request.receipts if receipt.copy == copy)


def test_the_emblem_of_the_centre_is_on_the_paper_once_it_is_here_and_no_paper_waits_for_it(
    centre: Served, desks: list[Desk], tmp_path: Path
) -> None:
    house, (desk, other) = House(centre), desks
    with joined(centre, desk, "میز ۲") as line, joined(centre, other, "میز ۳") as other_line:
        published(house)
        in_step((desk, line), (other, other_line))
        before = registered(desk, session_of(desk, CLERK), visit(HOSSEIN)).tracking_code
        without = paper(desk, before, tmp_path / "without.pdf")
        assert values(desk, before).emblem == ""
        assert fetch_part(desk, line)
        after = registered(desk, session_of(desk, CLERK), visit(MARYAM)).tracking_code
        with_it = paper(desk, after, tmp_path / "with.pdf")
        duplicate = paper(desk, before, tmp_path / "duplicate.pdf")

        said = values(desk, after)
        assert said.emblem.startswith("file:"), "the book names the emblem and does not hold it"
        drawn = msgspec.structs.replace(said, emblem=emblem_of(PICTURE))
        assert with_it == render_receipt(drawn)
        assert without == render_receipt(values(desk, before)), "a paper without it stays so"
        assert duplicate == render_receipt(values(desk, before, 1))
        is_apart = ImageChops.difference(
            picture_of(with_it), picture_of(render_receipt(msgspec.structs.replace(said, emblem="")))
        )
        box = is_apart.crop((is_apart.width // 2, 0, is_apart.width, is_apart.height // 5)).getbbox()
        assert box is not None, "at the start edge of the heading"
        assert box[2] - box[0] > 100

        in_step((desk, line), (other, other_line))
        again = paper(other, after, tmp_path / "again.pdf")
        assert values(other, after, 1).emblem == "", "a desk that has no drawing says so"
        assert fetch_part(other, other_line)
        there = paper(other, after, tmp_path / "there.pdf")
        assert again == render_receipt(values(other, after, 1))
        assert there == render_receipt(msgspec.structs.replace(values(other, after, 2), emblem=emblem_of(PICTURE)))
    for each in desks:
        assert list(check(each)) == []


def test_an_emblem_that_is_taken_away_or_replaced_is_so_on_the_next_paper(
    centre: Served, desks: list[Desk], tmp_path: Path
) -> None:
    house, desk = House(centre), desks[0]
    with joined(centre, desk, "میز ۲") as line:
        published(house)
        in_step((desk, line))
        assert fetch_part(desk, line)
        old = registered(desk, session_of(desk, CLERK), visit(HOSSEIN)).tracking_code
        browser = house.browser(ADMINISTRATOR)
        browser.open(f"offices/{house.office}/emblem")
        browser.send(f"offices/{house.office}/emblem/off")
        in_step((desk, line))
        new = registered(desk, session_of(desk, CLERK), visit(MARYAM)).tracking_code
        assert paper(desk, new, tmp_path / "new.pdf") == render_receipt(values(desk, new))
        drawn = msgspec.structs.replace(values(desk, old), emblem=emblem_of(PICTURE))
        assert paper(desk, old, tmp_path / "old.pdf") == render_receipt(drawn), "a registered receipt keeps its emblem"


def test_the_emblem_that_a_desk_was_set_up_with_comes_to_the_centre_and_to_a_desk_that_joins_later(
    centre: Served, desks: list[Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MIZ_KEYSTORE", "file")
    picture = tmp_path / "emblem.png"
    picture.write_bytes(PICTURE)
    house = House(centre)
    made = setup.make_office(
        tmp_path / "own",
        office="ماکو",
        desk_name="میز ۲",
        admin=ADMINISTRATOR,
        password=PASSWORD,
        emblem=str(picture),
        clock=Clock(NOON),
    )
    made.desk.close()
    first, later = open_desk(tmp_path / "own"), desks[0]
    desks.append(first)
    first.clock = Clock(NOON)
    with joined(centre, first, "میز ۲") as line:
        in_step((first, line))
        browser = house.browser(ADMINISTRATOR)
        assert "هنوز به مرکز نرسیده" in browser.open(f"offices/{house.office}/emblem").text
        assert send_part(first, line)
        assert not send_part(first, line)
        assert browser.open(f"offices/{house.office}/emblem.png").content == drawing_of(PICTURE)
    with joined(centre, later, "میز ۳") as line:
        pull_reference(later, line)
        while pull_once(later, line)[1]:
            pass
        while fetch_part(later, line):
            pass
        with first.reading() as connection:
            named = hash_of(reference(connection).office.emblem)
        assert named is not None
        with later.reading() as connection:
            assert files.content(connection, HOME_OFFICE, named) == drawing_of(PICTURE)
