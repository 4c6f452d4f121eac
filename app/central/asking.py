"""One question of a desk: who asks, what is said, what is answered."""

from __future__ import annotations

from functools import partial
from typing import Any, TypeVar

import msgspec
from litestar import Request, Response, post
from litestar.exceptions import HTTPException
from litestar.openapi.spec import OpenAPIMediaType, Operation, Reference, RequestBody
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_400_BAD_REQUEST,
    HTTP_401_UNAUTHORIZED,
    HTTP_413_REQUEST_ENTITY_TOO_LARGE,
)

from app.central.centre import Centre
from app.central.enrolment import Seat, seat_of
from app.wire.packing import CONTENT_TYPE, ON_THE_WIRE, OPEN, NotReadable, TooLarge, pack, unpack

SMALL = 64 << 10
"""Bytes of a body that only asks; a route says so by `request_max_body_size`."""
SMALL_OPEN = 256 << 10
T = TypeVar("T")


def desk_route(path: str, said: type[Any], most: int = ON_THE_WIRE) -> post:
    """A route on which a desk says such a message, of no more bytes than that."""
    return post(
        path,
        status_code=HTTP_200_OK,
        media_type=CONTENT_TYPE,
        request_max_body_size=most,
        operation_class=partial(_Packed, said.__name__),  # type: ignore[arg-type]
    )


def described(*said: type[Any]) -> dict[str, Any]:
    """The schemas of messages, by name: what is under zstd and msgpack, as JSON would have it."""
    _, found = msgspec.json.schema_components(said, ref_template="#/components/schemas/{name}")
    return found


class _Packed(Operation):
    """An operation whose body is a message under zstd, which the types of a handler cannot say."""

    def __init__(self, said: str, **more: Any) -> None:
        super().__init__(**more)
        media = OpenAPIMediaType(schema=Reference(f"#/components/schemas/{said}"))
        self.request_body = RequestBody(content={CONTENT_TYPE: media}, required=True)


async def body(request: Request[Any, Any, Any], kind: type[T], opened: int = OPEN) -> T:
    """What was said, of no more than so many bytes once it is open."""
    data = await request.body()
    if opened <= SMALL_OPEN:
        return _read(data, kind, opened)
    centre: Centre = request.app.state.centre
    return await centre.run(partial(_read, data, kind, opened))


def _read(data: bytes, kind: type[T], opened: int) -> T:
    try:
        return unpack(data, kind, opened)
    except TooLarge:
        raise HTTPException(status_code=HTTP_413_REQUEST_ENTITY_TOO_LARGE) from None
    except NotReadable as error:
        raise HTTPException(str(error), status_code=HTTP_400_BAD_REQUEST) from None


def packed(message: object, status: int = HTTP_200_OK) -> Response[bytes]:
    return Response(pack(message), status_code=status, media_type=CONTENT_TYPE)


async def speaker(centre: Centre, request: Request[Any, Any, Any]) -> Seat:
    """The desk that speaks. Raises 401 alike for no token, an unknown one and a revoked one."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    seat = None
    if kind == "Bearer" and 0 < len(token) <= 100:

        def look() -> Seat | None:
            with centre.store.reading() as connection:
                return seat_of(connection, token.encode())

        seat = await centre.run(look)
    if seat is None:
        raise unknown()
    return seat


def unknown() -> HTTPException:
    """The answer to a token that opens nothing."""
    return HTTPException(status_code=HTTP_401_UNAUTHORIZED, headers={"WWW-Authenticate": "Bearer"})
