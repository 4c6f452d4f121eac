import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.vault.store import Store, create_store, open_store
from tests.vault.schema import VaultSchema


@pytest.fixture(scope="session")
def fresh_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store as it was made; only to be copied."""
    folder = tmp_path_factory.mktemp("vault") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MIZ_KEYSTORE", "file")
        create_store(folder, VaultSchema())[0].close()
    return folder


@pytest.fixture
def store(fresh_folder: Path, data_dir: Path) -> Iterator[Store]:
    shutil.copytree(fresh_folder, data_dir)
    opened = open_store(data_dir, VaultSchema())
    yield opened
    opened.close()


@pytest.fixture
def closed_store(store: Store) -> Path:
    """The folder of a store that was made, holds one value, and was left in order."""
    with store.writing() as connection:
        store.keep(connection, "word", "ماکو".encode())
    store.close()
    return store.folder
