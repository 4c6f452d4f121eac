"""How this window likes to look: nothing personal, kept as a small file beside the store. No Qt here."""

import contextlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, get_args

NAME = "window.json"


@dataclass(frozen=True)
class Preferences:
    """`theme` is `system` where the desktop decides; `scale` is the text's size in per cent, 0 where the screen's
    height decides; `guide_seen` once the clerk has put the first guide away; after `lock_minutes` without key or mouse
    the screen is locked."""

    theme: Literal["light", "dark", "system"] = "system"
    scale: Literal[0, 100, 110, 115, 125, 150] = 0
    guide_seen: bool = False
    lock_minutes: Literal[2, 5, 10, 15, 30] = 5


def read(folder: Path) -> Preferences:
    """Those kept in the data folder; the defaults where there are none or the file cannot be read."""
    # By hand: the first painting waits for it, and would for whatever else decodes it.
    try:
        kept = json.loads((folder / NAME).read_bytes())
        known = {name: kept[name] for name in Preferences.__annotations__ if name in kept}
    except (OSError, ValueError, TypeError, RecursionError):
        return Preferences()
    return Preferences(**known) if all(map(_may_be, known, known.values())) else Preferences()


def _may_be(name: str, value: object) -> bool:
    kind = Preferences.__annotations__[name]
    choices = (False, True) if kind is bool else get_args(kind)
    return any(value == choice and type(value) is type(choice) for choice in choices)


def write(folder: Path, preferences: Preferences) -> None:
    """Keeps them for the next start. A folder that takes nothing keeps the old ones: no work hangs on this file."""
    new = folder / f"{NAME}.new"
    with contextlib.suppress(OSError):
        new.write_text(json.dumps(asdict(preferences), indent=2), "utf-8")
        new.replace(folder / NAME)
