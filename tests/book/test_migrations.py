"""The migrations end where the models stand, and each goes up and down."""

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from app.book.migrate import THE_BOOK, current, migrate
from models.tables import BOOK


def differences(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_object": lambda thing, name, kind, _r, _c: kind != "table" or name in BOOK.tables},
        )
        return list(compare_metadata(context, BOOK))


def test_the_migrated_book_is_the_models_book(book: Engine) -> None:
    assert differences(book) == []
    with book.connect() as connection:
        assert current(connection, THE_BOOK[1]) == THE_BOOK[2][-1]


def test_a_difference_would_be_seen(book: Engine) -> None:
    with book.begin() as connection:
        connection.exec_driver_sql("DROP INDEX line_by_subject")
    assert differences(book) != []


@pytest.mark.parametrize("n", range(len(THE_BOOK[2])))
def test_each_version_goes_up_down_and_up_again(book: Engine, n: int) -> None:
    from alembic import command
    from alembic.config import Config

    folder, table, versions = THE_BOOK
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.set_main_option("path_separator", "os")
    with book.begin() as connection:
        config.attributes.update(connection=connection, version_table=table)
        command.downgrade(config, "base" if n == 0 else versions[n - 1])
    with book.connect() as connection:
        assert ("line" in inspect(connection).get_table_names()) is (n > 0)
    with book.begin() as connection:
        migrate(connection, folder, table)
    assert differences(book) == []
