"""The window as a program: started, killed, started twice, started where there is no desk."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from app.desk.desk import open_desk
from app.desk.doorstep import Opening
from app.vault.store import window_lock
from tests.desk.counter import CLERK, PASSWORD
from tests.ui.hand import Clerk
from tests.ui.programs import ROOT, start
from ui.window import Window

PATIENCE = 60

WRITE_AND_DIE = f"""
import os, signal
page = lambda: window().sign_in
counter = lambda: window().counter.counter
def choose():
    page().presenter.choose([p.name for p in page().presenter.here.people].index({CLERK!r}))
    type_text({PASSWORD!r}); press(Qt.Key.Key_Return)
def fill():
    type_text("مریم"); press(Qt.Key.Key_Tab); type_text("نوری‌زاده")
    counter().type_note("نیمه‌کاره")
def kept():
    return counter().today is not None and any(counter().acts.today().drafts)
def die():
    os.kill(os.getpid(), signal.SIGKILL)
play([
    (lambda: page().tiles and page().password.line.hasFocus(), choose),
    (lambda: window().counter is not None and counter().service.services, lambda: type_text("2831234565")),
    (lambda: not counter().find.waits, lambda: press(Qt.Key.Key_Return)),
    (lambda: counter().person.is_new, fill),
    (kept, die),
])
run(sys.argv[1])
"""

PASS_BY = """
def look():
    heavy = {"reportlab", "pypdfium2", "alembic", "keyring", "segno", "PIL"} & set(loaded)
    print(sorted(heavy))
    window().close()
command.warm = lambda: None
loaded = ()
def usable():
    global loaded
    loaded = loaded or (window().sign_in.tiles and tuple(sys.modules))
    return loaded
play([(usable, look)])
sys.exit(run(sys.argv[1]))
"""

READ_AND_CLOSE = """
from ui.closed import ClosedPage
def close():
    pages = [w for w in QApplication.topLevelWidgets() if isinstance(w, ClosedPage)]
    if not pages:
        QTimer.singleShot(10, close)
        return
    from ui.widgets.words import Sentence
    print("\\n".join(s.text() for s in pages[0].findChildren(Sentence)))
    pages[0].close_button.click()
QTimer.singleShot(10, close)
sys.exit(run(sys.argv[1]))
"""


EARLY = f"""
import ui.window
page = lambda: window().sign_in
def choose():
    assert not window().opening.is_open and "sqlalchemy" not in sys.modules
    page().presenter.choose([p.name for p in page().presenter.here.people].index({CLERK!r}))
    type_text({PASSWORD!r}); press(Qt.Key.Key_Return)
    assert page().presenter.busy and not window().opening.is_open
def look():
    print(window().counter.counter.acts.session.person.name == {CLERK!r})
    window().close()
ui.window.OPEN_AFTER_MS = 5_000
play([
    (lambda: page().tiles and page().password.line.hasFocus(), choose),
    (lambda: window().counter is not None, look),
])
sys.exit(run(sys.argv[1]))
"""


MINIMISED = """
import os, signal
def hide():
    window().showMinimized()
def hidden():
    print("hidden", flush=True)
def seen():
    print("raised", flush=True)
    if die:
        os.kill(os.getpid(), signal.SIGKILL)
    window().close()
die = os.environ.get("DIE")
play([
    (lambda: window().opening.is_open and window().sign_in.tiles, hide),
    (lambda: window().isMinimized(), hidden),
    (lambda: not window().isMinimized() and window().isVisible(), seen),
])
sys.exit(run(sys.argv[1]))
"""


@pytest.fixture
def runtime() -> Iterator[Path]:
    """Short, as the system's own: a socket's path may have 107 characters at most."""
    with tempfile.TemporaryDirectory(prefix="miz", dir="/tmp") as folder:
        yield Path(folder)


SECOND = """
import ui.one_window
ui.one_window.PATIENCE_MS = 30_000  # the first may be slow to hear while other tests run
sys.exit(run(sys.argv[1]))
"""


@pytest.fixture
def folder(office: Path, data_dir: Path) -> Path:
    shutil.copytree(office, data_dir)
    return data_dir


def ended(program: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = program.communicate(timeout=PATIENCE)
    return program.returncode, out, err


def test_a_killed_window_offers_the_visit_again(folder: Path, tmp_path: Path, dressed: object, qtbot: QtBot) -> None:
    code, _out, err = ended(start(WRITE_AND_DIE, folder))
    assert code == -9, err
    desk = open_desk(folder)
    window = Window(Opening.of(desk), lambda: tmp_path)
    qtbot.addWidget(window)
    window.show()
    hand = Clerk(window, qtbot)
    hand.sign_in(CLERK)
    line = hand.page.empty.drafts[0]
    assert line.isVisible()
    assert "مریم نوری‌زاده" in line.text.text()
    line.resume.click()
    fields = hand.page.person.new.fields
    assert fields["client.national_number"].text() == "۲۸۳۱۲۳۴۵۶۵"
    assert fields["client.family_name"].text() == "نوری‌زاده"
    assert hand.counter.note == "نیمه‌کاره"
    window.close()
    desk.close()


def test_nothing_typed_can_be_read_in_the_folder_of_a_killed_window(folder: Path) -> None:
    ended(start(WRITE_AND_DIE, folder))
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for typed in ("2831234565", "۲۸۳۱۲۳۴۵۶۵", "مریم", "نیمه‌کاره", PASSWORD):
                assert typed.encode() not in content, path.name


def test_the_sign_in_window_waits_for_nothing_that_only_paper_needs(folder: Path) -> None:
    code, out, err = ended(start(PASS_BY, folder))
    assert (code, out.strip()) == (0, "[]"), err


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "There is no desk in this folder."), ("fa", "در این پوشه میزی نیست")],
)
def test_a_folder_without_a_desk_is_a_calm_page_and_exit_code_3(language: str, sentence: str, tmp_path: Path) -> None:
    code, out, err = ended(start(READ_AND_CLOSE, tmp_path / "nowhere", MIZ_LANG=language))
    assert code == 3
    assert sentence in out
    assert "Traceback" not in err


def test_a_second_window_on_the_same_desk_is_not_opened(folder: Path) -> None:
    with window_lock(folder):
        code, out, _err = ended(start(READ_AND_CLOSE, folder, MIZ_LANG="en"))
    assert code == 3
    assert "open in another window" in out


def test_a_second_start_brings_the_first_window_forward_and_is_over(folder: Path, runtime: Path) -> None:
    first = start(MINIMISED, folder, XDG_RUNTIME_DIR=str(runtime), DIE="yes")
    assert first.stdout is not None
    assert first.stdout.readline() == "hidden\n"
    code, _out, err = ended(start(SECOND, folder, XDG_RUNTIME_DIR=str(runtime)))
    assert (code, err) == (0, "")
    code, out, err = ended(first)
    assert (code, out) == (-9, "raised\n"), err
    (bell,) = runtime.rglob("*.socket")
    assert bell.parent.stat().st_mode & 0o777 == 0o700
    assert not bell.stat().st_mode & 0o077

    again = start(MINIMISED, folder, XDG_RUNTIME_DIR=str(runtime))
    assert again.stdout is not None
    assert again.stdout.readline() == "hidden\n", "a bell that a killed window left behind is in nobody's way"
    code, _out, err = ended(start(SECOND, folder, XDG_RUNTIME_DIR=str(runtime)))
    assert (code, err) == (0, "")
    assert ended(again)[:2] == (0, "raised\n")


def test_a_store_that_is_damaged_says_so(folder: Path) -> None:
    store = folder / "desk.db"
    store.write_bytes(b"x" * store.stat().st_size)
    code, out, err = ended(start(READ_AND_CLOSE, folder, MIZ_LANG="en"))
    assert code == 3
    assert "The desk could not be opened." in out
    assert "Traceback" not in err


def test_whoever_is_quicker_than_the_desk_is_signed_in_as_soon_as_it_is_open(folder: Path) -> None:
    code, out, err = ended(start(EARLY, folder))
    assert (code, out.strip()) == (0, "True"), err


def test_a_desk_that_turns_out_not_to_open_behind_the_names_says_so(folder: Path) -> None:
    desk = open_desk(folder)
    with desk.store.writing() as connection:
        connection.execute(text("UPDATE alembic_version_vault SET version_num = 'v999'"))
    desk.close()
    code, out, err = ended(start(READ_AND_CLOSE, folder, MIZ_LANG="en"))
    assert code == 3
    assert "written by a newer version" in out
    assert "Traceback" not in err


@pytest.mark.parametrize("module", ["ui.counter.presenter", "ui.sign_in.presenter", "ui.counter.preview", "ui.trouble"])
def test_a_presenter_knows_nothing_of_qt(module: str) -> None:
    script = f"import sys, {module}; sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0
