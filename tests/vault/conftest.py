from collections.abc import Iterator
from pathlib import Path

import pytest

from app.vault.store import Store, create_store
from tests.vault.schema import VaultSchema


@pytest.fixture
def store(data_dir: Path) -> Iterator[Store]:
    made, _ = create_store(data_dir, VaultSchema())
    yield made
    made.close()


@pytest.fixture
def closed_store(store: Store) -> Path:
    """The folder of a store that was made, holds one value, and was left in order."""
    with store.writing() as connection:
        store.keep(connection, "word", "ماکو".encode())
    store.close()
    return store.folder
