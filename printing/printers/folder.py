"""A folder of PDF files as a printer: what is written whole, and is on the disk, has come out."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from printing.printers.reports import FAILED, PAPERS, PRINTED, Job, NotSent, Report


class PdfFolder:
    """A folder by its address `folder:PATH`; a paper is `TITLE.pdf` in it."""

    def __init__(self, uri: str) -> None:
        self._folder = Path(unquote(urlsplit(uri).path))

    def papers(self) -> frozenset[str] | None:
        return frozenset(PAPERS)

    def send(self, title: str, pdf: bytes, paper: str) -> Job:
        job = Job(title, title)
        try:
            write_durably(self._path(job), pdf)
        except OSError as error:
            raise NotSent("not-writable") from error
        return job

    def find(self, title: str) -> Job | None:
        return Job(title, title)

    def report(self, job: Job) -> Report:
        return Report(PRINTED, "file") if self._path(job).exists() else Report(FAILED, "not-written")

    def cancel(self, job: Job) -> None:
        return None

    def _path(self, job: Job) -> Path:
        return self._folder / f"{job.id}.pdf"


def write_durably(out: Path, content: bytes) -> None:
    """The whole file or none of it, on the disk when this returns. Raises OSError."""
    part = out.with_name(f".{out.name}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(out)
        _sync(out.parent)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _sync(folder: Path) -> None:
    """The folder's own entries on the disk, where the operating system can do that."""
    if os.name != "nt":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
