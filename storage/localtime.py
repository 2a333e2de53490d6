"""Times as people read them: in the site's zone, on screens and in logs. Code and database keep UTC."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

from storage.records import SITE_ZONE


def present() -> datetime:
    """The present, aware, UTC."""
    return datetime.now(UTC)


def local(moment: datetime) -> str:
    """A time in the site's zone, to the second.

    >>> local(datetime(2026, 11, 24, 14, 15, tzinfo=UTC))
    '2026-11-24 22:15:00'
    """
    return f"{moment.astimezone(SITE_ZONE):%Y-%m-%d %H:%M:%S}"


def lasting(span: timedelta) -> str:
    """A span of time: seconds below an hour, hours, minutes and seconds from there.

    >>> lasting(timedelta(seconds=42.3)), lasting(timedelta(hours=3, minutes=5))
    ('42 s', '3:05:00')
    """
    whole = timedelta(seconds=round(span.total_seconds()))
    return f"{whole.total_seconds():.0f} s" if whole < timedelta(hours=1) else str(whole)


class LocalTimeFormatter(logging.Formatter):
    """A log line whose `%(asctime)s` is in the site's zone, whatever zone the server is in."""

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        """The record's time; `datefmt` as of strftime."""
        moment = datetime.fromtimestamp(record.created, SITE_ZONE)
        return moment.strftime(datefmt) if datefmt else local(moment)
