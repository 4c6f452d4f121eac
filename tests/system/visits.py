"""A clerk who sends visits through a pipe and keeps every answer that came."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from tests.cli.program import Program


def encoded(visits: Iterable[Any]) -> bytes:
    """The visits as lines."""
    return "".join(json.dumps(visit, ensure_ascii=False) + "\n" for visit in visits).encode()


def acknowledged(out: bytes) -> list[dict[str, Any]]:
    """The answers that came whole; a last line that was cut is none."""
    return [json.loads(line) for line in out.splitlines(keepends=True) if line.endswith(b"\n")]


def registered(program: Program) -> list[tuple[str, str]]:
    """(tracking code, client) of every visit in the store, in the order of registration."""
    desk = program.desk()
    with desk.reading() as connection:
        rows = connection.exec_driver_sql("SELECT tracking_code, client FROM request ORDER BY registered_at, id")
        found = [(code, str(UUID(bytes=client))) for code, client in rows]
    desk.close()
    return found


def feed(process: subprocess.Popen[bytes], lines: bytes) -> None:
    """Gives a program all its input at once; it may have gone before it has read it."""
    assert process.stdin is not None
    try:
        process.stdin.write(lines)
        process.stdin.close()
    except BrokenPipeError:
        pass
    process.stdin = None  # so that whoever waits for its end does not close it again
