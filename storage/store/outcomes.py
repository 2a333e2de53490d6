"""How each capture ended. Exactly one row each, so that a run's counts add up to its responses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.orm import Session

from storage.records import Outcome
from storage.store.batches import batches
from storage.store.locks import exclusive
from storage.store.tables import CaptureRow, OutcomeRow, RunRow, RunState

REPARSE = "reparse"
"""The `spider` of runs that read again what others fetched: they count what they read, which has its outcomes there."""

_TABLE = OutcomeRow.__table__
# Said for every page, and so made once: putting a statement together takes longer than running it.
_JUDGED = select(_TABLE.c.id).where(_TABLE.c.capture_id == bindparam("capture_id"))
_COUNTED_BY = func.coalesce(OutcomeRow.run_id, CaptureRow.run_id)
_BEFORE = (
    select(_COUNTED_BY, RunRow.state != RunState.RUNNING, OutcomeRow)
    .select_from(CaptureRow)
    .outerjoin(OutcomeRow, OutcomeRow.capture_id == CaptureRow.id)
    .outerjoin(RunRow, RunRow.id == _COUNTED_BY)
    .where(CaptureRow.id == bindparam("capture_id"))
)
_ADD = insert(_TABLE).returning(_TABLE.c.id)


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
    the run that fetched it, whoever judges it, and if that run has ended its counts are brought up here: whoever wrote
    them later might die before.
    """
    counted_by, ended, before = (None, None, None) if capture_id is None else _before(session, capture_id)
    if before is not None and before.outcome is not Outcome.REJECTED:
        return before.id
    if counted_by is not None and ended:  # one that runs counts everything at its end
        _count_late(session, counted_by, outcome, instead_of=before)
    said = {"outcome": outcome, "reason": reason, "judged_at": now, "article_id": article_id, "version_id": version_id}
    if before is None:
        first = {"capture_id": capture_id, "run_id": run_id if counted_by is None else counted_by, "url": url}
        return int(session.execute(_ADD, first | said).scalar_one())
    for name, value in said.items():
        setattr(before, name, value)
    session.flush()
    return before.id


def _count_late(session: Session, run_id: int, outcome: Outcome, *, instead_of: OutcomeRow | None) -> None:
    row = session.get_one(RunRow, run_id, populate_existing=True)
    if row.spider == REPARSE:
        return
    numbers = Counter({Outcome(name): number for name, number in (row.counts or {}).items()})
    numbers[outcome] += 1
    if instead_of is not None:
        numbers[instead_of.outcome] -= 1
    row.counts = {one.value: numbers[one] for one in Outcome if numbers[one]}


def judged(session: Session, capture_id: int) -> bool:
    """Whether a capture has its outcome; in a transaction that writes, nobody else judges from here to its end."""
    exclusive(session)
    return session.scalar(_JUDGED, {"capture_id": capture_id}) is not None


def counts(session: Session, run_id: int) -> dict[Outcome, int]:
    """Outcome → number for one run; outcomes that did not happen are left out."""
    return counts_of(session, [run_id])[run_id]


def counts_of(session: Session, run_ids: Sequence[int]) -> dict[int, dict[Outcome, int]]:
    """The same for several runs, each of them a key."""
    found: dict[tuple[int | None, Outcome], int] = {}
    for some in batches(run_ids):
        query = select(OutcomeRow.run_id, OutcomeRow.outcome, func.count()).where(OutcomeRow.run_id.in_(some))
        rows = session.execute(query.group_by(OutcomeRow.run_id, OutcomeRow.outcome))
        found |= {(run_id, outcome): number for run_id, outcome, number in rows}
    return {run: {one: found[run, one] for one in Outcome if (run, one) in found} for run in run_ids}


def unjudged_count(session: Session, run_id: int) -> int:
    """Captures of a run that have no outcome yet; 0 once a run's counts add up."""
    query = (
        select(func.count())
        .select_from(CaptureRow)
        .outerjoin(OutcomeRow, OutcomeRow.capture_id == CaptureRow.id)
        .where(CaptureRow.run_id == run_id, OutcomeRow.id.is_(None))
    )
    return session.scalar(query) or 0


def _before(session: Session, capture_id: int) -> tuple[int | None, bool | None, OutcomeRow | None]:
    """The run that a capture counts for, whether that has ended, and the outcome that the capture has.

    Nobody else judges from here to the transaction's end.
    """
    exclusive(session)
    found = session.execute(_BEFORE, {"capture_id": capture_id}).one()
    return found[0], found[1], found[2]
