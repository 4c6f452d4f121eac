import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.vault import keys
from app.vault import store as store_module
from app.vault.place import new_private_file
from app.vault.problems import StoreError, StoreProblem
from app.vault.store import Store, check_pages, create_store, open_store
from models.tables import kept
from tests.vault.programs import run, start
from tests.vault.schema import VaultSchema

SCHEMA = VaultSchema()


@contextmanager
def refused(problem: StoreProblem) -> Iterator[None]:
    with pytest.raises(StoreError) as error:
        yield
    assert error.value.problem is problem


def kept_word(folder: Path) -> bytes | None:
    with closing(open_store(folder, SCHEMA)) as store, store.reading() as connection:
        return store.kept(connection, "word")


# --- making and opening ---


def test_what_was_written_is_there_when_the_store_is_opened_again(closed_store: Path) -> None:
    assert kept_word(closed_store) == "ماکو".encode()


def test_the_store_keeps_the_recovery_code_that_set_up_prints(data_dir: Path) -> None:
    store, code = create_store(data_dir, SCHEMA)
    with closing(store), store.reading() as connection:
        assert store.kept(connection, "recovery_code") == code.encode()
    assert keys.load_key_by_recovery(data_dir, code) == keys.load_key(data_dir)


def test_a_store_is_not_made_where_one_is(closed_store: Path) -> None:
    before = {path: path.read_bytes() for path in closed_store.iterdir()}
    with refused(StoreProblem.exists):
        create_store(closed_store, SCHEMA)
    assert {path: path.read_bytes() for path in closed_store.iterdir()} == before


def test_a_store_that_could_not_be_made_whole_is_not_there(data_dir: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        create_store(data_dir, VaultSchema(fails=True))
    with refused(StoreProblem.missing):
        open_store(data_dir, SCHEMA)
    assert [path.name for path in data_dir.iterdir()] == ["window.lock"]
    create_store(data_dir, SCHEMA)[0].close()
    assert kept_word(data_dir) is None


def test_two_that_make_a_store_in_one_folder_at_once_make_one(data_dir: Path) -> None:
    def make() -> StoreProblem | None:
        try:
            create_store(data_dir, SCHEMA)[0].close()
        except StoreError as error:
            return error.problem
        return None

    with ThreadPoolExecutor(4) as threads:
        ends = [each.result() for each in [threads.submit(make) for _ in range(4)]]
    assert ends.count(None) == 1
    assert set(ends) <= {None, StoreProblem.exists, StoreProblem.locked}
    assert kept_word(data_dir) is None


def test_every_file_is_for_one_user_alone(store: Store) -> None:
    with store.writing() as connection:
        store.keep(connection, "x", b"1")
    modes = {path.name: path.stat().st_mode & 0o777 for path in store.folder.iterdir()}
    assert set(modes) == {"desk.db", "desk.db-wal", "desk.db-shm", "key.json", "key.secret", "window.lock"}
    assert set(modes.values()) == {0o600}
    assert store.folder.stat().st_mode & 0o777 == 0o700


def test_no_folder_and_a_folder_without_a_store_are_missing(tmp_path: Path) -> None:
    for folder in (tmp_path / "none", tmp_path):
        with refused(StoreProblem.missing):
            open_store(folder, SCHEMA)
    assert list(tmp_path.iterdir()) == []


def test_a_network_share_is_refused_before_anything_is_made(data_dir: Path) -> None:
    with refused(StoreProblem.network_share):
        create_store(data_dir, SCHEMA, is_share=lambda folder: folder == data_dir)
    assert not data_dir.exists()


def test_a_store_that_was_moved_to_a_network_share_is_not_opened(closed_store: Path) -> None:
    with refused(StoreProblem.network_share):
        open_store(closed_store, SCHEMA, is_share=lambda folder: True)


def test_the_key_of_another_desk_is_the_wrong_key(closed_store: Path, tmp_path: Path) -> None:
    create_store(tmp_path / "other", SCHEMA)[0].close()
    for name in (keys.KEY_FILE, keys.SECRET_FILE):
        shutil.copy(tmp_path / "other" / name, closed_store / name)
    with refused(StoreProblem.wrong_key):
        open_store(closed_store, SCHEMA)


def test_without_its_key_file_a_store_stays_closed(closed_store: Path) -> None:
    (closed_store / keys.KEY_FILE).unlink()
    with refused(StoreProblem.no_key):
        open_store(closed_store, SCHEMA)
    with refused(StoreProblem.exists):
        create_store(closed_store, SCHEMA)


def test_a_store_of_a_newer_program_is_not_opened_and_not_changed(store: Store) -> None:
    with store.writing() as connection:
        connection.execute(text("UPDATE alembic_version_vault SET version_num = 'v999'"))
    store.close()
    before = store.path.read_bytes()
    with refused(StoreProblem.newer):
        open_store(store.folder, SCHEMA)
    assert store.path.read_bytes() == before


@pytest.fixture
def bare(data_dir: Path) -> Path:
    """A store of a program so old that it had no tables."""
    key, _ = keys.create_key(data_dir)
    new_private_file(data_dir / "desk.db")
    with closing(Store(data_dir, key)) as store, store.writing() as connection:
        connection.execute(text("PRAGMA user_version = 1"))
    return data_dir


def tables(folder: Path) -> int:
    with closing(Store(folder, keys.load_key(folder))) as store, store.reading() as connection:
        return int(connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one())


def test_an_older_store_is_brought_up_to_date(bare: Path) -> None:
    assert tables(bare) == 0
    assert kept_word(bare) is None
    assert tables(bare) > 0


def test_an_upgrade_that_breaks_off_leaves_the_older_store(bare: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        open_store(bare, VaultSchema(fails=True))
    assert tables(bare) == 0


def test_opening_loads_neither_alembic_nor_the_key_stores_library(closed_store: Path) -> None:
    program = """
with open_store(folder, VaultSchema()).reading():
    print(sorted({"alembic", "keyring", "rapidfuzz"} & sys.modules.keys()))
"""
    assert run(program, closed_store) == "[]"


# --- transactions ---


def test_an_exception_undoes_what_was_written(store: Store) -> None:
    def write(error: type[BaseException]) -> None:
        with store.writing() as connection:
            store.keep(connection, "x", b"1")
            raise error

    for error in (ValueError, KeyboardInterrupt):
        with pytest.raises(error):
            write(error)
    with store.reading() as connection:
        assert store.kept(connection, "x") is None


def test_a_mistake_is_raised_as_it_is_and_names_no_value(store: Store) -> None:
    row = {"name": "recovery_code", "value": "رضایی".encode()}
    with pytest.raises(IntegrityError) as error, store.writing() as connection:
        connection.execute(kept.insert(), row)
    assert "رضایی" not in str(error.value)


def test_who_reads_sees_one_state_whatever_is_written_meanwhile(store: Store) -> None:
    with store.reading() as reader:
        assert store.kept(reader, "x") is None
        with store.writing() as writer:
            store.keep(writer, "x", b"1")
        assert store.kept(reader, "x") is None
    with store.reading() as reader:
        assert store.kept(reader, "x") == b"1"


def test_who_reads_cannot_write(store: Store) -> None:
    with refused(StoreProblem.read_only), store.reading() as connection:
        store.keep(connection, "x", b"1")


def test_a_kept_value_replaces_the_one_before(store: Store) -> None:
    for value in (b"1", b"", bytes(1000)):
        with store.writing() as connection:
            store.keep(connection, "x", value)
        with store.reading() as connection:
            assert store.kept(connection, "x") == value


def test_the_data_version_changes_with_every_write_of_anybody_and_with_nothing_else(store: Store) -> None:
    seen = [store.data_version]
    with store.reading() as connection:
        store.kept(connection, "x")
    assert store.data_version == seen[0]
    with store.writing() as connection:
        store.keep(connection, "x", b"1")
    seen.append(store.data_version)
    with closing(open_store(store.folder, SCHEMA)) as other, other.writing() as connection:
        other.keep(connection, "x", b"2")
    seen.append(store.data_version)
    assert len(set(seen)) == len(seen)


def test_a_closed_store_stays_closed(store: Store) -> None:
    store.close()
    with pytest.raises(RuntimeError), store.reading():
        pass
    store.close()


INCREMENT = """
from contextlib import closing
with closing(open_store(folder, VaultSchema())) as store:
    for _ in range(int(sys.argv[2])):
        with store.writing() as connection:
            store.keep(connection, "n", b"%d" % (int(store.kept(connection, "n") or 0) + 1))
"""


def test_threads_take_turns_and_none_writes_over_another(store: Store) -> None:
    def increment() -> None:
        for _ in range(25):
            with store.writing() as connection:
                number = int(store.kept(connection, "n") or 0)
                store.keep(connection, "n", b"%d" % (number + 1))
            with store.reading() as connection:
                assert int(store.kept(connection, "n") or 0) > number

    with ThreadPoolExecutor(8) as threads:
        for each in [threads.submit(increment) for _ in range(8)]:
            each.result()
    with store.reading() as connection:
        assert store.kept(connection, "n") == b"200"


def test_programs_take_turns_and_none_writes_over_another(store: Store) -> None:
    programs = [start(INCREMENT, store.folder, 100) for _ in range(4)]
    for program in programs:
        assert program.communicate(timeout=60) == ("", "")
    with store.reading() as connection:
        assert store.kept(connection, "n") == b"400"


def test_a_writer_who_waited_too_long_is_told_that_the_store_is_locked(
    closed_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "PATIENCE", 0.2)
    hold = """
with open_store(folder, VaultSchema()).writing():
    print("writing", flush=True)
    sys.stdin.read()
"""
    with start(hold, closed_store) as other, closing(open_store(closed_store, SCHEMA)) as store:
        assert other.stdout is not None
        assert other.stdout.readline() == "writing\n"
        with refused(StoreProblem.locked), store.writing():
            pass
        with store.reading() as connection:  # Reading goes on.
            assert store.kept(connection, "word") is not None
        other.communicate()
        with store.writing() as connection:
            store.keep(connection, "x", b"1")


def test_a_thread_that_waited_too_long_too(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "PATIENCE", 0.2)
    begun, ended = threading.Event(), threading.Event()

    def hold() -> None:
        with store.writing():
            begun.set()
            ended.wait()

    thread = threading.Thread(target=hold)
    thread.start()
    begun.wait()
    with refused(StoreProblem.locked), store.writing():
        pass
    ended.set()
    thread.join()


def test_a_store_that_a_program_holds_for_itself_is_locked(closed_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "PATIENCE", 0.2)
    hold = """
from app.vault import keys
from app.vault.store import Store
connection = Store(folder, keys.load_key(folder))._connect("writing")
connection.execute("PRAGMA locking_mode=exclusive")
connection.execute("BEGIN EXCLUSIVE")
print("holding", flush=True)
sys.stdin.read()
"""
    with start(hold, closed_store) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "holding\n"
        with refused(StoreProblem.locked):
            open_store(closed_store, SCHEMA)
        other.communicate()
    assert kept_word(closed_store) == "ماکو".encode()


def test_a_sound_store_has_no_findings(store: Store) -> None:
    with store.reading() as connection:
        assert list(check_pages(connection)) == []
        assert connection.execute(select(kept.c.name)).scalars().all() == ["recovery_code"]
