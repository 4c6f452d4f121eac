"""Files come in part by part from several senders, and count once they are what they are named by."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, func, select

from app.book import files
from app.book.files import Place, Stands
from models.files import TYPES, Head, hash_of, head_of, name_of
from models.tables import file, file_part

PART = 8
PNG = TYPES["image/png"]
HOUR = 3_600 * 1_000_000


@pytest.fixture(autouse=True, scope="module")
def small_parts() -> Iterator[None]:
    """The rules are those of any length."""
    with pytest.MonkeyPatch.context() as patch:
        for module in ("models.files", "app.book.files"):
            patch.setattr(f"{module}.PART", PART)
        yield


def parts(content: bytes) -> list[tuple[int, bytes]]:
    return [(start, content[start : start + PART]) for start in range(0, len(content), PART)]


def send(connection: Connection, place: Place, content: bytes, head: Head | None = None, now: int = 0) -> Stands:
    """Until it is whole or thrown away."""
    head = head or head_of(content, "image/png")
    answer = files.stands(connection, place, head)
    while not (answer.is_whole or answer.wrong):
        start = answer.bytes
        answer = files.take_part(connection, place, head, start, content[start : start + PART], now)
    return answer


@dataclass
class Senders:
    """What should be there: how much of each sender's, and whether one was whole."""

    stand: dict[int, int] = field(default_factory=dict)
    whole: bool = False


ACTS = st.lists(
    st.tuples(st.sampled_from(["next", "again", "ahead", "lie", "sweep"]), st.integers(1, 3), st.integers(0, 20)),
    max_size=40,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(acts=ACTS, length=st.integers(1, 40))
def test_whatever_comes_in_whatever_order_is_the_file_or_is_not_there(
    book: Engine, acts: list[tuple[str, int, int]], length: int
) -> None:
    content = PNG + bytes(range(length))
    head, model = head_of(content, "image/png"), Senders()
    with book.connect() as connection:
        for now, (act, sender, number) in enumerate(acts):
            place, stands = Place(1, sender), model.stand.get(sender, 0)
            if act == "sweep":
                files.sweep(connection, 1, now)
                model.stand = {}
                continue
            every = parts(content)
            following = min(stands // PART, len(every) - 1)
            chosen = {"next": following, "again": min(number, following), "ahead": number % len(every)}
            start, part = every[chosen.get(act, following)]
            if act == "lie":
                part = bytes(len(part))
            answer = files.take_part(connection, place, head, start, part, now)
            if not model.whole and start == stands:
                model.stand[sender] = start + len(part)
                model.whole = start + len(part) == len(content) and not answer.wrong
                if answer.wrong:
                    model.stand.pop(sender)
            assert answer.is_whole is model.whole
            assert answer.bytes == (len(content) if model.whole else model.stand.get(sender, 0))
            found = files.content(connection, 1, head.hash)
            assert found == (content if model.whole else None)
            if model.whole:
                model.stand = {}
        kept = connection.execute(select(func.count()).where(file.c.whole_at.is_not(None))).scalar_one()
        assert kept == int(model.whole)
        assert list(files.check_files(connection)) == []
        connection.rollback()


def test_the_same_content_is_kept_once_an_office_and_no_other_office_has_it(book: Engine) -> None:
    content = PNG + b"the same"
    with book.begin() as connection:
        for office, sender in ((1, 1), (1, 2), (1, 0), (2, 1)):
            assert send(connection, Place(office, sender), content).is_whole
        count = select(func.count())
        assert connection.execute(count.select_from(file).where(file.c.office == 1)).scalar_one() == 1
        assert connection.execute(count.select_from(file_part).where(file_part.c.office == 1)).scalar_one() == 2
        assert files.used(connection, 1, 0) == len(content)
        assert files.content(connection, 3, head_of(content, "image/png").hash) is None


def test_two_that_become_whole_at_one_time_are_one(book: Engine) -> None:
    content = PNG + bytes(30)
    head, answers = head_of(content, "image/png"), list[Stands]()
    *before, (start, last) = parts(content)
    with book.begin() as connection:
        for sender in (1, 2):
            for at, part in before:
                files.take_part(connection, Place(1, sender), head, at, part, 0)

    def second() -> None:
        with book.begin() as connection:
            answers.append(files.take_part(connection, Place(1, 2), head, start, last, 0))

    waiting = threading.Thread(target=second)
    with book.begin() as connection:
        answers.append(files.take_part(connection, Place(1, 1), head, start, last, 0))
        waiting.start()
        waiting.join(0.3)
        assert waiting.is_alive(), "until the first one is committed"
    waiting.join()
    assert answers == [Stands(len(content), is_whole=True)] * 2
    with book.begin() as connection:
        assert connection.execute(select(func.count()).select_from(file)).scalar_one() == 1
        assert connection.execute(select(func.count()).select_from(file_part)).scalar_one() == len(before) + 1
        assert files.content(connection, 1, head.hash) == content


def test_another_content_than_the_name_says_is_thrown_away_and_can_be_sent_again(book: Engine) -> None:
    content = PNG + b"twenty bytes and more"
    head = head_of(content, "image/png")
    with book.begin() as connection:
        spoilt = content[:-1] + b"?"
        assert send(connection, Place(1, 1), spoilt, head) == Stands(0, wrong="hash")
        assert files.whole(connection, 1, head.hash) is None
        assert connection.execute(select(func.count()).select_from(file_part)).scalar_one() == 0
        assert send(connection, Place(1, 1), content, head).is_whole


def test_a_file_begins_as_its_type_does(book: Engine) -> None:
    script = b"<svg onload=alert(1)>"
    with book.begin() as connection:
        assert send(connection, Place(1, 1), script) == Stands(0, wrong="type")
        with pytest.raises(ValueError, match="type"):
            files.put(connection, 1, script, "image/png", 0)


def test_a_second_head_for_one_hash_begins_anew(book: Engine) -> None:
    content = PNG + bytes(20)
    true = head_of(content, "image/png")
    with book.begin() as connection:
        files.take_part(connection, Place(1, 1), Head(true.hash, "image/png", 99), 0, content[:PART], 0)
        assert send(connection, Place(1, 1), content, true).is_whole
        assert files.whole(connection, 1, true.hash) == true


@pytest.mark.parametrize(("start", "length"), [(0, PART - 1), (0, PART + 1), (3, PART), (16, 5), (24, 1), (0, 0)])
def test_what_is_no_part_is_refused(book: Engine, start: int, length: int) -> None:
    head = head_of(PNG + bytes(12), "image/png")
    with book.begin() as connection, pytest.raises(files.NotAPart):
        files.take_part(connection, Place(1), head, start, bytes(length), 0)


def test_only_what_is_left_unfinished_is_swept(book: Engine) -> None:
    old, waiting, kept = (PNG + name for name in (b"one, long", b"two, long", b"three"))
    with book.begin() as connection:
        send(connection, Place(1, 1), kept)
        for content, at in ((old, 0), (waiting, HOUR)):
            files.take_part(connection, Place(1, 1), head_of(content, "image/png"), 0, content[:PART], at)
        assert files.used(connection, 1, HOUR) == len(waiting) + len(kept)
        files.sweep(connection, 1, HOUR)
        there = [files.stands(connection, Place(1, 1), head_of(each, "image/png")).bytes for each in (old, waiting)]
        assert there == [0, PART]
        assert files.content(connection, 1, head_of(kept, "image/png").hash) == kept


def test_what_is_damaged_is_not_given_out_and_found(book: Engine) -> None:
    with book.begin() as connection:
        name = files.put(connection, 1, PNG + b"whole", "image/png", 0)
        connection.execute(file_part.update().where(file_part.c.start == 8).values(bytes=b"w-ole"))
        assert files.content(connection, 1, name) is None
        assert [found.finding for found in files.check_files(connection)] == ["file_damaged"]


def test_what_was_put_here_waits_to_be_sent(book: Engine) -> None:
    with book.begin() as connection:
        hashes = [files.put(connection, 0, PNG + bytes([n]), "image/png", n, unsent=True) for n in (1, 2)]
        sent = []
        while (head := files.next_unsent(connection, 0)) is not None:
            sent.append(head.hash)
            files.note_sent(connection, 0, head.hash)
        assert sent == hashes


def test_a_name_says_its_hash_and_nothing_else_is_a_name() -> None:
    digest = hashlib.sha256(b"").digest()
    assert hash_of(name_of(digest)) == digest
    for wrong in ("", "star", "file:", "file:" + "g" * 64, "file:" + "a" * 63, digest.hex(), "file:" + "٣" * 64):
        assert hash_of(wrong) is None
