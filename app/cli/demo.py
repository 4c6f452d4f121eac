"""`demo`: a made-up office to try."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from app.cli.exits import DONE
from app.cli.terminal import progress, say
from app.desk.demo import described, open_demo
from resources.words import _


def run(arguments: argparse.Namespace) -> int:
    """Prepares the demo and opens its window, or with `--no-window` prints who and what is there."""
    folder = Path(arguments.data or os.environ.get("MIZ_DATA") or "demo")
    desk = open_demo(folder, progress(_("Making up some weeks")))
    try:
        if arguments.no_window:
            say(described(desk))
            return DONE
    finally:
        desk.close()
    from app.cli.door import enter

    return enter(["--data", str(folder), "desk"])
