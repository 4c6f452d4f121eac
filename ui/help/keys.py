"""Which keys work where, in words. No Qt here."""

from typing import NamedTuple

from resources.words import _


class Key(NamedTuple):
    """Caps that are struck together, or instead of each other where `either`, and what that does."""

    caps: tuple[str, ...]
    does: str
    either: bool = False


class Section(NamedTuple):
    title: str
    keys: tuple[Key, ...]


def keys_of(page: str) -> tuple[Section, ...]:
    """The keys of a page (`sign-in`, `lock`, `counter`, `files`, `log` or `settings`), and then those of every page."""
    sections = _PAGES[page]()
    if page in ("sign-in", "lock"):
        return sections
    told = {key.caps for section in sections for key in section.keys}
    rest = tuple(key for key in _everywhere() if key.caps not in told)
    return (*sections, Section(_("Everywhere"), rest))


def _counter() -> tuple[Section, ...]:
    visit = (
        Key(("Enter",), _("The marked row; the next field; after registering the next person")),
        Key(("1…9",), _("A numbered choice: services, papers, similar people")),
        Key(("F3",), _("The service; after registering, another one for the same person")),
        Key(("F4",), _("All papers received")),
        Key(("F5",), _("This person's files")),
        Key(("F6",), _("Done")),
        Key(("F7",), _("Taken in")),
        Key(("F8",), _("Guided")),
        Key(("F9",), _("Day of the answer")),
        Key(("Ctrl", "Enter"), _("Register and print")),
        Key(("F12",), _("Print again")),
        Key(("Esc",), _("Close the list; else set the visit aside as a draft")),
    )
    return (Section(_("Counter"), visit),)


def _files() -> tuple[Section, ...]:
    keys = (
        Key(("F2",), _("Find a file")),
        Key(("↑", "↓"), _("Move in the list"), either=True),
        Key(("Enter",), _("Open the marked row")),
        Key(("F3",), _("Another service for the same person")),
        Key(("F5",), _("All files of this person")),
        Key(("F12",), _("Print again")),
        Key(("Esc",), _("Back")),
    )
    return (Section(_("Files"), keys),)


def _log() -> tuple[Section, ...]:
    keys = (
        Key(("F9",), _("Another day")),
        Key(("Alt", "→"), _("A day back")),
        Key(("Alt", "←"), _("A day on")),
        Key(("Alt", "Home"), _("Today")),
        Key(("Enter",), _("Open the file of the marked row")),
        Key(("Esc",), _("Back to the counter")),
    )
    return (Section(_("Daily log"), keys),)


def _settings() -> tuple[Section, ...]:
    keys = (
        Key(("↑", "↓"), _("Another part of the settings"), either=True),
        Key(("Esc",), _("Back to the counter")),
    )
    return (Section(_("Settings"), keys),)


def _sign_in() -> tuple[Section, ...]:
    keys = (
        Key(("↑", "↓"), _("Another name"), either=True),
        Key(("Enter",), _("From the name to the password; from the password into the program")),
        Key(("Tab",), _("The next part of the page")),
        Key(("F1",), _("These keys")),
    )
    return (Section(_("Sign in"), keys),)


def _lock() -> tuple[Section, ...]:
    keys = (
        Key(("Enter",), _("Unlock")),
        Key(("Tab",), _("The next part of the page")),
        Key(("F1",), _("These keys")),
    )
    return (Section(_("The screen is locked"), keys),)


def _everywhere() -> tuple[Key, ...]:
    return (
        Key(("F1",), _("These keys")),
        Key(("F2",), _("Find, from any screen")),
        Key(("Ctrl", "1"), _("Counter")),
        Key(("Ctrl", "2"), _("Files")),
        Key(("Ctrl", "3"), _("Daily log")),
        Key(("Ctrl", "4"), _("Settings")),
        Key(("Ctrl", "0"), _("Lock the screen")),
        Key(("Tab",), _("The next part of the page")),
    )


_PAGES = {
    "counter": _counter,
    "files": _files,
    "log": _log,
    "settings": _settings,
    "sign-in": _sign_in,
    "lock": _lock,
}
