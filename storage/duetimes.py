"""When a job is due: cron lines and intervals as points in time that depend on the clock alone.

A due time is a function of the timetable, never of when the scheduler was started. So the due times that passed while
nobody was running can be told afterwards, and a restart moves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from storage.records import SITE_ZONE

ANCHOR = datetime(2017, 1, 1, tzinfo=SITE_ZONE)
"""Intervals are counted from here: a midnight in the site's zone, so that `2h` means even hours there; before any
run there can be, because nothing is due before it."""

COUNTED_LIMIT = 10_000
"""Passed due times are counted one by one up to here (0.15 s); a year of minutes would keep a start waiting."""

WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
"""In cron's order: 0 and 7 are Sunday."""


@dataclass(frozen=True, kw_only=True)
class Passed:
    """The due times in a stretch of time; at least one."""

    first: datetime
    last: datetime
    count: int
    """How many there are, `first` and `last` included; at most `COUNTED_LIMIT`."""
    more: bool = False
    """True where counting stopped at the limit."""


def cron_trigger(line: str) -> BaseTrigger:
    """The trigger of a cron line of five fields, read in the site's zone.

    Weekday numbers are cron's (0 and 7 are Sunday). APScheduler 3 counts them from Monday, so they become names here.

    Raises:
        ValueError: the line is not one, means two things at once, or names a day that never comes.
    """
    fields = line.split()
    if len(fields) != 5:
        raise ValueError(f"{len(fields)} fields where five are needed")
    minute, hour, day, month, weekday = fields
    if "*" not in (day[0], weekday[0]):
        # cron takes days that fit either, APScheduler days that fit both: nobody should have to know which.
        raise ValueError("it restricts both the day of the month and the weekday; make two jobs of it")
    trigger = CronTrigger(
        minute=minute, hour=hour, day=day, month=month, day_of_week=_weekday_names(weekday), timezone=SITE_ZONE
    )
    if trigger.get_next_fire_time(None, ANCHOR) is None:
        raise ValueError("it names a day that never comes")
    return trigger


def interval_trigger(every: timedelta) -> BaseTrigger:
    """The trigger of an interval in whole seconds, counted from `ANCHOR`."""
    return IntervalTrigger(seconds=int(every.total_seconds()), start_date=ANCHOR, timezone=SITE_ZONE)


def next_due(trigger: BaseTrigger, after: datetime) -> datetime | None:
    """The first due time later than `after`."""
    found: datetime | None = trigger.get_next_fire_time(None, after + timedelta(microseconds=1))
    return found


def passed(trigger: BaseTrigger, after: datetime, until: datetime) -> Passed | None:
    """The due times later than `after` and not later than `until`; None where there are none."""
    counted = list(islice(_due_times(trigger, after, until), COUNTED_LIMIT))
    if not counted:
        return None
    last, more = counted[-1], False
    if len(counted) == COUNTED_LIMIT:
        last = _latest(trigger, last, until)
        more = last > counted[-1]
    return Passed(first=counted[0], last=last, count=len(counted), more=more)


def _due_times(trigger: BaseTrigger, after: datetime, until: datetime) -> Iterator[datetime]:
    due = next_due(trigger, after)
    while due is not None and due <= until:
        yield due
        due = next_due(trigger, due)


def _latest(trigger: BaseTrigger, after: datetime, until: datetime) -> datetime:
    """The latest due time up to `until`, found without walking there from `after` (which is one)."""
    back = timedelta(seconds=1)
    while until - back > after:
        found = next_due(trigger, until - back)
        if found is not None and found <= until:
            return max(_due_times(trigger, until - back, until))
        back *= 2
    return max(_due_times(trigger, after, until), default=after)


def _weekday_names(field: str) -> str:
    """A weekday field with names for numbers; what holds no number is returned as it is.

    >>> _weekday_names("1-5"), _weekday_names("0"), _weekday_names("5-7"), _weekday_names("*/3"), _weekday_names("mon")
    ('mon,tue,wed,thu,fri', 'sun', 'fri,sat,sun', 'sun,wed,sat', 'mon')
    """
    return ",".join(_one_weekday(part) for part in field.split(","))


def _one_weekday(part: str) -> str:
    found = re.fullmatch(r"(?:(\*)|(\d)(?:-(\d))?)(?:/(\d))?", part)
    if not found or part == "*":
        return part
    star, first, last, step = found.groups()
    start = 0 if star else int(first)
    stop = 6 if star or (step and not last) else int(last or first)
    if not start <= stop <= 7 or step == "0":
        raise ValueError(f"weekday {part!r}: numbers go from 0 (Sunday) to 7 (Sunday again), ranges upwards")
    return ",".join(WEEKDAYS[number % 7] for number in range(start, stop + 1, int(step or 1)))
