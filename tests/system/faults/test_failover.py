"""PostgreSQL's server is killed while desks send, and its standby takes over; `./run faults --failover` does more."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest

from tests.standby import Pair
from tests.system.faults.centre_process import Database
from tests.system.faults.series import Ground
from tests.system.faults.whole import Whole


@pytest.fixture
def pair() -> Iterator[Pair]:
    with tempfile.TemporaryDirectory(prefix="miz", dir="/tmp") as folder:  # a socket's path must be short
        made = Pair(Path(folder))
        try:
            made.start()
            yield made
        finally:
            made.stop()


class FailsOver(Whole):
    """Nothing goes wrong but that, once."""

    def _trouble(self, programs: list[ForkServerProcess], *, spare_joining: bool) -> None:
        assert self._database.pair is not None
        if not spare_joining and not self.counts["failed over"]:
            self._fail_over(self._database.pair)


def test_what_a_desk_was_told_is_safe_outlives_the_server(ground: Ground, pair: Pair, tmp_path: Path) -> None:
    run = FailsOver("quick-1", Database(pair.create("centre", template="tpl"), pair=pair), ground.desks[:1], tmp_path)
    try:
        run.round(first=True)
        run.round()
        assert run.settle() == []
        assert run.counts["failed over"] == 1
        assert run.counts["visits"] > 0
    finally:
        run.close()
