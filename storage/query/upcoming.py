"""When each job of the timetable is due next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from storage.config import Job
from storage.duetimes import next_due


@dataclass(frozen=True, kw_only=True)
class Upcoming:
    """One job of the timetable."""

    job: str
    spider: str | None
    """What crawls; None: it checks the archive."""
    cron: str | None
    """Its cron line, in the site's zone."""
    every_seconds: float | None
    """Or its interval."""
    until_issue: bool
    """Whether it is left out once today's issue is in."""
    next_at: datetime | None
    """Its next due time, if the scheduler runs by then; None: none is to come."""


def upcoming(jobs: Iterable[Job], now: datetime) -> list[Upcoming]:
    """The jobs of a timetable, the next due first."""
    found = [
        Upcoming(
            job=job.name,
            spider=job.spider or None,
            cron=job.cron,
            every_seconds=job.every.total_seconds() if job.every else None,
            until_issue=job.until_issue,
            next_at=next_due(job.trigger, now),
        )
        for job in jobs
    ]
    return sorted(found, key=lambda one: (one.next_at is None, one.next_at or now, one.job))
