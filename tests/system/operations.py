"""What docs/operations.md tells to do, done: its own text, with the test's names and ports in place of the page's."""

from __future__ import annotations

import os
import re
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "operations.md").read_text()
PATIENCE = 15


def block(kind: str, holding: str) -> str:
    """The page's one block of that kind which holds the text."""
    (found,) = [text for text in re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL) if holding in text]
    return str(found)


def changed(text: str, names: Mapping[str, str]) -> str:
    """Each name in its place; one that is not on the page is a mistake."""
    for name, ours in names.items():
        assert name in text, name
        text = text.replace(name, ours)
    return text


def sh(script: str, folder: Path, **environment: str) -> str:
    """Runs it as a shell does, to its first failure; what it printed."""
    done = subprocess.run(
        ["sh", "-euc", script],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder), **environment},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def free_ports(count: int) -> list[int]:
    """Ports of this computer that nobody has at the moment, all different."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports: list[int] = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return ports


class Programs:
    """Programs that run until `close`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._running = folder, list[subprocess.Popen[bytes]]()

    def start(self, command: list[str], **environment: str) -> subprocess.Popen[bytes]:
        said = (self.folder / f"said{len(self._running)}").open("ab")
        made = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, stdout=said, stderr=said)
        said.close()
        self._running.append(made)
        return made

    def close(self) -> None:
        for each in self._running:
            each.kill()
        for each in self._running:
            each.wait()


def our_program(line: str) -> list[str]:
    """The command of an `ExecStart=` on the page, by this interpreter."""
    words = line.replace("\\\n", " ").partition("=")[2].split()
    assert words[:2] == ["/opt/miz/.venv/bin/python", "main.py"]
    return [sys.executable, str(ROOT / "main.py"), *words[2:]]


def strict(ca: Path) -> ssl.SSLContext:
    """Trusts that authority alone, and is as strict as newer interpreters are by themselves."""
    context = ssl.create_default_context(cafile=ca)
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    return context


def until_it_answers(client: httpx.Client, url: str) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            if client.get(url).is_success:
                return
        except httpx.HTTPError:
            pass
        assert time.monotonic() < end, f"{url} does not answer"
        time.sleep(0.05)
