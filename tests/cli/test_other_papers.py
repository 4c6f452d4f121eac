"""Papers beside the receipt: the office's emblem, the sheet for the safe, the slip of what is lacking, a test page."""

from pathlib import Path

from app.desk.desk import reference
from app.desk.emblem import drawn
from models.codes import make_tracking_code
from models.text import ascii_digits
from printing.emblem import emblem_of
from tests.cli.program import Program, visit
from tests.cli.test_setup import NAMED
from tests.desk.counter import HOSSEIN
from tests.printing.papers import emblem_file, text_of, words_of


def read(pdf: Path) -> str:
    return ascii_digits(" ".join(text_of(pdf.read_bytes())))


def test_setup_takes_the_offices_emblem_and_papers_carry_it(nowhere: Program, tmp_path: Path) -> None:
    picture = tmp_path / "emblem.png"
    picture.write_bytes(emblem_file(600, 300))
    assert nowhere.run(*NAMED, "--emblem", str(picture)).code == 0
    (answer,) = nowhere.register(visit(HOSSEIN), as_=NAMED[-1])
    assert nowhere.run("receipt", answer["tracking_code"], "--out", str(tmp_path / "r.pdf")).code == 0
    desk = nowhere.desk()
    try:
        with desk.reading() as connection:
            name = reference(connection).office.emblem
        assert drawn(desk, name) == emblem_of(picture.read_bytes())
    finally:
        desk.close()


def test_an_emblem_that_is_no_picture_makes_no_desk(nowhere: Program, tmp_path: Path) -> None:
    wrong = tmp_path / "emblem.png"
    wrong.write_text("no picture")
    for file in (wrong, tmp_path / "none.png"):
        refused = nowhere.run(*NAMED, "--emblem", str(file))
        assert (refused.code, refused.out) == (1, "")
        assert "emblem" in refused.err
    assert not nowhere.folder.exists()


def test_setup_writes_the_sheet_for_the_safe_for_its_owner_only(nowhere: Program, tmp_path: Path) -> None:
    sheet = tmp_path / "safe.pdf"
    done = nowhere.run(*NAMED, "--recovery-sheet", str(sheet))
    assert done.code == 0
    assert sheet.stat().st_mode & 0o077 == 0
    assert set(done.line["recovery_code"].split("-")) <= set(words_of(read(sheet)))


def test_a_sheet_that_cannot_be_written_loses_no_code(nowhere: Program, tmp_path: Path) -> None:
    there = tmp_path / "safe.pdf"
    there.write_text("something else")
    done = nowhere.run(*NAMED, "--recovery-sheet", str(there))
    assert done.code == 1
    assert done.line["recovery_code"], "it is said all the same"
    assert "write the recovery code down" in done.err
    assert there.read_text() == "something else"


def test_a_slip_names_what_is_lacking_and_is_no_copy(program: Program, tmp_path: Path) -> None:
    code, out = program.code_of(visit(HOSSEIN, documents=["اصل مجوز پیشین"])), tmp_path / "slip.pdf"
    before = program.run("show", code).line["receipts"]
    done = program.run("receipt", code, "--slip", "--out", str(out))
    assert done.line == {"tracking_code": code, "slip": "lacking", "file": str(out)}
    assert {"تصویر", "مفاصاحساب", "کمبود", "بیاورید"} <= set(words_of(read(out)))
    assert program.run("show", code).line["receipts"] == before
    assert program.run("check").code == 0


def test_there_is_no_slip_without_a_lacking_paper_a_file_or_a_request(program: Program, tmp_path: Path) -> None:
    whole = program.run("services").lines[0]["documents"]
    code = program.code_of(visit(HOSSEIN, documents=whole))
    out = str(tmp_path / "slip.pdf")
    nothing = program.run("receipt", code, "--slip", "--out", out)
    assert (nothing.code, nothing.out) == (1, "")
    assert "No paper is lacking" in nothing.err
    assert program.run("receipt", code, "--slip").code == 2
    assert program.run("receipt", make_tracking_code(1, 1), "--slip", "--out", out).code == 1
    assert not Path(out).exists()


def test_a_test_page_goes_to_a_printer(program: Program, tmp_path: Path) -> None:
    done = program.run("printers", "--test", f"folder:{tmp_path}", "--paper", "a5")
    assert (done.code, done.line["outcome"]) == (0, "printed")
    (file,) = tmp_path.glob("*.pdf")
    assert "A5" in read(file) or "5A" in read(file)
    unknown = program.run("printers", "--test", "no such printer")
    assert (unknown.code, unknown.out) == (1, "")
    assert "printers" in unknown.err
