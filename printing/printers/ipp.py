"""IPP over HTTP: one request, one answer (RFC 8010 and 8011); to a printer, or to CUPS on its socket."""

from __future__ import annotations

import http.client
import socket
import ssl
import struct
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import NamedTuple

from printing.printers.reports import Unreachable

PRINT_JOB, CANCEL_JOB, GET_JOB, GET_JOBS, GET_PRINTER, CUPS_GET_PRINTERS = 0x02, 0x08, 0x09, 0x0A, 0x0B, 0x4002
NOT_FOUND, BUSY = 0x0406, 0x0507

CONNECT_SECONDS, ANSWER_SECONDS, DOCUMENT_SECONDS = 3.0, 10.0, 60.0
_LONGEST_ANSWER = 4_000_000

_KEYWORD, _URI, _NAME, _MIME, _INTEGER = 0x44, 0x45, 0x42, 0x49, 0x21
_TAGS = {
    "requested-attributes": _KEYWORD,
    "which-jobs": _KEYWORD,
    "media": _KEYWORD,
    "sides": _KEYWORD,
    "print-scaling": _KEYWORD,
    "job-name": _NAME,
    "requesting-user-name": _NAME,
    "document-format": _MIME,
    "printer-uri": _URI,
    "job-id": _INTEGER,
}

Value = str | int
Attributes = dict[str, list[Value]]
Asked = Mapping[str, Value | tuple[str, ...]]


class Cut(Exception):
    """The connection broke after something had been sent."""


class Answer(NamedTuple):
    """The status code, and the attributes of each group: the printer's (or every queue's) and the jobs'."""

    status: int
    printers: list[Attributes]
    jobs: list[Attributes]

    @property
    def ok(self) -> bool:
        return self.status < 0x0100


class Server(NamedTuple):
    """Who answers: a host and port, or the path of a socket; `tls` encrypts and proves nobody's name."""

    host: str
    port: int = 631
    tls: bool = False

    def ask(
        self,
        operation: int,
        path: str,
        printer: str,
        attributes: Asked,
        job: Asked = MappingProxyType({}),
        document: bytes = b"",
    ) -> Answer:
        """The answer to one request: `attributes` of the operation, and those that the job shall have.

        Raises `Unreachable` when nothing was sent, and `Cut` when something was and no answer came back.
        """
        body = _request(operation, {"printer-uri": printer, **attributes}, job) + document
        connection = _Connection(self)
        try:
            with _deadline(connection, DOCUMENT_SECONDS if document else ANSWER_SECONDS):
                try:
                    connection.connect()
                except (OSError, ValueError) as error:
                    raise Unreachable(str(error)) from error
                try:
                    connection.request("POST", path, body, {"Content-Type": "application/ipp"})
                    response = connection.getresponse()
                    content = response.read(_LONGEST_ANSWER)
                except (OSError, http.client.HTTPException) as error:
                    raise Cut from error
        finally:
            connection.close()
        if response.status != http.HTTPStatus.OK:
            return Answer(0x0403, [], [])  # refused by the web server in front of it
        return _answer(content)


class _Connection(http.client.HTTPConnection):
    def __init__(self, server: Server) -> None:
        super().__init__("localhost" if server.host.startswith("/") else server.host, server.port)
        self._server = server

    def connect(self) -> None:
        server = self._server
        if server.host.startswith("/"):
            self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self.sock.settimeout(CONNECT_SECONDS)
            self.sock.connect(server.host)
        else:
            self.sock = socket.create_connection((server.host, server.port), CONNECT_SECONDS)
            if server.tls:
                # Printers sign their own certificates: nobody overhears, but the name is not proven.
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
                context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
                self.sock = context.wrap_socket(self.sock)
        self.sock.settimeout(ANSWER_SECONDS)


@contextmanager
def _deadline(connection: http.client.HTTPConnection, seconds: float) -> Iterator[None]:
    """However slowly the other side drips, all is over after so many seconds."""

    def end() -> None:
        if connection.sock is not None:
            try:
                connection.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


# --- the encoding ----------------------------------------------------------------------------------------------------


def _attribute(tag: int, name: str, value: Value | tuple[str, ...]) -> bytes:
    if isinstance(value, tuple):
        return b"".join(_attribute(tag, "" if n else name, each) for n, each in enumerate(value))
    content = struct.pack(">i", value) if isinstance(value, int) else value.encode()
    title = name.encode()
    return struct.pack(">BH", tag, len(title)) + title + struct.pack(">H", len(content)) + content


def _request(operation: int, attributes: Asked, job: Asked) -> bytes:
    named = {"requesting-user-name": "desk", **attributes}
    first = [name for name in ("printer-uri", "job-id") if name in named]  # the order that the standard asks for
    parts = [
        struct.pack(">HHI", 0x0200, operation, 1),
        b"\1",
        _attribute(0x47, "attributes-charset", "utf-8"),
        _attribute(0x48, "attributes-natural-language", "en"),
        *(_attribute(_TAGS[name], name, named.pop(name)) for name in first),
        *(_attribute(_TAGS[name], name, value) for name, value in named.items()),
    ]
    if job:
        parts += [b"\2", *(_attribute(_TAGS[name], name, value) for name, value in job.items())]
    return b"".join([*parts, b"\3"])


def _answer(content: bytes) -> Answer:
    """Raises `Cut` for what is no whole IPP answer."""
    groups: list[tuple[int, Attributes]] = []
    try:
        (status,) = struct.unpack_from(">H", content, 2)
        at, name = 8, ""
        while content[at] != 3:
            tag = content[at]
            if tag < 0x10:
                groups.append((tag, {}))
                at += 1
                continue
            given, at = _text(content, at + 1)
            value, at = _text(content, at)
            name = given.decode("utf-8", "replace") or name
            groups[-1][1].setdefault(name, []).append(_value(tag, value))
    except (IndexError, struct.error) as error:
        raise Cut from error
    return Answer(status, [a for tag, a in groups if tag == 4], [a for tag, a in groups if tag == 2])


def _value(tag: int, content: bytes) -> Value:
    if tag in (0x21, 0x23) and len(content) == 4:
        return int.from_bytes(content, signed=True)
    if tag == 0x32 and len(content) == 9:  # a resolution; its unit 3 is dots an inch
        across, _along, unit = struct.unpack(">iiB", content)
        return int(across) if unit == 3 else 0
    return content.decode("utf-8", "replace")


def _text(content: bytes, at: int) -> tuple[bytes, int]:
    (length,) = struct.unpack_from(">H", content, at)
    end = at + 2 + length
    if end > len(content):
        raise IndexError(end)
    return content[at + 2 : end], end


def texts(attributes: Attributes, name: str) -> list[str]:
    """The values of an attribute as text; none where it is absent."""
    return [str(value) for value in attributes.get(name, ())]


def whole(attributes: Attributes, name: str) -> int:
    """The attribute's number, 0 where it is absent or none."""
    return next(iter(wholes(attributes, name)), 0)


def wholes(attributes: Attributes, name: str) -> list[int]:
    """The attribute's numbers; of resolutions the dots an inch across."""
    return [value for value in attributes.get(name, ()) if isinstance(value, int)]
