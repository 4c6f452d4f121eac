"""Whatever fails between desks and centre: what was handed out is at the centre once, and all ends agree.

A few runs of each kind with fixed seeds; `./run faults` makes as many as are wanted.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.central.store import Store
from tests.system.faults.series import Ground
from tests.system.faults.small import small_run
from tests.system.faults.whole import whole_run


@pytest.mark.parametrize("postgresql", [False, True], ids=["sqlite", "postgresql"])
@pytest.mark.parametrize("seed", range(2))
def test_in_one_process_nothing_is_lost_or_doubled(ground: Ground, tmp_path: Path, seed: int, postgresql: bool) -> None:
    with ground.database(tmp_path, postgresql=postgresql) as database:
        store = Store(database.url)
        counts, wrong = small_run(f"quick-{seed}", store, ground.desks, tmp_path)
        store.close()
    assert wrong == []
    assert counts["visits"] > 0


@pytest.mark.parametrize(("seed", "postgresql"), [(3, False), (2, True)], ids=["sqlite", "postgresql"])
def test_with_processes_that_are_killed_nothing_is_lost_or_doubled(
    ground: Ground, tmp_path: Path, seed: int, postgresql: bool
) -> None:
    with ground.database(tmp_path, postgresql=postgresql) as database:
        counts, wrong = whole_run(f"quick-{seed}", database, ground.desks, tmp_path, most_rounds=1)
    assert wrong == []
    assert counts["visits"] > 0
