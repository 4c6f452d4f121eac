"""Calm in the face of a defect, and number fields that take every digit. What holds for every page in every state has
rooms of its own: test_accessible, test_focus, test_language, test_pictures, test_gui_thread, test_memory."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QValidator

from models.text import ascii_digits, persian_digits
from tests.ui.hand import Clerk
from ui.command import guard
from ui.widgets.digits import Digits, shown_digits


@pytest.mark.expected_log("defect RuntimeError")
def test_a_defect_shows_a_calm_banner_and_no_traceback(
    at_work: Clerk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys
    import threading

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    guard(at_work.window)
    try:
        raise RuntimeError("2821234562")
    except RuntimeError as error:
        sys.excepthook(RuntimeError, error, error.__traceback__)
    assert at_work.page.banner.isVisible()
    shown = capsys.readouterr()
    assert "Traceback" not in shown.err
    assert "2821234562" not in shown.err


@given(st.text(alphabet="0123456789۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩ -/", max_size=10))
def test_a_number_field_shows_one_script_and_keeps_every_digit(typed: str) -> None:
    state, shown, _position = Digits(10).validate(typed, len(typed))
    assert state == QValidator.State.Acceptable
    assert ascii_digits(shown) == ascii_digits(typed)
    assert shown == shown_digits(typed) == persian_digits(ascii_digits(typed))


@pytest.mark.parametrize("typed", ["12345678901", "12a", "+98"])
def test_a_number_field_takes_nothing_else(typed: str) -> None:
    assert Digits(10).validate(typed, len(typed))[0] == QValidator.State.Invalid
