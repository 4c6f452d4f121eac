"""Nothing that takes time is done where the window is drawn: a whole day is played, and any SQL, file, network, program
or PDF on its thread fails the test."""

import pytest

from app.desk.desk import Desk
from app.desk.people import Session
from tests.desk.counter import CLERK, HOSSEIN, registered, visit
from tests.guards import Watched, gui_thread_only
from tests.ui.day import all_states, place, visits
from tests.ui.hand import Clerk
from ui.window import Window

__all__ = ["gui_thread_only"]


def test_a_whole_day_does_nothing_on_the_windows_thread(at_work: Clerk, gui_thread_only: Watched) -> None:
    codes = visits(at_work, 42)
    gui_thread_only.stop()
    assert len(set(codes)) == 42
    assert gui_thread_only.done == []


def test_no_state_of_any_page_does(desk: Desk, clerk: Session, at_work: Clerk, gui_thread_only: Watched) -> None:
    gui_thread_only.stop()
    registered(desk, clerk, visit(HOSSEIN))
    gui_thread_only.start()
    for _state in all_states(at_work):
        at_work.bot.wait(20)
    gui_thread_only.stop()
    assert gui_thread_only.done == []


def test_signing_in_and_out_does_not_either(window: Window, at_work: Clerk, gui_thread_only: Watched) -> None:
    place(at_work).rail.leave.click()
    at_work.sign_in(CLERK)
    gui_thread_only.stop()
    assert gui_thread_only.done == []


def test_the_watch_sees_what_it_is_for(desk: Desk, gui_thread_only: Watched, tmp_path: object) -> None:
    """Each kind, done on this thread on purpose, is seen."""
    import socket
    import subprocess
    from pathlib import Path

    with desk.reading():
        pass
    Path(str(tmp_path), "x").write_text("x")
    subprocess.run(["true"], check=True)
    with socket.socket() as line, pytest.raises(OSError, match="refused"):
        line.connect(("127.0.0.1", 9))
    gui_thread_only.stop()
    kinds = {done.partition(" ")[0] for done in gui_thread_only.done}
    assert kinds >= {"sql", "open", "subprocess.Popen", "socket.connect"}
