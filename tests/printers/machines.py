"""Real printers for tests: the IPP printer program that CUPS's authors wrote, and a private CUPS."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from printing.printers import Queue, can, ipp

SBIN = ("/usr/sbin", "/sbin")
PATH = os.pathsep.join([os.environ.get("PATH", ""), *SBIN])
PATIENCE = 20.0
"""Seconds that a test waits for something that must happen."""

ATTRIBUTES = """\
ATTR keyword media-supported iso_a5_148x210mm,iso_a4_210x297mm,om_roll-80_72x200mm
ATTR keyword media-ready iso_a5_148x210mm,iso_a4_210x297mm
ATTR keyword media-default iso_a5_148x210mm
ATTR collection media-col-default {
  MEMBER collection media-size { MEMBER integer x-dimension 14800 MEMBER integer y-dimension 21000 }
  MEMBER integer media-bottom-margin 300
  MEMBER integer media-left-margin 300
  MEMBER integer media-right-margin 300
  MEMBER integer media-top-margin 300
}
ATTR collection media-col-database {
  MEMBER collection media-size { MEMBER integer x-dimension 14800 MEMBER integer y-dimension 21000 }
  MEMBER integer media-bottom-margin 300
  MEMBER integer media-left-margin 300
  MEMBER integer media-right-margin 300
  MEMBER integer media-top-margin 300
}, {
  MEMBER collection media-size { MEMBER integer x-dimension 21000 MEMBER integer y-dimension 29700 }
  MEMBER integer media-bottom-margin 300
  MEMBER integer media-left-margin 300
  MEMBER integer media-right-margin 300
  MEMBER integer media-top-margin 300
}
ATTR collection media-size-supported {
  MEMBER integer x-dimension 14800 MEMBER integer y-dimension 21000
}, {
  MEMBER integer x-dimension 21000 MEMBER integer y-dimension 29700
}
ATTR integer media-bottom-margin-supported 300
ATTR integer media-left-margin-supported 300
ATTR integer media-right-margin-supported 300
ATTR integer media-top-margin-supported 300
ATTR enum print-quality-default 4
ATTR enum print-quality-supported 3,4,5
ATTR resolution printer-resolution-default 300dpi
ATTR resolution printer-resolution-supported 300dpi
ATTR keyword pwg-raster-document-type-supported sgray_8
ATTR resolution pwg-raster-document-resolution-supported 300dpi
ATTR keyword urf-supported CP1,MT1,RS300,SRGB24,V1.4,W8
ATTR mimeMediaType document-format-default application/pdf
ATTR mimeMediaType document-format-supported application/pdf,image/pwg-raster,image/urf
ATTR keyword sides-supported one-sided
ATTR keyword sides-default one-sided
ATTR keyword print-color-mode-supported monochrome
ATTR keyword print-color-mode-default monochrome
ATTR text printer-make-and-model "Desk Printer"
"""

HEAD = """\
#!/bin/sh
# The print head: does what the file "mode" says, until a page is out or given up.
here="{folder}"
while :; do
  mode=$(cat "$here/mode")
  case $mode in
    ok) cp "$1" "$here/.part" && mv "$here/.part" "$here/out/$IPP_JOB_NAME" && exit 0 ;;
    fail) exit 1 ;;
    lost) exit 0 ;;
    slow) ;;
    *) echo "STATE: +$mode" >&2 ;;
  esac
  while [ "$(cat "$here/mode")" = "$mode" ]; do sleep 0.05; done
  case $mode in slow) ;; *) echo "STATE: -$mode" >&2 ;; esac
done
"""


def wait_until(true: Callable[[], object], what: str) -> None:
    """Returns as soon as it is true; fails the test where it never is."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"never happened: {what}"
        time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 0.2).close()
    except OSError:
        return False
    return True


def stop(process: subprocess.Popen[bytes]) -> None:
    """The process and whatever it has started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(PATIENCE)


class IppPrinter:
    """A real IPP Everywhere printer. Its paper is in `papers`; `mode` is what its head meets: `ok`, `fail`, `slow`,
    `lost` (takes the paper and prints nothing), or one of IPP's reasons, such as `media-empty`, until it is changed."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.uri = f"ipp://localhost:{self.port}/ipp/print"
        for name in ("out", "spool"):
            (folder / name).mkdir(parents=True)
        (folder / "printer.conf").write_text(ATTRIBUTES)
        head = folder / "head.sh"
        head.write_text(HEAD.format(folder=folder))
        head.chmod(0o755)
        self.mode = "ok"
        self.switch_on()

    @property
    def mode(self) -> str:
        return (self.folder / "mode").read_text()

    @mode.setter
    def mode(self, mode: str) -> None:
        new = self.folder / "mode.new"
        new.write_text(mode)
        new.replace(self.folder / "mode")

    @property
    def papers(self) -> dict[str, bytes]:
        """What has come out, by title."""
        return {path.name: path.read_bytes() for path in sorted((self.folder / "out").iterdir())}

    def becomes(self, *changes: tuple[str, str]) -> None:
        """Another make of printer: switched off and on again with this changed in its attributes."""
        changed = ATTRIBUTES
        for old, new in changes:
            assert old in changed
            changed = changed.replace(old, new)
        (self.folder / "printer.conf").write_text(changed)
        self.switch_off()
        self.switch_on()

    def is_itself_again(self) -> None:
        """As it was made."""
        conf = self.folder / "printer.conf"
        if conf.read_text() != ATTRIBUTES:
            conf.write_text(ATTRIBUTES)
            self.switch_off()

    def switch_on(self) -> None:
        # It refuses to start without a bus, where it would announce itself.
        command = (
            f"DBUS_SYSTEM_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS exec ippeveprinter -r off -n localhost -p {self.port} "
            f"-d {self.folder}/spool -a {self.folder}/printer.conf -c {self.folder}/head.sh Desk"
        )
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                ["dbus-run-session", "--", "sh", "-c", command],
                stdout=log,
                stderr=log,
                env={**os.environ, "PATH": PATH},
                start_new_session=True,
            )
        wait_until(lambda: answers(self.port), "the printer answers")

    def switch_off(self) -> None:
        stop(self.process)
        wait_until(lambda: not answers(self.port), "the printer is off")

    def clear(self) -> None:
        """Ready for the next test: nothing under way, nothing in the tray."""
        self.mode = "ok"
        self.is_itself_again()
        if self.process.poll() is not None:
            self.switch_on()

        def idle() -> bool:
            answer = ipp.Server("localhost", self.port).ask(
                ipp.GET_JOBS, "/ipp/print", self.uri, {"which-jobs": "not-completed"}
            )
            return not answer.jobs

        wait_until(idle, "the printer is idle")
        for path in (self.folder / "out").iterdir():
            path.unlink()


CUPSD = """\
Listen {folder}/s
Browsing No
WebInterface No
DefaultAuthType None
PreserveJobHistory Yes
PreserveJobFiles No
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  <Limit All>
    Order deny,allow
    Allow all
  </Limit>
</Policy>
"""

CUPS_FILES = """\
ServerRoot {folder}
ServerBin {folder}/bin
RequestRoot {folder}/r
CacheDir {folder}/c
StateDir {folder}/st
TempDir {folder}/t
AccessLog {folder}/access_log
ErrorLog {folder}/error_log
PageLog {folder}/page_log
SystemGroup root
Sandboxing relaxed
FatalErrors none
"""

USB = """\
#!/bin/sh
# A printer at the end of a cable, which tells its queue nothing but that the bytes are gone.
[ $# = 0 ] && exit 0
while [ "$(cat "{folder}/usb")" = held ]; do sleep 0.05; done
cat > "{folder}/tray/$3"
"""


class Cups:
    """A private CUPS with two queues: `Desk`, whose device is the IPP printer, and `Usb`, a mute one."""

    def __init__(self, printer: IppPrinter) -> None:
        self.folder = folder = Path(tempfile.mkdtemp(prefix="cups", dir="/tmp"))  # a socket's path must be short
        folder.chmod(0o755)
        for name in ("r", "c", "st", "t", "tray", "bin/backend"):
            (folder / name).mkdir(parents=True)
        (folder / "usb").write_text("free")
        for each in Path("/usr/lib/cups").iterdir():
            if each.name != "backend":
                (folder / "bin" / each.name).symlink_to(each)
        shutil.copy("/usr/lib/cups/backend/ipp", folder / "bin/backend/ipp")
        usb = folder / "bin/backend/cable"
        usb.write_text(USB.format(folder=folder))
        usb.chmod(0o700)
        (folder / "cupsd.conf").write_text(CUPSD.format(folder=folder))
        (folder / "cups-files.conf").write_text(CUPS_FILES.format(folder=folder))
        self.socket = f"{folder}/s"
        with (folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                ["cupsd", "-f", "-c", f"{folder}/cupsd.conf", "-s", f"{folder}/cups-files.conf"],
                stdout=log,
                stderr=log,
                env={**os.environ, "PATH": PATH},
                start_new_session=True,
            )
        wait_until(Path(self.socket).exists, "CUPS answers")
        self.add("Desk", printer.uri, "everywhere")
        self.add("Usb", "cable:/port", "raw")
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("CUPS_SERVER", self.socket)
            wait_until(lambda: can(Queue("Desk", "cups:Desk"), "a5"), "the queue knows its printer's sizes")

    def add(self, name: str, device: str, model: str) -> None:
        """Fails where the queue cannot be made."""
        command = ["lpadmin", "-p", name, "-E", "-v", device, "-m", model, "-o", "printer-error-policy=abort-job"]
        environment = {**os.environ, "PATH": PATH, "CUPS_SERVER": self.socket}
        made = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
        assert made.returncode == 0, made.stderr

    @property
    def tray(self) -> dict[str, bytes]:
        """What the cable has brought to the mute printer: one file an attempt, by user."""
        return {path.name: path.read_bytes() for path in (self.folder / "tray").iterdir()}

    def close(self) -> None:
        stop(self.process)
        shutil.rmtree(self.folder, ignore_errors=True)


def missing(*programs: str) -> str:
    """The first of these programs that this machine lacks, "" where all are there."""
    return next((program for program in programs if shutil.which(program, path=PATH) is None), "")


@pytest.fixture(scope="session")
def one_printer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[IppPrinter]:
    if lacks := missing("ippeveprinter", "dbus-run-session"):
        pytest.skip(f"{lacks} is missing")
    printer = IppPrinter(tmp_path_factory.mktemp("printer"))
    yield printer
    stop(printer.process)


@pytest.fixture
def printer(one_printer: IppPrinter) -> Iterator[IppPrinter]:
    """The IPP printer, ready and with an empty tray."""
    one_printer.clear()
    yield one_printer
    one_printer.mode = "ok"


@pytest.fixture(scope="session")
def one_cups(one_printer: IppPrinter) -> Iterator[Cups]:
    if os.geteuid() != 0:
        pytest.skip("only root starts a CUPS of its own")
    if lacks := missing("cupsd", "lpadmin"):
        pytest.skip(f"{lacks} is missing")
    one_printer.clear()
    cups = Cups(one_printer)
    yield cups
    cups.close()


@pytest.fixture
def cups(one_cups: Cups, printer: IppPrinter, monkeypatch: pytest.MonkeyPatch) -> Cups:
    """The CUPS that this computer's programs find."""
    monkeypatch.setenv("CUPS_SERVER", one_cups.socket)
    return one_cups
