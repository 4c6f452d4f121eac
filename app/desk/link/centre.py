"""The centre as a desk can ask it: one connection, one question at a time, only bytes that were packed and bounded."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx

from app.wire.files import AskFile, FilePart, FileStands, ReadPart, SendPart
from app.wire.messages import Ask, Enrol, Enrolled, Pull, Pulled, Push, Pushed, Stands
from app.wire.packing import CONTENT_TYPE, ON_THE_WIRE, NotReadable, TooLarge, pack, unpack

CONNECT_SECONDS, ANSWER_SECONDS = 10.0, 60.0
LONGEST_REST = 60.0
"""Seconds that a desk waits at most, whatever it is asked for."""
T = TypeVar("T")


class Unreachable(Exception):
    """No answer, or none of the centre's: try again. `reason` is a stable token: `network`, `busy`, `not_a_centre`, or
    `certificate` for somebody at its address who is not the one that is trusted there. `after` are the seconds for
    which the centre asks, 0 where it asks for none."""

    def __init__(self, reason: str, after: float = 0.0) -> None:
        super().__init__(reason)
        self.reason, self.after = reason, after


class NotAdmitted(Exception):
    """The centre does not know the code or the token any more; trying again does not help."""


class Differs(Exception):
    """The centre's copy of the chain does not continue with what was pushed; where it stands."""

    def __init__(self, stands: Stands) -> None:
        super().__init__(stands.code)
        self.stands = stands


def is_safe(url: str) -> bool:
    """Whether nobody on the way can read what is sent there: HTTPS, or HTTP that does not leave this computer."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("127.0.0.1", "::1", "localhost"))


class Centre:
    """Methods raise `Unreachable` and `NotAdmitted`. `ca` is the text of the certificates that are trusted, and no
    others; plain HTTP is for this computer only."""

    def __init__(self, url: str, token: str, ca: str, program: str) -> None:
        headers = {"Authorization": f"Bearer {token}", "User-Agent": program, "Content-Type": CONTENT_TYPE}
        # The computer's own authorities take 40 ms to read, and what does not leave it needs none.
        trust: ssl.SSLContext | bool = _only(ca) if ca else urlsplit(url).scheme != "http"
        timeout = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
        self._http = httpx.Client(base_url=url, headers=headers, verify=trust, timeout=timeout, trust_env=False)
        self._stream: Any = None  # of the connection that was made last
        self._hung_up = False
        self.timed: Callable[[int], None] = lambda at: None
        """Called with the centre's time, µs UTC and good to a second, whenever it answers."""

    def __enter__(self) -> Centre:
        return self

    def __exit__(self, *_why: object) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def hang_up(self) -> None:
        """From another thread: a question under way is `Unreachable` at once, and so is every later one."""
        self._hung_up = True
        line = self._stream.get_extra_info("socket") if self._stream is not None else None
        if line is not None:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def enrol(self, said: Enrol) -> Enrolled:
        return self._ask("/v1/enrol", said, Enrolled)

    def push(self, message: Push) -> Pushed:
        """Raises `Differs` as well."""
        return self._ask("/v1/push", message, Pushed)

    def pull(self, message: Pull) -> Pulled:
        return self._ask("/v1/pull", message, Pulled)

    def hash_at(self, message: Ask) -> bytes | None:
        answer: bytes | None = self._ask("/v1/hash", message, bytes | None)  # type: ignore[arg-type]
        return answer

    def file_stands(self, message: AskFile) -> FileStands:
        return self._ask("/v1/files/stands", message, FileStands)

    def send_part(self, message: SendPart) -> FileStands:
        return self._ask("/v1/files/send", message, FileStands)

    def read_part(self, message: ReadPart) -> FilePart | None:
        """None where the centre has no such file, or not all of it."""
        answer: FilePart | None = self._ask("/v1/files/read", message, FilePart | None)  # type: ignore[arg-type]
        return answer

    def _ask(self, path: str, message: object, kind: type[T]) -> T:
        if self._hung_up:
            raise Unreachable("network")
        try:
            with self._http.stream("POST", path, content=pack(message), extensions={"trace": self._traced}) as answer:
                self._note_time(answer.headers.get("Date", ""))
                data = _bounded(answer)
        except (httpx.HTTPError, ssl.SSLError, OSError) as error:
            raise Unreachable("certificate" if _is_distrust(error) else "network") from error
        if answer.status_code in (401, 403):
            raise NotAdmitted
        if answer.status_code == 429:
            raise Unreachable("busy", _seconds(answer.headers.get("Retry-After", "")))
        if answer.status_code == 503:
            raise Unreachable("busy")
        try:
            if answer.status_code == 409:
                raise Differs(unpack(data, Stands))
            if answer.status_code == 200:
                return unpack(data, kind)
        except (NotReadable, TooLarge) as error:
            raise Unreachable("not_a_centre") from error
        raise Unreachable("not_a_centre")

    def _note_time(self, said: str) -> None:
        with suppress(ValueError, OverflowError):
            self.timed(round(parsedate_to_datetime(said).timestamp() * 1_000_000))

    def _traced(self, event: str, info: dict[str, Any]) -> None:
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._stream = info["return_value"]
            if self._hung_up:
                self.hang_up()


def _seconds(said: str) -> float:
    return min(LONGEST_REST, float(said)) if said.isascii() and said.isdecimal() else 1.0


def shown_certificate(url: str) -> str:
    """What whoever answers at the address says that one is to trust there. Nobody knows yet who that is. Raises
    `Unreachable`."""
    anybody = ssl.create_default_context()
    anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
    timeout = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
    try:
        with (
            httpx.Client(verify=anybody, timeout=timeout, trust_env=False) as http,
            http.stream("GET", f"{url}/v1/ca") as answer,
        ):
            return _bounded(answer).decode("ascii", "replace")
    except (httpx.HTTPError, ssl.SSLError, OSError) as error:
        raise Unreachable("network") from error


def _only(ca: str) -> ssl.SSLContext:
    """Trusts these certificates and no others. They were chosen one by one, so an office's own may lack what is asked
    of those that the whole world trusts. Raises `ssl.SSLError` for what is no certificate."""
    trust = ssl.create_default_context(cadata=ca)
    trust.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return trust


def _is_distrust(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _bounded(answer: httpx.Response) -> bytes:
    data = bytearray()
    for chunk in answer.iter_raw():
        data += chunk
        if len(data) > ON_THE_WIRE:
            raise Unreachable("not_a_centre")
    return bytes(data)
