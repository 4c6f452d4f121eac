"""The counter in the real window: how it answers keys, how soon a visit is saved and its paper leaves, how long the
window does not answer, and whether a thousand visits leave anything behind."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice, pairwise
from pathlib import Path

import msgspec

from app.desk.clients import New, who_is
from app.desk.desk import Desk
from app.desk.printers import KEPT, Printers, kept_printers
from app.desk.requests import request
from app.desk.services import services
from app.desk.visit_form import VisitForm, read_visit
from app.desk.visits import Registered, register
from models.identity import IdentityError, legal_number
from printing.printers.roll import paper_seconds
from printing.receipt import render_receipt
from printing.roll import roll_bytes
from tests.bench.clerk import SERVICE, Late, Newcomer, Seen, Shift
from tests.bench.ground import Ground
from tests.bench.measuring import ROOT, Beside, Figure, environment, median, p95, timed
from tests.bench.roll import Roll, roll_printer

TYPED = 60
"""People whose names are typed letter by letter."""
VISITS = 1_000
LOOKED_AT = 40
WEIGHED_AFTER = 200
"""Visits until the caches of database and window are full."""
LONGEST = 50


def figures(ground: Ground) -> Iterator[Figure]:
    """One shift of one clerk, every second visit a newcomer's, with a roll printer; offscreen, painted by the
    processor."""
    with roll_printer() as roll:
        seen = _shift(ground, roll)
        sent = _sent(seen, roll)
    alone, paper = _registering_alone(ground, len(seen.saved))
    yield _figure("counter.key", seen.keys, Beside("a bare line in an empty window", p95(seen.bare_keys)), "keys")
    bare = Beside("the bare line's", p95(seen.bare_frames))
    yield _figure("counter.frame", seen.frames, bare, "paintings while names are typed", "p95 ≤ 16 ms")
    yield _figure("counter.saved", seen.saved, Beside("registering without a window", p95(alone)), "visits")
    beside = Beside("until it is saved", p95(seen.saved[: len(sent)]))
    yield _figure("counter.sent", sent, beside, "papers; until the printer has the first byte")
    beside = Beside("what the slowest printer takes for such a paper", paper)
    yield _figure("counter.printed", seen.printed, beside, "papers")
    yield _stalls(seen)
    first, last = (held / 1e6 for held in seen.memory)
    yield Figure(
        name="counter.memory",
        value=last,
        unit="MB",
        beside=Beside(f"after {_weighed_after(ground)} visits", first),
        target="flat",
        note=f"after {len(seen.saved)} visits, resident",
    )


def _figure(name: str, took: list[float], beside: Beside, of: str, target: str = "") -> Figure:
    note = f"p95 of {len(took)} {of}; median {median(took):.3g} ms, the longest {max(took):.3g}"
    return Figure(name=name, value=p95(took), unit="ms", beside=beside, target=target, note=note)


def _stalls(seen: Seen) -> Figure:
    longest = max(seen.late, key=lambda late: late.took, default=Late(0.1, 0, 0, "nothing"))
    over = [late for late in seen.late if late.took > LONGEST]
    ours = sum(late.program > LONGEST for late in over)
    own = max((late.own for late in seen.late), default=0)
    return Figure(
        name="counter.stall",
        value=longest.took,
        unit="ms",
        target=f"none over {LONGEST} ms",
        note=f"the longest, at {longest.doing!r}; {len(over)} over {LONGEST} ms, in {ours} of them the program was at "
        f"work that long; {len(seen.late)} over 15 ms in {len(seen.saved)} visits; the window's own work at most "
        f"{own:.3g} ms",
    )


def _visits(ground: Ground) -> int:
    return min(VISITS, ground.samples)


def _weighed_after(ground: Ground) -> int:
    return min(WEIGHED_AFTER, _visits(ground) // 2)


def _shift(ground: Ground, roll: Roll) -> Seen:
    with tempfile.TemporaryDirectory() as folder, _printing_at(ground.desk, f"roll://127.0.0.1:{roll.port}"):
        out = Path(folder, "seen.json")
        known = _known(ground, 2 * max(TYPED, _visits(ground)))
        shift = Shift(
            names=tuple(name for name, _number in known[:TYPED]),
            visits=tuple(_clients(ground, [number for _name, number in known])),
            looked_at=min(LOOKED_AT, _visits(ground)),
            weighed_after=_weighed_after(ground),
            tray=folder,
            out=str(out),
        )
        command = [sys.executable, "-m", "tests.bench.clerk", str(ground.data)]
        subprocess.run(command, cwd=ROOT, env=environment(), input=msgspec.json.encode(shift), check=True)
        return msgspec.json.decode(out.read_bytes(), type=Seen)


@contextmanager
def _printing_at(desk: Desk, uri: str) -> Iterator[None]:
    """The desk's papers go to the roll meanwhile."""
    with desk.reading() as connection:
        before = kept_printers(connection)
    _keep(desk, Printers({"roll": uri}, {"roll80": "roll"}, "roll80"))
    try:
        yield
    finally:
        _keep(desk, before)


def _keep(desk: Desk, settings: Printers) -> None:
    with desk.store.writing() as connection:
        desk.store.keep(connection, KEPT, msgspec.json.encode(settings))


def _known(ground: Ground, many: int) -> list[tuple[str, str]]:
    """Names and numbers of people who are there, from all years."""
    with ground.desk.reading() as connection:
        most = connection.exec_driver_sql("SELECT max(id) FROM found").scalar_one()
        query = (
            "SELECT given_name || ' ' || family_name, number FROM found JOIN client "
            "ON client.office = found.office AND client.id = found.client WHERE found.id = ?"
        )
        drawn = [ground.draw.randint(1, most) for _ in range(many)]
        found = [connection.exec_driver_sql(query, (n,)).one() for n in drawn]
    return [(name, number) for name, number in found if not _goes_on(number + SERVICE)]


def _goes_on(digits: str) -> bool:
    """Whether the service's digit, so soon behind the person's number, is taken for one of an organisation's number."""
    try:
        return bool(legal_number(digits))
    except IdentityError:
        return False


def _clients(ground: Ground, known: list[str]) -> Iterator[str | Newcomer]:
    """Known and new in turn; of the new ones only those of whom the window would not ask who they are."""
    new = (said for said in map(_written, ground.newcomers) if _resembles_nobody(ground.desk, said))
    for number, said in islice(zip(known, new, strict=False), -(-_visits(ground) // 2)):
        yield number
        yield Newcomer(said["national_number"], tuple(said[name] for name in _FIELDS))


_FIELDS = ("given_name", "family_name", "father_name", "mobile")


def _written(said: dict[str, str]) -> dict[str, str]:
    return {name: said[name] for name in ("kind", "national_number", *_FIELDS)}


def _resembles_nobody(desk: Desk, said: dict[str, str]) -> bool:
    form = read_visit({"service": "-", "client": said})
    assert isinstance(form, VisitForm)
    with desk.reading() as connection:
        return isinstance(who_is(connection, None, form.client.details, form.client.given, another=False), New)


def _sent(seen: Seen, roll: Roll) -> list[float]:
    """From Ctrl+Enter to the paper's first byte, for the visits whose paper the clerk waited for."""
    begun = seen.registered_at[: len(seen.printed) + 1]
    firsts = [next(at for at in roll.arrived if at > moment) for moment in begun[: len(seen.printed)]]
    assert all(first < following for first, (_, following) in zip(firsts, pairwise(begun), strict=False))
    return [(first - moment) * 1_000 for first, moment in zip(firsts, begun, strict=False)]


def _registering_alone(ground: Ground, many: int) -> tuple[list[float], float]:
    """The same mixture without a window; and how long the slowest roll printer takes for such a paper."""
    took: list[float] = []
    codes: list[str] = []
    service = services(ground.desk)[0]
    for client in _clients(ground, [number for _name, number in _known(ground, many)]):
        said = {"national_number": client} if isinstance(client, str) else _new(client)
        visit = {"client": said, "service": service.offered.code, "documents": [*service.documents]}
        spent, answer = timed(register, ground.desk, ground.session, visit)
        if isinstance(answer, Registered):
            took.append(spent)
            codes.append(answer.tracking_code)
    values = request(ground.desk, codes[0]).receipts[-1].values
    return took, paper_seconds(len(roll_bytes(render_receipt(values, "roll80")))) * 1_000


def _new(client: Newcomer) -> dict[str, str]:
    return {"kind": "person", "national_number": client.number, **dict(zip(_FIELDS, client.texts, strict=True))}
