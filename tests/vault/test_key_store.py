"""The operating system's key store: used where it answers, done without where it does not, never waited for."""

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError

from app.vault import key_store, keys
from app.vault.problems import StoreError, StoreProblem
from tests.vault.programs import ROOT, environment


class Obliging(KeyringBackend):
    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password


class Forgetful(Obliging):
    def get_password(self, service: str, username: str) -> str | None:
        return None


class Refusing(Obliging):
    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringError("locked")

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringError("locked")


class Open(Obliging):
    """As the key stores that write everything in a plain file are rated."""

    priority = 0.5  # type: ignore[assignment]


class Silent(Obliging):
    def __init__(self) -> None:
        super().__init__()
        self.released = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.released.wait()
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        self.released.wait()


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The system's key store is asked, and is whatever the test sets; none but silence is waited for."""
    monkeypatch.delenv("MIZ_KEYSTORE", raising=False)
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.mark.usefixtures("system")
def test_the_secret_is_kept_in_the_key_store_and_nowhere_in_the_folder(tmp_path: Path) -> None:
    backend = Obliging()
    keyring.set_keyring(backend)
    key, _ = keys.create_key(tmp_path / "data")
    assert keys.kept_in(tmp_path / "data") == "key_store"
    assert keys.load_key(tmp_path / "data") == key
    (secret,) = backend.held.values()
    assert [path.name for path in (tmp_path / "data").iterdir()] == [keys.KEY_FILE]
    assert secret not in (tmp_path / "data" / keys.KEY_FILE).read_text()


@pytest.mark.usefixtures("system")
def test_two_desks_of_one_user_have_two_secrets(tmp_path: Path) -> None:
    keyring.set_keyring(Obliging())
    made = {name: keys.create_key(tmp_path / name)[0] for name in ("one", "two")}
    assert {name: keys.load_key(tmp_path / name) for name in made} == made


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize("backend", [Forgetful, Refusing, Open, Silent])
def test_a_key_store_that_does_not_hold_the_secret_is_done_without(
    backend: type[Obliging], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_store, "DEADLINE", 0.5)
    unwilling = backend()
    keyring.set_keyring(unwilling)
    key, _ = keys.create_key(tmp_path / "data")
    assert keys.kept_in(tmp_path / "data") == "file"
    assert keys.load_key(tmp_path / "data") == key
    if isinstance(unwilling, Silent):
        unwilling.released.set()


@pytest.mark.usefixtures("system")
def test_a_secret_that_the_key_store_lost_or_does_not_give_leaves_the_recovery_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_store, "DEADLINE", 0.5)
    keyring.set_keyring(Obliging())
    key, code = keys.create_key(tmp_path)
    silent = Silent()
    for backend, detail in ((Obliging(), "secret_missing"), (silent, "key_store_silent")):
        keyring.set_keyring(backend)
        with pytest.raises(StoreError) as error:
            keys.load_key(tmp_path)
        assert (error.value.problem, error.value.detail) == (StoreProblem.no_key, detail)
        assert keys.load_key_by_recovery(tmp_path, code) == key
    silent.released.set()


def test_the_file_can_be_asked_for(data_dir: Path) -> None:
    backend, before = Obliging(), keyring.get_keyring()
    keyring.set_keyring(backend)
    try:
        keys.create_key(data_dir)
    finally:
        keyring.set_keyring(before)
    assert backend.held == {}
    assert keys.kept_in(data_dir) == "file"


MAKE = """
import sys
from pathlib import Path
from app.vault import keys
folder = Path(sys.argv[1])
key, code = keys.create_key(folder)
print(keys.kept_in(folder), keys.load_key(folder) == key, code)
"""

LOAD = """
import sys
from pathlib import Path
from app.vault import keys
from app.vault.problems import StoreError
folder, code = Path(sys.argv[1]), sys.argv[2]
try:
    keys.load_key(folder)
    print("opened")
except StoreError as error:
    print(error.problem, error.detail)
print(len(keys.load_key_by_recovery(folder, code)))
"""


class Session:
    """A person's session with a bus of its own and, if started, a real key store in an empty home."""

    def __init__(self, home: Path) -> None:
        self._home = home
        (home / "run").mkdir(mode=0o700)

    def run(self, daemon: str, program: str, *arguments: object) -> list[str]:
        command = f'{daemon} exec "$0" "$@"'
        done = subprocess.run(
            ["dbus-run-session", "--", "sh", "-c", command, sys.executable, "-c", program, *map(str, arguments)],
            cwd=ROOT,
            env=environment(
                HOME=str(self._home),
                XDG_DATA_HOME=str(self._home),
                XDG_CONFIG_HOME=str(self._home),
                XDG_CACHE_HOME=str(self._home),
                XDG_RUNTIME_DIR=str(self._home / "run"),
                MIZ_KEYSTORE="",
                DISPLAY="",
                WAYLAND_DISPLAY="",
            ),
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.split()


UNLOCKED = "printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1;"
LOCKED = "gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1;"


@pytest.mark.skipif(sys.platform != "linux", reason="this key store is of Linux desktops")
@pytest.mark.skipif(not shutil.which("dbus-run-session"), reason="dbus-run-session is not installed")
@pytest.mark.skipif(not shutil.which("gnome-keyring-daemon"), reason="gnome-keyring is not installed")
def test_a_real_key_store_keeps_the_secret_over_sessions_and_asks_nobody_when_locked(tmp_path: Path) -> None:
    session, folder = Session(tmp_path), tmp_path / "data"
    keeper, loaded, code = session.run(UNLOCKED, MAKE, folder)
    assert (keeper, loaded) == ("key_store", "True")
    assert session.run(UNLOCKED, LOAD, folder, code) == ["opened", "32"]
    assert session.run(LOCKED, LOAD, folder, code) == ["no_key", "key_store_silent", "32"]


@pytest.mark.skipif(not shutil.which("dbus-run-session"), reason="dbus-run-session is not installed")
def test_without_a_key_store_on_the_bus_the_secret_is_in_a_file(tmp_path: Path) -> None:
    keeper, loaded, _ = Session(tmp_path).run("PATH=/nonexistent;", MAKE, tmp_path / "data")
    assert (keeper, loaded) == ("file", "True")
