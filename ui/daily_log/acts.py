"""What the daily log asks of the desk. Everything here runs behind the read door, but for what it says about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime

    from app.desk.daily_log import Row
    from app.desk.desk import Desk
    from app.desk.log_page import Filters, Look, Page
    from app.desk.people import Session


class Stand(NamedTuple):
    """Where the desk stands: the store's version, which any write changes, and the day it is in Tehran."""

    version: int
    today: datetime.date


class Acts:
    """The desk as this page uses it, for one signed-in person. Any method may raise `StoreError` and `LogRefused`."""

    def __init__(self, desk: Desk, session: Session) -> None:
        self.desk, self.session = desk, session

    @property
    def may_read_all(self) -> bool:
        """Whether other days are open to this person as well; the desk checks it once more."""
        from app.desk.log_page import may_read_all

        return may_read_all(self.session)

    def today(self) -> datetime.date:
        """Asks the clock alone."""
        from models.calendar import business_day

        return business_day(self.desk.clock())

    def this_hour(self) -> int:
        """The hour that Tehran's clock shows, by the clock alone."""
        from datetime import datetime

        from models.calendar import TEHRAN

        return datetime.fromtimestamp(self.desk.clock() / 1_000_000, TEHRAN).hour

    def stand(self) -> Stand:
        return Stand(self.desk.store.data_version, self.today())

    def look(self, day: datetime.date | None, filters: Filters, through: Row | None, whole: bool) -> tuple[Stand, Look]:
        from app.desk.log_page import look

        stand = self.stand()  # first: what is written meanwhile is looked at once more
        return stand, look(self.desk, self.session, day, filters, through=through, whole=whole)

    def older(self, day: datetime.date, filters: Filters, before: Row) -> Page:
        from app.desk.log_page import older

        return older(self.desk, self.session, day, filters, before)
