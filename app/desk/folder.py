"""Which folder holds the desk, where nobody names one; and paths in the words of the operating system."""

import os
from pathlib import Path


def data_folder(named: str | None) -> Path:
    """The folder that was named, else that of `MIZ_DATA`, else the user's data folder of the operating system."""
    chosen = named or os.environ.get("MIZ_DATA")
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path

    return user_data_path("miz", appauthor=False)


def system_path(text: str) -> str:
    """A path that was read as UTF-8, as this locale's Python hands it to the operating system: the same bytes."""
    return os.fsdecode(text.encode("utf-8", "surrogateescape"))


def path_text(path: Path | str) -> str:
    """A path as text that any machine output can carry: its bytes as UTF-8, whatever the locale."""
    return os.fsencode(path).decode("utf-8", "replace")
