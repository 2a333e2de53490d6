"""A time of publication, and the zone in which the site prints it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from storage.records.words import Precision

SITE_ZONE = ZoneInfo("Asia/Shanghai")
"""The zone in which the site prints its times and in which every screen shows them."""


@dataclass(frozen=True, kw_only=True, order=True)
class Moment:
    """A time of publication as the page gives it."""

    at: datetime
    """Aware, UTC. For a day alone: midnight of that day in the site's zone, expressed in UTC."""
    precision: Precision = Precision.SECOND

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("Moment.at must be aware; attach the site's zone first")
        object.__setattr__(self, "at", self.at.astimezone(UTC))

    @classmethod
    def of_day(cls, day: date) -> Moment:
        """The moment that stands for a day without a time."""
        return cls(at=datetime(day.year, day.month, day.day, tzinfo=SITE_ZONE), precision=Precision.DAY)

    @property
    def day(self) -> date:
        """The calendar day in the site's zone."""
        return self.at.astimezone(SITE_ZONE).date()

    def iso(self) -> str:
        """ISO 8601 with +08:00, or the day alone (`2024-07-26`) where no time is known."""
        if self.precision is Precision.DAY:
            return self.day.isoformat()
        return self.at.astimezone(SITE_ZONE).isoformat(timespec="seconds")
