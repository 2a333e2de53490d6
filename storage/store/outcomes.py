"""How each capture ended. Exactly one row each, so that a run's counts add up to its responses."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.records import Outcome
from storage.store.locks import exclusive
from storage.store.tables import CaptureRow, OutcomeRow


def record(
    session: Session,
    *,
    run_id: int | None,
    outcome: Outcome,
    url: str,
    now: datetime,
    reason: str = "",
    capture_id: int | None = None,
    article_id: str | None = None,
    version_id: int | None = None,
) -> int:
    """Write how a capture, or a fetch that got no response (`capture_id=None`), ended; the row's id.

    The first word on a capture stays: judging it again (after a crash, or from the archive) changes nothing. The one
    exception is a rejected page that a better reader can read: its row takes the new outcome. A capture counts for
    the run that fetched it, whoever judges it.
    """
    row = _of_capture(session, capture_id) if capture_id is not None else None
    if row is not None and row.outcome is not Outcome.REJECTED:
        return row.id
    if row is None:
        row = OutcomeRow(capture_id=capture_id, run_id=_counted_by(session, capture_id, run_id), url=url)
        session.add(row)
    row.outcome, row.reason, row.judged_at = Outcome(outcome), reason, now
    row.article_id, row.version_id = article_id, version_id
    session.flush()
    return row.id


def judged(session: Session, capture_id: int) -> bool:
    """Whether a capture has its outcome."""
    return _of_capture(session, capture_id) is not None


def counts(session: Session, run_id: int) -> dict[Outcome, int]:
    """Outcome → number for one run; outcomes that did not happen are left out."""
    query = select(OutcomeRow.outcome, func.count()).where(OutcomeRow.run_id == run_id).group_by(OutcomeRow.outcome)
    found = {row[0]: row[1] for row in session.execute(query)}
    return {outcome: found[outcome] for outcome in Outcome if outcome in found}


def unjudged_count(session: Session, run_id: int) -> int:
    """Captures of a run that have no outcome yet; 0 once a run's counts add up."""
    query = (
        select(func.count())
        .select_from(CaptureRow)
        .outerjoin(OutcomeRow, OutcomeRow.capture_id == CaptureRow.id)
        .where(CaptureRow.run_id == run_id, OutcomeRow.id.is_(None))
    )
    return session.scalar(query) or 0


def _of_capture(session: Session, capture_id: int) -> OutcomeRow | None:
    """Its row; in a transaction that writes, nobody else judges from here to its end."""
    exclusive(session)
    return session.scalar(select(OutcomeRow).where(OutcomeRow.capture_id == capture_id))


def _counted_by(session: Session, capture_id: int | None, run_id: int | None) -> int | None:
    if capture_id is None:
        return run_id
    fetched_by = session.scalar(select(CaptureRow.run_id).where(CaptureRow.id == capture_id))
    return run_id if fetched_by is None else fetched_by
