"""Nothing typed at the counter can be read in any file that the program leaves: store, logs, temporary files."""

from __future__ import annotations

import base64
import json
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from app.desk import drafts
from models.ids import new_id
from tests.cli.program import PEOPLE, Program, session_of, visit
from tests.desk.counter import CLERK, PASSWORD

TYPED = {
    "given_name": "شاه‌پرک",
    "family_name": "ناخوانده‌پور",
    "father_name": "گردآفرین",
    "national_number": PEOPLE[0]["national_number"],
    "mobile": "09147788991",
    "address": "کوی ناپیداکنار",
    "subject": "دادخواست نهفته Hidden-Matter",
    "note": "یادداشت پنهان‌نوشت",
    "document": "سند رازآلوده",
    "draft": "پیش‌نویس ناتمام‌مانده",
    "query": "جست‌وجوی بی‌پاسخ‌مانده",
    "reason": "بهانه‌ی ناگفتنی",
    "password": PASSWORD,
    "person": CLERK,
}


def forms(text: str) -> Iterator[tuple[str, bytes]]:
    """The text as a file might hold it in the clear."""
    utf8 = text.encode()
    yield "UTF-8", utf8
    yield "UTF-16", text.encode("utf-16-le")
    yield "UTF-16 big-endian", text.encode("utf-16-be")
    yield "JSON", json.dumps(text)[1:-1].encode()
    yield "percent", quote(text).encode()
    yield "percent in small letters", quote(text).lower().encode()
    yield "hexadecimal", utf8.hex().encode()
    for shift in range(3):
        # Of three alignments one is its own; the ends that share bytes with what stands beside are left out.
        whole = utf8[(3 - shift) % 3 :]
        yield "base64", base64.b64encode(whole[: len(whole) // 3 * 3])


def readable(*folders: Path) -> list[tuple[str, str, str]]:
    """(file, what, form) of everything typed that a file holds."""
    found = []
    for file in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        content = file.read_bytes()
        lower = content.lower()
        for what, text in TYPED.items():
            for form, needle in forms(text):
                if needle in content or (form == "hexadecimal" and needle in lower):
                    found.append((file.name, what, form))
    return found


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    """So that finding nothing means something."""
    for n, (_, needle) in enumerate(forms(TYPED["address"])):
        (tmp_path / str(n)).write_bytes(b"before" + needle + b"after")
    (tmp_path / "base64").write_bytes(base64.b64encode(b"12345" + TYPED["address"].encode() + b"123"))
    assert {name for name, _, _ in readable(tmp_path)} == {path.name for path in tmp_path.iterdir()}


def test_a_whole_day_leaves_nothing_readable(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setenv("SQLITE_TMPDIR", str(temporary))
    client = {"kind": "person"} | {
        name: TYPED[name]
        for name in ("given_name", "family_name", "father_name", "national_number", "mobile", "address")
    }
    said = visit(
        client, subject=TYPED["subject"], note=TYPED["note"], documents=[TYPED["document"]], key=TYPED["query"]
    )
    declined = visit(client, receipt="declined", receipt_reason=TYPED["reason"])

    with program.start("register", "--as", CLERK) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        lines = (json.dumps(each, ensure_ascii=False).encode() + b"\n" for each in (said, declined))
        process.stdin.write(b"".join(lines) + TYPED["draft"].encode() + b"\n")
        process.stdin.flush()
        first, second, third = (json.loads(process.stdout.readline()) for _ in range(3))
        assert "errors" in third
        code = first["tracking_code"]
        assert (program.folder / "desk.db-wal").stat().st_size > 0
        assert readable(program.folder, temporary) == []
        process.send_signal(signal.SIGKILL)  # what it had not yet tidied up stays

    keep_a_draft(program)
    out = tmp_path / "out"
    out.mkdir()
    for arguments in (
        ("show", code, second["tracking_code"]),
        ("show", code, "--full", "--as", CLERK),
        ("find", TYPED["query"]),
        ("find", TYPED["family_name"]),
        ("show", TYPED["subject"]),
        ("receipt", code, "--out", str(out / "r.pdf")),
        ("log", "--format", "csv"),
        ("check",),
    ):
        program.run(*arguments)
    assert readable(program.folder, temporary) == []
    assert list(temporary.iterdir()) == []


def keep_a_draft(program: Program) -> None:
    desk = program.desk()
    drafts.save(desk, session_of(desk, CLERK), new_id(), {"subject": TYPED["draft"]})
    assert readable(program.folder) == []
    desk.close()


def test_a_defect_is_logged_by_its_place_and_says_nothing_of_what_was_typed(program: Program) -> None:
    broken = Program(
        program.folder, patch="import app.desk.finding as f; f.find_in = lambda connection, text, limit: {}[text]"
    )
    with broken.start("find", TYPED["query"]) as process:
        out, err = process.communicate()
    assert (process.returncode, out) == (1, b"")
    assert err.decode() == (
        "Something went wrong in the program itself. What was registered before is safe; try again.\n"
    )
    log = (program.folder / "miz.log").read_text()
    assert re.fullmatch(r"[-\d]+ [\d:,]+ ERROR defect KeyError at <string>:\d+ <lambda> < finding\.py.*\n", log)
    assert readable(program.folder) == []
    assert (program.folder / "miz.log").stat().st_mode & 0o077 == 0
