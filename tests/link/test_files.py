"""Files on their way between desk and centre: cut anywhere, killed half way, sent by several, refused."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from app.book import files
from app.central import files as central_files
from app.central.checking import check
from app.central.places import ORGANISATION
from app.desk.desk import HOME_OFFICE, Desk
from app.desk.link import running
from app.desk.link.centre import Centre, Unreachable
from app.desk.link.files import fetch_part, send_part
from app.desk.link.joining import join, move
from app.desk.link.pushing import push_once
from app.desk.link.running import Link
from app.wire.files import AskFile, FileStands, SendPart
from app.wire.packing import CONTENT_TYPE, pack
from models.entries import OfficeSet
from models.files import MOST_BYTES, PART, TYPES, Head, head_of, name_of
from models.ids import new_id, reference_id
from models.tables import file, file_part
from tests.central.conftest import Served
from tests.link.desks import code_for, in_step, joined, line_of, member, opened, until
from tests.link.relay import Relay

ROOT = Path(__file__).resolve().parents[2]
LONG = TYPES["application/pdf"] + random.Random(5).randbytes(5 * PART + 1_000)
PNG = TYPES["image/png"] + b"short"


@pytest.fixture
def wire(centre: Served) -> Iterator[Relay]:
    made = Relay(centre.url)
    yield made
    made.close()


def put(desk: Desk, content: bytes = LONG, kind: str = "application/pdf") -> Head:
    with desk.store.writing() as connection:
        files.put(connection, HOME_OFFICE, content, kind, desk.clock(), unsent=True)
    return head_of(content, kind)


def name(desk: Desk, head: Head) -> None:
    """In the book, as an office's emblem is."""
    home = reference_id("office", "home")
    with desk.writing() as writing:
        writing.say(new_id(), home, OfficeSet(name="ماکو", emblem=name_of(head.hash)))


def at_centre(centre: Served, desk: Desk, head: Head) -> bytes | None:
    with centre.store.reading() as connection:
        return files.content(connection, member(desk).office, head.hash)


def here(desk: Desk, head: Head) -> bytes | None:
    with desk.reading() as connection:
        return files.content(connection, HOME_OFFICE, head.hash)


def send_all(desk: Desk, line: Centre) -> None:
    while send_part(desk, line):
        pass


def test_a_file_goes_to_the_centre_and_to_the_other_desk(centre: Served, desks: list[Desk]) -> None:
    first, second = desks
    head = put(first)
    name(first, head)
    with joined(centre, first, "میز ۱") as line, joined(centre, second, "میز ۲") as other:
        in_step((first, line), (second, other))
        assert fetch_part(second, other) is False, "it is not at the centre yet"
        send_all(first, line)
        assert at_centre(centre, first, head) == LONG
        while fetch_part(second, other):
            pass
        assert here(second, head) == LONG
        assert not fetch_part(second, other)
        assert not send_part(second, other), "what came from the centre is not sent there"


def test_wherever_the_line_is_cut_it_goes_on_there(centre: Served, desks: list[Desk], wire: Relay) -> None:
    desk, luck = desks[0], random.Random(1)
    joined(centre, desk, "میز ۱").close()
    move(desk, wire.url)
    head, cuts = put(desk), 0
    while at_centre(centre, desk, head) is None:
        wire.most = wire.carried + luck.randrange(1, 2 * PART)
        with line_of(desk) as line:
            try:
                send_all(desk, line)
            except Unreachable:
                cuts += 1
    assert at_centre(centre, desk, head) == LONG
    assert cuts > 3
    assert wire.carried < len(LONG) + cuts * (PART + 2_000) + 20_000, "no cut costs more than the part that it hit"


KILLED = """
import sys
from pathlib import Path
from app.desk.desk import open_desk
from app.desk.link.files import fetch_part, send_part
from app.desk.link.stepping import line_of
desk = open_desk(Path(sys.argv[1]))
with line_of(desk) as line:
    while (fetch_part if sys.argv[2] == "fetch" else send_part)(desk, line):
        print("part", flush=True)
"""


@pytest.mark.parametrize("act", ["send", "fetch"])
def test_a_desk_that_is_killed_half_way_goes_on_where_it_was(
    centre: Served, desks: list[Desk], wire: Relay, act: str
) -> None:
    first, second = desks
    head = put(first)
    name(first, head)
    with joined(centre, first, "میز ۱") as line, joined(centre, second, "میز ۲") as other:
        if act == "fetch":
            send_all(first, line)
            in_step((first, line), (second, other))
    desk = first if act == "send" else second
    move(desk, wire.url)
    desk.close()
    folder = desk.store.folder
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "MIZ_KEYSTORE": "file"}
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(folder), act], env=environment, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        for _part in range(3):
            assert process.stdout.readline() == b"part\n"
        process.kill()
    sent = wire.carried
    again = opened(folder)
    desks.append(again)
    with line_of(again) as line:
        if act == "send":
            send_all(again, line)
            assert sent > 3 * PART
            assert wire.carried < len(LONG) + PART + 20_000, "what had arrived is not sent again"
        else:
            with again.reading() as connection:
                begun = files.begun(connection, files.Place(HOME_OFFICE), head.hash)
            assert begun is not None
            assert begun[1] >= 3 * PART
            while fetch_part(again, line):
                pass
    assert at_centre(centre, again, head) == here(again, head) == LONG


def test_two_desks_send_the_same_file_at_one_time_and_it_is_kept_once(centre: Served, desks: list[Desk]) -> None:
    heads = [put(desk) for desk in desks]
    lines = [joined(centre, desk, f"میز {n}") for n, desk in enumerate(desks)]
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(send_all, desks, lines))
    for line in lines:
        line.close()
    assert at_centre(centre, desks[0], heads[0]) == LONG
    with centre.store.reading() as connection:
        whole = select(func.count()).select_from(file).where(file.c.whole_at.is_not(None))
        assert connection.execute(whole).scalar_one() == 1


def test_what_the_centre_has_already_costs_one_question(centre: Served, desks: list[Desk], wire: Relay) -> None:
    with joined(centre, desks[0], "میز ۱") as line, joined(centre, desks[1], "میز ۲"):
        put(desks[0])
        send_all(desks[0], line)
    move(desks[1], wire.url)
    put(desks[1])
    with line_of(desks[1]) as line:
        send_all(desks[1], line)
    assert wire.carried < 1_000


def test_what_was_spoilt_on_the_way_is_thrown_away_and_sent_again(centre: Served, desks: list[Desk]) -> None:
    desk, head = desks[0], head_of(PNG, "image/png")
    with joined(centre, desk, "میز ۱") as line:
        spoilt = SendPart(hash=head.hash, type=head.type, size=head.size, start=0, part=PNG[:-1] + b"?")
        assert line.send_part(spoilt) == FileStands(stands=0, refused="hash")
        put(desk, PNG, "image/png")
        send_all(desk, line)
    assert at_centre(centre, desk, head) == PNG


def test_another_offices_desk_sees_nothing_and_spoils_nothing(centre: Served, desks: list[Desk]) -> None:
    ours, theirs = desks
    head = put(ours)
    with joined(centre, ours, "میز ۱") as line:
        send_all(ours, line)
        join(theirs, centre.url, code_for(centre, "میز ۱", "خوی"))
        with line_of(theirs) as other:
            name(theirs, head)
            assert not fetch_part(theirs, other)
            asked = AskFile(hash=head.hash, type=head.type, size=head.size)
            assert other.file_stands(asked) == FileStands(stands=0)
            part = SendPart(hash=head.hash, type=head.type, size=head.size, start=0, part=bytes(PART))
            other.send_part(part)
    assert at_centre(centre, ours, head) == LONG


def test_what_the_organisation_has_published_every_office_reads(centre: Served, desks: list[Desk]) -> None:
    with centre.store.writing() as connection:
        files.put(connection, ORGANISATION, PNG, "image/png", 0)
    head = head_of(PNG, "image/png")
    for desk, office in zip(desks, ("ماکو", "خوی"), strict=True):
        join(desk, centre.url, code_for(centre, "میز", office))
        name(desk, head)
        with line_of(desk) as line:
            assert fetch_part(desk, line)
        assert here(desk, head) == PNG


def test_an_office_that_is_full_takes_no_more_and_what_is_left_lying_makes_room(
    centre: Served, desks: list[Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desks[0]
    monkeypatch.setattr(central_files, "OFFICE_BYTES", len(LONG) + 10)
    with joined(centre, desk, "میز ۱") as line:
        left = head_of(LONG + b"x", "application/pdf")
        begun = SendPart(hash=left.hash, type=left.type, size=left.size, start=0, part=LONG[:PART])
        assert line.send_part(begun).stands == PART
        head = put(desk)
        assert not send_part(desk, line)
        ask = AskFile(hash=head.hash, type=head.type, size=head.size)
        assert line.file_stands(ask).refused == "full"
        forced = SendPart(hash=head.hash, type=head.type, size=head.size, start=0, part=LONG[:PART])
        assert line.send_part(forced).refused == "full"
        assert push_once(desk, line) > 0, "lines go on"
        monkeypatch.setattr(central_files, "UNFINISHED_US", -1)
        send_all(desk, line)
    assert at_centre(centre, desk, head) == LONG


def test_only_what_can_be_a_part_is_taken(centre: Served, desks: list[Desk]) -> None:
    with joined(centre, desks[0], "میز ۱"):
        token = member(desks[0]).token
    http = centre.connection(token)
    whole = {"hash": bytes(32), "type": "image/png", "size": 2 * PART, "start": 0, "part": bytes(PART)}
    wrong: list[dict[str, object]] = [
        {"hash": bytes(31)},
        {"type": "text/html"},
        {"type": "image/png\n"},
        {"size": 0},
        {"size": MOST_BYTES + 1},
        {"start": 5},
        {"start": -PART},
        {"start": 2 * PART},
        {"part": b""},
        {"part": bytes(PART - 1)},
        {"part": bytes(PART + 1)},
        {"name": "letter.png"},
    ]
    for each in wrong:
        body = pack({**whole, **each})
        answer = http.post("/v1/files/send", content=body, headers={"Content-Type": CONTENT_TYPE})
        assert answer.status_code == 400, each
    for path in ("stands", "send", "read"):
        for headers in ({}, {"Authorization": "Bearer none"}):
            stranger = centre.connection("")
            stranger.headers.pop("Authorization")
            assert stranger.post(f"/v1/files/{path}", content=pack(whole), headers=headers).status_code == 401
    with centre.store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(file)).scalar_one() == 0


def test_files_go_by_themselves_while_the_window_is_open(
    centre: Served, desks: list[Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "WATCHES_FOR", 0.5)
    first, second = desks
    with joined(centre, first, "میز ۱") as line, joined(centre, second, "میز ۲") as other:
        in_step((first, line), (second, other))
    links = [Link(desk) for desk in desks]
    with ThreadPoolExecutor(2) as threads:
        runs = [threads.submit(link.run, lambda news: None) for link in links]
        head = put(first)
        name(first, head)
        until(lambda: here(second, head) == LONG)
        for link in links:
            link.stop()
        for run in runs:
            run.result(10)


def test_what_has_been_damaged_at_the_centre_is_found_there_and_never_kept_at_a_desk(
    centre: Served, desks: list[Desk]
) -> None:
    first, second = desks
    head = put(first, PNG, "image/png")
    name(first, head)

    def write(content: bytes) -> None:
        with centre.store.writing() as connection:
            connection.execute(update(file_part).values(bytes=content))

    with joined(centre, first, "میز ۱") as line, joined(centre, second, "میز ۲") as other:
        send_all(first, line)
        in_step((first, line), (second, other))
        write(PNG[:-1] + b"?")
        assert not fetch_part(second, other)
        assert here(second, head) is None
        assert [found.finding for found in check(centre.store)] == ["file_damaged"]
        write(PNG)
        assert fetch_part(second, other)
        assert here(second, head) == PNG
        assert list(check(centre.store)) == []
