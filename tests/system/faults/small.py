"""A run in one process: real desks on encrypted files, the link's own code and the centre's own feed, on a line that is
no network but fails like one. A death is an exception in the middle of a transaction or right after it."""

from __future__ import annotations

import datetime
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

from sqlalchemy import Connection

from app.book.append import Fact, Pen
from app.central.enrolment import Seat, enrol, make_seat, seat_of
from app.central.feed import Refused, hash_at, page, publish, take
from app.central.places import CENTRE, ORGANISATION
from app.central.store import Store
from app.desk.desk import HOME_OFFICE, Desk, open_desk
from app.desk.link import joining
from app.desk.link.centre import Centre, Differs, NotAdmitted, Unreachable
from app.desk.link.membership import member, membership
from app.desk.link.pulling import pull_once, pull_reference
from app.desk.link.pushing import push_once
from app.desk.link.standing import waiting_lines
from app.wire.messages import Ask, Enrol, Pull, Push, Stands
from app.wire.packing import pack, unpack
from models.calendar import now_us
from models.entries import HolidaySet
from models.ids import new_id, reference_id
from tests.central.dumps import Dump, dumped, put_back
from tests.system.faults.counter import DAY, AtWork
from tests.system.faults.promises import Ledger, broken, held, sizes, written

T = TypeVar("T")
MOST_FOLDERS = 6
SETTLES_WITHIN = 60


class Death(BaseException):
    """The process is gone."""


class Place:
    """A data folder and the program that is open on it."""

    def __init__(self, run: Run, folder: Path) -> None:
        self.run, self.folder, self.offset = run, folder, 0
        self.pending = ""  # the key of a visit whose answer never came
        self.backup: Path | None = None
        self.desk = self.open()

    def open(self) -> Desk:
        self.desk = open_desk(self.folder)
        self.desk.clock = lambda: now_us() + self.offset
        self.desk.store.writing = self._may_die(self.desk.store.writing)  # type: ignore[method-assign]
        self.line = Line(self.run, self)
        return self.desk

    def reopen(self) -> None:
        self.desk.close()
        self.open()

    def _may_die(self, real: Callable[[], Any]) -> Any:
        @contextmanager
        def writing() -> Iterator[Connection]:
            with real() as connection:
                yield connection
                self.run.may_die("desk killed before its commit")
            self.run.may_die("desk killed after its commit")

        return writing

    def at_work(self, desk: Desk) -> AtWork:
        ledger = self.run.ledger
        return AtWork(desk, self.run.luck, ledger.tried.add, ledger.acknowledge)

    def copied(self, to: Path) -> None:
        self.desk.close()
        shutil.copytree(self.folder, to)
        self.open()


class Line(Centre):
    """The desk's end of a line that loses questions and answers; everything on it is packed and unpacked as ever."""

    def __init__(self, run: Run, place: Place) -> None:
        self._run, self._place = run, place

    def close(self) -> None:
        pass

    def _ask(self, path: str, message: object, kind: type[T]) -> T:
        self._run.may_fail("question lost", 0.10)
        try:
            answer = self._run.answer(self._place, unpack(pack(message), type(message)))
        except Refused as refusal:
            self._run.counts[f"centre refused: {refusal.code}"] += 1
            stands = Stands(code=refusal.code, next_sequence=refusal.stands.next_sequence, head=refusal.stands.head)
            raise Differs(unpack(pack(stands), Stands)) from None
        self._run.may_fail("answer lost", 0.15)
        self._run.may_be_overtaken(self._place)
        return unpack(pack(answer), kind)


class Run:
    """One run; `counts` says what happened in it."""

    def __init__(self, seed: str, centre: Store, desks: list[Path], folder: Path) -> None:
        self.luck, self.centre, self.folder = random.Random(seed), centre, folder
        self.seed, self.ledger, self.counts = seed, Ledger(), Counter[str]()
        self.faults, self._is_guest, self._keys = True, False, 0
        self.incarnation = new_id()
        self._dump = Dump()
        with centre.writing() as connection:
            self.seats = [make_seat(connection, f"اداره {seed}", f"میز {n}", now_us()) for n in range(len(desks))]
        self.places = [Place(self, shutil.copytree(desk, folder / f"desk{n}")) for n, desk in enumerate(desks)]
        self.office = 0

    def close(self) -> None:
        for place in self.places:
            place.desk.close()

    # --- what may happen ---

    def may_die(self, how: str) -> None:
        if self.faults and self.luck.random() < 0.02:
            self.counts[how] += 1
            raise Death

    def may_fail(self, how: str, chance: float) -> None:
        if self.faults and self.luck.random() < chance:
            self.counts[how] += 1
            raise Unreachable("network")

    def may_be_overtaken(self, place: Place) -> None:
        """A second program on the same folder does something while the first waits for its answer."""
        if not self.faults or self._is_guest or self.luck.random() > 0.1 or not self._is_member(place):
            return
        self._is_guest = True
        guest = open_desk(place.folder)
        guest.clock = place.desk.clock
        try:
            self.counts["two programs on one store"] += 1
            self._something(place, guest)
        except Unreachable:
            pass
        finally:
            self._is_guest = False
            guest.close()

    def answer(self, place: Place, message: object) -> object:
        """The centre's, with its own deaths."""
        if isinstance(message, Enrol):
            with self._centre_writing() as connection:
                enrolled = enrol(connection, message, now_us())
            if enrolled is None:
                raise NotAdmitted
            self.office = enrolled.office
            return enrolled
        seat = self._seat(place)
        if isinstance(message, Push):
            assert seat.may_write_as(message.desk)
            with self._centre_writing() as connection:
                return take(connection, seat.office, message, self.incarnation, now_us())
        with self.centre.reading() as connection:
            if isinstance(message, Pull):
                return page(connection, ORGANISATION if message.organisation else seat.office, message)
            assert isinstance(message, Ask)
            return hash_at(connection, Pen(seat.office, message.desk, message.incarnation), message.sequence)

    def _seat(self, place: Place) -> Seat:
        with place.desk.reading() as here, self.centre.reading() as there:
            seat = seat_of(there, member(here).token.encode())
        assert seat is not None
        return seat

    @contextmanager
    def _centre_writing(self) -> Iterator[Connection]:
        with self.centre.writing() as connection:
            yield connection
            if self.faults and self.luck.random() < 0.04:
                self.counts["centre killed before its commit"] += 1
                self.incarnation = new_id()
                raise Unreachable("network")
        if self.faults and self.luck.random() < 0.04:
            self.counts["centre killed after its commit"] += 1
            self.incarnation = new_id()
            raise Unreachable("network")

    # --- what is done ---

    def work(self, steps: int) -> None:
        for _step in range(steps):
            place = self.luck.choice(self.places)
            try:
                self._next(place)
            except Unreachable:
                pass
            except Death:
                place.reopen()

    def _next(self, place: Place) -> None:
        if not self._is_member(place):
            if self.luck.random() < 0.5:
                self._join(place)
            else:
                self._visit(place, place.desk)
        elif (what := self.luck.random()) < 0.04 and len(self.places) < MOST_FOLDERS:
            self._copy(place)
        elif what < 0.08:
            self._back_up(place)
        elif what < 0.12:
            self._restore(place)
        elif what < 0.15:
            self.counts["clock moved a day"] += 1
            place.offset = self.luck.choice((-DAY, 0, DAY))
        elif what < 0.17:
            self._publish()
        elif what < 0.21:
            self._back_up_the_centre()
        elif what < 0.24:
            self._restore_the_centre()
        else:
            self._something(place, place.desk)

    def _something(self, place: Place, desk: Desk) -> None:
        what = self.luck.random()
        if what < 0.35:
            self._visit(place, desk)
        elif what < 0.50:
            place.at_work(desk).step()
        elif what < 0.75:
            push_once(desk, place.line, self.luck.choice((1, 2, 5, 1_000)))
        elif what < 0.95:
            pull_once(desk, place.line, most=self.luck.choice((1, 3, 10, 500)))
        else:
            pull_reference(desk, place.line)

    def _visit(self, place: Place, desk: Desk) -> None:
        if not place.pending:
            self._keys += 1
            place.pending = f"{self.seed}/{self._keys}"
        key = place.pending
        if place.at_work(desk).visit(key):
            self.counts["visits"] += 1
        if place.pending == key:
            place.pending = ""

    def _join(self, place: Place) -> None:
        _, code = self.seats[self.places.index(place)]
        with patch.object(joining, "Centre", lambda *_how: place.line):
            joining.join(place.desk, "http://127.0.0.1:1", code)

    def _publish(self) -> None:
        """The centre changes the working days that all offices share."""
        day = datetime.date(2027, 1, 1) + datetime.timedelta(self.luck.randrange(300))
        said = HolidaySet(day=day, title="تعطیل", off=self.luck.random() < 0.3)
        with self.centre.writing() as connection:
            facts = [Fact(new_id(), reference_id("holiday", day.isoformat()), new_id(), said)]
            publish(connection, Pen(ORGANISATION, CENTRE, self.incarnation), facts, now_us())

    def _copy(self, place: Place) -> None:
        self.counts["folder copied"] += 1
        folder = self.folder / f"copy{len(self.places)}"
        place.copied(folder)
        self.places.append(Place(self, folder))

    def _back_up(self, place: Place) -> None:
        self._keys += 1
        place.backup = self.folder / f"backup{self._keys}"
        place.copied(place.backup)

    def _restore(self, place: Place) -> None:
        """The disk is gone; its backup takes its place."""
        if place.backup is None:
            return
        self.counts["backup restored"] += 1
        had = self._held_at(place)
        place.desk.close()
        shutil.rmtree(place.folder)
        shutil.copytree(place.backup, place.folder)
        place.open()
        place.pending = ""
        self._disk_replaced(had)

    def _back_up_the_centre(self) -> None:
        with self.centre.reading() as connection:
            dump = dumped(connection)
        is_open = all(map(self._is_member, self.places))  # a desk that joined later is not known any more
        self._dump = dump if is_open else self._dump

    def _restore_the_centre(self) -> None:
        """Its database is gone; a backup takes its place, while the processes go on or after they ended."""
        if not self._dump:
            return
        self.counts["centre's backup restored"] += 1
        with self.centre.writing() as connection:
            had = held(connection, self.office)
            put_back(connection, self._dump)
        self._disk_replaced(had)
        if self.luck.random() < 0.5:
            self.incarnation = new_id()

    def _disk_replaced(self, had: set[str]) -> None:
        with self.centre.reading() as connection:
            elsewhere, read = held(connection, self.office), set[str]()
        for place in self.places:
            with place.desk.reading() as connection:
                elsewhere |= written(connection)
                read |= held(connection, HOME_OFFICE)
        self.ledger.disk_replaced(had, elsewhere, read)

    def _held_at(self, place: Place) -> set[str]:
        with place.desk.reading() as connection:
            return held(connection, HOME_OFFICE)

    def _is_member(self, place: Place) -> bool:
        with place.desk.reading() as connection:
            return membership(connection) is not None

    # --- the end ---

    def settle(self) -> None:
        """Everything works again; everybody sends and reads until nothing is left."""
        self.faults = False
        for place in self.places:
            if not self._is_member(place):
                self._join(place)
        for _turn in range(SETTLES_WITHIN):
            moved = [self._round(place) for place in self.places]
            if not any(moved) and not any(waiting_lines(place.desk) for place in self.places):
                return
        raise AssertionError("somebody is stuck")

    def _round(self, place: Place) -> int:
        desk, to = place.desk, place.line
        return pull_reference(desk, to) + push_once(desk, to) + pull_once(desk, to)[0]

    def verdict(self) -> list[str]:
        return list(broken(self.centre, self.office, [place.desk for place in self.places], self.ledger))


def small_run(seed: str, centre: Store, desks: list[Path], folder: Path) -> tuple[Counter[str], list[str]]:
    """What happened, and what was broken."""
    run = Run(seed, centre, desks[: 2 + random.Random(seed).randrange(2)], folder)
    try:
        run.work(run.luck.randint(30, 90))
        run.settle()
        wrong = run.verdict()
        return run.counts + sizes(centre, run.office), wrong
    finally:
        run.close()
