"""What ran and what became of it: runs, planned runs, single responses, pages that wait; ready for JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.errors import Missing, NotFound
from storage.query.shape import shanghai
from storage.records import Outcome, Reason
from storage.store import outcomes, rejected, runs, timetable
from storage.store.batches import batches
from storage.store.tables import ArticleRow, OutcomeRow, PlannedRow, RejectedRow, RunRow


@dataclass(frozen=True, kw_only=True)
class Result:
    """How one response of a run ended."""

    id: int
    """Of its row; what `results` goes on behind."""
    url: str
    outcome: Outcome
    reason: str
    article_id: str | None
    title: str | None
    """Of the article it is about."""
    capture_id: int | None
    """Of the response; None where none came."""


def run_reports(session: Session, limit: int, *, before: int | None = None) -> list[dict[str, Any]]:
    """The newest runs first; counts of a run that is under way are those of this moment, of a re-parse at its end.

    Args:
        before: Only older ones than the run of that id.
    """
    return _runs(session, runs.latest(session, limit, before=before))


def run_report(session: Session, run_id: int) -> dict[str, Any]:
    """One run.

    Raises:
        NotFound: there is none of that id.
    """
    row = runs.by_id(session, run_id)
    if row is None:
        raise NotFound(Missing.RUN, "`xha runs` lists them", id=run_id)
    return _runs(session, [row])[0]


def planned_reports(session: Session, limit: int, *, before: int | None = None) -> list[dict[str, Any]]:
    """What the timetable planned, the newest due time first.

    Args:
        before: Only what comes behind the planned run of that id.

    Raises:
        NotFound: there is no planned run of that id.
    """
    rows = timetable.latest(session, limit, before=before)
    led_to = _led_to(session, [row.id for row in rows])
    return [_planned(row, led_to.get(row.id)) for row in rows]


def rejected_reports(session: Session, reason: Reason | None = None, limit: int | None = None) -> list[dict[str, Any]]:
    """Pages that wait because they could not be read, in the order they were first rejected."""
    return [_rejected(row) for row in rejected.waiting(session, reason=reason, limit=limit)]


def results(session: Session, run_id: int, *, after: int = 0, limit: int | None = None) -> list[Result]:
    """How every response of a run ended, in the order they were judged; robots.txt files are left out.

    Args:
        after: Only those behind the result of that id.
        limit: The first so many of them.
    """
    # Which ones, the index alone tells: a run may have a hundred thousand, and each title lies elsewhere on the disk.
    of_run = (OutcomeRow.run_id == run_id, OutcomeRow.outcome != Outcome.ROBOTS, OutcomeRow.id > after)
    shown = select(OutcomeRow.id).where(*of_run).order_by(OutcomeRow.id).limit(limit)
    query = (
        select(OutcomeRow.id, OutcomeRow.url, OutcomeRow.outcome, OutcomeRow.reason, OutcomeRow.article_id)
        .add_columns(OutcomeRow.capture_id, ArticleRow.title)
        .outerjoin(ArticleRow, ArticleRow.id == OutcomeRow.article_id)
        .where(OutcomeRow.id.in_(shown))
        .order_by(OutcomeRow.id)
    )
    return [
        Result(
            id=row.id,
            url=row.url,
            outcome=row.outcome,
            reason=row.reason,
            article_id=row.article_id,
            title=row.title,
            capture_id=row.capture_id,
        )
        for row in session.execute(query)
    ]


@dataclass(frozen=True, kw_only=True)
class Cause:
    """Why pages were not read or not had, and how often."""

    outcome: Outcome
    reason: str
    number: int
    last_at: datetime
    example: str
    """The last URL it happened to."""
    capture_id: int | None
    """Of what came from there; None where nothing did."""


def causes(session: Session, since: datetime, limit: int = 30) -> list[Cause]:
    """Failed and rejected pages of the runs begun since some time, by reason, the most frequent first."""
    begun = select(RunRow.id).where(RunRow.started_at >= since)
    bad = (OutcomeRow.run_id.in_(begun), OutcomeRow.outcome.in_((Outcome.FAILED, Outcome.REJECTED)))
    number, last = func.count(), func.max(OutcomeRow.id)
    query = select(OutcomeRow.outcome, OutcomeRow.reason, number, func.max(OutcomeRow.judged_at), last).where(*bad)
    grouped = query.group_by(OutcomeRow.outcome, OutcomeRow.reason).order_by(number.desc(), last.desc()).limit(limit)
    rows = session.execute(grouped).all()
    query_last = select(OutcomeRow.id, OutcomeRow.url, OutcomeRow.capture_id)
    examples = {row.id: row for row in session.execute(query_last.where(OutcomeRow.id.in_([row[4] for row in rows])))}
    return [
        Cause(
            outcome=row[0],
            reason=row[1],
            number=row[2],
            last_at=row[3],
            example=examples[row[4]].url,
            capture_id=examples[row[4]].capture_id,
        )
        for row in rows
    ]


def _runs(session: Session, rows: Sequence[RunRow]) -> list[dict[str, Any]]:
    counted = outcomes.counts_of(session, [row.id for row in rows])
    return [_run(row, counted[row.id]) for row in rows]


def _run(row: RunRow, counted: Mapping[Outcome, int]) -> dict[str, Any]:
    read_again = row.spider == outcomes.REPARSE  # what it read has its outcomes with the runs that fetched it
    counts = row.counts or {} if read_again else {outcome.value: number for outcome, number in counted.items()}
    return {
        "id": row.id,
        "site": row.site,
        "spider": row.spider,
        "arguments": row.arguments,
        "started_at": shanghai(row.started_at),
        "finished_at": _moment(row.finished_at),
        "seconds": (row.finished_at - row.started_at).total_seconds() if row.finished_at else None,
        "state": row.state.value,
        "why": row.why,
        "counts": dict(counts),
        "notes": list(row.notes),
        "planned_id": row.planned_id,
        "led_by": row.led_by,
    }


def _led_to(session: Session, planned: Sequence[int]) -> dict[int, int]:
    """Planned run → the crawl it led to; a check of the archive and what was left out led to none."""
    found: dict[int, int] = {}
    for some in batches(planned):
        query = select(RunRow.planned_id, RunRow.id).where(RunRow.planned_id.in_(some)).order_by(RunRow.id)
        found |= {row.planned_id: row.id for row in session.execute(query) if row.planned_id is not None}
    return found


def _planned(row: PlannedRow, run_id: int | None) -> dict[str, Any]:
    return {
        "id": row.id,
        "job": row.job,
        "due_at": shanghai(row.due_at),
        "outcome": row.outcome.value if row.outcome else None,
        "reason": row.reason,
        "started_at": _moment(row.started_at),
        "finished_at": _moment(row.finished_at),
        "exit_code": row.exit_code,
        "run_id": run_id,
    }


def _rejected(row: RejectedRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "url": row.url,
        "reason": row.reason.value,
        "detail": row.detail,
        "rejected_at": shanghai(row.rejected_at),
        "capture_id": row.capture_id,
    }


def _moment(at: datetime | None) -> str | None:
    return shanghai(at) if at else None


def counted(reports: Sequence[dict[str, Any]]) -> dict[str, int]:
    """Outcome → number over several runs' reports, in the order of `Outcome`."""
    return {
        outcome.value: total
        for outcome in Outcome
        if (total := sum(report["counts"].get(outcome.value, 0) for report in reports))
    }
