"""What the centre writes down of its own work: one JSON object a line, without a person, a code or an address in it."""

from __future__ import annotations

import datetime
import json
import logging
import sys
import traceback

_OURS = ("route", "status", "milliseconds")


class Plain(logging.Formatter):
    """A failure is told by its kind and where in the program it was, never by its words, which may hold values."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
        said: dict[str, object] = {
            "at": at.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": record.getMessage() if record.name.startswith("app.") else str(record.msg).partition("\n")[0],
        }
        said.update((name, getattr(record, name)) for name in _OURS if hasattr(record, name))
        if record.exc_info and record.exc_info[0] is not None:
            said["failure"] = record.exc_info[0].__name__
            places = traceback.extract_tb(record.exc_info[2])[-5:]
            said["where"] = [f"{place.name}:{place.lineno}" for place in places]
        return json.dumps(said, ensure_ascii=False)


def write_logs() -> None:
    """From now on this process logs to its error output."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Plain())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in ("alembic", "httpx", "litestar", "sqlalchemy"):
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):  # what strangers say wrongly is no warning
        logging.getLogger(name).setLevel(logging.ERROR)
