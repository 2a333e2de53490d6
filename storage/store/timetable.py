"""Rows of the timetable: every planned run, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from storage.errors import Missing, NotFound
from storage.store.tables import PlannedOutcome, PlannedRow, RunRow, RunState


def last_due(session: Session, job: str, *, before: datetime) -> datetime | None:
    """The latest due time of a job that has its row; rows of the future (the clock was wrong) count for nothing."""
    query = select(func.max(PlannedRow.due_at)).where(PlannedRow.job == job, PlannedRow.due_at <= before)
    return session.scalar(query)


def start(
    session: Session,
    job: str,
    due_at: datetime,
    outcome: PlannedOutcome,
    reason: str = "",
    *,
    now: datetime,
    pid: int | None = None,
) -> int:
    """Note that a planned run starts (`ran` in time, or `late`); the row's id.

    Args:
        pid: Its process, where it is known already; else see `running`.
    """
    row = _take(session, job, due_at)
    if row.started_at is not None:  # the clock was set back and the due time came again: that run keeps its row
        row = _take(session, job, now)
    row.outcome, row.reason, row.started_at, row.pid = PlannedOutcome(outcome), reason, now, pid
    row.finished_at = row.exit_code = None
    session.flush()
    return row.id


def running(session: Session, planned_id: int, pid: int) -> None:
    """Note the process of a run that was started."""
    _row(session, planned_id).pid = pid
    session.flush()


def end(session: Session, planned_id: int, *, exit_code: int | None, reason: str = "", now: datetime) -> None:
    """Note that a run's process ended.

    Args:
        exit_code: Negative: the signal that ended it. None: nobody knows.
        reason: Added to what the row says already.
    """
    row = _row(session, planned_id)
    row.exit_code, row.finished_at = exit_code, now
    row.reason = "; ".join(filter(None, (row.reason, reason)))
    session.flush()


def leave_out(session: Session, job: str, due_at: datetime, outcome: PlannedOutcome, reason: str) -> int:
    """Note that a planned run did not take place (`skipped` or `missed`); the row's id.

    A run that took place at that time keeps its row as it is.
    """
    row = _take(session, job, due_at)
    if row.started_at is None:
        row.outcome, row.reason = PlannedOutcome(outcome), reason
    session.flush()
    return row.id


def abandon(session: Session, job: str, *, now: datetime) -> int:
    """Close rows of a job that were never closed: the scheduler that started them died. Their number."""
    query = select(PlannedRow).where(
        PlannedRow.job == job, PlannedRow.started_at.is_not(None), PlannedRow.finished_at.is_(None)
    )
    rows = session.scalars(query).all()
    for row in rows:
        end(session, row.id, exit_code=None, reason="the scheduler ended before it did", now=now)
    return len(rows)


def by_id(session: Session, planned_id: int) -> PlannedRow | None:
    """The row with that id."""
    return session.get(PlannedRow, planned_id)


def failure_of(session: Session, planned_id: int) -> str:
    """What a planned run's crawl says of itself where it did not finish; empty where it did, or left no row."""
    row = session.scalar(select(RunRow).where(RunRow.planned_id == planned_id).order_by(RunRow.id.desc()).limit(1))
    if row is None or row.state in (RunState.FINISHED, RunState.RUNNING):
        return ""
    return f"run {row.id} {row.state.value}" + (f": {row.why}" if row.why else "")


def latest(
    session: Session, limit: int = 50, *, job: str | None = None, before: int | None = None
) -> Sequence[PlannedRow]:
    """The newest due times first. `before`: those behind the planned run of that id; None: from the newest on.

    Raises:
        NotFound: there is no planned run of that id.
    """
    query = select(PlannedRow).order_by(PlannedRow.due_at.desc(), PlannedRow.id.desc()).limit(limit)
    if before is not None:
        last = _row(session, before)
        query = query.where(tuple_(PlannedRow.due_at, PlannedRow.id) < (last.due_at, last.id))
    return session.scalars(query if job is None else query.where(PlannedRow.job == job)).all()


def _take(session: Session, job: str, due_at: datetime) -> PlannedRow:
    """The row of a due time, made where it is missing."""
    row = session.scalar(select(PlannedRow).where(PlannedRow.job == job, PlannedRow.due_at == due_at))
    if row is None:
        row = PlannedRow(job=job, due_at=due_at)
        session.add(row)
    return row


def _row(session: Session, planned_id: int) -> PlannedRow:
    row = session.get(PlannedRow, planned_id)
    if row is None:
        raise NotFound(Missing.PLANNED, id=planned_id)
    return row
