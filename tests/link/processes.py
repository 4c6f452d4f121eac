"""A centre as a program of its own, which can be killed and started again at the same address."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

MAIN = Path(__file__).resolve().parents[2] / "main.py"
PATIENCE = 60


class CentreProgram:
    """`main.py central serve` on SQLite in a folder; with a certificate and its key over TLS. `options` are said to it
    as well, `more` is added to its environment."""

    def __init__(
        self, folder: Path, tls: tuple[Path, Path] | None = None, options: tuple[str, ...] = (), **more: str
    ) -> None:
        self.folder, self._tls, self._options, self._more = folder, tls, options, more
        self._log = folder.with_suffix(".log")
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Starts it, and waits until it answers."""
        files = ("--tls-cert", str(self._tls[0]), "--tls-key", str(self._tls[1])) if self._tls else ()
        self._process = self._run("serve", "--port", str(self.port), *files, *self._options)
        end = time.monotonic() + PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                assert self._process.poll() is None, self.log
                assert time.monotonic() < end, "the centre did not start"
                time.sleep(0.05)
            else:
                return

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def end(self) -> int:
        """Tells it to end, and waits until it has; how it went."""
        assert self._process is not None
        self._process.terminate()
        self._process.communicate(timeout=PATIENCE)
        code, self._process = self._process.returncode, None
        return int(code)

    @property
    def log(self) -> str:
        """What it has written to its error output."""
        return self._log.read_text()

    @property
    def most_memory(self) -> int:
        """Bytes that it held at one time at most."""
        assert self._process is not None
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) << 10

    def code_for(self, name: str, office: str = "ماکو") -> str:
        out, _err = self._run("desk", "--office", office, "--name", name).communicate(timeout=PATIENCE)
        code: str = json.loads(out)["code"]
        return code

    def _run(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, str(MAIN), "--data", str(self.folder), "central", *arguments]
        environment = {name: value for name, value in os.environ.items() if name != "MIZ_DATABASE"} | self._more
        with self._log.open("ab") as log:
            return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=log)
