"""Attempts to judge what a dead run left: a page that ends every process that reads it must not end every run."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.store.tables import AttemptRow, RunRow, RunState


def begin(session: Session, capture_id: int, run_id: int) -> int:
    """Note that a run is about to judge a capture; how many runs have died of that before.

    Commit it before the capture is read. What other runs are at, or gave up in order, counts for nothing.
    """
    died = (
        select(func.count())
        .select_from(AttemptRow)
        .join(RunRow, RunRow.id == AttemptRow.run_id)
        .where(AttemptRow.capture_id == capture_id, AttemptRow.run_id != run_id)
        .where(RunRow.state == RunState.INTERRUPTED)
    )
    if session.get(AttemptRow, (capture_id, run_id)) is None:
        session.add(AttemptRow(capture_id=capture_id, run_id=run_id))
        session.flush()
    return session.scalar(died) or 0


def last_ended_early(session: Session, run_id: int) -> bool:
    """Whether the last run of the same kind before a run died, failed, or was told to stop."""
    own = session.get(RunRow, run_id)
    assert own is not None, "a run asks for itself"
    before = select(RunRow.state).where(RunRow.spider == own.spider, RunRow.id < run_id)
    return session.scalar(before.order_by(RunRow.id.desc()).limit(1)) in (RunState.INTERRUPTED, RunState.FAILED)
