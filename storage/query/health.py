"""Whether a database is whole: what it holds, and whether what it promises is true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select, text
from sqlalchemy.orm import Session

from storage.store import outcomes
from storage.store.migrate import revision_of
from storage.store.tables import (
    ArticleRow,
    ArticleState,
    Base,
    CaptureRow,
    OutcomeRow,
    Reading,
    RunRow,
    RunState,
    SearchEntryRow,
    SearchStateRow,
    SightingRow,
    VersionRow,
)

MOST_NAMED = 5
"""Rows named of one kind of fault; the rest are counted."""


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What a database holds."""

    revision: str | None
    """Revision of its schema."""
    rows: dict[str, int]
    """Table → rows, in alphabetical order."""
    sites: dict[str, int]
    """Site → articles."""
    oldest: datetime | None
    """First and last known time of publication."""
    newest: datetime | None
    last_fetched_at: datetime | None
    stale_entries: int
    """Of the search index: what edits have left in its lists. Nothing leads there; `xha db reindex` drops it."""


def contents(session: Session) -> Contents:
    """Count what is there."""
    tables = sorted(Base.metadata.tables.values(), key=lambda table: table.name)
    oldest, newest = session.execute(select(func.min(ArticleRow.published_at), func.max(ArticleRow.published_at))).one()
    by_site = select(ArticleRow.site, func.count()).group_by(ArticleRow.site).order_by(ArticleRow.site)
    return Contents(
        revision=revision_of(session.connection()),
        rows={table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables},
        sites={row[0]: row[1] for row in session.execute(by_site)},
        oldest=oldest,
        newest=newest,
        last_fetched_at=session.scalar(select(func.max(CaptureRow.fetched_at))),
        stale_entries=_stale_entries(session),
    )


def _stale_entries(session: Session) -> int:
    """Numbers that were given to entries and belong to none any more. PostgreSQL deletes what these led to."""
    if session.get_bind().dialect.name != "sqlite":
        return 0
    given = (session.scalar(select(SearchStateRow.next_number)) or 1) - 1
    return given - (session.scalar(select(func.count()).select_from(SearchEntryRow)) or 0)


def sites(session: Session) -> set[str]:
    """Every site that an article of this database belongs to."""
    return set(session.scalars(select(ArticleRow.site).distinct()))


def faults(session: Session) -> Iterator[str]:
    """One sentence for each promise that does not hold; none where the database is whole."""
    if session.get_bind().dialect.name == "sqlite":
        yield from _file_faults(session)
    for sentence, query in _promises().items():
        named = session.execute(query.limit(MOST_NAMED)).scalars().all()
        if named:
            total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
            rest = f" and {total - len(named)} more" if total > len(named) else ""
            yield f"{sentence}: {', '.join(map(str, named))}{rest}"
    yield from _count_faults(session)


def _file_faults(session: Session) -> Iterator[str]:
    for (said,) in session.execute(text("PRAGMA integrity_check")):
        if said != "ok":
            yield f"the file is damaged: {said}"
    for broken in session.execute(text("PRAGMA foreign_key_check")):
        yield f"row {broken[1]} of {broken[0]} points to a row of {broken[2]} that is not there"


def _promises() -> dict[str, Select[object]]:
    """What is wrong → query for the ids of the rows that are."""
    over: ColumnElement[bool] = RunRow.state.is_distinct_from(RunState.RUNNING)
    current = VersionRow.id == ArticleRow.version_id
    shared = [name for name in Reading.__annotations__ if not name.startswith("_")]
    differs = or_(*(getattr(ArticleRow, name).is_distinct_from(getattr(VersionRow, name)) for name in shared))
    return {
        "articles without a current version": select(ArticleRow.id)
        .outerjoin(VersionRow, current)
        .where(VersionRow.id.is_(None)),
        "articles whose fields are not those of their current version": select(ArticleRow.id)
        .join(VersionRow, current)
        .where(differs),
        "articles whose current version belongs to another": select(ArticleRow.id)
        .join(VersionRow, current)
        .where(VersionRow.article_id != ArticleRow.id),
        "articles that are gone and do not say since when, or the other way round": select(ArticleRow.id).where(
            (ArticleRow.state == ArticleState.GONE) != ArticleRow.gone_at.is_not(None)
        ),
        "articles without a sighting": select(ArticleRow.id)
        .outerjoin(SightingRow, SightingRow.article_id == ArticleRow.id)
        .where(SightingRow.id.is_(None)),
        "captures without an outcome (the next crawl judges them)": select(CaptureRow.id)
        .outerjoin(OutcomeRow, OutcomeRow.capture_id == CaptureRow.id)
        .outerjoin(RunRow, RunRow.id == CaptureRow.run_id)
        .where(OutcomeRow.id.is_(None), over),
    }


def _count_faults(session: Session) -> Iterator[str]:
    """A finished run says how many responses it had; its rows must say the same, unless a later re-parse read one."""
    query = select(OutcomeRow.run_id, func.count()).group_by(OutcomeRow.run_id)
    counted = {row[0]: row[1] for row in session.execute(query)}
    fetching = RunRow.spider != outcomes.REPARSE
    for row in session.scalars(select(RunRow).where(RunRow.counts.is_not(None), fetching).order_by(RunRow.id)):
        said = sum((row.counts or {}).values())
        if said > counted.get(row.id, 0):
            yield f"run {row.id} counted {said} responses and has {counted.get(row.id, 0)}"
