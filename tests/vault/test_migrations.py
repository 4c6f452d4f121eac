from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from app.book.migrate import current, migrate
from app.vault import migrations
from app.vault.store import Store
from models.tables import PROJECTION, VAULT


def test_the_migrations_make_the_tables_that_the_program_reads(store: Store) -> None:
    others = {*PROJECTION.tables, migrations.VERSION_TABLE}

    def ours(_object: object, name: str | None, type_: str, *_: object) -> bool:
        return type_ != "table" or not (name in others or str(name).startswith("find_") or name == "sqlite_sequence")

    with store.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": ours, "compare_type": False, "version_table": migrations.VERSION_TABLE}
        )
        assert compare_metadata(context, VAULT) == []


def test_the_versions_are_the_ones_in_the_folder() -> None:
    files = sorted(path.stem.partition("_")[0] for path in (migrations.FOLDER / "versions").glob("[!_]*.py"))
    assert files == sorted(migrations.VERSIONS)


FIRST = """
from alembic import op
revision, down_revision = "t001", None
def upgrade():
    op.execute("CREATE TABLE first (x)")
"""

SECOND = """
from alembic import op
revision, down_revision = "t002", "t001"
def upgrade():
    op.execute("CREATE TABLE second (x)")
    op.execute("INSERT INTO first VALUES (2)")
    {end}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    steps = tmp_path / "100% steps"  # A per cent sign means something to Alembic's settings.
    (steps / "versions").mkdir(parents=True)
    (steps / "env.py").write_text((migrations.FOLDER / "env.py").read_text())
    (steps / "versions" / "t001.py").write_text(FIRST)
    return steps


def tables(store: Store) -> set[str]:
    with store.reading() as connection:
        return set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars())


def test_a_migration_that_breaks_off_leaves_nothing_behind(store: Store, folder: Path) -> None:
    with store.writing() as connection:
        migrate(connection, folder, "version_of_test")
    before = tables(store)
    assert {"first", "version_of_test"} <= before
    (folder / "versions" / "t002.py").write_text(SECOND.format(end="raise ZeroDivisionError"))
    with pytest.raises(ZeroDivisionError), store.writing() as connection:
        migrate(connection, folder, "version_of_test")
    with store.reading() as connection:
        assert current(connection, "version_of_test") == "t001"
        assert connection.execute(text("SELECT count(*) FROM first")).scalar() == 0
    assert tables(store) == before
    (folder / "versions" / "t002.py").write_text(SECOND.format(end="pass"))
    with store.writing() as connection:
        migrate(connection, folder, "version_of_test")
        assert current(connection, "version_of_test") == "t002"


def test_before_the_first_migration_there_is_no_version(store: Store) -> None:
    with store.reading() as connection:
        assert current(connection, "version_of_nothing") is None
