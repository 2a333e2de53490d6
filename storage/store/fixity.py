"""Checks of the archive: what each found, and which part of it is next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.archive.verify import Report
from storage.store.tables import FixityRow

MOST_PROBLEMS = 1_000
"""Sentences kept of one check; an archive on a dying disk has millions."""


def next_part(session: Session, parts: int) -> int:
    """The part to check now where the archive is divided into `parts`: the one behind the last that was checked so."""
    query = select(FixityRow.part).where(FixityRow.parts == parts).order_by(FixityRow.id.desc()).limit(1)
    last = session.scalar(query)
    return 0 if last is None else (last + 1) % parts


def add(
    session: Session,
    report: Report,
    wrong: Sequence[str],
    *,
    started_at: datetime,
    now: datetime,
    planned_id: int | None = None,
) -> int:
    """Keep the result of a check; the row's id.

    Args:
        wrong: one sentence for each thing that is wrong, in the archive and in the database.
        planned_id: the timetable's row that started it; None: by hand.
    """
    row = FixityRow(
        started_at=started_at,
        finished_at=now,
        parts=report.parts,
        part=report.part,
        files=report.files,
        bytes=report.bytes,
        records=report.records,
        captures=report.captures,
        compared=report.rows,
        wrong=len(wrong),
        problems=list(wrong[:MOST_PROBLEMS]),
        planned_id=planned_id,
    )
    session.add(row)
    session.flush()
    return row.id


def latest(session: Session) -> Sequence[FixityRow]:
    """The last check of each part of the newest division, the newest first; empty where nothing was checked yet."""
    newest = session.scalar(select(FixityRow.parts).order_by(FixityRow.id.desc()).limit(1))
    last = select(func.max(FixityRow.id)).where(FixityRow.parts == newest).group_by(FixityRow.part)
    return session.scalars(select(FixityRow).where(FixityRow.id.in_(last)).order_by(FixityRow.id.desc())).all()
