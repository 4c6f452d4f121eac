"""Each kind of printer, real: what it can, what it says of a paper, and what it cannot know."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from models.receipt import ReceiptValues
from printing.picture import Picture, page_image
from printing.printers import Job, NotSent, Printer, Queue, Report, Unreachable, can, found_queues, open_printer
from printing.printers.reports import FAILED, PRINTED, PRINTING, SENT, STUCK, UNKNOWN
from printing.receipt import render_receipt
from tests.printers.machines import PATIENCE, Cups, IppPrinter, free_port, wait_until

VALUES = ReceiptValues(
    kind="done",
    office_name="سازمان نمونه",
    desk=5001,
    desk_name="میز ۱",
    clerk="زهرا نوری",
    registered_at=1_795_512_600_000_000,
    tracking_code="500112345671",
    client_name="حسین قلی‌زاده",
    service="گواهی",
)
PDF = render_receipt(VALUES)
NO_PDF = ("document-format-supported application/pdf,", "document-format-supported ")
TROUBLES = ("media-empty", "media-jam", "cover-open", "marker-supply-empty")


def reports(printer: Printer, job: Job) -> Iterator[Report]:
    """Its reports, each once, until the last."""
    seen, end = None, time.monotonic() + PATIENCE
    while time.monotonic() < end:
        report = printer.report(job)
        if report != seen:
            yield report
        seen = report
        if report.is_final:
            return
        time.sleep(0.02)
    pytest.fail(f"never ended: {seen}")


def until(printer: Printer, job: Job, wanted: Report) -> None:
    wait_until(lambda: printer.report(job) == wanted, str(wanted))


# --- straight to a network printer -----------------------------------------------------------------------------------


def test_a_network_printers_own_completed_is_printed(printer: IppPrinter) -> None:
    queue = Queue("Desk", printer.uri)
    assert (queue.kind, can(queue, "a5"), can(queue, "a4"), can(queue, "roll80")) == ("ipp", True, True, True)
    ipp = open_printer(queue)
    job = ipp.send("miz-1", PDF, "a5")
    said = list(reports(ipp, job))
    assert said[-1] == Report(PRINTED, "printer")
    assert {report.state for report in said} <= {SENT, PRINTING, PRINTED}
    assert printer.papers == {"miz-1": PDF}
    assert ipp.find("miz-1") == job
    assert ipp.find("miz-2") is None


@pytest.mark.parametrize("trouble", TROUBLES)
def test_trouble_is_told_and_the_paper_comes_out_once_it_is_over(printer: IppPrinter, trouble: str) -> None:
    printer.mode = trouble
    ipp = open_printer(Queue("Desk", printer.uri))
    job = ipp.send("miz-1", PDF, "a5")
    until(ipp, job, Report(STUCK, trouble))
    assert printer.papers == {}
    printer.mode = "ok"
    assert list(reports(ipp, job))[-1] == Report(PRINTED, "printer")
    assert list(printer.papers) == ["miz-1"]


def test_a_printer_that_fails_says_so(printer: IppPrinter) -> None:
    printer.mode = "fail"
    ipp = open_printer(Queue("Desk", printer.uri))
    assert list(reports(ipp, ipp.send("miz-1", PDF, "a5")))[-1] == Report(FAILED, "aborted")
    assert printer.papers == {}


def test_a_busy_printer_takes_nothing_and_may_be_asked_again(printer: IppPrinter) -> None:
    printer.mode = "media-empty"
    ipp = open_printer(Queue("Desk", printer.uri))
    first = ipp.send("miz-1", PDF, "a5")
    with pytest.raises(NotSent) as refused:
        ipp.send("miz-2", PDF, "a5")
    assert (refused.value.reason, refused.value.again) == ("busy", True)
    printer.mode = "ok"
    assert list(reports(ipp, first))[-1].state == PRINTED


def test_a_paper_asked_back_in_time_does_not_come_out(printer: IppPrinter) -> None:
    printer.mode = "media-jam"
    ipp = open_printer(Queue("Desk", printer.uri))
    job = ipp.send("miz-1", PDF, "a5")
    until(ipp, job, Report(STUCK, "media-jam"))
    ipp.cancel(job)
    printer.mode = "lost"
    assert list(reports(ipp, job))[-1] == Report(FAILED, "canceled")
    assert printer.papers == {}


def test_a_printer_that_was_switched_off_and_on_has_forgotten_the_paper(printer: IppPrinter) -> None:
    printer.mode = "media-empty"
    ipp = open_printer(Queue("Desk", printer.uri))
    job = ipp.send("miz-1", PDF, "a5")
    printer.switch_off()
    with pytest.raises(Unreachable):
        ipp.report(job)
    with pytest.raises(NotSent) as refused:
        ipp.send("miz-2", PDF, "a5")
    assert (refused.value.reason, refused.value.again) == ("unreachable", True)
    printer.switch_on()
    assert ipp.report(job) == Report(UNKNOWN, "forgotten")


def test_nothing_leaves_for_a_printer_that_is_not_there() -> None:
    printer = open_printer(Queue("x", f"ipp://localhost:{free_port()}/ipp/print"))
    with pytest.raises(NotSent) as refused:
        printer.send("miz-1", PDF, "a5")
    assert (refused.value.reason, refused.value.again) == ("unreachable", True)


def test_a_size_that_the_printer_lacks_is_refused_before_anything_is_sent(printer: IppPrinter) -> None:
    printer.becomes(("media-supported iso_a5_148x210mm,", "media-supported "))
    queue = Queue("Desk", printer.uri)
    assert (can(queue, "a5"), can(queue, "a4")) == (False, True)
    with pytest.raises(NotSent) as refused:
        open_printer(queue).send("miz-1", PDF, "a5")
    assert (refused.value.reason, refused.value.again) == ("wrong-size", False)


def test_a_printer_that_takes_no_pdf_gets_the_same_page_as_dots(printer: IppPrinter, tmp_path: Path) -> None:
    printer.becomes(NO_PDF)
    ipp = open_printer(Queue("Desk", printer.uri))
    assert list(reports(ipp, ipp.send("miz-1", PDF, "a5")))[-1] == Report(PRINTED, "printer")
    (tmp_path / "page.pwg").write_bytes(printer.papers["miz-1"])
    # a reader of the format that others wrote, under its older or its newer name
    reader = next(
        str(each) for name in ("rasterto", "pwgto") for each in Path("/usr/lib/cups/filter").glob(f"{name}pdf")
    )
    back = subprocess.run([reader, "1", "u", "t", "1", "", str(tmp_path / "page.pwg")], capture_output=True, check=True)
    printed, drawn = page_image(back.stdout, 300), page_image(PDF, 300)
    assert abs(printed.width - drawn.width) <= 1
    assert abs(printed.height - drawn.height) <= 1
    (read,) = [code.text for code in zxingcpp.read_barcodes(picture_of(printed)) if len(code.text) == 12]
    assert read == VALUES.tracking_code


def picture_of(page: Picture) -> Image.Image:
    return Image.frombytes("L", (page.width, page.height), page.pixels, "raw", "L", page.stride, 1)


def test_a_printer_that_takes_neither_pdf_nor_fine_dots_gets_nothing(printer: IppPrinter) -> None:
    printer.becomes(NO_PDF, ("document-resolution-supported 300dpi", "document-resolution-supported 150dpi"))
    with pytest.raises(NotSent) as refused:
        open_printer(Queue("Desk", printer.uri)).send("miz-1", PDF, "a5")
    assert (refused.value.reason, refused.value.again) == ("wrong-format", False)


def test_a_connection_that_is_encrypted_reaches_the_same_printer(printer: IppPrinter) -> None:
    queue = Queue("Desk", printer.uri.replace("ipp:", "ipps:"))
    assert can(queue, "a5")


# --- a queue of CUPS -------------------------------------------------------------------------------------------------


def test_the_systems_queues_are_found(cups: Cups) -> None:
    assert {queue.name: queue.uri for queue in found_queues()} == {"Desk": "cups:Desk", "Usb": "cups:Usb"}
    assert can(Queue("Desk", "cups:Desk"), "a5")
    with pytest.raises(Unreachable):
        can(Queue("None", "cups:None"), "a5")


def test_where_there_is_no_cups_there_are_no_queues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "none"))
    assert found_queues() == []
    monkeypatch.setenv("CUPS_SERVER", f"localhost:{free_port()}")
    assert found_queues() == []


def test_a_queue_of_an_ipp_printer_asks_the_printer_itself(cups: Cups, printer: IppPrinter) -> None:
    queue = open_printer(Queue("Desk", "cups:Desk"))
    job = queue.send("miz-1", PDF, "a5")
    assert list(reports(queue, job))[-1] == Report(PRINTED, "printer")
    assert list(printer.papers) == ["miz-1"]


@pytest.mark.parametrize("trouble", TROUBLES[::2])
def test_a_queue_tells_its_printers_trouble(cups: Cups, printer: IppPrinter, trouble: str) -> None:
    printer.mode = trouble
    queue = open_printer(Queue("Desk", "cups:Desk"))
    job = queue.send("miz-1", PDF, "a5")
    until(queue, job, Report(STUCK, trouble))
    printer.mode = "ok"
    assert list(reports(queue, job))[-1] == Report(PRINTED, "printer")


def test_cups_may_call_completed_what_its_printer_aborted_and_is_not_believed(cups: Cups, printer: IppPrinter) -> None:
    """Whatever CUPS says of these (it says *completed* of some), no paper came out of any."""
    printer.mode = "fail"
    queue = open_printer(Queue("Desk", "cups:Desk"))
    for n in range(3):
        job = queue.send(f"miz-{n}", PDF, "a5")
        assert list(reports(queue, job))[-1] == Report(FAILED, "aborted")
    assert printer.papers == {}


def test_a_queue_whose_printer_is_off_is_stuck_until_it_is_on(cups: Cups, printer: IppPrinter) -> None:
    printer.switch_off()
    queue = open_printer(Queue("Desk", "cups:Desk"))
    job = queue.send("miz-1", PDF, "a5")
    until(queue, job, Report(STUCK, "unreachable"))
    queue.cancel(job)
    printer.switch_on()
    assert list(reports(queue, job))[-1] == Report(FAILED, "canceled")
    assert printer.papers == {}


def test_a_mute_printers_queue_confirms_nothing(cups: Cups) -> None:
    queue = open_printer(Queue("Usb", "cups:Usb"))
    assert list(reports(queue, queue.send("miz-1", PDF, "a5")))[-1] == Report(UNKNOWN, "delivered")
    assert "miz-1" in cups.tray


# --- a folder, and addresses -----------------------------------------------------------------------------------------


def test_what_is_written_in_the_folder_has_come_out(tmp_path: Path) -> None:
    folder = open_printer(Queue("files", f"folder:{tmp_path}"))
    job = folder.send("miz-1", PDF, "a5")
    assert folder.report(job) == Report(PRINTED, "file")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"miz-1.pdf": PDF}
    assert folder.report(Job("miz-2", "miz-2")) == Report(FAILED, "not-written")


def test_a_folder_that_is_not_there_takes_nothing(tmp_path: Path) -> None:
    with pytest.raises(NotSent) as refused:
        open_printer(Queue("files", f"folder:{tmp_path}/none")).send("miz-1", PDF, "a5")
    assert (refused.value.reason, refused.value.again) == ("not-writable", False)


@pytest.mark.parametrize(
    "uri", ["", "Desk", "cups:", "ipp:", "ipp:///ipp/print", "roll://", "ipp://host:99999/", "http://host/", "folder:"]
)
def test_an_address_of_no_printer_is_said_at_once(uri: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        open_printer(Queue("x", uri))


# --- bad manners -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n\2\0\0\0\0\0\0\1\3",
        b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n\2\0\0\0\0\0\0\1\4\x44\xff\xff",
        b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
        b"220 mail.example.ir ESMTP\r\n",
    ],
)
def test_what_answers_like_no_printer_is_unreachable(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        import threading

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        with pytest.raises(Unreachable):
            can(Queue("x", f"ipp://127.0.0.1:{server.getsockname()[1]}/ipp/print"), "a5")
        thread.join()
