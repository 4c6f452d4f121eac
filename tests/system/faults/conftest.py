from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import Cluster
from tests.system.faults.series import Ground


@pytest.fixture(scope="session")
def ground(postgres: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("MIZ_KEYSTORE", "file")
        made = Ground(tmp_path_factory.mktemp("faults") / "ground", postgres)
        yield made
        made.close()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIZ_KEYSTORE", "file")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home"))
