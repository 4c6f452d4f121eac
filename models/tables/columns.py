"""Columns as both databases keep them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from uuid import UUID

from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeEngine


class Blob(LargeBinary):
    """Bytes as they are: both drivers take and give `bytes`, so no value is wrapped and unwrapped on its way."""

    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> None:
        return None

    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        return None


class Id(TypeEngine[UUID]):
    """A UUID kept as its 16 bytes, alike on SQLite and PostgreSQL."""

    __visit_name__ = "large_binary"
    operator_classes = LargeBinary.operator_classes
    length = 16
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[UUID | None], bytes | None]:
        return _bytes_of

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[bytes | None], UUID | None]:
        return _uuid_of

    def coerce_compared_value(self, op: OperatorType | None, value: object) -> TypeEngine[UUID]:
        return self


def _bytes_of(value: UUID | None) -> bytes | None:
    return None if value is None else value.bytes


@lru_cache(4_096)
def _uuid_of(value: bytes | None) -> UUID | None:
    # Rows read together share most of their ids: the desk's incarnation, the clerk, the subject.
    return None if value is None else UUID(bytes=value)
