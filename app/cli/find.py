"""`find`: what the counter's find field finds."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from app.cli.exits import DONE
from app.cli.terminal import open_desk_of, say
from app.desk.finding import Hit, find
from models.identity import masked


def run(arguments: argparse.Namespace) -> int:
    """One JSON line a hit; with `-` every hit also says which query, counted from 1, it answers."""
    with open_desk_of(arguments) as desk:
        if arguments.text != "-":
            for hit in find(desk, arguments.text, arguments.limit):
                say(_as_said(hit))
            return DONE
        for n, line in enumerate(sys.stdin.buffer, 1):
            query = line.decode("utf-8", "replace").removeprefix("\ufeff").rstrip("\r\n")
            for hit in find(desk, query, arguments.limit):
                say({"query": n} | _as_said(hit))
    return DONE


def _as_said(hit: Hit) -> dict[str, Any]:
    if hit.kind == "client":
        return {
            "kind": "client",
            "id": str(hit.id),
            "name": hit.name,
            "number": masked(hit.number) if hit.number else "",
        }
    return {
        "kind": "request",
        "tracking_code": hit.tracking_code,
        "client_name": hit.name,
        "service": hit.service,
        "state": hit.state,
    }
