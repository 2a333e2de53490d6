"""Due times: what a timetable means, and which due times passed while nobody was there."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from storage.config import Job
from storage.duetimes import COUNTED_LIMIT, next_due, passed
from storage.records import SITE_ZONE


def local(*parts: int) -> datetime:
    """A time in the site's zone."""
    return datetime(*parts, tzinfo=SITE_ZONE)


def job(**when: object) -> Job:
    """A job of which only the timetable matters."""
    return Job.model_validate({"name": "a", "spider": "columns", **when})


@pytest.mark.parametrize(
    ("cron", "after", "due"),
    [
        ("*/20 5-23 * * *", local(2026, 11, 24, 23, 40), local(2026, 11, 25, 5, 0)),
        ("0 6 * * 0", local(2026, 11, 24), local(2026, 11, 29, 6)),
        ("0 6 * * 7", local(2026, 11, 24), local(2026, 11, 29, 6)),
        ("0 6 * * 1-5", local(2026, 11, 27, 6), local(2026, 11, 30, 6)),
        ("0 6 * * mon", local(2026, 11, 24), local(2026, 11, 30, 6)),
        ("0 6 1 * *", local(2026, 11, 24), local(2026, 12, 1, 6)),
    ],
)
def test_cron_lines_mean_what_cron_says_in_the_sites_zone(cron, after, due):
    """APScheduler counts weekdays from Monday, cron from Sunday; 29 November 2026 is a Sunday."""
    assert next_due(job(cron=cron).trigger, after) == due


@pytest.mark.parametrize("cron", ["0 0 31 2 *", "0 0 1 * 1", "* * * * 8", "* * * * 5-1", "* * * * */0", "61 * * * *"])
def test_cron_lines_that_mean_nothing_are_refused(cron):
    """A job that would never run, or not when its writer thinks, is an error at once."""
    with pytest.raises(ValueError, match="not a usable cron line"):
        job(cron=cron)


def test_intervals_are_counted_from_midnight_and_not_from_the_start():
    """A restart does not move a job: every two hours means even hours."""
    trigger = job(every="2h").trigger
    assert next_due(trigger, local(2026, 11, 24, 14, 28, 3)) == local(2026, 11, 24, 16)
    assert next_due(trigger, local(2026, 11, 24, 16)) == local(2026, 11, 24, 18)


def test_passed_due_times_are_counted_without_the_known_one_and_with_the_present_one():
    """The row of 14:00 is there already; 14:15 to 15:00 passed."""
    found = passed(job(cron="*/15 * * * *").trigger, local(2026, 11, 24, 14), local(2026, 11, 24, 15))
    assert found is not None
    assert (found.first, found.last) == (local(2026, 11, 24, 14, 15), local(2026, 11, 24, 15))
    assert (found.count, found.more) == (4, False)


def test_nothing_passed():
    """A restart between two due times owes nothing."""
    assert passed(job(cron="*/15 * * * *").trigger, local(2026, 11, 24, 14), local(2026, 11, 24, 14, 14)) is None


def test_clock_that_went_back_owes_nothing():
    """A row of the future, written while the clock was wrong, counts for nothing."""
    assert passed(job(every="1m").trigger, local(2036, 1, 1), local(2026, 1, 1)) is None


@pytest.mark.parametrize("when", [{"every": "1s"}, {"cron": "* * * * *"}, {"cron": "*/5 9 * * 1-5"}])
def test_years_of_due_times_end_at_the_latest_one(when):
    """After a long stop the count is bounded, and the run that is caught up is still the last due one."""
    trigger, until = job(**when).trigger, local(2026, 11, 24, 14, 28, 3)
    found = passed(trigger, until - timedelta(days=1500), until)
    assert found is not None
    assert (found.count, found.more) == (COUNTED_LIMIT, True)
    assert found.last <= until
    assert next_due(trigger, found.last) > until
