"""`verify`: a receipt is proven by its QR code, from its text or off the paper, with the network down."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from models.entries import DeskOpened
from models.ids import new_id
from models.paper_body import from_payload, to_payload
from models.text import ascii_digits
from tests.cli.program import Program, visit
from tests.desk.counter import HOSSEIN


def payload_of(program: Program, code: str) -> str:
    """What the receipt's QR code says."""
    from app.desk.requests import request

    desk = program.desk()
    found = request(desk, code)
    desk.close()
    return found.receipts[-1].values.payload


@pytest.fixture
def code(program: Program) -> str:
    return program.code_of(visit(HOSSEIN))


def test_a_genuine_code_shows_its_signed_values(program: Program, code: str) -> None:
    (answer,) = program.register(visit(HOSSEIN, outcome="follow_up", subject="دیگر"))
    ran = program.run("verify", payload_of(program, answer["tracking_code"]))
    assert ran.code == 0
    assert ran.line == {
        "verdict": "genuine",
        "tracking_code": answer["tracking_code"],
        "desk": "5001",
        "registered_at": answer["registered_at"][:16] + ":00.000Z",
        "due_on": answer["due_on"],
        "due_on_jalali": answer["due_on_jalali"],
        "service": program.run("show", answer["tracking_code"]).line["service"],
        "service_code": "101",
        "service_number": ran.line["service_number"],
        "copy": 0,
    }
    assert payload_of(program, code) != payload_of(program, answer["tracking_code"])


def test_case_spaces_and_another_address_change_nothing(program: Program, code: str) -> None:
    payload = payload_of(program, code)
    for text in (payload.lower(), f"  {payload}\n", payload.replace("MIZ:", "https://p.example.ir/")):
        assert program.run("verify", text).line["verdict"] == "genuine"


def test_any_letter_changed_is_altered(program: Program, code: str) -> None:
    payload = payload_of(program, code)
    chance = random.Random(7)
    for place in [4, len(payload) - 1, *(chance.randrange(10, len(payload) - 1) for _ in range(4))]:
        letter = "A" if payload[place] != "A" else "B"
        ran = program.run("verify", payload[:place] + letter + payload[place + 1 :])
        assert ran.code == 1
        assert ran.line["verdict"] in ("altered", "unknown_desk")
        assert ran.line["verdict"] == "altered" or ran.line["desk"] != "5001"


@pytest.mark.parametrize("text", ["", "سلام", "https://example.ir/", "MIZ:AAAA", "none.pdf", "x" * 5_000])
def test_what_is_no_receipts_code_is_not_genuine(program: Program, text: str) -> None:
    ran = program.run("verify", text)
    assert (ran.code, ran.line) == (1, {"verdict": "altered"})


def test_a_desk_that_is_not_known_here_is_said(program: Program, code: str) -> None:
    body, signature = from_payload(payload_of(program, code))
    ran = program.run("verify", to_payload(body._replace(code="0007" + body.code[4:]), signature, None))
    assert (ran.code, ran.line["verdict"], ran.line["desk"]) == (1, "unknown_desk", "0007")


def test_a_receipt_of_before_the_desk_had_another_key_or_number_is_genuine(program: Program, code: str) -> None:
    from sqlalchemy import select

    from models import tables as t

    payload = payload_of(program, code)
    desk = program.desk()
    with desk.writing() as writing:
        own = writing.connection.execute(select(t.desk.c.id)).scalar_one()
        writing.say(new_id(), own, DeskOpened(number=17, name="میز ۱", public_key=bytes(32)))
    desk.close()
    assert program.run("verify", payload).line["verdict"] == "genuine"


@pytest.mark.parametrize("ending", ["pdf", "png", "jpg"])
def test_the_code_is_read_off_the_paper(program: Program, code: str, tmp_path: Path, ending: str) -> None:
    paper = tmp_path / "رسید.pdf"
    for copy in range(2):
        assert program.run("receipt", code, "--out", str(paper)).code == 0
        file = paper
        if ending != "pdf":
            subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", paper, tmp_path / "page"], check=True)
            file = tmp_path / f"scan.{ending}"
            with Image.open(tmp_path / "page.png") as page:
                page.convert("L").rotate(4, expand=True, fillcolor=230).save(file)
        ran = program.run("verify", str(file))
        assert ran.code == 0
        assert (ran.line["verdict"], ran.line["tracking_code"], ran.line["copy"]) == ("genuine", code, copy)
    text = subprocess.run(["pdftotext", paper, "-"], capture_output=True, check=True, text=True).stdout
    assert code in "".join(ascii_digits(text).split())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "neither a PDF nor a picture"),
        (b"%PDF-1.4 broken", "neither a PDF nor a picture"),
        (b"\x89PNG\r\n\x1a\n broken", "neither a PDF nor a picture"),
        (None, "No QR code can be read"),
    ],
)
def test_a_file_without_a_code_gives_no_verdict(
    program: Program, tmp_path: Path, content: bytes | None, said: str
) -> None:
    file = tmp_path / "scan.png"
    if content is None:
        Image.new("L", (600, 800), 255).save(file)
    else:
        file.write_bytes(content)
    ran = program.run("verify", str(file))
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err
