"""`demo`: a made-up office to try, with a centre of its own."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from app.cli.exits import DONE
from app.cli.terminal import progress, say, tell
from app.desk.demo import described, open_demo
from app.vault.place import DATABASE, window_lock
from app.vault.problems import StoreError, StoreProblem
from resources.words import _

CENTRE = "centre"
"""The folder, beside the desk's file, in which the centre keeps its own."""


def run(arguments: argparse.Namespace) -> int:
    """Prepares the demo and opens its window, with a centre beside it that ends when the window is closed; or with
    `--no-window` prints who and what is there."""
    folder = Path(arguments.data or os.environ.get("MIZ_DATA") or "demo")
    if arguments.no_window:
        desk = open_demo(folder, progress(_("Making up some weeks")))
        try:
            say(described(desk))
        finally:
            desk.close()
        return DONE
    return _open_window(folder) if _is_open(folder) else _with_centre(folder)


def _with_centre(folder: Path) -> int:
    from app.cli.embedded import DidNotStart, embedded_centre, take_in

    made = open_demo(folder) if (folder / DATABASE).exists() else None  # nothing is put into somebody's own folder
    with embedded_centre(folder / CENTRE) as port:  # it starts while the weeks are made up
        desk = made or open_demo(folder, progress(_("Making up some weeks")))
        try:
            take_in(desk, folder / CENTRE, port)
        except DidNotStart:
            tell(_("The demo's centre did not start; the desk works without it."))
        finally:
            desk.close()
        return _open_window(folder)


def _open_window(folder: Path) -> int:
    from app.cli.door import enter

    return enter(["--data", str(folder), "desk"])


def _is_open(folder: Path) -> bool:
    """Whether a window stands open on this folder: it has its centre already."""
    if not (folder / DATABASE).exists():
        return False
    try:
        with window_lock(folder):
            return False
    except StoreError as error:
        if error.problem is StoreProblem.locked:
            return True
        raise
