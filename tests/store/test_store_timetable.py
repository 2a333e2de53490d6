"""The timetable's rows; over both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from store_samples import LATER, MINUTE, NOW

from storage.errors import NotFound
from storage.store import runs, timetable
from storage.store.database import Database
from storage.store.tables import PlannedOutcome


def test_a_planned_run_from_start_to_end(database: Database) -> None:
    """Else the timetable could not say what it did."""
    with database.begin() as session:
        planned = timetable.start(session, "columns", NOW, PlannedOutcome.LATE, "started 1 min late", now=LATER)
        timetable.running(session, planned, 4711)
        run_id = runs.start(session, site="qsw", spider="columns", arguments={}, now=NOW, planned_id=planned)
        timetable.end(session, planned, exit_code=-15, reason="time limit", now=LATER + MINUTE)
        row = timetable.by_id(session, planned)
        assert row is not None
        assert (row.job, row.due_at, row.outcome, row.started_at, row.finished_at, row.exit_code, row.pid) == (
            "columns",
            NOW,
            PlannedOutcome.LATE,
            LATER,
            LATER + MINUTE,
            -15,
            4711,
        )
        assert row.reason == "started 1 min late; time limit"
        assert runs.get(session, run_id).planned_id == planned
        with pytest.raises(NotFound, match="999"):
            timetable.end(session, 999, exit_code=0, now=LATER)


def test_each_due_time_has_one_row(database: Database) -> None:
    """Else two schedulers, or a restart, would tell one due time twice."""
    with database.begin() as session:
        left = timetable.leave_out(session, "columns", NOW, PlannedOutcome.MISSED, "not running")
        started = timetable.start(session, "columns", NOW, PlannedOutcome.LATE, now=LATER)
        assert left == started
        timetable.leave_out(session, "columns", NOW, PlannedOutcome.SKIPPED, "the last run still ran")
        row = timetable.by_id(session, started)
        assert row is not None
        assert row.outcome is PlannedOutcome.LATE


def test_the_last_due_time_is_the_latest_that_has_come(database: Database) -> None:
    """Else a row written while the clock was wrong would silence a job for years."""
    with database.begin() as session:
        assert timetable.last_due(session, "columns", before=NOW) is None
        for due in (NOW - MINUTE, NOW, NOW + timedelta(days=3650)):
            timetable.leave_out(session, "columns", due, PlannedOutcome.SKIPPED, "")
        timetable.leave_out(session, "epaper", NOW - MINUTE, PlannedOutcome.SKIPPED, "")
        assert timetable.last_due(session, "columns", before=NOW) == NOW
        assert timetable.last_due(session, "epaper", before=NOW) == NOW - MINUTE
        assert [row.job for row in timetable.latest(session, 2, job="columns")] == ["columns", "columns"]
        assert timetable.latest(session, 1)[0].due_at == NOW + timedelta(days=3650)


def test_what_a_dead_scheduler_started_is_closed(database: Database) -> None:
    """Else a run would look as if it ran since last week."""
    with database.begin() as session:
        dead = timetable.start(session, "columns", NOW, PlannedOutcome.RAN, now=NOW)
        done = timetable.start(session, "columns", LATER, PlannedOutcome.RAN, now=LATER)
        timetable.end(session, done, exit_code=0, now=LATER)
        assert timetable.abandon(session, "columns", now=LATER) == 1
        assert timetable.abandon(session, "columns", now=LATER) == 0
        row = timetable.by_id(session, dead)
        assert row is not None
        assert (row.exit_code, row.finished_at) == (None, LATER)
        assert "scheduler" in row.reason
