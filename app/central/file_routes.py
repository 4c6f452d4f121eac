"""What desks ask for files. The name of a file stands in the body, so that no address and no log has it."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.exceptions import HTTPException
from litestar.status_codes import HTTP_400_BAD_REQUEST

from app.book.files import NotAPart
from app.central import files
from app.central.asking import SMALL, SMALL_OPEN, body, desk_route, packed, speaker
from app.central.centre import Centre
from app.wire.files import AskFile, FilePart, FileStands, ReadPart, SendPart
from models.files import PART

MOST_SENT = PART + SMALL
"""Bytes of a body with a part in it, packed and open."""


@desk_route("/v1/files/stands", AskFile, SMALL)
async def file_stands(request: Request[Any, Any, Any], centre: NamedDependency[Centre]) -> Response[bytes]:
    """How much of a file is here, before any of it is sent."""
    seat = await speaker(centre, request)
    asked = await body(request, AskFile, SMALL_OPEN)

    def work() -> FileStands:
        with centre.store.reading() as connection:
            return files.stands(connection, seat, asked, centre.clock())

    return packed(await centre.run(work))


@desk_route("/v1/files/send", SendPart, MOST_SENT)
async def send_part(request: Request[Any, Any, Any], centre: NamedDependency[Centre]) -> Response[bytes]:
    """The next part of a file; a part that is here already, or not yet to come, changes nothing."""
    seat = await speaker(centre, request)
    sent = await body(request, SendPart, MOST_SENT)

    def work() -> FileStands:
        with centre.store.writing() as connection:
            return files.send(connection, seat, sent, centre.clock())

    try:
        return packed(await centre.run(work))
    except NotAPart:
        raise HTTPException(status_code=HTTP_400_BAD_REQUEST) from None


@desk_route("/v1/files/read", ReadPart, SMALL)
async def read_part(request: Request[Any, Any, Any], centre: NamedDependency[Centre]) -> Response[bytes]:
    """A part of a whole file of the desk's office or of the organisation; nothing where there is none."""
    seat = await speaker(centre, request)
    asked = await body(request, ReadPart, SMALL_OPEN)

    def work() -> FilePart | None:
        with centre.store.reading() as connection:
            return files.read(connection, seat, asked)

    return packed(await centre.run(work))
