"""How this window likes to look: nothing personal, kept as a small file beside the store. No Qt here."""

import contextlib
from pathlib import Path
from typing import Literal

import msgspec

NAME = "window.json"


class Preferences(msgspec.Struct, frozen=True):
    """`theme` is `system` where the desktop decides; `scale` is the text's size in per cent, 0 where the screen's
    height decides; `guide_seen` once the clerk has put the first guide away; after `lock_minutes` without key or mouse
    the screen is locked."""

    theme: Literal["light", "dark", "system"] = "system"
    scale: Literal[0, 100, 110, 115, 125, 150] = 0
    guide_seen: bool = False
    lock_minutes: Literal[2, 5, 10, 15, 30] = 5


def read(folder: Path) -> Preferences:
    """Those kept in the data folder; the defaults where there are none or the file cannot be read."""
    try:
        return msgspec.json.decode((folder / NAME).read_bytes(), type=Preferences)
    except (OSError, ValueError):
        return Preferences()


def write(folder: Path, preferences: Preferences) -> None:
    """Keeps them for the next start. A folder that takes nothing keeps the old ones: no work hangs on this file."""
    new = folder / f"{NAME}.new"
    with contextlib.suppress(OSError):
        new.write_bytes(msgspec.json.format(msgspec.json.encode(preferences)))
        new.replace(folder / NAME)
