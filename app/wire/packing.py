"""From a message to the bytes that travel, and back: msgpack under zstd, with hard limits on both sides of it."""

from __future__ import annotations

import io
import threading
from typing import Any, TypeVar

import msgspec
import zstandard

ON_THE_WIRE = 1 << 20
"""Bytes of a body as it travels."""
OPEN = 8 << 20
"""Bytes of a body once it is open: what a small bomb may grow to, and no further."""
CONTENT_TYPE = "application/vnd.miz.msgpack+zstd"
"""A type of its own and no Content-Encoding: nobody on the way shall open it without these limits."""
_WINDOW = 8 << 20

T = TypeVar("T")
_encoder = msgspec.msgpack.Encoder(uuid_format="bytes")
_thread = threading.local()
_decoders: dict[Any, msgspec.msgpack.Decoder[Any]] = {}


class TooLarge(Exception):
    """A body beyond `ON_THE_WIRE` or `OPEN`."""


class NotReadable(Exception):
    """A body that is not what it should be; the text says where, never what stands there."""


def pack(message: object) -> bytes:
    """The bytes to send. Raises `TooLarge`."""
    opened = _encoder.encode(message)
    if len(opened) > OPEN:
        raise TooLarge
    packed = _compressor().compress(opened)
    if len(packed) > ON_THE_WIRE:
        raise TooLarge
    return packed


def unpack(data: bytes, kind: type[T], most: int = OPEN) -> T:
    """The message in the bytes, of no more than so many once it is open, checked strictly. Raises `TooLarge` or
    `NotReadable`."""
    if len(data) > ON_THE_WIRE:
        raise TooLarge
    try:
        reader = zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_reader(
            io.BytesIO(data), read_across_frames=False
        )
        opened = reader.read(most + 1)
    except zstandard.ZstdError as error:
        raise NotReadable("The body is not compressed as it should be.") from error
    if len(opened) > most:
        raise TooLarge
    try:
        message: T = _decoder(kind).decode(opened)
    except msgspec.ValidationError as error:
        raise NotReadable(str(error)) from None  # it names types and the path, never a value
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise NotReadable("The body is cut off or is no message.") from None
    return message


def _compressor() -> zstandard.ZstdCompressor:
    """The thread's own: two threads in one would write over each other's memory."""
    if not hasattr(_thread, "compressor"):
        _thread.compressor = zstandard.ZstdCompressor(level=3)
    made: zstandard.ZstdCompressor = _thread.compressor
    return made


def _decoder(kind: type[T]) -> msgspec.msgpack.Decoder[T]:
    if kind not in _decoders:
        _decoders[kind] = msgspec.msgpack.Decoder(kind)
    return _decoders[kind]
