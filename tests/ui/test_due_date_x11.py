"""The calendar of days on a real display, with real keys, under each keyboard layout."""

import pytest

from app.desk.desk import open_desk
from app.desk.promises import agenda
from tests.ui.screen import Program
from tests.ui.test_keys_x11 import KNOWN, LAYOUTS, SERVICE, office, program, saved, screen

__all__ = ["office", "program", "screen"]

DUE = "روز پاسخ"


@pytest.mark.parametrize("program", LAYOUTS, indirect=True)
def test_the_day_of_the_answer_is_agreed_on_under_every_layout(program: Program) -> None:
    program.type(KNOWN)
    program.until_focus(SERVICE)
    program.press("1", "Enter", "F4")
    program.until_shows("طبق خدمت")
    program.press("F9")
    program.until_focus(DUE)
    program.until_shows("سقف قانونی")
    program.type("+10")
    program.press("Enter")
    program.press("F9", "Down", "Up", "Right", "Left", "Enter")
    program.until_focus(DUE)
    program.press("F9", "Down", "Esc")
    program.until_focus(DUE)
    program.press("Ctrl+Enter")
    code = saved(program)
    (shown,) = program.command("show", code)
    desk = open_desk(program.folder)
    promised = agenda(desk).ahead(10)
    desk.close()
    assert shown["due_on"] == promised.isoformat()
