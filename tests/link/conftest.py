"""A real centre on either database, and desks that were set up by themselves."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desk.desk import Desk
from tests.central.conftest import centre, store
from tests.desk.conftest import office
from tests.link.desks import opened

__all__ = ["centre", "office", "store"]


@pytest.fixture
def desks(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Desk]]:
    """Two of them. What is added is closed at the end as well."""
    monkeypatch.setenv("MIZ_KEYSTORE", "file")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    every = [opened(shutil.copytree(office, tmp_path / f"desk{number}")) for number in range(2)]
    yield every
    for each in every:
        each.close()
