"""When jobs are due next."""

from __future__ import annotations

from datetime import datetime, timedelta

from storage.config import DEFAULT_JOBS, Job
from storage.query.upcoming import upcoming
from storage.records import SITE_ZONE


def test_jobs_come_in_the_order_in_which_they_are_due() -> None:
    """Whoever waits for a crawl is told when it comes, by the site's clock, and not by the order of a file."""
    jobs = (*DEFAULT_JOBS, Job(name="often", spider="columns", every=timedelta(minutes=10)))
    found = upcoming(jobs, datetime(2024, 7, 26, 23, 46, tzinfo=SITE_ZONE))  # a Friday
    assert [(one.job, one.next_at) for one in found] == [
        ("often", datetime(2024, 7, 26, 23, 50, tzinfo=SITE_ZONE)),
        ("columns", datetime(2024, 7, 27, 0, 0, tzinfo=SITE_ZONE)),
        ("recheck", datetime(2024, 7, 27, 0, 7, tzinfo=SITE_ZONE)),
        ("epaper", datetime(2024, 7, 27, 5, 0, tzinfo=SITE_ZONE)),
        ("verify", datetime(2024, 7, 28, 1, 30, tzinfo=SITE_ZONE)),
    ]
    assert [(one.spider, one.cron, one.every_seconds, one.until_issue) for one in (found[0], found[3], found[4])] == [
        ("columns", None, 600, False),
        ("epaper", "*/20 5-23 * * *", None, True),
        (None, "30 1 * * 0", None, False),
    ]
