"""Other programs beside the test: a Python text run from the project's folder, as a command of the desk would."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

OPENED = """
import sys
from pathlib import Path
from app.vault.problems import StoreError
from app.vault.store import open_store, window_lock
from tests.vault.schema import VaultSchema
folder = Path(sys.argv[1])
"""
"""What every such program begins with; its first argument is the data folder."""


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "MIZ_KEYSTORE": "file", **more}


def start(program: str, *arguments: object, before: tuple[str, ...] = ()) -> "subprocess.Popen[str]":
    """Starts a program whose output is read line by line; `before` are words put before the interpreter."""
    return subprocess.Popen(
        [*before, sys.executable, "-c", OPENED + program, *map(str, arguments)],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(program: str, *arguments: object, before: tuple[str, ...] = ()) -> str:
    """What the program printed; it must have ended well, and said nothing on standard error."""
    with start(program, *arguments, before=before) as process:
        out, err = process.communicate(timeout=120)
    assert (process.returncode, err) == (0, ""), (out, err)
    return out.strip()


def can_mount() -> bool:
    """Whether this user may mount file systems in a space of their own, as the superuser of most machines may."""
    try:
        tried = subprocess.run(["unshare", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True)
    except FileNotFoundError:
        return False
    return tried.returncode == 0
