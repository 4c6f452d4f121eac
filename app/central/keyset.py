"""Pages by key: the next one begins behind the last row shown, so a far page costs as much as the first."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_

Place = tuple[Any, UUID]
"""What a row is ordered by, and its id."""


def behind(order: Any, id_: Any, place: Place) -> ColumnElement[bool]:
    """Rows after the place, in rising order."""
    return and_(order >= place[0], or_(order > place[0], id_ > place[1]))


def before(order: Any, id_: Any, place: Place) -> ColumnElement[bool]:
    """Rows after the place, in falling order."""
    return and_(order <= place[0], or_(order < place[0], id_ < place[1]))
