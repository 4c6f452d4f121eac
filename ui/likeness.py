"""Where the focus is, in words that hold for a page that is built anew: which kind, which name, which of them."""

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget


class Likeness(NamedTuple):
    """The focused widget of a page; of a line what stands in it and where its caret is as well."""

    kind: str
    name: str
    which: int
    text: str
    caret: int

    @classmethod
    def of(cls, page: QWidget, focused: QWidget | None) -> "Likeness | None":
        if focused is None or not page.isAncestorOf(focused):
            return None
        alike = _alike(page, type(focused).__name__, focused.accessibleName())
        line = focused if isinstance(focused, QLineEdit) else None
        text, caret = (line.text(), line.cursorPosition()) if line is not None else ("", 0)
        return cls(type(focused).__name__, focused.accessibleName(), alike.index(focused), text, caret)

    def take_focus(self, page: QWidget) -> bool:
        """Gives the focus to the like of it on this page; False where there is none that is seen."""
        alike = _alike(page, self.kind, self.name)
        if self.which >= len(alike) or not alike[self.which].isVisible():
            return False
        there = alike[self.which]
        if isinstance(there, QLineEdit):
            if not there.text():
                there.setText(self.text)
            there.setCursorPosition(self.caret)
        there.setFocus(Qt.FocusReason.OtherFocusReason)
        return True


def _alike(page: QWidget, kind: str, name: str) -> list[QWidget]:
    return [one for one in page.findChildren(QWidget) if type(one).__name__ == kind and one.accessibleName() == name]
